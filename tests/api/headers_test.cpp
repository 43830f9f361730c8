// What every adapter reads out of an address; the rest of api/headers.h is claimed by server/request_rules_test.cpp.
#include "api/headers.h"

#include <gtest/gtest.h>

namespace tw::api {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

TEST(QueryPairs, are_decoded_in_order_of_names) {
  EXPECT_EQ(query_pairs("search=%E6%9D%8E+%26&limit=10"), (Pairs{{"limit", "10"}, {"search", "李 &"}}));
  EXPECT_EQ(query_pairs("b=1&a=2&b=3"), (Pairs{{"a", "2"}, {"b", "1"}, {"b", "3"}}));
}

TEST(QueryPairs, without_a_name_or_twice_the_same_are_left_out) {
  EXPECT_EQ(query_pairs(""), Pairs{});
  EXPECT_EQ(query_pairs("=1&&a=1&a=1"), (Pairs{{"a", "1"}}));
}

TEST(QueryPairs, without_a_value_are_empty) { EXPECT_EQ(query_pairs("a&b="), (Pairs{{"a", ""}, {"b", ""}})); }

TEST(QueryPairs, an_escape_that_is_none_stays_as_it_is) {
  EXPECT_EQ(query_pairs("a=100%&b=%zz&c=%4"), (Pairs{{"a", "100%"}, {"b", "%zz"}, {"c", "%4"}}));
  EXPECT_EQ(query_pairs("a=%41%"), (Pairs{{"a", "A%"}}));
}

}  // namespace
}  // namespace tw::api
