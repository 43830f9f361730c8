// The checks that every story must pass notice what they are for.
#include "support/ui/sound.h"

#include <gtest/gtest.h>

#include "client/ui/controls.h"
#include "client/ui/layout.h"
#include "support/ui/contrast.h"

namespace tw::test {
namespace {

using namespace ui;

TEST(sound, words_that_are_drawn_and_not_announced_are_found) {
  Harness page;
  page.draw([](Ui& ui) {
    text(ui, "said");
    ui.inside().draw_words({40, 300}, "secret", Style::body, Weight::regular, ui.color(Token::text));
    ui.inside().draw_words({40, 900}, "out of sight", Style::body, Weight::regular, ui.color(Token::text));
  });
  ASSERT_EQ(drawn_but_not_said(page).size(), 1u);
  EXPECT_EQ(drawn_but_not_said(page)[0].rfind("'secret'", 0), 0u);
}

TEST(sound, words_that_are_said_somewhere_else_do_not_count) {
  Harness page;
  page.draw([](Ui& ui) {
    text(ui, "Executing");
    ui.inside().draw_words({800, 700}, "Executing", Style::body, Weight::regular, ui.color(Token::text));
  });
  EXPECT_EQ(drawn_but_not_said(page).size(), 1u);
}

TEST(sound, an_id_that_two_things_share_is_found) {
  Harness page;
  page.draw([](Ui& ui) {
    button(ui, "same", "One");
    button(ui, "same", "Two");
  });
  EXPECT_EQ(ids_used_twice(page).size(), 1u);
}

TEST(sound, focus_that_goes_up_or_back_is_found_and_columns_are_not) {
  Harness page;
  page.draw([](Ui& ui) {
    split(ui, {}, {{}, {}}, [&](int side) {
      for (int i = 0; i < 2; ++i) {
        IdScope scope(ui, side * 2 + i);
        button(ui, "b", "In a column");
      }
    });
  });
  EXPECT_TRUE(focus_against_reading_order(page).empty());
  page.draw([](Ui& ui) {
    const auto at = [&](const char* name, float x, float y) {
      LayoutFrame frame;
      frame.bounds = {x, y, 100, 40};
      open_layout(ui, frame);
      button(ui, name, name);
      close_layout(ui);
    };
    at("second line", 40, 200);
    at("first line", 40, 100);
    at("left of it", 10, 300);
    at("right", 400, 400);
    at("left", 100, 400);
  });
  EXPECT_EQ(focus_against_reading_order(page).size(), 2u);
}

TEST(sound, words_that_are_too_pale_for_their_ground_are_found_unless_disabled) {
  Harness page;
  page.draw([](Ui& ui) {
    text(ui, "fine", {.color = Token::muted});
    text(ui, "pale", {.color = Token::faint});
    card(ui, "c", {}, [&] { text(ui, "pale on a card", {.color = Token::faint}); });
    button(ui, "off", "Off", {.disabled = true});
  });
  EXPECT_EQ(hard_to_read(page).size(), 2u);
}

// The audit of what reacts to presses can fail, in each of its ways.
TEST(sound, what_reacts_and_is_not_announced_is_found) {
  Harness page;
  page.draw([](Ui& ui) {
    button(ui, "fine", "Fine");
    auto& in = ui.inside();
    in.item(ui.id("silent"), {300, 300, 80, 40});
    a11y::Node text = node_of(in.item(ui.id("text"), {400, 300, 80, 40}), a11y::Role::text, "Words");
    ui.tree().add(text);
    ui.tree().add(node_of(in.item(ui.id("nameless"), {500, 300, 80, 40}), a11y::Role::button, ""));
    a11y::Node elsewhere = node_of(in.item(ui.id("elsewhere"), {600, 300, 80, 40}), a11y::Role::button, "Elsewhere");
    elsewhere.x = 900;
    ui.tree().add(elsewhere);
  });
  EXPECT_EQ(pressed_but_not_said(page).size(), 5u);  // the silent one twice: ImGui saw it too
}

TEST(sound, what_goes_around_our_own_layer_is_found_by_the_hooks_of_imgui) {
  Harness page;
  page.draw([](Ui&) { ImGui::InvisibleButton("own", {80, 40}, ImGuiButtonFlags_EnableNav); });
  EXPECT_EQ(pressed_but_not_said(page).size(), 1u);
}

TEST(sound, what_is_too_small_or_too_close_for_a_finger_is_found) {
  Harness page;
  const auto at = [](Ui& ui, const char* name, float x, float y) {
    ui.tree().add(node_of(ui.inside().item(ui.id(name), {x, y, 16, 16}), a11y::Role::button, name));
  };
  page.draw([&](Ui& ui) {
    at(ui, "alone", 100, 100);
    at(ui, "one", 300, 100);
    at(ui, "beside it", 320, 100);
  });
  EXPECT_EQ(too_small_for_a_finger(page).size(), 2u);
}

TEST(sound, what_overlaps_or_is_cut_off_is_found) {
  Harness page({360, 640});
  page.draw([](Ui& ui) {
    auto& in = ui.inside();
    const auto draw = [&](Point at, std::string_view words) {
      in.draw_words(at, words, Style::body, Weight::regular, ui.color(Token::text));
    };
    draw({20, 20}, "alone");
    draw({20, 60}, "one thing");
    draw({40, 62}, "on another");
    draw({300, 100}, "beyond the edge of the page");
    ui.tree().add(node_of(in.item(ui.id("wide"), {340, 300, 40, 40}), a11y::Role::button, "wide"));
  });
  EXPECT_EQ(beyond_its_place(page).size(), 3u);
}

TEST(sound, a_key_without_its_text_is_found) {
  Harness page;
  page.draw([](Ui& ui) { text(ui, "common.missing"); });
  EXPECT_EQ(keys_instead_of_texts(page).size(), 1u);
}

}  // namespace
}  // namespace tw::test
