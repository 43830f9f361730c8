// The status screen, for those who manage settings: how the product is where it runs, what its jobs do, when the last
// backup was made, and where the audit log stands. What a place does not have it says.
#pragma once

#include "client/store/store.h"
#include "client/ui/table.h"
#include "client/ui/ui.h"

namespace tw::views {

struct SystemState {
  ui::TableState jobs{};
  ui::TableState noted{};
};
void draw_system_status(ui::Ui& ui, const store::Store& model, SystemState& state);

}  // namespace tw::views
