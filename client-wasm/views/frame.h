// The frame around every page: navigation by permission, top bar with quick search, the account menu, banners. It
// offers the commands that are possible everywhere.
#pragma once

#include <string>
#include <vector>

#include "client/commands/commands.h"
#include "client/store/store.h"
#include "client/ui/overlay.h"
#include "client/ui/ui.h"

namespace tw::views {

struct FrameState {
  std::string theme = "system";    // as chosen: "light", "dark", "contrast", "system"
  std::string density = "system";  // "compact", "comfortable", "touch", "system"
  std::string zone_kept{};         // "<device's> <account's>": who was asked and kept the account's
};

void draw_frame(ui::Ui& ui, const store::Store& model, const commands::Route& route, const FrameState& state,
                ui::Body content);

// The device keeps another time than the account: it is asked once which one is meant.
void draw_zone_banner(ui::Ui& ui, const store::Store& model, const FrameState& state);

// Where nothing is, and what stands there before the first answer.
void draw_not_found(ui::Ui& ui);
// Over everything while files are dragged across the page.
void draw_file_curtain(ui::Ui& ui, const store::Store& model, bool takes);
// Between signing in and the first screen.
void draw_arriving(ui::Ui& ui);
void draw_no_answer(ui::Ui& ui, const store::Problem& problem);

// Of the browser's tab: "(3) Spring visits · Tidewater": how many things wait for this person, what is open.
std::string_view title_of(ui::Ui& ui, const store::Store& model, const commands::Route& route);

}  // namespace tw::views
