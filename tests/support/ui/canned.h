// The storybook's models under the name that tests use, and a page that shows a view of them.
#pragma once

#include <functional>
#include <string_view>
#include <utility>

#include "client/storybook/canned.h"
#include "client/views/batch.h"
#include "support/ui/harness.h"

namespace tw::test {
using storybook::CannedStore;
using storybook::SilentTransport;

// What is pressed on it ends as commands of `canned`.
class ViewPage : public Harness {
 public:
  ViewPage(CannedStore& canned, std::function<void(ui::Ui&)> body, ui::Size viewport = {1440, 900},
           std::string_view language = "en")
      : Harness(viewport, language) {
    ui().set_commands(&canned.queue);
    draw(std::move(body));
  }
};

// One tab of batch 7 (CannedStore::add_batch), as its address opens it.
inline views::BatchPageState batch_page(commands::BatchTab tab) {
  views::BatchPageState state;
  commands::Route route;
  route.page = commands::Page::batch;
  route.id = 7;
  route.tab = tab;
  views::read_route(route, state);
  return state;
}

}  // namespace tw::test
