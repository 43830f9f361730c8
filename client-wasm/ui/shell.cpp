// See shell.h.
#include "client/ui/shell.h"

#include <algorithm>
#include <cmath>

#include "client/ui/format.h"
#include "client/ui/indicators.h"
#include "client/ui/inside.h"
#include "client/ui/overlay.h"

namespace tw::ui {

namespace {

// The mark: a tide under a square of sky.
void draw_mark(Ui& ui, Rect rect) {
  auto& in = ui.inside();
  const Color accent = ui.color(Token::accent);
  in.fill(rect, accent, 6);
  ImDrawList& list = in.list();
  const float base = rect.y + rect.h * 0.58f;
  list.PathLineTo({rect.x, base});
  list.PathBezierCubicCurveTo({rect.x + rect.w * 0.3f, base - 4}, {rect.x + rect.w * 0.6f, base + 4},
                              {rect.right(), base - 1});
  list.PathLineTo({rect.right(), rect.bottom() - 6});
  list.PathArcToFast({rect.right() - 6, rect.bottom() - 6}, 6, 0, 3);
  list.PathArcToFast({rect.x + 6, rect.bottom() - 6}, 6, 3, 6);
  list.PathFillConcave(ink(faded(ui.color(Token::on_accent), 0.82f)));
}

bool nav_item(Ui& ui, const NavItem& item_model, bool current) {
  auto& in = ui.inside();
  const Rect rect = ui.place({ui.available_width(), ui.density() == Density::touch ? 44.0f : 36.0f});
  const Item item = in.item(ui.id(item_model.key), rect);
  if (item.hovered) in.cursor = Cursor::hand;
  if (current) in.fill(rect, ui.color(Token::accent_soft), radius::control);
  if (item.hovered && !current) in.fill(rect, ui.color(Token::hover), radius::control);
  if (item.ring) in.ring(rect, radius::control);
  const Color colour = ui.color(current ? Token::accent : Token::muted);
  draw_icon(ui, item_model.icon, {rect.x + 10, rect.centre().y - 9, 18, 18}, colour);
  const std::string_view badge =
      item_model.badge > 0 ? ui.keep(item_model.badge > 999 ? std::string("999+") : std::to_string(item_model.badge))
                           : std::string_view();
  const float badge_width = badge.empty() ? 0 : std::max(20.0f, in.width(badge, 12, Weight::semibold) + 12);
  in.draw_words({rect.x + 38, rect.y}, item_model.label, 14, rect.h, current ? Weight::semibold : Weight::regular,
                ui.color(current ? Token::accent : Token::text), rect.w - 52 - badge_width);
  if (!badge.empty()) {
    const Rect pill{rect.right() - badge_width - 8, rect.centre().y - 9, badge_width, 18};
    in.fill(pill, ui.color(Token::accent), 9);
    in.draw_words({pill.x + (badge_width - in.width(badge, 12, Weight::semibold)) / 2, pill.y}, badge, 12, 18,
                  Weight::semibold, ui.color(Token::on_accent));
  }
  a11y::Node node = node_of(item, a11y::Role::link, item_model.label);
  node.path = item_model.path;
  node.current = current;
  node.description = badge;
  in.tree.add(node);
  return in.follows(item, item_model.path);
}

void open_landmark(Ui& ui, std::string_view id, a11y::Role role, std::string_view name, Rect rect) {
  a11y::Node node;
  node.id = ui.id(id);
  node.role = role;
  node.name = name;
  node.x = rect.x, node.y = rect.y, node.w = rect.w, node.h = rect.h;
  ui.tree().add(node);
  ui.tree().open(node.id);
}

int rail(Ui& ui, const ShellOptions& options, Rect rect) {
  auto& in = ui.inside();
  int pressed = -1;
  in.fill(rect, ui.color(Token::surface));
  in.line({rect.right() - 1, rect.y}, {rect.right() - 1, rect.bottom()}, ui.color(Token::line));
  open_landmark(ui, "rail", a11y::Role::navigation, options.nav_name, rect);
  IdScope scope(ui, "rail");
  draw_mark(ui, {rect.x + 20, rect.y + 20, 24, 24});
  in.draw_words({rect.x + 52, rect.y + 18}, options.product, 16, 28, Weight::semibold, ui.color(Token::text));
  const float after = in.width(options.product, 16, Weight::semibold);
  in.draw_words({rect.x + 60 + after, rect.y + 19}, options.second_name, 12, 28, Weight::regular,
                ui.color(Token::muted));
  in.tree.add_text(ui.keep(std::string(options.product) + " " + std::string(options.second_name)), rect.x + 52,
                   rect.y + 18, rect.w - 64, 28);
  const float foot = options.account ? 56.0f : 0.0f;
  LayoutFrame frame;
  frame.id = ui.id("items");
  frame.gap = 2;
  constexpr float ring = 4;  // room for it inside what clips
  frame.bounds = {rect.x + 12 - ring, rect.y + 62 - ring, rect.w - 2 * (12 - ring), rect.h - 62 - foot + ring};
  open_layout(ui, frame);
  scroll_area(ui, "scroll", {.padding = ring, .gap = 2}, [&] {
    std::string_view group;
    for (int i = 0; i < static_cast<int>(options.items.size()); ++i) {
      const NavItem& item = options.items[static_cast<std::size_t>(i)];
      if (item.group != group) {
        group = item.group;
        gap(ui, space::l);
        const Rect at = ui.place({ui.available_width(), 24});
        in.draw_words({at.x + 10, at.y}, group, 12, 24, Weight::semibold, ui.color(Token::muted), at.w - 20);
        in.tree.add_text(group, at.x, at.y, at.w, at.h);
      }
      if (nav_item(ui, item, item.key == options.current)) pressed = i;
    }
  });
  close_layout(ui);
  if (options.account) {
    LayoutFrame account;
    account.id = ui.id("account");
    account.horizontal = true;
    account.line = 40;
    account.bounds = {rect.x + 16, rect.bottom() - foot + 4, rect.w - 28, 40};
    open_layout(ui, account);
    options.account();
    close_layout(ui);
  }
  in.tree.close();
  return pressed;
}

int bottom_bar(Ui& ui, const ShellOptions& options, Rect rect) {
  auto& in = ui.inside();
  int pressed = -1;
  in.fill(rect, ui.color(Token::surface));
  in.line({rect.x, rect.y}, {rect.right(), rect.y}, ui.color(Token::line));
  open_landmark(ui, "bar", a11y::Role::navigation, options.nav_name, rect);
  const int count = std::min(5, static_cast<int>(options.items.size()));
  const float width = rect.w / static_cast<float>(std::max(1, count));
  for (int i = 0; i < count; ++i) {
    const NavItem& item_model = options.items[static_cast<std::size_t>(i)];
    const bool current = item_model.key == options.current;
    const Rect at{rect.x + width * static_cast<float>(i), rect.y, width, rect.h};
    const Item item = in.item(ui.id(item_model.key), at);
    const Color colour = ui.color(current ? Token::accent : Token::muted);
    draw_icon(ui, item_model.icon, {at.centre().x - 11, at.y + 8, 22, 22}, colour);
    const float words = std::min(in.width(item_model.label, 12, Weight::semibold), at.w - 8);
    in.draw_words({at.centre().x - words / 2, at.y + 32}, item_model.label, 12, 18, Weight::semibold, colour, at.w - 8);
    if (item_model.badge > 0) in.circle({at.centre().x + 12, at.y + 10}, 4, ui.color(Token::danger));
    if (item.ring) in.ring(at.inset(4), radius::control);
    a11y::Node node = node_of(item, a11y::Role::link, item_model.label);
    node.path = item_model.path;
    node.current = current;
    in.tree.add(node);
    if (in.follows(item, item_model.path)) pressed = i;
  }
  in.tree.close();
  return pressed;
}

}  // namespace

ShellEvents shell(Ui& ui, const ShellOptions& options, Body content) {
  auto& in = ui.inside();
  ShellEvents events;
  IdScope scope(ui, "shell");
  const Size page = ui.viewport();
  const bool phone = ui.is_phone();
  const float left = phone ? 0 : rail_width, bottom = ui.has_bottom_bar() ? 60.0f : 0.0f;
  if (!phone) events.navigate = rail(ui, options, {0, 0, rail_width, page.h});

  const Rect top{left, 0, page.w - left, ui.top_bar_height()};
  in.fill(top, ui.color(Token::surface));
  in.line({top.x, top.bottom() - 1}, {top.right(), top.bottom() - 1}, ui.color(Token::line));
  if (!phone) {
    open_landmark(ui, "top", a11y::Role::banner, {}, top);
    LayoutFrame frame;
    frame.id = ui.id("top-row");
    frame.horizontal = true;
    frame.line = top.h - 1;
    frame.bounds = top.inset(space::xl, 0);
    open_layout(ui, frame);
    if (options.top_bar) options.top_bar();
    close_layout(ui);
    in.tree.close();
  }

  const Rect main{left, top.h, page.w - left, page.h - top.h - bottom};
  open_landmark(ui, "main", a11y::Role::main, {}, phone ? Rect{0, 0, page.w, page.h - bottom} : main);
  LayoutFrame frame;
  frame.id = ui.id("content");
  frame.gap = 0;
  frame.bounds = main;
  open_layout(ui, frame);
  in.page_bar = phone && options.top_bar ? &options.top_bar : nullptr;
  content();
  in.page_bar = nullptr;
  close_layout(ui);
  in.tree.close();
  if (options.loading) {
    LayoutFrame line;
    line.bounds = {main.x, main.y - 1, main.w, 2};
    open_layout(ui, line);
    loading_line(ui, true);
    close_layout(ui);
  }
  if (bottom > 0) events.navigate = bottom_bar(ui, options, {0, page.h - bottom, page.w, bottom});
  return events;
}

void centred_page(Ui& ui, std::string_view id, float width, Body body) {
  auto& in = ui.inside();
  const Size page = ui.viewport();
  const WidgetId own = ui.id(id);
  IdScope scope(ui, id);
  const float wide = std::min(width, page.w - 2 * space::l);
  const float tall = in.memory[own].size.h + 52;
  const float x = std::floor((page.w - wide) / 2);
  const float y = std::max(space::l, std::floor((page.h - tall) * 0.4f));
  open_landmark(ui, "main", a11y::Role::main, {}, {0, 0, page.w, page.h});
  draw_mark(ui, {x, y, 32, 32});
  in.draw_words({x + 44, y}, "Tidewater", 20, 32, Weight::semibold, ui.color(Token::text));
  in.tree.add_text("Tidewater", x + 44, y, wide - 44, 32);
  LayoutFrame frame;
  frame.id = own;
  frame.bounds = {x, y + 52, wide, page.h - y - 52};
  open_layout(ui, frame);
  card(ui, "card", {.padding = space::xl, .gap = space::l}, body);
  close_layout(ui);
  in.tree.close();
}

}  // namespace tw::ui
