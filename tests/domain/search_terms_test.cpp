#include "domain/customer/search_terms.h"

#include <set>

#include <gtest/gtest.h>

#include "core/text.h"
#include "support/random.h"

namespace tw::domain::customer {
namespace {

using support::for_seeds;
using support::Seeded;

std::set<std::string> words(std::string_view terms) {
  std::set<std::string> set;
  if (!terms.empty())
    for (const std::string_view word : text::split(terms, ' ')) set.emplace(word);
  return set;
}

bool all_in(const std::vector<std::string>& wanted, const std::set<std::string>& there) {
  for (const std::string& word : wanted)
    if (there.count(word) == 0) return false;
  return true;
}

std::string any_text(Seeded& random) {
  static constexpr char32_t odd[] = {' ',  '-',   '.',   '\'',    '"',     '*',  '(',    0x3000, 0xFF21, 0xFF11,  0xE9,
                                     0xC9, 0x416, 0x3A9, 0x1F600, 0x20BB7, 0xB7, 0x30A2, 0xAC00, '\n',   0x10FFFD};
  std::string out;
  const std::int64_t length = random.between(0, 14);
  for (std::int64_t i = 0; i < length; ++i) {
    switch (random.between(0, 4)) {
      case 0:
        text::append_code_point(out, static_cast<char32_t>(random.between(0x4E00, 0x4E08)));
        break;
      case 1:
        text::append_code_point(out, static_cast<char32_t>(random.between('a', 'c')));
        break;
      case 2:
        text::append_code_point(out, static_cast<char32_t>(random.between('A', 'C')));
        break;
      case 3:
        text::append_code_point(out, static_cast<char32_t>(random.between('0', '2')));
        break;
      default:
        text::append_code_point(out, odd[random.between(0, static_cast<std::int64_t>(std::size(odd)) - 1)]);
    }
  }
  return out;
}

TEST(SearchTerms, every_piece_of_two_or_more_characters_is_found) {
  for_seeds(2000, [](Seeded random) {
    const std::string fields[] = {any_text(random), any_text(random), any_text(random), any_text(random)};
    const auto there = words(index_terms(fields[0], fields[1], fields[2], fields[3]));
    for (const std::string& field : fields) {
      std::vector<std::size_t> starts;
      for (std::size_t at = 0; at < field.size(); text::next_code_point(field, at)) starts.push_back(at);
      starts.push_back(field.size());
      for (std::size_t from = 0; from + 2 < starts.size(); ++from)
        for (std::size_t to = from + 2; to < starts.size(); ++to) {
          const std::string query = field.substr(starts[from], starts[to] - starts[from]);
          const auto terms = query_terms(query);
          EXPECT_FALSE(terms.empty()) << query;
          EXPECT_TRUE(all_in(terms, there)) << '"' << query << "\" in \"" << field << '"';
          EXPECT_TRUE(contains(field, query));
        }
    }
  });
}

TEST(SearchTerms, are_words_that_no_tokenizer_changes) {
  for_seeds(500, [](Seeded random) {
    const std::string terms = index_terms(any_text(random), any_text(random), any_text(random), any_text(random));
    for (const char c : terms) EXPECT_TRUE((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ' ') << terms;
    EXPECT_EQ(terms.find("  "), std::string::npos);
    if (!terms.empty()) {
      EXPECT_NE(terms.front(), ' ');
      EXPECT_NE(terms.back(), ' ');
    }
  });
}

TEST(SearchTerms, different_pieces_are_different_words) {
  std::set<std::string> seen;
  const char* pieces[] = {"ab",  "abc", "12",  "123", "北京", "京北", "北a",
                          "a北", "é.",  "a.b", "ab.", "カナ", "𠮷野", "野𠮷"};
  for (const char* piece : pieces) {
    const auto terms = query_terms(piece);
    ASSERT_EQ(terms.size(), 1u) << piece;
    EXPECT_TRUE(seen.insert(terms[0]).second) << piece;
  }
}

TEST(SearchTerms, letters_and_digits_stand_for_themselves) {
  EXPECT_EQ(index_terms("Abc", "", "12", ""), "ab abc bc 12");
  EXPECT_EQ(query_terms("ABCD"), (std::vector<std::string>{"abc", "bcd"}));
  EXPECT_EQ(query_terms("ＡＢ"), (std::vector<std::string>{"ab"}));
}

TEST(SearchTerms, nothing_is_found_across_two_fields) {
  const auto there = words(index_terms("北京", "上海", "", ""));
  EXPECT_FALSE(all_in(query_terms("京上"), there));
}

TEST(SearchTerms, one_character_has_none) {
  EXPECT_TRUE(query_terms("王").empty());
  EXPECT_TRUE(query_terms("").empty());
}

TEST(SearchTerms, broken_utf_8_neither_crashes_nor_leaks_bytes) {
  EXPECT_EQ(query_terms("\xFF\xFE").size(), 1u);
  EXPECT_EQ(index_terms("a\xE4\xB8", "", "", "").find('\xE4'), std::string::npos);
}

TEST(SearchTerms, stay_few_per_customer) {
  const std::string terms = index_terms("吖吖宝贝", "王小明", "13812341234", "45211");
  EXPECT_EQ(words(terms).size(), 3u + 2u + 14u + 7u);  // five of the phone's 19 pieces occur twice
  EXPECT_LE(terms.size(), 130u);
}

TEST(Contains, folds_case_and_width) {
  EXPECT_TRUE(contains("Müller GmbH", "MÜLLER"));
  EXPECT_TRUE(contains("ＡＢＣ公司", "abc公"));
  EXPECT_FALSE(contains("abc", "abd"));
  EXPECT_TRUE(contains("abc", ""));
}

TEST(PhoneInQuery, reads_numbers_as_people_write_them) {
  EXPECT_EQ(phone_in_query("138-1234 1234"), "13812341234");
  EXPECT_EQ(phone_in_query("+86 13812341234"), "13812341234");
  EXPECT_EQ(phone_in_query("8613812341234"), "13812341234");
  EXPECT_EQ(phone_in_query("1234"), "");  // the query itself finds these
  EXPECT_EQ(phone_in_query("A-1234"), "");
  EXPECT_EQ(phone_in_query("-"), "");
}

}  // namespace
}  // namespace tw::domain::customer
