#include "client/ui/theme.h"

#include <gtest/gtest.h>

#include "support/ui/contrast.h"
#include "support/ui/harness.h"

namespace tw::ui {
namespace {

using test::contrast;

Color over(Color veil, Color ground) {
  const auto mixed = [&](int top, int bottom) {
    return static_cast<std::uint32_t>(bottom + (top - bottom) * veil.a() / 255);
  };
  return Color{mixed(veil.r(), ground.r()) << 24 | mixed(veil.g(), ground.g()) << 16 |
               mixed(veil.b(), ground.b()) << 8 | 0xFFu};
}

class every_theme : public testing::TestWithParam<const char*> {
 protected:
  Theme theme() const {
    const auto read = read_theme(test::read_file(std::string("assets/theme/") + GetParam() + ".json"));
    EXPECT_TRUE(read.has_value());
    return read.value_or(Theme{});
  }
};

TEST_P(every_theme, lets_text_be_read_on_every_ground_it_meets) {
  const Theme t = theme();
  for (Token ground : {Token::background, Token::surface, Token::raised, Token::accent_soft, Token::field}) {
    for (Token words : {Token::text, Token::muted}) {
      EXPECT_GE(contrast(t.color(words), t.color(ground)), 4.5) << token_name(words) << " on " << token_name(ground);
    }
  }
  for (Token ground : {Token::background, Token::surface, Token::raised}) {
    EXPECT_GE(contrast(t.color(Token::accent), t.color(ground)), 4.5) << token_name(ground);
    EXPECT_GE(contrast(t.color(Token::danger), t.color(ground)), 4.5) << token_name(ground);
  }
  EXPECT_GE(contrast(t.color(Token::on_accent), t.color(Token::accent)), 4.5);
  for (Tone tone :
       {Tone::accent, Tone::unassigned, Tone::executing, Tone::completed, Tone::ended, Tone::reset, Tone::danger}) {
    EXPECT_GE(contrast(t.ink(tone), t.ground(tone)), 4.5) << "tone " << static_cast<int>(tone);
  }
  for (Token avatar : {Token::avatar_1, Token::avatar_2, Token::avatar_3, Token::avatar_4, Token::avatar_5,
                       Token::avatar_6, Token::avatar_7, Token::avatar_8}) {
    EXPECT_GE(contrast(t.color(Token::on_avatar), t.color(avatar)), 4.5) << token_name(avatar);
  }
}

// What no story at rest shows: under the pointer, selected, pressed, being dropped on.
TEST_P(every_theme, lets_text_be_read_through_every_veil) {
  const Theme t = theme();
  const auto expect = [&](Token words, Token veil, float share, Token ground) {
    const Color under = over(faded(t.color(veil), share), t.color(ground));
    EXPECT_GE(contrast(t.color(words), under), 4.5)
        << token_name(words) << " on " << token_name(veil) << " over " << token_name(ground);
  };
  for (const Token ground : {Token::background, Token::surface, Token::raised, Token::accent_soft}) {
    for (const Token words : {Token::text, Token::muted, Token::accent}) expect(words, Token::hover, 1, ground);
    expect(Token::text, Token::accent, 0.10f, ground);  // a target that accepts
  }
  for (const Token ground : {Token::surface, Token::raised}) expect(Token::danger, Token::hover, 1, ground);
  expect(Token::text, Token::accent, 0.28f, Token::field);  // selected in a field
  for (const float pressed : {0.12f, 0.24f}) expect(Token::on_accent, Token::text, pressed, Token::accent);
  expect(Token::surface, Token::text, 1, Token::surface);  // a tooltip
}

TEST_P(every_theme, lets_bars_rings_and_dots_be_told_from_what_they_lie_on) {
  const Theme t = theme();
  for (const Tone tone :
       {Tone::accent, Tone::executing, Tone::completed, Tone::ended, Tone::reset, Tone::danger, Tone::unassigned}) {
    EXPECT_GE(contrast(t.ink(tone), t.color(Token::track)), 3.0) << "bar " << static_cast<int>(tone);
    EXPECT_GE(contrast(t.ink(tone), t.color(Token::surface)), 3.0) << "dot " << static_cast<int>(tone);
  }
  for (const Token ground : {Token::background, Token::surface, Token::raised, Token::accent_soft})
    EXPECT_GE(contrast(t.color(Token::accent), t.color(ground)), 3.0) << "ring on " << token_name(ground);
}

TEST_P(every_theme, shows_where_a_control_begins) {
  const Theme t = theme();
  for (Token ground : {Token::surface, Token::background, Token::field, Token::raised}) {
    EXPECT_GE(contrast(t.color(Token::control_line), t.color(ground)), 3.0) << token_name(ground);
  }
}

INSTANTIATE_TEST_SUITE_P(shipped, every_theme, testing::Values("light", "dark", "contrast"));

TEST(a_theme, is_refused_when_a_token_is_missing_or_no_colour) {
  std::string text = test::read_file("assets/theme/light.json");
  EXPECT_TRUE(read_theme(text).has_value());
  std::string broken = text;
  broken.replace(broken.find("#f6f7f9"), 7, "grey");
  EXPECT_FALSE(read_theme(broken).has_value());
  EXPECT_FALSE(read_theme("{}").has_value());
}

}  // namespace
}  // namespace tw::ui
