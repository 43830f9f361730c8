#include "client/ui/month.h"

#include <algorithm>
#include <string>

#include "client/ui/inside.h"
#include "client/ui/keys.h"
#include "client/ui/layout.h"
#include "client/ui/text.h"
#include "core/date.h"

namespace tw::ui {

namespace {

// The same day of the month before or after, or its last one.
std::int64_t month_beside(std::int64_t day, int by) {
  const Date date = date_of(day);
  const int months = date.year * 12 + date.month - 1 + by;
  const int year = months / 12, month = months % 12 + 1;
  return day_number({year, month, std::min(date.day, days_in_month(year, month))});
}

std::int64_t led_by_key(Ui& ui, std::int64_t day) {
  auto& in = ui.inside();
  if (in.take_key(Key::right)) return day + 1;
  if (in.take_key(Key::left)) return day - 1;
  if (in.take_key(Key::down)) return day + 7;
  if (in.take_key(Key::up)) return day - 7;
  if (in.take_key(Key::home)) return day - weekday_of(day);
  if (in.take_key(Key::end)) return day + 6 - weekday_of(day);
  if (in.take_key(Key::page_up)) return month_beside(day, -1);
  if (in.take_key(Key::page_down)) return month_beside(day, 1);
  return day;
}

}  // namespace

MonthEvent month_page(Ui& ui, std::string_view id, const MonthPage& page, FunctionRef<MonthDay(std::int64_t)> look) {
  auto& in = ui.inside();
  IdScope scope(ui, id);
  const std::int64_t first = day_number({page.year, page.month, 1});
  const int count = days_in_month(page.year, page.month), before = weekday_of(first);
  std::int64_t stop = page.chosen >= first && page.chosen < first + count ? page.chosen : first;
  for (std::int64_t day = first; day < first + count; ++day)
    if (ui.focused() == ui.id(day)) stop = day;
  MonthEvent event;
  const auto draw_day = [&](std::int64_t day) {
    constexpr float padding = 4;
    const float number_height = line_height(Style::body), mark_height = line_height(Style::caption);
    const Rect rect = ui.place({ui.available_width(), number_height + mark_height + 3 * padding});
    const Item item = in.item(ui.id(day), rect);
    const MonthDay look_of = look(day);
    const bool chosen = day == page.chosen;
    if (item.hovered) in.cursor = Cursor::hand;
    in.fill(rect, ui.color(chosen ? Token::accent_soft : Token::surface), radius::control);
    if (item.hovered) in.fill(rect, ui.color(Token::hover), radius::control);
    in.frame(rect, ui.color(item.hovered || chosen ? Token::accent : Token::line), radius::control);
    if (item.ring) in.ring(rect, radius::control);
    const auto centred = [&](std::string_view words, float y, Style style, Weight weight, Token ink) {
      const float wide = std::min(in.width(words, font_size(style), weight), rect.w - 2);
      in.draw_words({rect.centre().x - wide / 2, y}, words, style, weight, ui.color(ink), rect.w - 2);
    };
    centred(ui.keep(std::to_string(date_of(day).day)), rect.y + padding, Style::body,
            look_of.strong ? Weight::semibold : Weight::regular, look_of.ink);
    if (!look_of.mark.empty())
      centred(look_of.mark, rect.y + 2 * padding + number_height, Style::caption, Weight::regular, look_of.mark_ink);
    a11y::Node node = node_of(item, a11y::Role::button, look_of.name);
    node.description = look_of.mark;
    if (chosen) node.checked = a11y::Tri::yes;  // a button is pressed, not selected
    node.focusable = day == stop;
    in.tree.add(node);
    if (item.pressed) event.pressed = day;
    if (!item.focused) return;
    const std::int64_t led = led_by_key(ui, day);
    const int year = date_of(led).year;
    if (led == day || year < page.first_year || year > page.last_year) return;
    event.reached = led;
    ui.focus(ui.id(led));
  };
  const int cells = (7 + before + count + 6) / 7 * 7;  // whole weeks: a grid evens out rows that are not
  grid(ui, {.min_cell = 34, .gap = 4, .max_columns = 7}, cells, [&](int i) {
    if (i < 7)
      text(ui, page.weekdays[i],
           {.style = Style::caption, .color = Token::muted, .align = TextAlign::centre, .full_width = true});
    else if (i >= 7 + before && i < 7 + before + count)
      draw_day(first + i - 7 - before);
  });
  return event;
}

}  // namespace tw::ui
