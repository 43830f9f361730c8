// See indicators.h.
#include "client/ui/indicators.h"

#include <algorithm>
#include <cmath>

#include "client/ui/capacity.h"
#include "client/ui/format.h"
#include "client/ui/inside.h"
#include "client/ui/layout.h"
#include "client/ui/overlay.h"
#include "client/ui/paint.h"
#include "client/ui/wrap.h"
#include "core/text.h"

namespace tw::ui {

namespace {

float bar_width(Ui& ui, float wanted) {
  return wanted > 0 ? std::min(wanted, ui.available_width()) : ui.available_width();
}

// A part that slides along; without motion it stands still and only says that something happens.
void sliding(Ui& ui, Rect rect, Color color) {
  auto& in = ui.inside();
  const bool still = in.info.reduced_motion;
  const float phase = still ? 0.5f : static_cast<float>(std::fmod(in.seconds, 1.4) / 1.4);
  const float part = rect.w * 0.3f;
  in.list().PushClipRect(low(rect), high(rect), true);
  in.fill({rect.x + phase * (rect.w + part) - part, rect.y, part, rect.h}, color, rect.h / 2);
  in.list().PopClipRect();
  if (!still) ui.request_frame_in(16);
}

void announce_bar(Ui& ui, a11y::Role role, std::string_view name, std::string_view words, std::int64_t now,
                  std::int64_t max, Rect rect) {
  auto& in = ui.inside();
  a11y::Node node;
  node.id = in.nth_id("bar");
  node.role = role;
  node.name = name;
  node.value = words;
  node.value_now = now;
  node.value_max = max;
  node.x = rect.x, node.y = rect.y, node.w = rect.w, node.h = rect.h;
  in.tree.add(node);
}

}  // namespace

void progress_bar(Ui& ui, const ProgressOptions& options) {
  auto& in = ui.inside();
  column(ui, {.gap = space::xs, .width = options.width}, [&] {
    const Rect rect = ui.place({ui.available_width(), 8});
    in.fill(rect, ui.color(Token::track), 4);
    if (options.total) {
      const float share =
          *options.total > 0
              ? static_cast<float>(static_cast<double>(options.done) / static_cast<double>(*options.total))
              : 1.0f;
      const float wide = rect.w * std::clamp(share, 0.0f, 1.0f);
      if (wide > 0) in.fill({rect.x, rect.y, std::max(wide, 8.0f), rect.h}, ui.color(Token::accent), 4);
    } else {
      sliding(ui, rect, ui.color(Token::accent));
    }
    announce_bar(ui, a11y::Role::progress_bar, options.name, options.words, options.total ? options.done : -1,
                 options.total.value_or(-1), rect);
    if (options.total && *options.total > 0) {  // spoken at each quarter, not at each per cent
      a11y::Node live;
      live.id = in.nth_id("live");
      live.role = a11y::Role::status;
      live.x = rect.x, live.y = rect.y, live.w = rect.w, live.h = rect.h;
      in.tree.add(live);
      a11y::Open open(in.tree, live.id);
      const std::int64_t quarters = std::clamp<std::int64_t>(options.done * 4 / *options.total, 0, 4);
      in.tree.add_text(ui.keep(std::string(options.name) + " " + std::to_string(25 * quarters) + " %"), rect.x, rect.y,
                       rect.w, rect.h);
    }
    if (!options.words.empty()) {
      const Rect line = ui.place({ui.available_width(), line_height(Style::caption)});
      in.draw_words({line.x, line.y}, options.words, Style::caption, Weight::regular, ui.color(Token::muted), line.w);
    }
  });
}

void state_bar(Ui& ui, std::string_view name, std::span<const BarPart> parts, float width) {
  auto& in = ui.inside();
  const Rect rect = ui.place({bar_width(ui, width), 8});
  const Rect bar{rect.x, rect.y + 1, rect.w, 6};
  std::int64_t total = 0;
  std::string words;
  for (const BarPart& part : parts) {
    total += part.count;
    if (part.count == 0) continue;
    if (!words.empty()) words += " \xC2\xB7 ";
    words += std::string(part.label) + " " + number(part.count);
  }
  in.fill(bar, ui.color(Token::track), 3);
  if (total > 0) {
    // Rounded only at the ends: the parts are cut out of one bar.
    double before = 0;
    for (const BarPart& part : parts) {
      // What nobody has begun is the track itself.
      if (part.count == 0 || part.tone == Tone::neutral || part.tone == Tone::unassigned) {
        before += static_cast<double>(part.count);
        continue;
      }
      const float from = bar.x + bar.w * static_cast<float>(before / static_cast<double>(total));
      before += static_cast<double>(part.count);
      const float to = std::max(from + 2, bar.x + bar.w * static_cast<float>(before / static_cast<double>(total)));
      in.list().PushClipRect({in.pixel(from), bar.y}, {in.pixel(to), bar.bottom()}, true);
      in.fill(bar, ui.theme().ink(part.tone), 3);
      in.list().PopClipRect();
    }
  }
  const std::string_view kept = ui.keep(std::move(words));
  announce_bar(ui, a11y::Role::image, name, kept, -1, -1, rect);
  if (in.pointer_in(rect.inset(0, -6)) && !kept.empty()) in.show_tip(0, rect, kept, false);
}

void state_legend(Ui& ui, std::span<const BarPart> parts) {
  auto& in = ui.inside();
  row(ui, {.gap = space::l, .height = line_height(Style::body), .wrap = true}, [&] {
    for (const BarPart& part : parts) {
      const std::string_view figure = ui.keep(number(part.count));
      const float words = in.width(part.label, 14, Weight::regular), digits = in.width(figure, 14, Weight::semibold);
      const Rect at = ui.place({14 + words + 6 + digits, line_height(Style::body)});
      in.circle({at.x + 4, at.centre().y}, 4, ui.theme().ink(part.tone));
      in.draw_words({at.x + 14, at.y}, part.label, Style::body, Weight::regular, ui.color(Token::muted));
      in.draw_words({at.x + 20 + words, at.y}, figure, Style::body, Weight::semibold, ui.color(Token::text));
      in.tree.add_text(ui.keep(std::string(part.label) + " " + std::string(figure)), at.x, at.y, at.w, at.h);
    }
  });
}

void capacity_bar(Ui& ui, const CapacityOptions& options) { capacity_bar(ui, options, {}); }

void capacity_bar(Ui& ui, const CapacityOptions& options, const CapacityPlan& plan) {
  auto& in = ui.inside();
  const Rect rect = ui.place({bar_width(ui, options.width), 8});
  const bool over = options.cap && options.used + options.preview > *options.cap;
  const Color colour = faded(ui.color(over ? Token::danger : Token::accent), in.is_disabled() ? 0.55f : 1.0f);
  in.fill(rect, ui.color(Token::track), 4);
  if (const std::int64_t whole = options.cap.value_or(plan.scale); whole > 0) {
    auto share = [&](std::int64_t n) {
      return rect.w * std::clamp(static_cast<float>(n) / static_cast<float>(whole), 0.0f, 1.0f);
    };
    if (options.preview > 0)
      in.fill({rect.x, rect.y, share(options.used + options.preview), rect.h}, faded(colour, 0.45f), 4);
    if (plan.settled > 0) in.fill({rect.x, rect.y, share(options.used + plan.settled), rect.h}, faded(colour, 0.5f), 4);
    if (options.used > 0) in.fill({rect.x, rect.y, std::max(4.0f, share(options.used)), rect.h}, colour, 4);
  }
  const std::string_view words =
      ui.keep(number(options.used) + (options.preview > 0 ? " → " + number(options.used + options.preview) : "") +
              (options.cap ? " / " + number(*options.cap) : std::string()));
  announce_bar(ui, a11y::Role::meter, options.name, words, options.used, options.cap.value_or(-1), rect);
  if (in.pointer_in(rect.inset(0, -6))) in.show_tip(0, rect, words, false);
}

void draw_avatar(Ui& ui, Rect rect, std::string_view name, std::int64_t seed) {
  // Grounds that carry white letters with 4.5:1 in both themes.
  auto& in = ui.inside();
  constexpr Token grounds[] = {Token::avatar_1, Token::avatar_2, Token::avatar_3, Token::avatar_4,
                               Token::avatar_5, Token::avatar_6, Token::avatar_7, Token::avatar_8};
  const float diameter = rect.w;
  const auto pick = static_cast<std::size_t>(static_cast<std::uint64_t>(seed) % std::size(grounds));
  in.circle(rect.centre(), diameter / 2, faded(ui.color(grounds[pick]), in.is_disabled() ? 0.55f : 1.0f));
  std::string letter(text::prefix(text::trim(name), 1));
  if (letter.size() == 1 && letter[0] >= 'a' && letter[0] <= 'z') letter[0] = static_cast<char>(letter[0] - 32);
  const float size = diameter >= 26 ? 12.0f : 11.0f;
  const float wide = in.width(letter, size, Weight::semibold);
  in.draw_words({rect.centre().x - wide / 2, rect.y}, letter, size, diameter, Weight::semibold,
                ui.color(Token::on_avatar));
}

void avatar(Ui& ui, std::string_view name, std::int64_t seed, float diameter) {
  draw_avatar(ui, ui.place({diameter, diameter}), name, seed);
}

void avatar_name(Ui& ui, std::string_view name, std::int64_t seed, std::string_view second_line) {
  row(ui, {.gap = space::s, .height = second_line.empty() ? 28.0f : 40.0f}, [&] {
    avatar(ui, name, seed, second_line.empty() ? 26.0f : 32.0f);
    if (second_line.empty()) {
      text(ui, name, {.max_width = ui.available_width()});
    } else {
      column(ui, {.gap = 0}, [&] {
        strong(ui, name);
        caption(ui, second_line);
      });
    }
  });
}

bool empty_state(Ui& ui, std::string_view id, const EmptyOptions& options) {
  auto& in = ui.inside();
  bool pressed = false;
  IdScope scope(ui, id);
  column(ui, {.gap = space::s}, [&] {
    gap(ui, space::xxl);
    if (options.icon != Icon::none) {
      const Rect at = ui.place({ui.available_width(), 56});
      in.circle({at.centre().x, at.centre().y}, 28, ui.color(Token::accent_soft));
      draw_icon(ui, options.icon, {at.centre().x - 13, at.centre().y - 13, 26, 26}, ui.color(Token::accent));
      gap(ui, space::xs);
    }
    text(ui, options.title,
         {.style = Style::subtitle, .weight = Weight::semibold, .align = TextAlign::centre, .full_width = true});
    if (!options.words.empty()) {
      const float width = std::min(440.0f, ui.available_width());
      LayoutFrame frame;
      const Rect at = next_place(ui, ui.available_width());
      frame.bounds = {at.x + (ui.available_width() - width) / 2, at.y, width, 400};
      open_layout(ui, frame);
      paragraph(ui, options.words, {.color = Token::muted, .align = TextAlign::centre});
      const Size extent = close_layout(ui);
      ui.place({ui.available_width(), extent.h});
    }
    if (!options.action.empty()) {
      gap(ui, space::s);
      row(ui, {.align = Align::centre},
          [&] { pressed = primary_button(ui, "action", options.action, {.icon = options.action_icon}); });
    }
    gap(ui, space::xxl);
  });
  return pressed;
}

bool inline_error(Ui& ui, std::string_view id, std::string_view words, std::string_view retry) {
  auto& in = ui.inside();
  bool pressed = false;
  a11y::Node node;
  node.id = ui.id(id);
  node.role = a11y::Role::alert;
  in.tree.add(node);
  a11y::Open open(in.tree, node.id);
  IdScope scope(ui, id);
  const Rect at = next_place(ui, ui.available_width());
  const float right = retry.empty() ? 0 : in.width(retry, 14, Weight::semibold) + space::l;
  ImDrawListSplitter layers;
  layers.Split(&in.list(), 2);
  layers.SetCurrentChannel(&in.list(), 1);
  LayoutFrame frame;
  frame.bounds = {at.x + 40, at.y + 10, at.w - 52 - right, 400};
  open_layout(ui, frame);
  paragraph(ui, words, {.color = Token::danger});
  const Size extent = close_layout(ui);
  const Rect rect{at.x, at.y, at.w, extent.h + 20};
  draw_icon(ui, Icon::warning, {rect.x + 12, rect.y + 11, 18, 18}, ui.color(Token::danger));
  if (!retry.empty()) {
    LayoutFrame side;
    side.bounds = {rect.right() - right, rect.y + 10, right, 24};
    open_layout(ui, side);
    pressed = link(ui, "retry", retry, {.weight = Weight::semibold});
    close_layout(ui);
  }
  layers.SetCurrentChannel(&in.list(), 0);
  in.fill(rect, ui.color(Token::danger_soft), radius::control);
  layers.Merge(&in.list());
  ui.place({rect.w, rect.h});
  return pressed;
}

BannerEvent banner(Ui& ui, std::string_view id, const BannerOptions& options) {
  auto& in = ui.inside();
  BannerEvent event = BannerEvent::none;
  a11y::Node node;
  node.id = ui.id(id);
  node.role = options.tone == Tone::danger ? a11y::Role::alert : a11y::Role::status;
  in.tree.add(node);
  a11y::Open open(in.tree, node.id);
  IdScope scope(ui, id);
  // What is too long for the line beside the action goes on below.
  constexpr float icon_size = 18, padding = 12;
  const float action = options.action.empty() ? 0 : in.width(options.action, 14, Weight::semibold) + space::m;
  const float close = options.closable ? control_height(ui.density()) + space::m : 0;
  const float room =
      std::max(120.0f, ui.available_width() - space::l - space::xs - icon_size - space::m - action - close);
  const auto lines = static_cast<float>(wrap(in, options.words, font_size(Style::body), Weight::regular, room).size());
  const float high = std::max(44.0f, lines * line_height(Style::body) + 2 * padding);
  const Rect rect = ui.place({ui.available_width(), high});
  in.fill(rect, ui.theme().ground(options.tone), radius::control);
  LayoutFrame frame;
  frame.id = ui.id("content");
  frame.horizontal = true;
  frame.gap = space::m;
  frame.line = high;
  frame.bounds = {rect.x + space::m, rect.y, rect.w - space::l - space::xs, high};
  open_layout(ui, frame);
  const Rect icon = ui.place({icon_size, icon_size});
  draw_icon(ui, options.icon, icon, ui.theme().ink(options.tone));
  paragraph(ui, options.words, {.max_width = room});
  spring(ui);
  if (!options.action.empty() && link(ui, "action", options.action, {.weight = Weight::semibold}))
    event = BannerEvent::action;
  if (options.closable && icon_button(ui, "close", Icon::close, ui.tr("ui.close"))) event = BannerEvent::closed;
  close_layout(ui);
  return event;
}

void skeleton(Ui& ui, Size size) {
  const Rect at = ui.place({std::min(size.w, ui.available_width()), size.h});
  ui.inside().fill(at, ui.color(Token::track), std::min(6.0f, size.h / 2));
}

void loading_line(Ui& ui, bool loading) {
  const Rect at = ui.place({ui.available_width(), 2});
  if (loading) sliding(ui, at, ui.color(Token::accent));
}

bool figure_card(Ui& ui, std::string_view id, const FigureCardOptions& options) {
  const std::string_view name = ui.keep(std::string(options.label) + " " + std::string(options.figure));
  const auto dot = [&] {
    const Rect rect = ui.place({8, 8});
    ui.inside().circle(rect.centre(), 4, options.quiet ? ui.color(Token::faint) : ui.theme().ink(options.tone));
  };
  if (options.compact)
    return card_button(ui, id, {.name = name, .padding = space::s}, [&] {
      row(ui, {.height = line_height(Style::body)}, [&] {
        dot();
        text(ui, options.figure, {.weight = Weight::semibold, .color = options.quiet ? Token::muted : Token::text});
      });
      note(ui, options.label);
    });
  return card_button(ui, id, {.name = name}, [&] {
    row(ui, {.height = line_height(Style::body)}, [&] {
      dot();
      column(ui, {}, [&] { paragraph(ui, options.label, {.color = Token::muted}); });
    });
    text(ui, options.figure,
         {.style = Style::figure, .weight = Weight::semibold, .color = options.quiet ? Token::muted : Token::text});
    if (!options.words.empty()) note(ui, options.words);
  });
}

void wizard_steps(Ui& ui, std::string_view name, std::span<const std::string_view> steps, int current) {
  auto& in = ui.inside();
  a11y::Node list;
  list.id = in.nth_id("steps");
  list.role = a11y::Role::list;
  list.name = name;
  in.tree.add(list);
  a11y::Open open(in.tree, list.id);
  row(ui, {.gap = space::s, .height = 28, .wrap = true}, [&] {
    for (int i = 0; i < static_cast<int>(steps.size()); ++i) {
      const std::string_view words = steps[static_cast<std::size_t>(i)];
      const bool done = i < current, on = i == current;
      const std::string_view digit = ui.keep(std::to_string(i + 1));
      const float line = i + 1 < static_cast<int>(steps.size()) ? 32.0f : 0.0f;
      const float wide = in.width(words, 14, on ? Weight::semibold : Weight::regular);
      const Rect at = ui.place({30 + wide + (line > 0 ? line + 8 : 0), 28});
      const Point centre{at.x + 11, at.centre().y};
      in.circle(centre, 11, ui.color(done || on ? Token::accent : Token::track));
      if (done) {
        draw_icon(ui, Icon::check, {centre.x - 7, centre.y - 7, 14, 14}, ui.color(Token::on_accent));
      } else {
        in.draw_words({centre.x - in.width(digit, 12, Weight::semibold) / 2, centre.y - 9}, digit, Style::caption,
                      Weight::semibold, ui.color(on ? Token::on_accent : Token::muted));
      }
      in.draw_words({at.x + 30, at.y}, words, 14, 28, on ? Weight::semibold : Weight::regular,
                    ui.color(on ? Token::text : Token::muted));
      if (line > 0) in.fill({at.right() - line, at.centre().y, line, 1}, ui.color(Token::line));
      a11y::Node node;
      node.id = in.nth_id("step");
      node.role = a11y::Role::list_item;
      node.name = ui.keep(std::string(digit) + " " + std::string(words));
      node.current = on;
      node.x = at.x, node.y = at.y, node.w = at.w, node.h = at.h;
      in.tree.add(node);
    }
  });
}

}  // namespace tw::ui
