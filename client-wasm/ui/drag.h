// Drag and drop of things by id. A payload is a kind and ids, nothing else; it is resolved on drop.
//
// The same sources and targets are reached by keyboard alone: Ctrl X on a source (or "Move to..." of its menu) picks
// up, arrows go from target to target, Enter drops, Esc lets go. Each step is said, with the verdict of the target.
// Nothing more is asked of views than what the mouse needs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/ui/keys.h"
#include "client/ui/ui.h"

namespace tw::ui {

struct DragPayload {
  std::string kind{};  // "item", "customer"
  std::vector<std::int64_t> ids{};
  std::string words{};  // what is shown at the cursor: "4 customers"
  std::string also{};   // another kind that they are too: its targets take them as well
  bool all = false;     // everything that the source's query finds, instead of ids
};

// Makes the widget drawn last (or the row that is being drawn) a source. `payload` is asked for once, when it starts.
void drag_source(Ui& ui, FunctionRef<DragPayload()> payload);

// Shortcut of picking up, for menus.
inline constexpr KeyPress pick_up_key{Key::x, {.control = true, .shift = false, .alt = false}};

// The payload in flight, if any.
const DragPayload* dragging(Ui& ui);

// What a target says about the payload over it; the reason or the promise stands at the cursor.
struct DropVerdict {
  bool accepted = false;
  std::string words{};
};
// Draws `body` as a target named `name`; while a payload of `kind` hovers it, asks `judge` and shows its words.
// Returns the payload when an accepted one is dropped.
std::optional<DragPayload> drop_target(Ui& ui, std::string_view id, std::string_view name, std::string_view kind,
                                       FunctionRef<DropVerdict(const DragPayload&)> judge, Body body);

}  // namespace tw::ui
