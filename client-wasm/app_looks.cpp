// How the page looks and speaks: theme, density, the mirror, language. All kept by this browser; the account's language
// is taken over at sign-in.
#include <cstdio>
#include <utility>
#include <vector>

#include "client/app.h"
#include "client/ui/themes.h"

namespace tw {

namespace {

constexpr const char* catalogue_names[] = {"i18n/zh-CN.json", "i18n/en.json"};

}  // namespace

std::string App::first_language(const platform::Platform& platform) {
  if (const auto chosen = platform.preference("language")) return *chosen == "en" ? "en" : "zh-CN";
  return platform.system_language().rfind("zh", 0) == 0 ? "zh-CN" : "en";
}

void App::set_theme(const std::string& theme) {
  states_.frame.theme = theme;
  platform_.set_preference("theme", theme);
  apply_theme();
}

void App::apply_theme() {
  const std::string& wanted = states_.frame.theme;
  const platform::SystemLook look = platform_.system_look();
  const std::string_view of_system = look.more_contrast ? "contrast" : look.dark ? "dark" : "light";
  std::string_view json = ui::theme_json(wanted);  // none for "system", nor for what an older browser kept
  if (json.empty()) json = ui::theme_json(of_system);
  if (const auto theme = ui::read_theme(json)) {
    ui_.set_theme(*theme);
    const ui::Color ground = theme->color(ui::Token::background);
    char bar[8];
    std::snprintf(bar, sizeof bar, "#%02x%02x%02x", ground.r(), ground.g(), ground.b());
    platform_.set_colors(theme->dark, bar);
  }
  changed_ = true;
}

void App::set_density(const std::string& density) {
  states_.frame.density = density;
  platform_.set_preference("density", density);
  apply_density();
}

// Kept by the browser: it is the device that has a finger or a mouse. Fingers get room unless somebody decided.
void App::apply_density() {
  const std::string& wanted = states_.frame.density;
  ui_.set_density(wanted == "compact"                                                 ? ui::Density::compact
                  : wanted == "touch" || (wanted == "system" && platform_.is_touch()) ? ui::Density::touch
                                                                                      : ui::Density::comfortable);
  changed_ = true;
}

void App::toggle_mirror() {
  const bool on = !ui_.is_mirrored();
  platform_.set_preference("mirror", on ? "on" : "off");
  ui_.mirror(on);
  changed_ = true;
}

void App::set_language(const std::string& language) {
  platform_.set_preference("language", language);
  if (language != language_) load_catalog(language);
}

// Before anybody is signed in, that of the device.
void App::follow_clock() {
  const std::string zone = store_.session ? store_.session->zone : std::string();
  if (zone == clock_of_) return;
  clock_of_ = zone;
  std::vector<ClockChange> changes;
  if (store_.session)
    for (const api::ClockStep& step : store_.session->clock)
      changes.push_back({step.at, static_cast<std::int32_t>(step.offset)});
  states_.frame.zone_kept = platform_.preference("zone-kept").value_or(std::string());
  ui_.set_clock(changes.empty() ? WallClock::fixed(platform_.zone_minutes() * 60) : WallClock(std::move(changes)));
  changed_ = true;
}

void App::keep_zone(const std::string& of) {
  platform_.set_preference("zone-kept", of);
  states_.frame.zone_kept = of;
  changed_ = true;
}

// From what the page fetched while it loaded, else from the server; until it is here the old language stays.
void App::load_catalog(const std::string& language) {
  const std::string name = catalogue_names[language == "en" ? 1 : 0];
  wanted_language_ = language;
  const auto use = [this, language](std::string_view json) {
    auto read = Catalog::read(language, json);
    if (!read || wanted_language_ != language) return;
    catalog_ = std::move(read).value();
    language_ = language;
    ui_.set_catalog(&catalog_);
    platform_.set_language(language);
    transport_.set_language(language);
    changed_ = true;
  };
  if (const auto preloaded = platform_.preloaded(name)) return use(*preloaded);
  transport_.send({.method = api::Method::get, .path = platform_.asset_path(name)}, [use](transport::Reply reply) {
    if (reply.status == 200) use(reply.body);
  });
}

}  // namespace tw
