// See app.h.
#include "client/app.h"

#include "client/storybook/gallery.h"
#include "client/ui/overlay.h"
#include "client/ui/themes.h"

namespace tw {

struct App::Pages {
  storybook::Gallery gallery;
};

App::App(ui::Ui& ui, platform::Platform& platform) : ui_(ui), platform_(platform), pages_(std::make_unique<Pages>()) {
  theme_ = platform_.preference("theme").value_or("system");
  choose_theme();
  const std::string wanted = platform_.preference("language").value_or(platform_.system_language());
  choose_language(wanted.rfind("zh", 0) == 0 ? "zh-CN" : "en");
  if (platform_.is_touch()) ui_.set_density(ui::Density::touch);
}

App::~App() = default;

void App::choose_theme() {
  const bool dark = theme_ == "dark" || (theme_ != "light" && platform_.system_look().dark);
  if (const auto theme = ui::read_theme(ui::theme_json(dark ? "dark" : "light"))) ui_.set_theme(*theme);
}

void App::choose_language(const std::string& language) {
  if (const auto text = platform_.preloaded("i18n/" + language + ".json")) {
    if (auto read = Catalog::read(language, *text)) catalog_ = std::move(read).value();
  }
  ui_.set_catalog(&catalog_);
  platform_.set_language(language);
}

void App::pump() {
  for (const platform::Event& event : platform_.take_events()) {
    if (std::holds_alternative<platform::SystemLook>(event)) choose_theme();
  }
}

void App::draw(ui::Ui& ui) { storybook::draw_gallery(ui, pages_->gallery); }

void App::execute() {
  if (!pages_->gallery.wanted_theme.empty()) {
    theme_ = std::exchange(pages_->gallery.wanted_theme, {});
    platform_.set_preference("theme", theme_);
    choose_theme();
    ui_.request_frame();
  }
}

}  // namespace tw
