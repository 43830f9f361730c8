// What the storybook shows: every widget and every view, each with canned models, each under a name that stands in the
// address. The list is the one place: the page draws it, tests walk over it, pixel tests name it.
//
// Opening a story makes its state anew, so two openings never share anything. Words of samples are not texts of the
// product: `sample` picks one of two by the language that is shown.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "client/ui/ui.h"

namespace tw::storybook {

using Drawing = std::function<void(ui::Ui&)>;

struct Story {
  std::string key{};    // "table-empty"; unique
  std::string group{};  // of the side list
  std::function<Drawing()> open{};
};

// In the order of the side list: foundations, widgets, views, dialogs.
std::vector<Story> all_stories();

void add_foundations(std::vector<Story>& stories);
void add_controls(std::vector<Story>& stories);
void add_fields(std::vector<Story>& stories);
void add_tables(std::vector<Story>& stories);
void add_floating(std::vector<Story>& stories);
void add_indicators(std::vector<Story>& stories);
void add_views(std::vector<Story>& stories);
void add_care(std::vector<Story>& stories);  // of views: the status screen and the audit log
void add_dialogs(std::vector<Story>& stories);

inline std::string_view sample(ui::Ui& ui, std::string_view chinese, std::string_view english) {
  return ui.language() == "en" ? english : chinese;
}

// A story that draws with a state of its own: `with_state<State>(draw)`.
template <class State>
std::function<Drawing()> with_state(void (*draw)(ui::Ui&, State&)) {
  return [draw]() -> Drawing {
    auto state = std::make_shared<State>();
    return [draw, state](ui::Ui& ui) { draw(ui, *state); };
  };
}

}  // namespace tw::storybook
