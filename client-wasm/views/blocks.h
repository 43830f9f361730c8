// The blocks of what waits, over the list of batches and on the workbench: each a count that leads to what it counts.
#pragma once

#include <string>

#include "client/store/store.h"
#include "client/ui/ui.h"
#include "client/views/words.h"

namespace tw::views {

// Of a batch, filtered so that it shows just that.
std::string path_of(api::Waiting what, BatchId batch);

// For those who manage something, and for those who execute. `compact` over a list on a small page.
void draw_manager_blocks(ui::Ui& ui, const api::ViewWorkbench::Response& bench, bool compact = false);
void draw_executor_blocks(ui::Ui& ui, const api::ViewWorkbench::Response& bench, bool compact = false);
bool manages_something(const store::Store& model, const api::ViewWorkbench::Response& bench);
bool executes_something(const api::ViewWorkbench::Response& bench);

}  // namespace tw::views
