#include "services/route_match.h"

#include <gtest/gtest.h>

namespace tw::services {
namespace {

TEST(MatchPath, finds_parameters_by_name_and_decodes_them) {
  const auto params = match_path("/api/v1/batches/{batch}/items/{item}", "/api/v1/batches/7/items/a%2Fb%20%E5%AE%89");
  ASSERT_TRUE(params);
  EXPECT_EQ(*params, (PathParams{{"batch", "7"}, {"item", "a/b 安"}}));
}

TEST(MatchPath, fits_the_whole_path_or_not_at_all) {
  for (const char* path : {"", "/", "/a", "/a/", "/a/7/c", "/a/7/", "//7", "/a//", "a/7", "/A/7", "/a/7/b/c"})
    EXPECT_FALSE(match_path("/a/{id}", path)) << path;
  EXPECT_TRUE(match_path("/a/{id}", "/a/7"));
  EXPECT_TRUE(match_path("/a", "/%61"));
}

TEST(MatchPath, refuses_what_is_not_percent_encoded_utf8) {
  for (const char* path : {"/a/%", "/a/%4", "/a/%zz", "/a/%ff", "/a/%c3%28", "/a/%ed%a0%80"})
    EXPECT_FALSE(match_path("/a/{id}", path)) << path;
}

TEST(IsCloser, a_literal_beats_a_parameter_at_the_first_difference) {
  EXPECT_TRUE(is_closer("/a/query", "/a/{id}"));
  EXPECT_FALSE(is_closer("/a/{id}", "/a/query"));
  EXPECT_TRUE(is_closer("/a/query/{x}", "/a/{id}/y"));
  EXPECT_FALSE(is_closer("/a/{id}", "/a/{other}"));
}

}  // namespace
}  // namespace tw::services
