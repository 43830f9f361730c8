#include "domain/customer/customer.h"

#include <gtest/gtest.h>

namespace tw::domain::customer {
namespace {

TEST(MaskPhone, shows_three_and_four_digits_of_a_mobile) {
  EXPECT_EQ(mask_phone("13812341234"), "138****1234");
  EXPECT_EQ(mask_phone("+49 30 1234567"), "493****4567");
  EXPECT_EQ(mask_phone("+86 138-1234-1234"), "861******1234");
}

TEST(MaskPhone, hides_more_of_shorter_numbers_and_all_of_short_ones) {
  EXPECT_EQ(mask_phone("010-12345"), "01****45");
  EXPECT_EQ(mask_phone("1234567"), "****");
  EXPECT_EQ(mask_phone("110"), "****");
  EXPECT_EQ(mask_phone("none"), "****");
}

TEST(MaskPhone, reads_the_wide_digits_of_chinese_keyboards) {
  EXPECT_EQ(mask_phone("１３８１２３４１２３４"), "138****1234");
}

TEST(MaskPhone, of_nothing_is_nothing) {
  EXPECT_EQ(mask_phone(""), "");
  EXPECT_EQ(mask_phone("  "), "");
}

TEST(MaskEmail, shows_the_first_character_and_the_domain) {
  EXPECT_EQ(mask_email("a.berg@example.com"), "a***@example.com");
  EXPECT_EQ(mask_email("李雷@example.com"), "李***@example.com");
}

TEST(MaskEmail, never_shows_a_whole_name) {
  EXPECT_EQ(mask_email("a@example.com"), "***@example.com");
  EXPECT_EQ(mask_email("@example.com"), "***@example.com");
  EXPECT_EQ(mask_email("not an address"), "***");
  EXPECT_EQ(mask_email("a@b@example.com"), "a***@example.com");
  EXPECT_EQ(mask_email(""), "");
}

TEST(PhoneKey, keeps_the_digits_however_they_are_written) {
  for (const char* written : {"13812341234", "138 1234 1234", "138-1234-1234", "+8613812341234", "0086 138 1234 1234",
                              "86-13812341234", "１３８１２３４１２３４", "(138) 1234.1234"})
    EXPECT_EQ(phone_key(written), "13812341234") << written;
}

TEST(PhoneKey, keeps_86_where_it_is_no_country_code_of_a_mobile) {
  EXPECT_EQ(phone_key("861012345678"), "861012345678");  // a land line of Beijing with country code
  EXPECT_EQ(phone_key("8613812"), "8613812");
  EXPECT_EQ(phone_key("8612812341234"), "8612812341234");  // 128 is no mobile
}

TEST(PhoneKey, is_empty_below_three_digits) {
  EXPECT_EQ(phone_key("110"), "110");
  EXPECT_EQ(phone_key("12"), "");
  EXPECT_EQ(phone_key("0012"), "");
  EXPECT_EQ(phone_key("no phone"), "");
  EXPECT_EQ(phone_key(""), "");
}

}  // namespace
}  // namespace tw::domain::customer
