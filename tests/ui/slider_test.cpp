// The slider: by pointer, by keys, by what a screen reader sets.
#include <gtest/gtest.h>

#include "client/ui/controls.h"
#include "support/ui/harness.h"

namespace tw::test {
namespace {

using a11y::Role;
using namespace ui;

struct SliderPage : Harness {
  std::int64_t value = 50;
  int changes = 0;
  SliderOptions options{.name = "Weight", .words = "fifty", .least = 10, .most = 95, .step = 10, .width = 216};
  SliderPage() {
    draw([this](Ui& ui) { changes += slider(ui, "weight", value, options); });
  }
  Point at(float share) const {
    const a11y::Node& node = get(Role::slider, "Weight");
    return {node.x + 8 + share * (node.w - 16), node.y + node.h / 2};
  }
};

TEST(ASlider, takes_the_value_where_its_line_is_pressed_and_follows_the_pointer) {
  SliderPage page;
  page.click(page.at(0));
  EXPECT_EQ(page.value, 10);
  page.click(page.at(1));
  EXPECT_EQ(page.value, 95) << "the last step is shorter";
  page.move_to(page.at(0.5f));
  page.click(page.at(0.34f));
  EXPECT_EQ(page.value, 40);
}

TEST(ASlider, goes_by_steps_pages_and_to_the_ends_by_key) {
  SliderPage page;
  page.focus(Role::slider, "Weight");
  page.key(Key::right);
  EXPECT_EQ(page.value, 60);
  page.key(Key::up);
  EXPECT_EQ(page.value, 70);
  page.key(Key::left);
  page.key(Key::down);
  EXPECT_EQ(page.value, 50);
  page.key(Key::page_down);
  EXPECT_EQ(page.value, 10);
  page.key(Key::end);
  EXPECT_EQ(page.value, 95);
  page.key(Key::page_up);
  EXPECT_EQ(page.value, 95);
  page.key(Key::home);
  EXPECT_EQ(page.value, 10);
  EXPECT_EQ(page.changes, 7);
}

TEST(ASlider, says_its_steps_and_takes_what_a_screen_reader_sets) {
  SliderPage page;
  const a11y::Node node = page.get(Role::slider, "Weight");
  EXPECT_EQ(node.value, "fifty");
  EXPECT_EQ(node.value_now, 4);
  EXPECT_EQ(node.value_max, 9);
  page.act({.kind = a11y::Action::Kind::set_value, .target = node.id, .value = "7"});
  page.frames(2);
  EXPECT_EQ(page.value, 80);
  page.act({.kind = a11y::Action::Kind::set_value, .target = node.id, .value = "many"});
  page.frames(2);
  EXPECT_EQ(page.value, 80);
}

TEST(ASlider, that_is_disabled_moves_by_nothing) {
  SliderPage page;
  page.options.disabled = true;
  page.frames(2);
  page.click(page.at(1));
  page.act({.kind = a11y::Action::Kind::set_value, .target = page.get(Role::slider, "Weight").id, .value = "7"});
  page.frames(2);
  EXPECT_EQ(page.value, 50);
}

}  // namespace
}  // namespace tw::test
