#include "core/text.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "support/random.h"

namespace tw::text {
namespace {

TEST(Utf8, valid_text_of_every_length_is_accepted) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("a\u00E9\u5BA2\U0001F600"));
  EXPECT_TRUE(is_utf8("\U0010FFFF"));
}

TEST(Utf8, overlong_forms_surrogates_and_cut_off_characters_are_refused) {
  for (const char* broken :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x80\x80\x80",
        "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xFF", "\xE5\xAE", "\xE5x"})
    EXPECT_FALSE(is_utf8(broken));
}

TEST(Utf8, repair_replaces_what_is_broken_and_nothing_else) {
  EXPECT_EQ(repair_utf8("a\xFFz"), "a\uFFFDz");
  EXPECT_EQ(repair_utf8("客\xE6\x88"), "客\uFFFD\uFFFD");
  EXPECT_EQ(repair_utf8("客户"), "客户");
}

TEST(Utf8, every_code_point_is_written_and_read_again) {
  for (char32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 97) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string s;
    append_code_point(s, c);
    std::size_t at = 0;
    ASSERT_EQ(next_code_point(s, at), c);
    ASSERT_EQ(at, s.size());
  }
}

TEST(Utf8, any_bytes_become_valid_by_repair) {
  support::for_seeds(500, [](support::Seeded random) {
    std::string s;
    for (std::int64_t n = random.between(0, 40); n > 0; --n) s += static_cast<char>(random.between(0, 255));
    EXPECT_TRUE(is_utf8(repair_utf8(s)));
    EXPECT_EQ(code_points(repair_utf8(s)), code_points(s));
  });
}

TEST(Text, lengths_are_code_points) {
  EXPECT_EQ(code_points("客户a\U0001F600"), 4u);
  EXPECT_EQ(prefix("客户经理", 2), "客户");
  EXPECT_EQ(prefix("ab", 5), "ab");
  EXPECT_EQ(prefix("ab", 0), "");
}

TEST(Text, trim_takes_white_space_of_both_widths_and_the_byte_order_mark) {
  EXPECT_EQ(trim("\uFEFF \t\u3000客 户\u3000\r\n"), "客 户");
  EXPECT_EQ(trim("\u3000"), "");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim("x"), "x");
}

TEST(Text, lower_folds_case_and_width) {
  EXPECT_EQ(lower("ABC xyz"), "abc xyz");
  EXPECT_EQ(lower("ÄÖÜÉ"), "äöüé");
  EXPECT_EQ(lower("×÷ß"), "×÷ß");
  EXPECT_EQ(lower("ЖЁ"), "жё");
  EXPECT_EQ(lower("ΑΩ"), "αω");
  EXPECT_EQ(lower("ＡＢ１２（）"), "ab12()");
  EXPECT_EQ(lower("客户"), "客户");
}

TEST(Text, knows_han_characters) {
  for (const char32_t c : {0x4E00, 0x9FFF, 0x3400, 0x20000, 0x3007, 0xF900}) EXPECT_TRUE(is_han(c));
  for (const char32_t c : {U'a', char32_t{0x3042}, char32_t{0xAC00}, char32_t{0x3001}, char32_t{0xFF21}})
    EXPECT_FALSE(is_han(c));
}

TEST(Text, split_keeps_empty_parts) {
  EXPECT_EQ(split("a,,b,", ','), (std::vector<std::string_view>{"a", "", "b", ""}));
  EXPECT_EQ(split("", ','), (std::vector<std::string_view>{""}));
}

TEST(Text, an_integer_is_the_whole_text) {
  EXPECT_EQ(to_integer("-12"), -12);
  EXPECT_EQ(to_integer("9223372036854775807"), INT64_MAX);
  for (const char* bad : {"", " 1", "1 ", "+1", "1.0", "0x1", "9223372036854775808", "-", "１"})
    EXPECT_EQ(to_integer(bad), std::nullopt) << bad;
}

TEST(Text, join_fills_the_gaps_in_turn) {
  EXPECT_EQ(join("{} of {}", {"1", "2"}), "1 of 2");
  EXPECT_EQ(join("{} {}", {"{}"}), "{} {}");
  EXPECT_EQ(join("x", {"1"}), "x");
}

TEST(Codes, stand_at_their_place_with_their_status) {
  for (const CodeName& row : code_names) {
    EXPECT_EQ(name_of(row.code), row.name);
    EXPECT_EQ(title_of(row.code).view(), "error." + std::string(row.name));
  }
  EXPECT_EQ(http_status(Code::conflict), 409);
  EXPECT_EQ(http_status(Code::internal), 500);
}

}  // namespace
}  // namespace tw::text
