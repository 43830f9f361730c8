// See mirror.h. The keys of the message are single letters, explained once in mirror.js.
#include "client/a11y/mirror.h"

#include <cmath>
#include <utility>

#include "client/ui/text_edit.h"
#include "core/json.h"

namespace tw::a11y {

namespace {

constexpr double geometry_every = 0.1;  // seconds; also from the last scrolled pixel to "at rest"

constexpr std::string_view role_names[] = {
    "group",      "region",       "main",      "navigation", "banner",           "search",
    "form",       "dialog",       "alert",     "status",     "heading",          "text",
    "list",       "listitem",     "button",    "link",       "checkbox",         "radio",
    "radiogroup", "tablist",      "tab",       "textbox",    "searchbox",        "combobox",
    "listbox",    "option",       "menu",      "menuitem",   "menuitemcheckbox", "grid",
    "row",        "columnheader", "rowheader", "gridcell",   "progressbar",      "meter",
    "slider",     "img",          "separator",
};
static_assert(std::size(role_names) == static_cast<std::size_t>(Role::count_));

void put(json::Writer& out, std::string_view key, std::string_view words) {
  if (words.empty()) return;
  out.key(key);
  out.string(words);
}

void put(json::Writer& out, std::string_view key, std::int64_t number, std::int64_t none) {
  if (number == none) return;
  out.key(key);
  out.integer(number);
}

void put(json::Writer& out, std::string_view key, bool flag) {
  if (!flag) return;
  out.key(key);
  out.integer(1);
}

void write_agent(json::Writer& out, const Node& node, const TextAgent& agent) {
  out.key("t");
  out.begin_array();
  for (std::int64_t part :
       {std::int64_t{agent.kind}, std::int64_t{agent.autofill}, std::int64_t{agent.multiline},
        std::int64_t{agent.read_only}, std::int64_t{agent.max_length},
        std::int64_t{ui::bytes_to_utf16(node.value, agent.selection_begin)},
        std::int64_t{ui::bytes_to_utf16(node.value, agent.selection_end)}, std::int64_t{agent.heard}}) {
    out.integer(part);
  }
  for (float part : {agent.font_size, agent.line_height, agent.padding_left, agent.padding_top}) {
    out.integer(std::lround(part));
  }
  out.end_array();
}

void write_node(json::Writer& out, const Tree& tree, const Diff::Change& change) {
  const Node& node = *change.node;
  out.begin_object();
  put(out, "i", node.id, -1);
  put(out, "p", change.parent, 0);
  put(out, "a", change.after, 0);
  put(out, "r", role_names[static_cast<std::size_t>(node.role)]);
  put(out, "n", node.name);
  if (node.text_agent >= 0) {
    out.key("v");  // also when it is empty
    out.string(node.value);
  } else {
    put(out, "v", node.value);
  }
  put(out, "d", node.description);
  put(out, "e", node.error);
  put(out, "h", node.path);
  put(out, "k", node.shortcut);
  put(out, "L", node.controls, 0);
  put(out, "A", node.active, 0);
  put(out, "b", node.placeholder);
  put(out, "c", static_cast<std::int64_t>(node.checked), 0);
  put(out, "s", static_cast<std::int64_t>(node.selected), 0);
  put(out, "x", static_cast<std::int64_t>(node.expanded), 0);
  put(out, "o", static_cast<std::int64_t>(node.sort), 0);
  put(out, "f", node.focusable);
  put(out, "D", node.disabled);
  put(out, "R", node.required);
  put(out, "M", node.modal);
  put(out, "B", node.busy);
  put(out, "P", node.has_popup);
  put(out, "C", node.current);
  put(out, "l", node.level, 0);
  put(out, "y", node.row_index, -1);
  put(out, "z", node.column_index, -1);
  put(out, "Y", node.row_count, -1);
  put(out, "Z", node.column_count, -1);
  put(out, "w", node.value_now, -1);
  put(out, "W", node.value_max, -1);
  out.key("g");
  out.begin_array();
  for (float part : {change.x, change.y, node.w, node.h}) out.integer(std::lround(part));
  out.end_array();
  if (node.text_agent >= 0) write_agent(out, node, tree.agent(node));
  out.end_object();
}

}  // namespace

bool Mirror::update(const Tree& tree, NodeId focus, double seconds, bool on) {
  NodeId modal = tree.top_modal();
  if (!on) {  // without dialogs there is nothing to stand outside of
    modal = 0;
    const Node* holder = tree.find(focus);
    if (!holder || holder->text_agent < 0) focus = 0;
  }
  const bool switched = std::exchange(on_, on) != on;
  const bool focus_moved = focus != focus_ || first_;
  const bool modal_moved = modal != modal_ || first_;
  const bool geometry = first_ || switched || seconds - geometry_told_ >= geometry_every;
  if (tree.scrolled()) scrolled_at_ = seconds;
  if (!geometry && !focus_moved && !modal_moved && seconds - scrolled_at_ < geometry_every) return true;
  const Diff::Changes& changes = diff_.run(tree, geometry, !on);
  if (geometry) geometry_told_ = seconds;
  if (changes.upserts.empty() && changes.removals.empty() && !focus_moved && !modal_moved && !switched) {
    return changes.geometry_waits;
  }
  json::Writer out;
  out.begin_object();
  if (!changes.removals.empty()) {
    out.key("remove");
    out.begin_array();
    for (NodeId id : changes.removals) out.integer(id);
    out.end_array();
  }
  if (!changes.upserts.empty()) {
    out.key("upsert");
    out.begin_array();
    for (const Diff::Change& change : changes.upserts) write_node(out, tree, change);
    out.end_array();
  }
  if (modal_moved) {
    out.key("modal");
    out.integer(modal);
  }
  if (switched) {
    out.key("off");
    out.integer(on ? 0 : 1);
  }
  // Also when only elements changed: the wanted one may have been inert or missing before.
  out.key("focus");
  out.integer(focus);
  out.end_object();
  focus_ = focus;
  modal_ = modal;
  first_ = false;
  tell_(out.take());
  return changes.geometry_waits;
}

void Mirror::forget() {
  diff_.forget();
  first_ = true;
}

}  // namespace tw::a11y
