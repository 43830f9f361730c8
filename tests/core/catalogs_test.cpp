#include "core/catalogs.h"

#include <gtest/gtest.h>

namespace tw {
namespace {

Catalogs shipped() {
  Catalogs catalogs;
  for (const char* language : {"zh-CN", "en"}) catalogs.add(Catalog::read(language, "{}").value());
  return catalogs;
}

TEST(Catalogs, the_first_wish_that_fits_wins) {
  const Catalogs catalogs = shipped();
  const auto chosen = [&](std::string_view wishes) { return catalogs.for_language(wishes).language(); };
  EXPECT_EQ(chosen("en"), "en");
  EXPECT_EQ(chosen("EN-gb,zh;q=0.8"), "en");
  EXPECT_EQ(chosen("fr, en;q=0.7"), "en");
  EXPECT_EQ(chosen("zh-TW"), "zh-CN");
  EXPECT_EQ(chosen("zh-cn"), "zh-CN");
}

TEST(Catalogs, without_a_wish_that_fits_the_first_language_speaks) {
  const Catalogs catalogs = shipped();
  for (const char* wishes : {"", "fr", "*", ",,;", "e"}) EXPECT_EQ(catalogs.for_language(wishes).language(), "zh-CN");
}

TEST(Catalogs, without_any_catalogue_a_key_reads_as_itself) {
  EXPECT_EQ(Catalogs().for_language("en").format("error.gone", {}), "error.gone");
}

}  // namespace
}  // namespace tw
