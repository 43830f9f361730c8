// The application: owns what lives as long as the page, in the order in which it is written here, and runs a frame's
// steps. It knows the platform only as an interface, so tests run it too.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "client/platform/platform.h"
#include "client/ui/ui.h"
#include "core/catalog.h"

namespace tw {

class App {
 public:
  App(ui::Ui& ui, platform::Platform& platform);
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  void pump();  // events of the platform into what is drawn
  void draw(ui::Ui& ui);
  void execute();  // what the drawing asked for
  std::optional<std::int64_t> next_due() const { return std::nullopt; }

 private:
  void choose_theme();
  void choose_language(const std::string& language);

  ui::Ui& ui_;
  platform::Platform& platform_;
  Catalog catalog_;
  std::string theme_ = "system";  // or "light", "dark"
  struct Pages;
  std::unique_ptr<Pages> pages_;
};

}  // namespace tw
