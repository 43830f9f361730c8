// The first screen: greeting, counts that lead to the list they count, the batches that one manages, how evenly work
// is spread. Without anything yet it offers the first step of the role.
#pragma once

#include "client/store/store.h"
#include "client/ui/table.h"
#include "client/ui/ui.h"

namespace tw::views {

struct WorkbenchState {
  ui::TableState batches{};
};
void draw_workbench(ui::Ui& ui, const store::Store& model, WorkbenchState& state);

}  // namespace tw::views
