// Pressable bars of the shell: the search field of the top bar that opens the quick search, the account at the foot of
// the rail, and the rows of a result list.
#pragma once

#include <cstdint>
#include <string_view>

#include "client/ui/ui.h"

namespace tw::ui {

// Looks like a search field, is a button: what is typed is typed in the dialog that it opens.
bool search_button(Ui& ui, std::string_view id, std::string_view name, std::string_view placeholder,
                   std::string_view shortcut, float width);

// The person's avatar, name and second line; opens their menu.
bool account_bar(Ui& ui, std::string_view id, std::string_view name, std::int64_t seed, std::string_view second_line,
                 std::string_view accessible_name);

// One row of a result list: icon, label, hint at the right end.
bool result_row(Ui& ui, std::string_view id, Icon icon, std::string_view label, std::string_view hint);

}  // namespace tw::ui
