// Every widget with canned content: for looking at, for pixel tests, for finding out how a thing is meant. Nothing here
// is reached by the product's own pages.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/ui/field.h"
#include "client/ui/overlay.h"
#include "client/ui/table.h"
#include "client/ui/ui.h"

namespace tw::storybook {

struct Gallery {
  int page = 0;
  std::string search{}, login{}, password{}, note{}, name{}, customer_search{};
  std::optional<std::int64_t> cap = 40;
  int role = -1, tab = 1, look = 0, board_tab = 0, result = -1;
  bool remember = true, signed_in = true, dialog = false, loading = false;
  ui::TableState customers{}, batches{};
  ui::Sort sort{};
  std::vector<ui::Toast> toasts{};
  std::vector<std::int64_t> placed{};  // of the board
  std::string wanted_theme{};
  int activations = 0;
};

void draw_gallery(ui::Ui& ui, Gallery& state);

}  // namespace tw::storybook
