#include "core/catalog.h"

#include <gtest/gtest.h>

namespace tw {
namespace {

constexpr std::string_view english = R"({
  "greeting": "Hello {name}",
  "picked": "{count, number} {count, plural, one {customer} other {customers}} picked",
  "closed": "closed at {at, instant}, the day {at, date}",
  "refused": "It is {state, name, item_state}. Possible: {allowed, name, action}.",
  "item_state.executing": "in work",
  "action.complete": "complete", "action.abandon": "abandon",
  "list.separator": ", ",
  "odd": "{{ {} {unclosed",
  "plain": "no braces"
})";

Catalog catalog() {
  auto parsed = Catalog::read("en", english);
  EXPECT_TRUE(parsed.ok());
  return std::move(parsed).value();
}

TEST(Catalog, fills_parameters_by_name) {
  EXPECT_EQ(catalog().format("greeting", {param("name", "Li {x}")}), "Hello Li {x}");
}

TEST(Catalog, a_missing_key_reads_as_itself) {
  EXPECT_EQ(catalog().format("no.such.key", {}), "no.such.key");
  EXPECT_FALSE(catalog().has("no.such.key"));
}

TEST(Catalog, a_missing_parameter_leaves_its_placeholder_to_be_seen) {
  EXPECT_EQ(catalog().format("greeting", {}), "Hello {name}");
}

TEST(Catalog, numbers_are_grouped_and_choose_the_plural_form) {
  const auto picked = [](std::int64_t n) { return catalog().format("picked", {param("count", n)}); };
  EXPECT_EQ(picked(0), "0 customers picked");
  EXPECT_EQ(picked(1), "1 customer picked");
  EXPECT_EQ(picked(2), "2 customers picked");
  EXPECT_EQ(picked(45211), "45,211 customers picked");
}

TEST(Catalog, instants_are_shown_in_the_readers_zone_on_their_day) {
  // 2026-11-21 20:15 UTC is the 22nd in Shanghai.
  const std::vector<Param> params = {param("at", std::int64_t{1795292100000})};
  EXPECT_EQ(catalog().format("closed", params), "closed at 2026-11-21 20:15, the day 2026-11-21");
  EXPECT_EQ(catalog().format("closed", params, WallClock::fixed(8 * 3600)),
            "closed at 2026-11-22 04:15, the day 2026-11-22");
}

TEST(Catalog, values_of_an_enum_are_named_one_by_one) {
  EXPECT_EQ(catalog().format("refused", {param("state", "executing"), param("allowed", "complete,abandon")}),
            "It is in work. Possible: complete, abandon.");
}

TEST(Catalog, odd_braces_are_text) {
  EXPECT_EQ(catalog().format("odd", {param("x", "y")}), "{ {} {unclosed");
  EXPECT_EQ(catalog().format("plain", {param("x", "y")}), "no braces");
}

TEST(Catalog, text_that_is_not_json_is_refused) { EXPECT_FALSE(Catalog::read("en", "{").ok()); }

TEST(Catalog, dates_know_leap_days_the_years_before_1970_and_the_day_after_2038) {
  const auto shown = [](std::int64_t ms, std::int32_t minutes) {
    return catalog().format("closed", {param("at", ms)}, WallClock::fixed(minutes * 60)).substr(10, 16);
  };
  EXPECT_EQ(shown(951782400000, 0), "2000-02-29 00:00");
  EXPECT_EQ(shown(951868800000, 0), "2000-03-01 00:00");
  EXPECT_EQ(shown(-1, 0), "1969-12-31 23:59");
  EXPECT_EQ(shown(0, -60), "1969-12-31 23:00");
  EXPECT_EQ(shown(2147483648000, 0), "2038-01-19 03:14");
  EXPECT_EQ(shown(4107542400000, 0), "2100-03-01 00:00");
}

TEST(WithThousands, takes_every_integer) {
  EXPECT_EQ(with_thousands("0"), "0");
  EXPECT_EQ(with_thousands("999"), "999");
  EXPECT_EQ(with_thousands("1000"), "1,000");
  EXPECT_EQ(with_thousands("-999"), "-999");
  EXPECT_EQ(with_thousands("-1000"), "-1,000");
  EXPECT_EQ(with_thousands("-9223372036854775808"), "-9,223,372,036,854,775,808");
}

}  // namespace
}  // namespace tw
