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

}  // namespace
}  // namespace tw::test
