// The lists that the demo world is made of: whole, in both languages, and of nobody who exists.
#include "demo/lists.h"

#include <set>

#include <gtest/gtest.h>

#include "core/json.h"
#include "core/text.h"
#include "demo/customers.h"

namespace tw::demo {
namespace {

Lists lists() {
  auto read = read_lists();
  EXPECT_TRUE(read);
  return read ? std::move(read).value() : Lists{};
}

bool has_chinese(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = text::next_code_point(text, at);
    if (c >= 0x4E00 && c <= 0x9FFF) return true;
  }
  return false;
}

bool is_plain(std::string_view text) {  // ASCII, without what a file or an address would have to quote
  for (const char c : text)
    if (c < ' ' || c > '~' || c == '"' || c == '\\') return false;
  return !text.empty();
}

std::vector<const Words*> all_words(const Lists& from) {
  std::vector<const Words*> all;
  const auto take = [&all](const std::vector<Words>& words) {
    for (const Words& each : words) all.push_back(&each);
  };
  const CompanyWords& company = from.company;
  for (const auto* words :
       {&from.names.surnames, &from.names.given_names, &from.places.cities,   &from.places.english_cities,
        &company.departments, &company.calendars,      &company.groups,       &company.policies,
        &company.levels,      &company.trades,         &company.products,     &company.sources,
        &from.notes.progress, &from.notes.completion,  &from.notes.abandon,   &from.notes.send_back,
        &from.notes.reset,    &from.notes.transfer,    &from.notes.terminate, &from.notes.customer})
    take(*words);
  for (const BatchWords& batch : company.batches) {
    all.push_back(&batch.subject);
    all.push_back(&batch.description);
  }
  const FieldNames& fields = company.fields;
  for (const Words* word :
       {&company.company, &fields.level, &fields.spending, &fields.contract_until, &fields.trade, &fields.interest})
    all.push_back(word);
  return all;
}

TEST(DemoLists, SayEverythingInBothLanguages) {
  const Lists all = lists();
  for (const Words* words : all_words(all)) {
    EXPECT_TRUE(has_chinese(words->zh)) << words->zh;
    EXPECT_FALSE(has_chinese(words->en)) << words->en;
    EXPECT_TRUE(is_plain(words->en)) << words->en;
  }
}

TEST(DemoLists, NameNothingTwice) {
  const Lists all = lists();
  const auto distinct = [](const std::vector<std::string>& texts, std::string_view what) {
    EXPECT_EQ(std::set<std::string>(texts.begin(), texts.end()).size(), texts.size()) << what;
  };
  const auto chinese = [](const std::vector<Words>& words) {
    std::vector<std::string> texts;
    for (const Words& each : words) texts.push_back(each.zh);
    return texts;
  };
  distinct(chinese(all.names.surnames), "surnames");
  distinct(chinese(all.names.given_names), "given_names");
  distinct(all.names.english_first_names, "english_first_names");
  distinct(all.names.english_last_names, "english_last_names");
  distinct(all.companies.heads, "heads");
  distinct(all.companies.tails, "tails");
  distinct(all.companies.english_heads, "english_heads");
  distinct(all.companies.english_tails, "english_tails");
  distinct(chinese(all.places.cities), "cities");
  distinct(chinese(all.company.departments), "departments");
  std::vector<std::string> subjects;
  for (const BatchWords& batch : all.company.batches) subjects.push_back(batch.subject.zh);
  distinct(subjects, "subjects");
}

// Numbers that nobody can have, each once, and addresses of the domains that are kept for examples.
TEST(DemoLists, MakeCustomersWhoCannotBeReached) {
  const Lists all = lists();
  for (const char* language : {"zh-CN", "en"}) {
    Dice dice(1);
    CustomerMaker maker(all, language, dice, 20'000);
    std::set<std::string> phones;
    int numbered = 0, chinese = 0, companies = 0;
    constexpr int made_up = 6000;
    for (int i = 0; i < made_up; ++i) {
      const MadeUpCustomer made = maker.make();
      chinese += has_chinese(made.name);
      companies += made.kind == domain::customer::Kind::company;
      if (!made.email.empty()) {
        const std::string domain = made.email.substr(made.email.find('@'));
        EXPECT_TRUE(domain == "@example.com" || domain == "@example.org") << made.email;
      }
      if (made.phone.empty()) continue;
      ++numbered;
      phones.insert(domain::customer::phone_key(made.phone));
      const bool fiction = made.phone.substr(0, 3) == "154"
                               ? made.phone.size() == 11
                               : made.phone.find(" 555 01") == 6 && made.phone.size() == 15;
      EXPECT_TRUE(fiction) << made.phone;
    }
    EXPECT_EQ(phones.size(), static_cast<std::size_t>(numbered));
    EXPECT_GT(numbered, made_up * 9 / 10);
    EXPECT_GT(chinese, made_up / 2);
    EXPECT_LT(chinese, made_up * 9 / 10);
    EXPECT_GT(companies, made_up / 3);
  }
}

TEST(DemoLists, RefuseAListThatLacksALanguage) {
  EXPECT_FALSE(json::decode<Words>(R"({"zh": "林"})"));
  EXPECT_TRUE(json::decode<Words>(R"({"zh": "林", "en": "Lin"})"));
}

}  // namespace
}  // namespace tw::demo
