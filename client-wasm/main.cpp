// The browser's entry. What is made here is handed to the page's callbacks and lives until the page goes away, which is
// why nothing is ever destroyed.
#include "client/app.h"
#include "client/platform/browser_em.h"

int main() {
  auto& ui = *new tw::ui::Ui;
  auto& browser = *new tw::platform::Browser(ui);
  auto& app = *new tw::App(browser, ui);
  const bool started = browser.start({
      [&app] { return app.update(); },
      [&app](tw::ui::Ui&) { app.draw(); },
      [&app] { app.execute(); },
      [&app] { return app.next_due(); },
  });
  return started ? 0 : 1;  // boot.js has looked for WebGL2 before
}
