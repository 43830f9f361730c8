// Imports: the list of what was imported with the place to drop a file, and the wizard of one import: map the columns,
// check, read the findings, write, done.
#pragma once

#include <string>
#include <vector>

#include "client/store/store.h"
#include "client/ui/table.h"
#include "client/ui/ui.h"

namespace tw::views {

inline constexpr store::FormId import_form = 5;

struct ImportsState {
  std::uint32_t drop_zone = 0;  // id of the drop zone, for the platform's file events
};
void draw_imports(ui::Ui& ui, const store::Store& model, ImportsState& state);

struct ImportState {
  ImportId import{};
  bool filled = false;  // the draft below follows the server's suggestion once
  std::vector<api::ColumnMapping> mapping{};
  bool key_from_row_number = false;
  int on_duplicate = 0;
  ui::TableState columns{};
};
void draw_import(ui::Ui& ui, const store::Store& model, ImportState& state);

}  // namespace tw::views
