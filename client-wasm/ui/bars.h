// Pressable bars of the shell: the search field of the top bar that opens the quick search, the account at the foot of
// the rail, and the rows of a result list.
#pragma once

#include <cstdint>
#include <string_view>

#include "client/ui/icons.h"
#include "client/ui/ui.h"

namespace tw::ui {

// Looks like a search field, is a button: what is typed is typed in the dialog that it opens.
bool search_button(Ui& ui, std::string_view id, std::string_view name, std::string_view placeholder,
                   std::string_view shortcut, float width);

// The person's avatar, name and second line; opens their menu.
bool account_bar(Ui& ui, std::string_view id, std::string_view name, std::int64_t seed, std::string_view second_line,
                 std::string_view accessible_name);

// Keys as they are printed on a keyboard: "Ctrl K" is two caps.
void key_caps(Ui& ui, std::string_view keys);

// One row of a result list under a field (ListOptions in field.h): icon, label, hint and shortcut at the right end. The
// focus stays in the field.
struct ResultRow {
  Icon icon = Icon::none;
  std::string_view label{};
  std::string_view hint{};
  std::string_view shortcut{};
  std::string_view why_disabled{};  // not now: stands instead of the hint
  bool current = false;             // Enter takes it
  bool reveal = false;              // scroll it into view
};
float result_row_height(Density density);
bool result_row(Ui& ui, WidgetId id, const ResultRow& options);

// Which choice Enter takes, told by the field that was drawn before in this frame; 0: there is none.
void active_choice(Ui& ui, WidgetId field, WidgetId choice);

// "12 results": read out when it changes.
void live_count(Ui& ui, std::string_view words);

}  // namespace tw::ui
