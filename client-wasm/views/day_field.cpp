#include "client/views/day_field.h"

#include <vector>

#include "client/ui/controls.h"
#include "client/ui/field.h"
#include "client/ui/layout.h"
#include "client/ui/overlay.h"
#include "client/ui/text.h"
#include "core/date.h"
#include "core/text.h"

namespace tw::views {

using namespace ui;
using ui::text;

namespace {

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

std::int64_t today_of(const Ui& ui) { return ui.clock().day(ui.now()); }

std::string written(std::optional<std::int64_t> day) { return day ? written_day(*day) : std::string(); }

// The calendar beside the field; the day that was pressed.
std::optional<std::int64_t> draw_calendar(Ui& ui, DayDraft& draft) {
  row(ui, [&] { month_turner(ui, draft.year, draft.month); });
  const std::int64_t today = today_of(ui);
  const MonthPage page = month_page_of(ui, draft.year, draft.month, draft.day.value_or(0));
  const MonthEvent event = month_page(ui, "month", page, [&](std::int64_t day) {
    return MonthDay{.name = day_name(ui, day),
                    .mark = day == today ? ui.tr("day.today") : std::string_view(),
                    .ink = Token::text,
                    .mark_ink = Token::accent,
                    .strong = day == today};
  });
  if (event.reached) {
    const Date date = date_of(event.reached);
    draft.year = date.year;
    draft.month = date.month;
  }
  return event.pressed ? std::optional(event.pressed) : std::nullopt;
}

}  // namespace

void take_day(DayDraft& draft, std::optional<std::int64_t> day) {
  if (draft.day == day) return;
  draft.day = day;
  draft.typed = written(day);
}

std::optional<std::int64_t> read_past_day(std::string_view typed, std::int64_t today) {
  std::string words(text::trim(typed));
  for (char& sign : words)
    if (sign == '/' || sign == '.') sign = '-';
  std::vector<int> parts;
  for (const std::string_view part : text::split(words, '-')) {
    const auto number = text::to_integer(part);
    if (!number || *number < 1 || *number > 9999) return std::nullopt;
    parts.push_back(static_cast<int>(*number));
  }
  const auto day_of = [](int year, int month, int day) {
    const Date date{year, month, day};
    return is_date(date) ? std::optional(day_number(date)) : std::nullopt;
  };
  if (parts.size() == 3 && parts[0] >= 100) return day_of(parts[0], parts[1], parts[2]);
  if (parts.size() != 2) return std::nullopt;
  const int this_year = date_of(today).year;
  const auto day = day_of(this_year, parts[0], parts[1]);
  return day && *day <= today ? day : day_of(this_year - 1, parts[0], parts[1]);
}

bool day_field(Ui& ui, std::string_view id, DayDraft& draft, const DayField& options) {
  IdScope scope(ui, id);
  const auto before = draft.day;
  const std::int64_t today = today_of(ui);
  const bool none = text::trim(draft.typed).empty();
  const auto read = none ? std::nullopt : read_past_day(draft.typed, today);
  const std::string_view unreadable =
      none || read ? std::string_view() : ui.tr("day.unreadable", {param("example", written_day(today))});
  row(ui, {.gap = space::xs}, [&] {
    muted(ui, options.label);
    const FieldResult typed = text_field(ui, "day", draft.typed,
                                         {.name = options.label,
                                          .placeholder = ui.tr("day.any"),
                                          .error = unreadable.empty() ? options.error : unreadable,
                                          .width = options.width,
                                          .max_length = 10});
    if ((typed.left || typed.submitted) && (none || read)) take_day(draft, read);
    if (icon_button(ui, "choose", Icon::calendar, ui.tr("day.choose", {param("what", std::string(options.label))}),
                    {.has_menu = true})) {
      const Date shown = date_of(draft.day.value_or(today));
      draft.year = shown.year;
      draft.month = shown.month;
      open_popover(ui, "calendar");
    }
    popover(ui, "calendar", options.label, 320, [&] {
      if (const auto pressed = draw_calendar(ui, draft)) {
        take_day(draft, pressed);
        close_popover(ui);
      }
    });
  });
  return draft.day != before;
}

std::string_view weekday_name(Ui& ui, int weekday) { return ui.tr(weekdays[weekday]); }

std::string_view day_name(Ui& ui, std::int64_t day) {
  const Date date = date_of(day);
  return ui.tr("calendars.date",
               {param("year", std::int64_t{date.year}), param("month", std::string(ui.tr(months[date.month - 1]))),
                param("day", std::int64_t{date.day}), param("weekday", std::string(ui.tr(weekdays[weekday_of(day)])))});
}

MonthPage month_page_of(Ui& ui, int year, int month, std::int64_t chosen) {
  MonthPage page{.year = year,
                 .month = month,
                 .chosen = chosen,
                 .first_year = first_calendar_year,
                 .last_year = last_calendar_year};
  for (std::size_t i = 0; i < std::size(short_weekdays); ++i) page.weekdays[i] = ui.tr(short_weekdays[i]);
  return page;
}

bool month_turner(Ui& ui, int& year, int& month) {
  const auto turn = [&](int by) {
    const int turned = year * 12 + month - 1 + by;
    year = turned / 12;
    month = turned % 12 + 1;
    return true;
  };
  bool turned = false;
  if (icon_button(ui, "earlier", Icon::chevron_left, ui.tr("calendars.earlier"),
                  {.disabled = year <= first_calendar_year}))
    turned = turn(-1);
  strong(ui, ui.tr("calendars.month",
                   {param("year", std::int64_t{year}), param("month", std::string(ui.tr(months[month - 1])))}));
  if (icon_button(ui, "later", Icon::chevron_right, ui.tr("calendars.later"), {.disabled = year >= last_calendar_year}))
    turned = turn(1);
  return turned;
}

}  // namespace tw::views
