#include "client/views/calendar_days.h"

#include "client/ui/format.h"
#include "client/ui/month.h"
#include "client/views/parts.h"
#include "core/date.h"
#include "core/text.h"
#include "domain/calendar/hours.h"

namespace tw::views {

using namespace ui;
using ui::text;

namespace {

constexpr int first_year = 2000, last_year = 2199;  // that can be turned to

constexpr TextKey weekdays[] = {text_key("weekday.monday"),    text_key("weekday.tuesday"),
                                text_key("weekday.wednesday"), text_key("weekday.thursday"),
                                text_key("weekday.friday"),    text_key("weekday.saturday"),
                                text_key("weekday.sunday")};
constexpr TextKey short_weekdays[] = {text_key("weekday.mon"), text_key("weekday.tue"), text_key("weekday.wed"),
                                      text_key("weekday.thu"), text_key("weekday.fri"), text_key("weekday.sat"),
                                      text_key("weekday.sun")};

constexpr TextKey months[] = {text_key("month.january"), text_key("month.february"), text_key("month.march"),
                              text_key("month.april"),   text_key("month.may"),      text_key("month.june"),
                              text_key("month.july"),    text_key("month.august"),   text_key("month.september"),
                              text_key("month.october"), text_key("month.november"), text_key("month.december")};

std::string_view day_name(Ui& ui, std::int64_t day) {
  const Date date = date_of(day);
  return ui.tr("calendars.date",
               {param("year", std::int64_t{date.year}), param("month", std::string(ui.tr(months[date.month - 1]))),
                param("day", std::int64_t{date.day}), param("weekday", std::string(ui.tr(weekdays[weekday_of(day)])))});
}

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
  MonthPage page{.year = draft.year,
                 .month = draft.month,
                 .chosen = draft.chosen,
                 .first_year = first_year,
                 .last_year = last_year};
  for (std::size_t i = 0; i < std::size(short_weekdays); ++i) page.weekdays[i] = ui.tr(short_weekdays[i]);
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

std::string_view weekday_name(Ui& ui, int weekday) { return ui.tr(weekdays[weekday]); }

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
    const auto turn = [&](int by) {
      const int month = draft.year * 12 + draft.month - 1 + by;
      draft.year = month / 12;
      draft.month = month % 12 + 1;
      draft.chosen = 0;
    };
    if (icon_button(ui, "earlier", Icon::chevron_left, ui.tr("calendars.earlier"),
                    {.disabled = draft.year <= first_year}))
      turn(-1);
    strong(ui, ui.tr("calendars.month", {param("year", std::int64_t{draft.year}),
                                         param("month", std::string(ui.tr(months[draft.month - 1])))}));
    if (icon_button(ui, "later", Icon::chevron_right, ui.tr("calendars.later"), {.disabled = draft.year >= last_year}))
      turn(1);
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
