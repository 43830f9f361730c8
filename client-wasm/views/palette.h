// The palette (Ctrl K): every command that the page offers now and every record by name, by keyboard alone; and the
// keyboard map (?). Both are made from the command table and from what views offered in this frame.
#pragma once

#include <string>

#include "client/store/store.h"
#include "client/ui/ui.h"

namespace tw::views {

struct QuickSearchState {
  std::string words{};
  std::string asked{};
  int current = 0;
  bool enter_waits = false;  // Enter came before the answer: it takes what the answer shows
  std::int64_t typed_at_ms = 0;
};
void draw_quick_search(ui::Ui& ui, const store::Store& model, QuickSearchState& state);

void draw_keyboard_map(ui::Ui& ui);

}  // namespace tw::views
