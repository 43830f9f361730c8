// See icalendar.h. Lines are unfolded one by one, an event is collected until its END, then its days are told.
#include "domain/calendar/icalendar.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "core/date.h"
#include "core/text.h"

namespace tw::domain::calendar {

namespace {

constexpr std::size_t longest_name = 60;     // code points
constexpr std::size_t longest_line = 8192;   // bytes, unfolded; what is longer is cut: nothing that we read is
constexpr std::int64_t longest_event = 366;  // days
constexpr std::int64_t most_told = 100'000;  // a file of few bytes can tell of the same days again and again

// "NAME;PARAM=VALUE:the value"
struct Line {
  std::int64_t number = 0;
  std::string name;  // upper case
  std::string_view parameters;
  std::string_view value;
};

class Lines {
 public:
  explicit Lines(std::string_view file) : rest_(file) {
    if (rest_.substr(0, 3) == "\xEF\xBB\xBF") rest_.remove_prefix(3);
  }
  // Unfolded: a line that begins with a blank goes on the one before it.
  bool next() {
    if (rest_.empty()) return false;
    text_.clear();
    number_ = ++read_;
    append(take());
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t')) {
      ++read_;
      append(take().substr(1));
    }
    return true;
  }
  Line line() const {
    Line line;
    line.number = number_;
    const std::string_view text = text_;
    bool quoted = false;
    std::size_t colon = 0;
    for (; colon < text.size() && (quoted || text[colon] != ':'); ++colon)
      if (text[colon] == '"') quoted = !quoted;
    const std::string_view head = text.substr(0, colon);
    const std::size_t semicolon = std::min(head.find(';'), head.size());
    for (const char c : head.substr(0, semicolon))
      line.name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    line.parameters = head.substr(semicolon);
    line.value = colon < text.size() ? text.substr(colon + 1) : std::string_view();
    return line;
  }

 private:
  std::string_view take() {
    const std::size_t end = rest_.find_first_of("\r\n");
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(std::min(line.size(), rest_.size()));
    if (rest_.substr(0, 2) == "\r\n")
      rest_.remove_prefix(2);
    else if (!rest_.empty())
      rest_.remove_prefix(1);
    return line;
  }
  void append(std::string_view piece) {
    text_.append(piece.substr(0, longest_line - std::min(longest_line, text_.size())));
  }

  std::string_view rest_;
  std::string text_;
  std::int64_t read_ = 0, number_ = 0;
};

// "20261001"; a time of day behind it is not a day.
std::optional<std::int64_t> read_basic_date(std::string_view text) {
  if (text.size() != 8) return std::nullopt;
  for (const char c : text)
    if (c < '0' || c > '9') return std::nullopt;
  const auto part = [&text](std::size_t from, std::size_t count) {
    return static_cast<int>(text::to_integer(text.substr(from, count)).value_or(0));
  };
  const Date date{part(0, 4), part(4, 2), part(6, 2)};
  if (!is_date(date)) return std::nullopt;
  return day_number(date);
}

// "P1D", "P2W": whole days only.
std::optional<std::int64_t> read_days(std::string_view text) {
  if (text.size() < 3 || text.size() > 6 || text.front() != 'P') return std::nullopt;
  const auto count = text::to_integer(text.substr(1, text.size() - 2));
  if (!count || *count < 1) return std::nullopt;
  if (text.back() == 'D') return *count;
  if (text.back() == 'W') return *count * 7;
  return std::nullopt;
}

// What an event's text says, without its escapes, cut to what is kept.
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char c = text[++i];
    out += c == 'n' || c == 'N' ? ' ' : c;
  }
  std::string clean;
  for (const char c : text::repair_utf8(out)) clean += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  return std::string(text::prefix(text::trim(clean), longest_name));
}

bool says_worked(std::string_view summary) {
  const std::string words = text::lower(summary);
  for (const std::string_view sign : {"班", "workday", "working day", "work day"})
    if (words.find(sign) != std::string::npos) return words.find("不上班") == std::string::npos;
  return false;
}

struct Repeat {
  std::int64_t interval = 1;
  std::optional<std::int64_t> count;
  std::optional<std::int64_t> until;  // a day
};

// Yearly on the date of the first; empty when it says anything else.
std::optional<Repeat> read_rule(std::string_view rule, std::int64_t first) {
  Repeat repeat;
  bool yearly = false;
  const Date date = date_of(first);
  for (const std::string_view part : text::split(rule, ';')) {
    const std::size_t equals = std::min(part.find('='), part.size());
    const std::string_view name = part.substr(0, equals);
    const std::string_view value = equals < part.size() ? part.substr(equals + 1) : std::string_view();
    const auto number = text::to_integer(value);
    if (name == "FREQ") {
      if (value != "YEARLY") return std::nullopt;
      yearly = true;
    } else if (name == "INTERVAL") {
      if (!number || *number < 1 || *number > 100) return std::nullopt;
      repeat.interval = *number;
    } else if (name == "COUNT") {
      if (!number || *number < 1) return std::nullopt;
      repeat.count = *number;
    } else if (name == "UNTIL") {
      repeat.until = read_basic_date(value.substr(0, 8));
      if (!repeat.until) return std::nullopt;
    } else if (name == "BYMONTH") {
      if (number != date.month) return std::nullopt;
    } else if (name == "BYMONTHDAY") {
      if (number != date.day) return std::nullopt;
    } else if (name != "WKST") {  // of no meaning for years
      return std::nullopt;
    }
  }
  if (!yearly) return std::nullopt;
  return repeat;
}

struct Event {
  std::int64_t line = 0;
  std::string start, end, duration, rule, summary;
  std::vector<std::string> except;
  bool worked = false, day_off = false, cancelled = false, moved = false;
};

class Reader {
 public:
  Reader(int first_year, int last_year) : first_year_(first_year), last_year_(last_year) {}

  ICalendar read(std::string_view file) {
    Lines lines(file);
    while (lines.next()) take(lines.line());
    if (!seen_calendar_) problem(1, text_key("icalendar.is_none"), {});
    if (event_) problem(event_->line, text_key("icalendar.cut_off"), event_->summary);
    for (auto& [day, found] : days_) out_.days.push_back(std::move(found));
    return std::move(out_);
  }

 private:
  void take(const Line& line) {
    if (line.name == "BEGIN") {
      if (line.value == "VCALENDAR") seen_calendar_ = true;
      if (event_) {
        ++inside_event_;  // an alarm, which is none of our business
      } else if (line.value == "VEVENT") {
        event_.emplace();
        event_->line = line.number;
      }
    } else if (line.name == "END") {
      if (!event_) return;
      if (inside_event_ > 0) {
        --inside_event_;
        return;
      }
      ++out_.events;
      tell(*event_);
      event_.reset();
    } else if (event_ && inside_event_ == 0) {
      note(*event_, line);
    }
  }

  static void note(Event& event, const Line& line) {
    const std::string value(line.value);
    if (line.name == "DTSTART") event.start = value;
    if (line.name == "DTEND") event.end = value;
    if (line.name == "DURATION") event.duration = value;
    if (line.name == "RRULE") event.rule = event.rule.empty() ? value : "two";
    if (line.name == "RDATE") event.rule = "RDATE";
    if (line.name == "SUMMARY") event.summary = unescaped(line.value);
    if (line.name == "EXDATE" && event.except.size() < 100)
      for (const std::string_view day : text::split(line.value, ',')) event.except.emplace_back(day);
    if (line.name == "STATUS") event.cancelled = value == "CANCELLED";
    if (line.name == "RECURRENCE-ID") event.moved = true;
    if (line.name == "X-APPLE-SPECIAL-DAY") (value == "ALTERNATE-WORKDAY" ? event.worked : event.day_off) = true;
  }

  void tell(const Event& event) {
    if (event.cancelled) return;
    if (event.moved) return problem(event.line, text_key("icalendar.moved_occurrence"), event.summary);
    const auto start = read_basic_date(event.start);
    if (!start) return problem(event.line, text_key("icalendar.no_whole_day"), event.summary);
    std::int64_t length = 1;
    if (!event.end.empty()) {
      const auto end = read_basic_date(event.end);  // the day behind the last
      if (!end || *end < *start) return problem(event.line, text_key("icalendar.no_whole_day"), event.summary);
      length = std::max<std::int64_t>(1, *end - *start);  // some write the same day twice
    } else if (!event.duration.empty()) {
      const auto length_said = read_days(event.duration);
      if (!length_said) return problem(event.line, text_key("icalendar.no_whole_day"), event.summary);
      length = *length_said;
    }
    if (length > longest_event) return problem(event.line, text_key("icalendar.too_long"), event.summary);
    std::optional<Repeat> repeat;
    if (!event.rule.empty()) {
      repeat = read_rule(event.rule, *start);
      if (!repeat) return problem(event.line, text_key("icalendar.repeats_otherwise"), event.summary);
    }
    const bool works = event.worked || (!event.day_off && says_worked(event.summary));
    tell_days(event, *start, length, repeat, works);
  }

  void tell_days(const Event& event, std::int64_t start, std::int64_t length, const std::optional<Repeat>& repeat,
                 bool works) {
    std::set<std::int64_t> except;
    for (const std::string& day : event.except)
      if (const auto read = read_basic_date(std::string_view(day).substr(0, 8))) except.insert(*read);
    const Date first = date_of(start);
    std::int64_t told = 0;
    for (int year = first.year; year <= last_year_; year += static_cast<int>(repeat ? repeat->interval : 1)) {
      const Date date{year, first.month, first.day};
      if (is_date(date)) {  // 29 February: only where there is one
        const std::int64_t day = day_number(date);
        if (repeat && repeat->until && day > *repeat->until) return;
        if (repeat && repeat->count && told == *repeat->count) return;
        ++told;
        if (year + 1 >= first_year_ && except.count(day) == 0)
          for (std::int64_t i = 0; i < length; ++i) tell_day(day + i, works, event);
      }
      if (!repeat) return;
    }
  }

  void tell_day(std::int64_t day, bool works, const Event& event) {
    const int year = date_of(day).year;
    if (year < first_year_ || year > last_year_) return;
    if (++told_ > most_told || (days_.size() >= most_found_days && days_.count(day) == 0)) {
      if (!std::exchange(too_many_, true)) problem(event.line, text_key("icalendar.too_many"), event.summary);
      return;
    }
    days_[day] = {day, works, event.summary};
  }

  void problem(std::int64_t line, TextKey key, const std::string& what) {
    if (out_.not_understood.size() < most_icalendar_problems) out_.not_understood.push_back({line, key, what});
  }

  const int first_year_, last_year_;
  ICalendar out_;
  std::map<std::int64_t, FoundDay> days_;
  std::optional<Event> event_;
  int inside_event_ = 0;
  bool seen_calendar_ = false;
  std::int64_t told_ = 0;  // days, those of several events counted each time
  bool too_many_ = false;
};

}  // namespace

ICalendar read_icalendar(std::string_view file, int first_year, int last_year) {
  return Reader(first_year, last_year).read(file.substr(0, largest_icalendar));
}

}  // namespace tw::domain::calendar
