// The iCalendar reader.
//
// Claims: days ascend, lie within the years asked for and are no more than allowed; names are short valid text; how
// lines end and where they are folded changes nothing that is read; a problem names a line of the file.
#include "core/date.h"
#include "core/text.h"
#include "domain/calendar/icalendar.h"
#include "fuzz/property.h"

namespace tw::fuzz {
namespace {

using namespace domain::calendar;

constexpr int first_year = 2020, last_year = 2032;

bool same_days(const ICalendar& one, const ICalendar& other) {
  if (one.days.size() != other.days.size() || one.events != other.events) return false;
  for (std::size_t i = 0; i < one.days.size(); ++i)
    if (one.days[i].day != other.days[i].day || one.days[i].works != other.days[i].works ||
        one.days[i].name != other.days[i].name)
      return false;
  return true;
}

// The same lines, ended otherwise.
std::string with_line_ends(std::string_view file, std::string_view end) {
  std::string out;
  for (std::size_t i = 0; i < file.size(); ++i) {
    if (file[i] == '\r' && i + 1 < file.size() && file[i + 1] == '\n') ++i;
    if (file[i] == '\r' || file[i] == '\n')
      out += end;
    else
      out += file[i];
  }
  return out;
}

}  // namespace
}  // namespace tw::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tw;
  using namespace tw::fuzz;
  const std::string_view file = text_of(data, size);
  const ICalendar read = read_icalendar(file, first_year, last_year);
  must(read.days.size() <= most_found_days, "no more days than allowed", read.days.size());
  must(read.not_understood.size() <= most_icalendar_problems, "no more problems than are shown");
  std::int64_t last = INT64_MIN, lines = 1;
  for (const FoundDay& day : read.days) {
    must(day.day > last, "days ascend", day.day, last);
    last = day.day;
    const int year = date_of(day.day).year;
    must(year >= first_year && year <= last_year, "within the years", year);
    must(text::is_utf8(day.name) && text::code_points(day.name) <= 60, "a short valid name", day.name);
  }
  for (const char c : file) lines += c == '\n' || c == '\r';
  for (const ICalendarProblem& problem : read.not_understood)
    must(problem.line >= 1 && problem.line <= lines, "a line of the file", problem.line);
  for (const char* end : {"\n", "\r\n"})
    must(same_days(read, read_icalendar(with_line_ends(file, end), first_year, last_year)), "line ends change nothing",
         end);
  return 0;
}
