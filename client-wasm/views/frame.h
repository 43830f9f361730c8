// The frame around every page: navigation by permission, top bar with quick search, the account menu, banners; and the
// quick search itself.
#pragma once

#include <string>
#include <vector>

#include "client/commands/commands.h"
#include "client/store/store.h"
#include "client/ui/overlay.h"
#include "client/ui/ui.h"

namespace tw::views {

struct FrameState {
  std::string theme = "system";  // as chosen: "light", "dark", "contrast", "system"
};

void draw_frame(ui::Ui& ui, const store::Store& model, const commands::Route& route, const FrameState& state,
                ui::Body content);

// Where nothing is, and what stands there before the first answer.
void draw_not_found(ui::Ui& ui);
void draw_no_answer(ui::Ui& ui, const store::Problem& problem);

// Of the browser's tab: "Spring visits - Tidewater".
std::string_view title_of(ui::Ui& ui, const store::Store& model, const commands::Route& route);

struct QuickSearchState {
  std::string words{};
  std::string asked{};
  int current = 0;
  std::int64_t typed_at_ms = 0;
};
void draw_quick_search(ui::Ui& ui, const store::Store& model, QuickSearchState& state);

}  // namespace tw::views
