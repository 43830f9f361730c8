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
  constexpr float reach = 40;
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

}  // namespace tw::test
