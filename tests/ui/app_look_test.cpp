// How the page looks follows the person's choice, and without one the system.
#include <gtest/gtest.h>

#include "client/app.h"
#include "client/platform/still.h"
#include "client/ui/themes.h"
#include "support/ui/harness.h"

namespace tw::test {
namespace {

struct Opened {
  platform::StillPlatform page;
  ui::Ui ui;

  std::string theme(const char* chosen, platform::SystemLook look) {
    page.assets["i18n/en.json"] = read_file("assets/i18n/en.json");
    page.look = look;
    page.preferences.clear();
    if (chosen) page.preferences["theme"] = chosen;
    const App app(page, ui);
    for (const char* name : {"light", "dark", "contrast"})
      if (ui::read_theme(ui::theme_json(name))->colors == ui.theme().colors) return name;
    return {};
  }
};

TEST(the_look, is_what_the_person_chose_whatever_the_system_says) {
  Opened opened;
  EXPECT_EQ(opened.theme("light", {.dark = true}), "light");
  EXPECT_EQ(opened.theme("dark", {}), "dark");
  EXPECT_EQ(opened.theme("contrast", {}), "contrast");
}

TEST(the_look, follows_the_system_when_nothing_known_was_chosen) {
  Opened opened;
  for (const char* chosen : {static_cast<const char*>(nullptr), "system", "sepia"}) {
    EXPECT_EQ(opened.theme(chosen, {}), "light");
    EXPECT_EQ(opened.theme(chosen, {.dark = true}), "dark");
    EXPECT_EQ(opened.theme(chosen, {.dark = true, .more_contrast = true}), "contrast");
  }
}

TEST(the_density, is_roomy_for_fingers_unless_somebody_decided_for_this_device) {
  for (const bool touch : {false, true}) {
    for (const auto& [chosen, expected] :
         {std::pair{"compact", ui::Density::compact}, std::pair{"comfortable", ui::Density::comfortable},
          std::pair{"touch", ui::Density::touch},
          std::pair{"system", touch ? ui::Density::touch : ui::Density::comfortable},
          std::pair{static_cast<const char*>(nullptr), touch ? ui::Density::touch : ui::Density::comfortable}}) {
      Opened opened;
      opened.page.assets["i18n/en.json"] = read_file("assets/i18n/en.json");
      opened.page.touch = touch;
      if (chosen) opened.page.preferences["density"] = chosen;
      const App app(opened.page, opened.ui);
      EXPECT_EQ(opened.ui.density(), expected) << touch << " " << (chosen ? chosen : "nothing");
    }
  }
}

TEST(the_density, follows_the_pointer_when_it_changes) {
  Opened opened;
  opened.page.assets["i18n/en.json"] = read_file("assets/i18n/en.json");
  App app(opened.page, opened.ui);
  opened.page.touch = true;
  opened.page.events.push_back(platform::SystemLook{});
  app.update();
  EXPECT_EQ(opened.ui.density(), ui::Density::touch);
}

TEST(the_mirror_of_the_page, is_on_until_somebody_switches_it_off_on_this_device) {
  for (const char* chosen : {"", "on", "off"}) {
    Opened opened;
    opened.page.assets["i18n/en.json"] = read_file("assets/i18n/en.json");
    if (*chosen) opened.page.preferences["mirror"] = chosen;
    const App app(opened.page, opened.ui);
    EXPECT_EQ(opened.ui.is_mirrored(), std::string_view(chosen) != "off");
  }
}

}  // namespace
}  // namespace tw::test
