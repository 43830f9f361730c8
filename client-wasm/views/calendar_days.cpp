#include "client/views/calendar_days.h"

#include "client/ui/format.h"
#include "client/views/day_field.h"
#include "client/views/parts.h"
#include "core/date.h"
#include "core/text.h"
#include "domain/calendar/hours.h"

namespace tw::views {

using namespace ui;
using ui::text;

namespace {

MonthDay look_of(Ui& ui, const CalendarDraft& draft, std::int64_t day) {
  const auto exception = draft.days.find(day);
  const bool usual = exception == draft.days.end();
  const auto& hours = draft.week[static_cast<std::size_t>(weekday_of(day))];
  const bool works = usual ? !text::trim(hours).empty() : exception->second.works;
  const std::string_view what = usual ? (works ? std::string_view() : ui.tr("calendars.day_off"))
                                      : (works ? ui.tr("calendars.worked") : ui.tr("calendars.free"));
  std::string name(day_name(ui, day));
  if (!what.empty()) name.append(ui.tr("picker.between_names")).append(what);
  if (!usual && !exception->second.name.empty())
    name.append(ui.tr("picker.between_names")).append(exception->second.name);
  const Token tone = works ? Token::accent : Token::danger;
  return {.name = ui.keep(std::move(name)),
          .mark = usual   ? std::string_view()
                  : works ? ui.tr("calendars.worked_mark")
                          : ui.tr("calendars.free_mark"),
          .ink = !usual  ? tone
                 : works ? Token::text
                         : Token::muted,
          .mark_ink = tone,
          .strong = !usual};
}

void draw_month(Ui& ui, CalendarDraft& draft) {
  const MonthPage page = month_page_of(ui, draft.year, draft.month, draft.chosen);
  const MonthEvent event = month_page(ui, "month", page, [&](std::int64_t day) { return look_of(ui, draft, day); });
  if (event.pressed) draft.chosen = draft.chosen == event.pressed ? 0 : event.pressed;
  if (!event.reached) return;
  const Date date = date_of(event.reached);
  if (date.year == draft.year && date.month == draft.month) return;
  draft.year = date.year;
  draft.month = date.month;
  draft.chosen = 0;
}

void draw_chosen(Ui& ui, CalendarDraft& draft) {
  if (draft.chosen == 0) return muted(ui, ui.tr("calendars.choose_day"));
  IdScope scope(ui, "chosen");
  const auto exception = draft.days.find(draft.chosen);
  int kind = exception == draft.days.end() ? 0 : exception->second.works ? 2 : 1;
  const Choice kinds[] = {{.key = "usual", .label = ui.tr("calendars.as_usual")},
                          {.key = "free", .label = ui.tr("calendars.free")},
                          {.key = "worked", .label = ui.tr("calendars.worked")}};
  strong(ui, day_name(ui, draft.chosen));
  if (segmented(ui, "kind", day_name(ui, draft.chosen), kinds, kind)) {
    if (kind == 0)
      draft.days.erase(draft.chosen);
    else
      draft.days[draft.chosen].works = kind == 2;
  }
  if (kind == 0) return;
  CalendarDraft::Day& day = draft.days[draft.chosen];
  split(ui, {.gap = space::m, .stack_below = 360}, {{.share = 1}, {.share = 1}}, [&](int i) {
    if (i == 0)
      text_field(ui, "name", day.name, {.label = ui.tr("calendars.day_name"), .max_length = 60});
    else if (kind == 2)
      text_field(ui, "hours", day.hours,
                 {.label = ui.tr("calendars.hours"),
                  .placeholder = ui.tr("calendars.longest_day"),
                  .error = hours_problem(ui, day.hours),
                  .max_length = 120});
  });
}

std::int64_t exceptions_in(const CalendarDraft& draft) {
  std::int64_t count = 0;
  for (const auto& day : draft.days) count += date_of(day.first).year == draft.year;
  return count;
}

void draw_statutory(Ui& ui, const store::Store& model, CalendarDraft& draft) {
  const auto& statutory = model.statutory.at(draft.year);
  if (!statutory.ready()) return statutory.failed() ? failed(ui, statutory.problem) : void();
  const std::vector<Param> year = {param("year", std::int64_t{draft.year}), param("last", statutory->last_known)};
  if (!statutory->known) {
    banner(ui, "unknown-year",
           {.tone = Tone::completed, .icon = Icon::info, .words = ui.tr("calendars.year_unknown", year)});
  } else if (button(ui, "statutory", ui.tr("calendars.take_statutory", year), {.icon = Icon::calendar})) {
    take(draft, statutory->days);
    ui.say(std::string(ui.tr("calendars.taken", {param("count", static_cast<std::int64_t>(statutory->days.size()))})));
  }
}

}  // namespace

std::string_view hours_problem(Ui& ui, const std::string& hours) {
  return domain::calendar::read_hours(hours) ? std::string_view() : ui.tr("calendars.hours_unreadable");
}

void take(CalendarDraft& draft, const std::vector<api::CalendarDay>& days) {
  for (const api::CalendarDay& day : days)
    if (const auto number = read_day(day.day)) draft.days[*number] = {day.works, day.hours, day.name};
}

std::int64_t unreadable_day(const CalendarDraft& draft) {
  for (const auto& day : draft.days)
    if (day.second.works && !domain::calendar::read_hours(day.second.hours)) return day.first;
  return 0;
}

void draw_calendar_days(Ui& ui, const store::Store& model, const store::FormStatus& status, CalendarDraft& draft) {
  heading(ui, 3, ui.tr("calendars.exceptions"));
  row(ui, [&] {
    if (month_turner(ui, draft.year, draft.month)) draft.chosen = 0;
    spring(ui);
    caption(ui, ui.tr("calendars.in_year",
                      {param("year", std::int64_t{draft.year}), param("count", exceptions_in(draft))}));
  });
  draw_month(ui, draft);
  draw_chosen(ui, draft);
  if (const std::int64_t day = unreadable_day(draft); day != 0 && day != draft.chosen)
    inline_error(ui, "hours-of-day",
                 ui.tr("calendars.hours_of_day_unreadable", {param("day", std::string(written_day(day)))}));
  if (const std::string_view wrong = field_problem(status, "content.days"); !wrong.empty())
    inline_error(ui, "days-problem", wrong);
  draw_statutory(ui, model, draft);
  draw_calendar_file(ui, model, draft);
}

}  // namespace tw::views
