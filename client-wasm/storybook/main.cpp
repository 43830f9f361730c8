// The storybook's entry in the browser; like the client's own (client-wasm/main.cpp), never destroyed.
#include "client/platform/browser_em.h"
#include "client/storybook/canned.h"
#include "client/storybook/page.h"

namespace {
// The same moment in the same zone, whenever and wherever a story is drawn.
class StillBrowser final : public tw::platform::Browser {
 public:
  using Browser::Browser;
  std::int64_t now_ms() const override { return tw::storybook::canned_now.ms; }
};

tw::storybook::StoryPage* const& the_page(tw::storybook::StoryPage* made = nullptr) {
  static tw::storybook::StoryPage* const page = made;
  return page;
}
}  // namespace

// For the side list around the story.
extern "C" const char* tw_storybook_list() { return the_page()->list().c_str(); }

int main() {
  auto& ui = *new tw::ui::Ui;
  auto& browser = *new StillBrowser(ui);
  auto& boxes = *new tw::ui::FixedGlyphs;
  if (tw::storybook::parse_address(browser.path()).boxes) ui.inside().use_glyphs(boxes);
  auto& page = *new tw::storybook::StoryPage(browser, ui);
  the_page(&page);
  const bool started = browser.start({
      [&page] { return page.update(); },
      [&page](tw::ui::Ui&) { page.draw(); },
      [] {},
      [] { return std::optional<std::int64_t>(); },
  });
  return started ? 0 : 1;
}
