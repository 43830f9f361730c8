#include <fstream>

#include <gtest/gtest.h>

#include "domain/imports/csv.h"
#include "domain/imports/guess.h"
#include "domain/imports/mapping.h"
#include "domain/imports/values.h"

namespace tw::domain::imports {
namespace {

using customer::FieldType;

ColumnGuesser seen(std::initializer_list<const char*> values, int times = 1) {
  ColumnGuesser guesser;
  for (int i = 0; i < times; ++i)
    for (const char* value : values) guesser.see(value);
  return guesser;
}

// --- values ---

TEST(ImportDate, reads_the_common_forms) {
  for (const char* written :
       {"2026-11-21", "2026/11/21", "2026.11.21", "2026年11月21日", "2026年11月21号", "21.11.2026", " 2026-11-21 ",
        "2026-11-21 20:15", "2026-11-21T20:15:00Z", "2026/11/21 8:05:30", "２０２６-11-21", "2026年11月21日 20:15"})
    EXPECT_EQ(date(written), "2026-11-21") << written;
  EXPECT_EQ(date("2026-1-2"), "2026-01-02");
  EXPECT_EQ(date("2.1.2026"), "2026-01-02");
  EXPECT_EQ(date("2026年1月2日"), "2026-01-02");
}

TEST(ImportDate, knows_the_calendar) {
  EXPECT_EQ(date("2024-02-29"), "2024-02-29");
  EXPECT_EQ(date("2026-02-29"), std::nullopt);
  EXPECT_EQ(date("2000-02-29"), "2000-02-29");
  EXPECT_EQ(date("1900-02-29"), std::nullopt);
  EXPECT_EQ(date("2026-04-31"), std::nullopt);
  EXPECT_EQ(date("2026-13-01"), std::nullopt);
  EXPECT_EQ(date("2026-00-10"), std::nullopt);
  EXPECT_EQ(date("2026-10-00"), std::nullopt);
  EXPECT_EQ(date("0000-01-01"), std::nullopt);
}

TEST(ImportDate, refuses_what_is_no_date_or_could_be_two) {
  for (const char* written : {"", "2026", "2026-11", "11/21/2026", "21/11/2026", "2026-11/21", "2026-11-21x",
                              "2026-11-211", "20261121", "12.5", "1.2.3", "2026年11月", "2026-11-21 25:00", "may"})
    EXPECT_EQ(date(written), std::nullopt) << written;
}

TEST(ImportNumber, has_one_form) {
  EXPECT_EQ(number("12"), "12");
  EXPECT_EQ(number(" -12.50 "), "-12.5");
  EXPECT_EQ(number("+7"), "7");
  EXPECT_EQ(number("007"), "7");
  EXPECT_EQ(number("1,234,567.80"), "1234567.8");
  EXPECT_EQ(number(".5"), "0.5");
  EXPECT_EQ(number("." + std::string(29, '1')), "0." + std::string(29, '1'));
  EXPECT_EQ(number("." + std::string(30, '1')), std::nullopt) << "its stored form could not be read again";
  EXPECT_EQ(number("-0.00"), "0");
  EXPECT_EQ(number("１２"), "12");
}

TEST(ImportNumber, refuses_what_is_none) {
  for (const char* written : {"", "-", ".", "1.", "1e5", "12a", "1,23", "1,2345", ",123", "1,", "1.2.3", "--1", "0x10",
                              "1234567890123456789012345678901"})
    EXPECT_EQ(number(written), std::nullopt) << written;
}

TEST(ImportYesOrNo, speaks_both_languages) {
  EXPECT_EQ(yes_or_no("是"), true);
  EXPECT_EQ(yes_or_no("YES"), true);
  EXPECT_EQ(yes_or_no("0"), false);
  EXPECT_EQ(yes_or_no("否"), false);
  EXPECT_EQ(yes_or_no("maybe"), std::nullopt);
  EXPECT_EQ(yes_or_no(""), std::nullopt);
}

// --- what a column holds ---

TEST(ImportGuess, tells_numbers_dates_choices_and_texts) {
  EXPECT_EQ(seen({"1", "-1", "2.5", ""}).guess().type, FieldType::number);
  EXPECT_EQ(seen({"2026-11-21", "", "21.11.2026"}).guess().type, FieldType::date);
  EXPECT_EQ(seen({"yes", "no", "no"}, 20).guess().type, FieldType::choice);
  EXPECT_EQ(seen({"a long talk", "another", "1"}).guess().type, FieldType::text);
  EXPECT_EQ(seen({}).guess().type, FieldType::text);
}

TEST(ImportGuess, codes_and_phones_are_no_numbers) {
  EXPECT_EQ(seen({"13812341234", "13912341234"}).guess().type, FieldType::text);
  EXPECT_EQ(seen({"007", "012"}, 20).guess().type, FieldType::text);
  EXPECT_EQ(seen({"0", "0.5"}).guess().type, FieldType::number);
}

TEST(ImportGuess, one_value_that_is_none_makes_it_a_text) {
  EXPECT_EQ(seen({"1", "2", "three"}).guess().type, FieldType::text);
  EXPECT_EQ(seen({"2026-11-21", "soon"}).guess().type, FieldType::text);
}

TEST(ImportGuess, keeps_the_first_distinct_values_and_the_choices_in_order) {
  const ColumnGuess got = seen({"b", "a", "b", "", "c"}, 10).guess();
  EXPECT_EQ(got.samples, (std::vector<std::string>{"b", "a", "c"}));
  EXPECT_EQ(got.choices, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(got.values, 40);
  EXPECT_EQ(got.distinct, 3);
}

TEST(ImportGuess, memory_does_not_grow_with_the_file) {
  ColumnGuesser guesser;
  for (int i = 0; i < 10'000; ++i) guesser.see("value " + std::to_string(i) + std::string(1000, 'x'));
  const ColumnGuess got = guesser.guess();
  EXPECT_FALSE(got.distinct_is_exact);
  EXPECT_EQ(got.type, FieldType::text);
  EXPECT_EQ(got.samples.size(), 5u);
  EXPECT_LE(got.samples[0].size(), 200u);
}

// --- which field a column is ---

std::string_view field(const char* header, const ColumnGuesser& values) {
  return suggest_fields({{header, &values}})[0];
}

TEST(ImportMapping, knows_chinese_and_english_headers) {
  const ColumnGuesser names = seen({"吖吖宝贝", "阿八", "吖茶"});
  const ColumnGuesser phones = seen({"13812341234", "010-12345678"});
  const ColumnGuesser words = seen({"北京", "上海"}, 10);
  EXPECT_EQ(field("客户名称", names), "name");
  EXPECT_EQ(field("姓名", names), "name");
  EXPECT_EQ(field("Company Name (required)", names), "name");
  EXPECT_EQ(field("手机号码", phones), "phone");
  EXPECT_EQ(field("Tel.", phones), "phone");
  EXPECT_EQ(field("E-Mail", seen({"a@example.com"})), "email");
  EXPECT_EQ(field("【城市】", words), "city");
  EXPECT_EQ(field("City", words), "city");
  EXPECT_EQ(field("详细地址", names), "address");
  EXPECT_EQ(field("客户来源", words), "source");
  EXPECT_EQ(field("负责人", names), "owner");
  EXPECT_EQ(field("所属部门", words), "department");
  EXPECT_EQ(field("评分", seen({"80", "7"})), "score");
  EXPECT_EQ(field("备注", names), "note");
  EXPECT_EQ(field("客户编号", seen({"C1", "C2"})), "external_key");
  EXPECT_EQ(field("external_key", seen({"1", "2"})), "external_key");
  EXPECT_EQ(field("联系人", names), "contact");
  EXPECT_EQ(field("类型", seen({"个人", "企业"})), "kind");
  EXPECT_EQ(field("勿扰", seen({"是", "否"})), "do_not_contact");
}

TEST(ImportMapping, a_header_that_its_values_contradict_is_not_believed) {
  EXPECT_EQ(field("Contact", seen({"unknown", "cellular", "telephone"}, 20)), "");
  EXPECT_EQ(field("Contact", seen({"Ann Berg", "Li Lei", "Wang Fang"})), "contact");
  EXPECT_EQ(field("Phone", seen({"yes", "no"}, 20)), "");
  EXPECT_EQ(field("Score", seen({"1200", "3"})), "");
  EXPECT_EQ(field("Type", seen({"gold", "silver"})), "");
  EXPECT_EQ(field("Name", seen({"1", "2"})), "");
  EXPECT_EQ(field("City", seen({"1", "2"})), "");
}

TEST(ImportMapping, an_empty_column_is_taken_by_its_header) { EXPECT_EQ(field("电话", seen({""})), "phone"); }

TEST(ImportMapping, an_unknown_header_has_no_field) {
  EXPECT_EQ(field("Duration", seen({"1"})), "");
  EXPECT_EQ(field("", seen({"1"})), "");
}

TEST(ImportMapping, every_field_is_suggested_once) {
  const ColumnGuesser phones = seen({"13812341234"});
  EXPECT_EQ(suggest_fields({{"手机", &phones}, {"电话", &phones}}), (std::vector<std::string_view>{"phone", ""}));
}

TEST(ImportMapping, suggestions_are_fields_that_an_import_can_fill) {
  for (const auto name : standard_fields()) EXPECT_TRUE(is_standard_field(name));
  EXPECT_FALSE(is_standard_field("row_number"));
  EXPECT_FALSE(is_standard_field(""));
}

// The real file, where it is there: no column of it is a standard field, its types are what its README says.
TEST(ImportMapping, the_bank_file_is_all_custom_fields) {
  std::ifstream file("../shared/data/bank-marketing.csv", std::ios::binary);
  if (!file) GTEST_SKIP() << "the real file is not here";
  std::string head(300'000, '\0');
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(file.gcount()));
  ASSERT_EQ(detect_delimiter(head), ',');
  CsvReader reader(',');
  reader.feed(head);
  CsvRecord record;
  ASSERT_EQ(reader.next(record), CsvReader::Step::record);
  std::vector<std::string> headers;
  for (std::size_t c = 0; c < record.size(); ++c) headers.emplace_back(record[c]);
  ASSERT_EQ(headers.size(), 17u);
  std::vector<ColumnGuesser> guessers(headers.size());
  while (reader.next(record) == CsvReader::Step::record)
    for (std::size_t c = 0; c < headers.size(); ++c) guessers[c].see(record[c]);
  std::vector<ColumnSeen> columns;
  for (std::size_t c = 0; c < headers.size(); ++c) columns.push_back({headers[c], &guessers[c]});
  for (const auto suggestion : suggest_fields(columns)) EXPECT_EQ(suggestion, "");
  const FieldType n = FieldType::number;
  const FieldType c = FieldType::choice;
  const std::vector<FieldType> expected = {n, c, c, c, c, n, c, c, c, n, c, n, n, n, n, c, c};
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(guessers[i].guess().type, expected[i]) << headers[i];
}

}  // namespace
}  // namespace tw::domain::imports
