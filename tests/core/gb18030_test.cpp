// GB18030 decoding, against bytes written down from the standard's own examples and against every property of a stream.
#include "core/gb18030.h"

#include <gtest/gtest.h>

namespace tw {
namespace {

std::string decoded(std::string_view bytes) {
  std::string out;
  const Gb18030Read read = gb18030_to_utf8(bytes, out);
  EXPECT_FALSE(read.broken) << "at " << read.bytes;
  EXPECT_EQ(read.bytes, bytes.size());
  return out;
}

TEST(Gb18030, ascii_stays_as_it_is) { EXPECT_EQ(decoded("name,phone\r\n"), "name,phone\r\n"); }

TEST(Gb18030, two_bytes_give_han_characters_and_full_width_signs) {
  EXPECT_EQ(decoded("\xBF\xCD\xBB\xA7,\xB5\xE7\xBB\xB0"), "客户,电话");
  EXPECT_EQ(decoded("\xA1\xA1"), "\u3000");
  EXPECT_EQ(decoded("\x81\x40"), "丂");  // the first pair of GBK
}

TEST(Gb18030, four_bytes_give_the_rest_of_unicode) {
  EXPECT_EQ(decoded("\x81\x30\x81\x30"), "\u0080");  // the first number
  EXPECT_EQ(decoded("\x84\x31\xA4\x37"), "\uFFFD");
  EXPECT_EQ(decoded("\x90\x30\x81\x30"), "\U00010000");  // the first beyond the basic plane
  EXPECT_EQ(decoded("\xE3\x32\x9A\x35"), "\U0010FFFF");  // the last
}

TEST(Gb18030, a_character_cut_off_at_the_end_waits_for_the_next_piece) {
  const std::string_view whole = "a\xBF\xCD\x90\x30\x81\x30";
  for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
    std::string out;
    const Gb18030Read first = gb18030_to_utf8(whole.substr(0, cut), out);
    ASSERT_FALSE(first.broken) << cut;
    const Gb18030Read second = gb18030_to_utf8(whole.substr(first.bytes), out);
    EXPECT_FALSE(second.broken) << cut;
    EXPECT_EQ(first.bytes + second.bytes, whole.size()) << cut;
    EXPECT_EQ(out, "a客\U00010000") << cut;
  }
}

TEST(Gb18030, what_is_no_character_is_reported_with_its_place) {
  for (const std::string_view bad : {"ab\x80", "ab\xFF\xFF", "ab\x81\x20", "ab\x81\x7F", "ab\x81\x30\x20\x30",
                                     "ab\xFE\x39\xFE\x39", "ab\x84\x31\xA5\x30"}) {
    std::string out;
    const Gb18030Read read = gb18030_to_utf8(bad, out);
    EXPECT_TRUE(read.broken) << testing::PrintToString(bad);
    EXPECT_EQ(read.bytes, 2u);
    EXPECT_EQ(out, "ab");
  }
}

}  // namespace
}  // namespace tw
