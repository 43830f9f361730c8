// Choosing several of a list under a field that is written in (ListOptions in field.h): rows with a box to tick, and
// the chosen as chips that can be taken out again. The focus stays in the field; arrows move the row that Enter ticks.
#pragma once

#include <cstdint>
#include <string_view>

#include "client/ui/controls.h"
#include "client/ui/icons.h"
#include "client/ui/ui.h"

namespace tw::ui {

struct PickRow {
  std::string_view label{};
  std::string_view hint{};
  std::string_view tip{};  // shown on hover, when it is the current one, and while a finger rests on it
  Checked checked = Checked::no;
  std::int64_t seed = 0;  // of a person's avatar; 0: the icon
  Icon icon = Icon::none;
  bool boxed = true;      // with a box to tick; else it is only pressed
  bool disabled = false;  // stands there for its hint, which says why
  bool current = false;   // Enter takes it
  bool reveal = false;    // scroll it into view
};
float pick_row_height(Density density);
bool pick_row(Ui& ui, WidgetId id, const PickRow& options);

// Somebody who is chosen; pressing takes them out. `remove_name` says so.
bool pick_chip(Ui& ui, std::string_view id, std::string_view name, std::int64_t seed, std::string_view remove_name);

}  // namespace tw::ui
