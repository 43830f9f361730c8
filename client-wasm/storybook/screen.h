// A story that is one screen of the product inside its frame, with its model.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "client/storybook/canned.h"
#include "client/storybook/story.h"
#include "client/views/frame.h"

namespace tw::storybook {

// One screen with its model. What it pushes is dropped: there is nobody to carry it out.
template <class State>
struct Screen {
  explicit Screen(domain::access::Role role) : canned(role) {}
  CannedStore canned;
  State state{};
  commands::Route route{};
  views::FrameState frame{};
};

template <class State, class Prepare, class Draw>
Story screen(std::string key, commands::Page page, domain::access::Role role, Prepare prepare, Draw draw) {
  return {std::move(key), "views", [page, role, prepare, draw]() -> Drawing {
            auto screen = std::make_shared<Screen<State>>(role);
            screen->route.page = page;
            prepare(screen->canned, screen->state, screen->route);
            return [screen, draw](ui::Ui& ui) {
              ui.set_commands(&screen->canned.queue);
              const store::Store& model = screen->canned.store;
              const bool before_session = screen->route.page == commands::Page::sign_in ||
                                          screen->route.page == commands::Page::set_up ||
                                          screen->route.page == commands::Page::invitation;
              if (before_session) {
                draw(ui, model, screen->state);
              } else {
                views::draw_frame(ui, model, screen->route, screen->frame, [&] { draw(ui, model, screen->state); });
              }
              screen->canned.queue.take();
            };
          }};
}

}  // namespace tw::storybook
