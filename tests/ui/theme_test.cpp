#include "client/ui/theme.h"

#include <cmath>

#include <gtest/gtest.h>

#include "support/ui/harness.h"

namespace tw::ui {
namespace {

double linear(int channel) {
  const double c = channel / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(Color c) { return 0.2126 * linear(c.r()) + 0.7152 * linear(c.g()) + 0.0722 * linear(c.b()); }

double contrast(Color a, Color b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
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

TEST_P(every_theme, shows_where_a_control_begins) {
  const Theme t = theme();
  for (Token ground : {Token::surface, Token::background, Token::field, Token::raised}) {
    EXPECT_GE(contrast(t.color(Token::control_line), t.color(ground)), 3.0) << token_name(ground);
  }
}

INSTANTIATE_TEST_SUITE_P(shipped, every_theme, testing::Values("light", "dark"));

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
