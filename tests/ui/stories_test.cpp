// Every widget and every screen of the storybook, in both languages, on a desktop and on a phone.
#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "client/storybook/canned.h"
#include "client/storybook/page.h"
#include "client/storybook/story.h"
#include "support/ui/contrast.h"
#include "support/ui/harness.h"
#include "support/ui/sound.h"

namespace tw::storybook {
void PrintTo(const Story& story, std::ostream* out) { *out << story.key; }
}  // namespace tw::storybook

namespace tw::test {
namespace {

using storybook::Story;

std::string joined(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) all += "\n  " + line;
  return all;
}

class every_story : public testing::TestWithParam<Story> {
 protected:
  // Draws the story in all languages and sizes and shows each to `look`.
  void in_all_forms(const std::function<void(Harness&)>& look) {
    for (const std::string_view language : {"zh-CN", "en"})
      for (const ui::Size size : {ui::Size{1440, 900}, ui::Size{390, 844}}) {
        SCOPED_TRACE(GetParam().key + " in " + std::string(language) + ", " + std::to_string(static_cast<int>(size.w)) +
                     " pixels wide");
        Harness page(size, language);
        page.draw(GetParam().open());
        page.frames(3);
        look(page);
      }
  }
};

TEST_P(every_story, says_what_it_shows_in_the_order_of_reading) {
  in_all_forms([](Harness& page) {
    EXPECT_EQ(joined(ids_used_twice(page)), "");
    EXPECT_EQ(joined(drawn_but_not_said(page)), "");
    EXPECT_EQ(joined(focus_against_reading_order(page)), "");
    EXPECT_EQ(joined(keys_instead_of_texts(page)), "");
    EXPECT_EQ(joined(pressed_but_not_said(page)), "");
    // Carets and relative times may ask for a later frame, nothing may ask for the next for ever.
    int frames = 0;
    for (; frames < 400 && page.result().again; ++frames) page.frame();
    EXPECT_LT(frames, 400) << "goes on drawing";
  });
}

TEST_P(every_story, can_be_read_in_every_theme) {
  for (const char* name : {"light", "dark", "contrast"}) {
    SCOPED_TRACE(std::string(GetParam().key) + ", " + name);
    Harness page({1440, 900}, "en");
    page.ui().set_theme(*ui::read_theme(read_file("assets/theme/" + std::string(name) + ".json")));
    page.draw(GetParam().open());
    page.frames(3);
    EXPECT_EQ(joined(hard_to_read(page)), "");
  }
}

// At most 400 elements on a large screen; where more can be seen, what is seen and a hundred around it.
TEST_P(every_story, is_mirrored_by_few_elements) {
  for (const ui::Density density : {ui::Density::comfortable, ui::Density::compact}) {
    Harness page({1920, 1080}, "en");
    page.ui().set_density(density);
    page.draw(GetParam().open());
    page.frames(3);
    std::size_t cells = 0;
    for (const a11y::Node& node : page.tree().nodes())
      cells += node.role == a11y::Role::cell || node.role == a11y::Role::row_header ? 1 : 0;
    EXPECT_LE(page.tree().nodes().size(), std::max<std::size_t>(400, cells + 100)) << cells << " cells";
  }
}

TEST_P(every_story, can_be_hit_by_a_finger) {
  for (const ui::Size size : {ui::Size{1280, 800}, ui::Size{360, 640}}) {
    SCOPED_TRACE(static_cast<int>(size.w));
    Harness page(size, "zh-CN");
    page.ui().set_density(ui::Density::touch);
    page.draw(GetParam().open());
    page.frames(3);
    EXPECT_EQ(joined(too_small_for_a_finger(page)), "");
  }
}

// Those that an executor works on, on the narrowest phone.
TEST_P(every_story, fits_a_narrow_phone_when_an_executor_needs_it) {
  static const std::set<std::string> of_executors = {
      "sign-in",        "sign-in-again",       "invitation",    "workbench-member", "my-tasks",
      "my-tasks-empty", "customers",           "customer",      "connection-lost",  "dialog-look-at-item",
      "dialog-abandon", "dialog-quick-search", "edit-customer", "not-found",        "dialog-change-password"};
  if (of_executors.count(GetParam().key) == 0) return;
  for (const std::string_view language : {"zh-CN", "en"}) {
    SCOPED_TRACE(language);
    Harness page({360, 640}, language);
    page.ui().set_density(ui::Density::touch);
    page.draw(GetParam().open());
    page.frames(3);
    EXPECT_EQ(joined(beyond_its_place(page)), "");
  }
}

std::string name_of(const testing::TestParamInfo<Story>& info) {
  std::string name = info.param.key;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(storybook, every_story, testing::ValuesIn(storybook::all_stories()), name_of);

// All sources of the storybook in which widgets are drawn, or screens.
std::string stories_in(std::initializer_list<const char*> files) {
  std::string all;
  for (const char* file : files) all += read_file("client-wasm/storybook/" + std::string(file) + ".cpp");
  return all;
}

// The names that `pattern` finds in `declared` and that `drawn` never says.
std::vector<std::string> without_story(const std::string& declared, const std::regex& pattern,
                                       const std::string& drawn) {
  std::vector<std::string> missing;
  for (std::sregex_iterator found(declared.begin(), declared.end(), pattern), end; found != end; ++found) {
    const std::string name = (*found)[1].str();
    if (!std::regex_search(drawn, std::regex("[^a-z_]" + name + "[^a-z_]"))) missing.push_back(name);
  }
  return missing;
}

TEST(storybook_page, draws_every_widget) {
  const std::string drawn = stories_in({"foundations", "controls", "fields", "tables", "floating", "indicators"});
  // What shows nothing by itself, or only under a pointer.
  static const std::set<std::string> unseen = {"gap",           "measure",    "tooltip",       "dragging", "spring",
                                               "close_popover", "live_count", "active_choice", "in_sight"};
  const std::regex widget(R"(\n[A-Za-z][^\n(]* [*]?([a-z_]+)\(Ui& ui)");
  for (const char* header :
       {"bars", "controls", "drag", "field", "indicators", "layout", "month", "overlay", "shell", "table", "text"})
    for (const std::string& name :
         without_story(read_file("client-wasm/ui/" + std::string(header) + ".h"), widget, drawn))
      EXPECT_TRUE(unseen.count(name)) << name << " of " << header << ".h has no story";
}

// Whatever the application draws itself; the views draw the others.
TEST(storybook_page, draws_every_view) {
  const std::regex view(R"(views::(draw_[a-z_]+)\()");
  EXPECT_EQ(joined(without_story(read_file("client-wasm/app.cpp"), view, stories_in({"views", "care"}))), "");
}

TEST(storybook_page, draws_every_dialog) {
  std::set<std::size_t> drawn = {0};  // no dialog
  for (const auto& [name, dialog] : storybook::all_dialogs()) drawn.insert(dialog.index());
  EXPECT_EQ(drawn.size(), std::variant_size_v<commands::Dialog>);
}

TEST(storybook_page, has_one_story_under_each_name) {
  std::set<std::string> keys;
  for (const Story& story : storybook::all_stories()) EXPECT_TRUE(keys.insert(story.key).second) << story.key;
}

TEST(storybook_page, reads_its_look_from_the_address_and_does_not_trust_it) {
  const auto asked = storybook::parse_address("/story.html#story=table-empty&theme=dark&lang=en&density=compact");
  EXPECT_EQ(asked.story, "table-empty");
  EXPECT_EQ(asked.theme, "dark");
  EXPECT_EQ(asked.language, "en");
  EXPECT_EQ(asked.density, ui::Density::compact);
  const auto wrong = storybook::parse_address("/story.html#theme=none&lang=xx&density=&story");
  EXPECT_EQ(wrong.theme, "light");
  EXPECT_EQ(wrong.language, "zh-CN");
  EXPECT_EQ(wrong.density, ui::Density::comfortable);
  EXPECT_TRUE(wrong.story.empty());
}

}  // namespace
}  // namespace tw::test
