#include "support/ui/sound.h"

#include <algorithm>
#include <map>
#include <regex>

namespace tw::test {

namespace {

using a11y::Node;
using a11y::Role;

ui::Rect rect_of(const Node& node) { return {node.x, node.y, node.w, node.h}; }

std::string place_of(const Node& node) {
  return "'" + std::string(node.name) + "' at " + std::to_string(static_cast<int>(node.x)) + "," +
         std::to_string(static_cast<int>(node.y));
}

// The marks that are said in another way: required, hidden characters, "nothing", separators.
bool is_a_mark(const Harness& page, const ui::DrawnWords& drawn) {
  static const std::regex marks("(\\*|\xE2\x80\x94|\xC2\xB7|(\xE2\x80\xA2)+)");
  (void)page;
  return std::regex_match(drawn.words, marks);
}

// "Control+K" is drawn as "Ctrl K".
std::string drawn_shortcut(std::string_view spoken) {
  std::string drawn(spoken);
  if (const std::size_t at = drawn.find("Control+"); at != std::string::npos) drawn.replace(at, 8, "Ctrl ");
  return drawn;
}

bool says(const Node& node, std::string_view words) {
  for (const std::string_view said :
       {node.name, node.value, node.description, node.error, node.placeholder, node.shortcut})
    if (said.find(words) != std::string_view::npos) return true;
  return words == drawn_shortcut(node.shortcut);
}

// Labels stand above their field and errors below it: as far as that.
bool is_near(const Node& node, const ui::Rect& drawn) {
  constexpr float reach = 60;  // a hint of three lines belongs to the field above it
  const ui::Rect around = rect_of(node).inset(-reach);
  return around.contains({drawn.x + drawn.w / 2, drawn.y + drawn.h / 2}) ||
         around.contains({drawn.x, drawn.y + drawn.h / 2});
}

std::vector<const Node*> way_to(const a11y::Tree& tree, const Node& node) {
  std::vector<const Node*> way;
  for (const Node* at = &node; at; at = at->parent ? tree.find(at->parent) : nullptr) way.push_back(at);
  std::reverse(way.begin(), way.end());
  return way;
}

bool is_below_the_page(const a11y::Tree& tree, const Node& node, ui::Point at) {
  for (const Node* one : way_to(tree, node))
    if (one->role == Role::main && at.y >= one->y + one->h) return true;
  return false;
}

bool floats(const Node& node) {
  return node.role == Role::dialog || node.role == Role::menu || node.role == Role::list_box ||
         node.role == Role::status || node.modal || (node.role == Role::region && node.parent == 0);  // a sheet
}

}  // namespace

std::vector<std::string> ids_used_twice(const Harness& page) {
  std::vector<std::string> wrong;
  std::map<a11y::NodeId, const Node*> seen;
  for (const Node& node : page.tree().nodes()) {
    const auto [found, fresh] = seen.emplace(node.id, &node);
    if (!fresh) wrong.push_back(place_of(*found->second) + " and " + place_of(node));
  }
  return wrong;
}

std::vector<std::string> drawn_but_not_said(const Harness& page) {
  std::vector<std::string> wrong;
  for (const ui::DrawnWords& drawn : page.drawn()) {
    if (is_a_mark(page, drawn)) continue;
    const auto& nodes = page.tree().nodes();
    const bool said = std::any_of(nodes.begin(), nodes.end(), [&](const Node& node) {
      return says(node, drawn.words) && is_near(node, drawn.rect);
    });
    if (!said)
      wrong.push_back("'" + drawn.words + "' at " + std::to_string(static_cast<int>(drawn.rect.x)) + "," +
                      std::to_string(static_cast<int>(drawn.rect.y)));
  }
  return wrong;
}

// Lines from top to bottom, in a line from left to right; and one column after the other where columns stand side by
// side, each with all that is in it. What floats is an order of its own.
std::vector<std::string> focus_against_reading_order(const Harness& page) {
  std::vector<std::string> wrong;
  const a11y::Tree& tree = page.tree();
  const Node* before = nullptr;
  for (const Node& node : tree.nodes()) {
    if (!node.focusable || node.disabled) continue;
    const Node* const earlier = std::exchange(before, &node);
    if (!earlier) continue;
    const auto a_way = way_to(tree, *earlier), b_way = way_to(tree, node);
    std::size_t fork = 0;
    while (fork < a_way.size() && fork < b_way.size() && a_way[fork] == b_way[fork]) ++fork;
    if (fork == a_way.size() || fork == b_way.size()) continue;  // one stands inside the other
    if (floats(*a_way[fork]) || floats(*b_way[fork])) continue;
    // Containers are compared as wholes: what is scrolled out of sight in one says nothing about the other.
    const bool wholes = a_way[fork]->h > 0 && b_way[fork]->h > 0;
    const ui::Rect a = rect_of(wholes ? *a_way[fork] : *earlier), b = rect_of(wholes ? *b_way[fork] : node);
    const bool next_column = b.x >= a.right() - 1;
    const bool above = b.bottom() <= a.y + 1;
    const bool same_line = std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y) > std::min(a.h, b.h) / 2;
    const bool to_the_left = same_line && b.right() <= a.x + 1;
    if ((above && !next_column) || to_the_left) wrong.push_back(place_of(node) + " after " + place_of(*earlier));
  }
  return wrong;
}

std::vector<std::string> keys_instead_of_texts(const Harness& page) {
  static const std::regex looks_like_a_key("[a-z_]+\\.[a-z_]+");
  std::vector<std::string> wrong;
  for (const Node& node : page.tree().nodes())
    if (std::regex_match(std::string(node.name), looks_like_a_key)) wrong.push_back(std::string(node.name));
  return wrong;
}

namespace {

bool can_be_pressed(Role role) {
  switch (role) {
    case Role::button:
    case Role::link:
    case Role::slider:
    case Role::checkbox:
    case Role::radio:
    case Role::tab:
    case Role::text_box:
    case Role::search_box:
    case Role::combo_box:
    case Role::option:
    case Role::menu_item:
    case Role::menu_item_checkbox:
    case Role::row:
    case Role::column_header:
      return true;
    default:
      return false;
  }
}

std::string place_of(const Harness& page, const ui::Target& target) {
  const Node* node = page.tree().find(target.id);
  return (node ? "'" + std::string(node->name) + "'" : "something") + " of " +
         std::to_string(static_cast<int>(target.rect.w)) + "x" + std::to_string(static_cast<int>(target.rect.h)) +
         " at " + std::to_string(static_cast<int>(target.rect.x)) + "," +
         std::to_string(static_cast<int>(target.rect.y));
}

bool within(const ui::Rect& a, const ui::Rect& b) {
  return a.x >= b.x - 1 && a.y >= b.y - 1 && a.right() <= b.right() + 1 && a.bottom() <= b.bottom() + 1;
}

}  // namespace

std::vector<std::string> pressed_but_not_said(const Harness& page) {
  std::vector<std::string> wrong;
  for (const ui::Target& target : page.targets()) {
    if (target.rect.w <= 0 || target.rect.h <= 0) continue;  // scrolled out of sight
    const Node* node = page.tree().find(target.id);
    if (!node) {
      wrong.push_back(place_of(page, target) + " is not announced");
    } else if (!can_be_pressed(node->role)) {
      wrong.push_back(place_of(page, target) + " is announced as what cannot be pressed");
    } else if (node->name.empty() && !node->busy) {
      wrong.push_back(place_of(page, target) + " has no name");
    } else if (!within(target.rect, rect_of(*node))) {
      wrong.push_back(place_of(page, target) + " is announced at another place: " + place_of(*node));
    }
  }
  for (const ui::WidgetId id : page.unannounced()) wrong.push_back("an item of ImGui's own: " + std::to_string(id));
  return wrong;
}

std::vector<std::string> too_small_for_a_finger(const Harness& page) {
  constexpr float reach = 21;  // to the last pixels of 44
  std::vector<std::string> wrong;
  const ui::Size whole = page.ui().viewport();
  for (const ui::Target& target : page.targets()) {
    const Node* node = page.tree().find(target.id);
    if (!node || !within(rect_of(*node), target.rect)) continue;           // partly out of sight
    if (!page.tree().is_inside(*node, page.tree().top_modal())) continue;  // behind a dialog
    const ui::Point c = target.rect.centre();
    for (const ui::Point at : {ui::Point{c.x - reach, c.y}, ui::Point{c.x + reach, c.y}, ui::Point{c.x, c.y - reach},
                               ui::Point{c.x, c.y + reach}}) {
      if (at.x < 0 || at.y < 0 || at.x >= whole.w || at.y >= whole.h) continue;
      if (is_below_the_page(page.tree(), *node, at)) continue;  // the page can be scrolled up from the phone's tabs
      if (target.rect.contains(page.inside().finger_means(at))) continue;
      wrong.push_back(place_of(page, target));
      break;
    }
  }
  return wrong;
}

std::vector<std::string> beyond_its_place(const Harness& page) {
  std::vector<std::string> wrong;
  const auto& targets = page.targets();
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const ui::Rect& a = targets[i].rect;
    if (a.w <= 0 || a.h <= 0) continue;
    const Node* node = page.tree().find(targets[i].id);
    const bool in_table = node && node->role != Role::row && way_to(page.tree(), *node).size() > 1 && [&] {
      for (const Node* one : way_to(page.tree(), *node))
        if (one->role == Role::grid || one->role == Role::tab_list) return true;
      return false;
    }();  // tables scroll sideways, and so do tabs
    if (node && !in_table && (node->x < -0.5f || node->x + node->w > page.ui().viewport().w + 0.5f))
      wrong.push_back(place_of(page, targets[i]) + " reaches beyond the page");
    for (std::size_t k = i + 1; k < targets.size(); ++k) {
      const ui::Rect& b = targets[k].rect;
      if (targets[i].root != targets[k].root || within(a, b) || within(b, a)) continue;
      const float across = std::min(a.right(), b.right()) - std::max(a.x, b.x);
      const float down = std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y);
      if (across > 1 && down > 1)
        wrong.push_back(place_of(page, targets[i]) + " stands on " + place_of(page, targets[k]));
    }
  }
  const auto& drawn = page.drawn();
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    const ui::DrawnWords& words = drawn[i];
    // What is scrolled away up or down is not lost; sideways it is.
    const bool on_tab = std::any_of(page.tree().nodes().begin(), page.tree().nodes().end(), [&](const Node& node) {
      return node.role == Role::tab && rect_of(node).contains(words.rect.centre());
    });
    if (!on_tab && (words.rect.x < words.clip.x - 1 || words.rect.right() > words.clip.right() + 1))
      wrong.push_back("'" + words.words + "' is cut off at the side");
    if (words.cut) {
      for (const Node& node : page.tree().nodes())
        if (node.name == words.words && node.role != Role::row && node.role != Role::option &&
            can_be_pressed(node.role) && rect_of(node).contains(words.rect.centre()))
          wrong.push_back("'" + words.words + "' does not fit on what is pressed");
    }
    for (std::size_t k = i + 1; k < drawn.size(); ++k) {
      if (words.list != drawn[k].list) continue;
      const ui::Rect &a = words.rect, &b = drawn[k].rect;
      const float across = std::min(a.right(), b.right()) - std::max(a.x, b.x);
      const float down = std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y);
      if (across > 2 && down > 2) wrong.push_back("'" + words.words + "' stands on '" + drawn[k].words + "'");
    }
  }
  return wrong;
}

}  // namespace tw::test
