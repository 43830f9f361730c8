// A file of iCalendar in a calendar's editor: its days are taken over, what was not understood is named with its line.
#include "client/views/calendar_days.h"
#include "client/views/parts.h"
#include "client/views/words.h"
#include "core/date.h"

namespace tw::views {

using namespace ui;

namespace {

// Why an event of a file was not understood: what the server may say.
constexpr TextKey reasons[] = {text_key("icalendar.no_whole_day"),     text_key("icalendar.repeats_otherwise"),
                               text_key("icalendar.moved_occurrence"), text_key("icalendar.too_long"),
                               text_key("icalendar.too_many"),         text_key("icalendar.cut_off"),
                               text_key("icalendar.is_none")};

std::string_view reason_words(Ui& ui, std::string_view key) {
  for (const TextKey reason : reasons)
    if (reason.view() == key) return ui.tr(reason);
  return {};
}

}  // namespace

void draw_calendar_file(Ui& ui, const store::Store& model, CalendarDraft& draft) {
  const auto& file = model.icalendar;
  const bool ours = file.asked > draft.first_file;
  if (file.ready() && file.got > draft.file_asked) {
    draft.file_asked = file.got;
    take(draft, file->days);
    if (!file->days.empty())
      if (const auto day = read_day(file->days.front().day))
        draft.year = date_of(*day).year, draft.month = date_of(*day).month;
  }
  file_drop_zone(ui, "file",
                 {.label = ui.tr("calendars.file"),
                  .hint = ui.tr("calendars.file_hint"),
                  .accept = ".ics,text/calendar",
                  .error = ours && file.failed() ? problem_words(ui, file.problem) : std::string_view{}});
  if (ours && file.loading()) return muted(ui, ui.tr("calendars.file_is_read"));
  if (!file.ready() || file.got <= draft.first_file) return;
  muted(ui, ui.tr("calendars.taken", {param("count", static_cast<std::int64_t>(file->days.size()))}));
  for (const api::ICalendarProblem& problem : file->not_understood)
    caption(ui, ui.tr("calendars.line",
                      {param("line", problem.line), param("why", std::string(reason_words(ui, problem.key))),
                       param("what", problem.what)}));
}

}  // namespace tw::views
