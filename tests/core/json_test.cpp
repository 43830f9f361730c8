// The JSON codec: reading never throws and never trusts, and says where it was wrong.
#include "core/json.h"

#include <cstdio>

#include <gtest/gtest.h>

#include "core/text.h"
#include "support/random.h"

namespace tw::json {
namespace {

enum class Colour : std::uint8_t { red, green };
constexpr WireName<Colour> colour_names[] = {{Colour::red, "red"}, {Colour::green, "green"}};
constexpr std::span<const WireName<Colour>> wire_names(Colour) { return colour_names; }

struct Part {
  PersonId person;
  Version version;
  std::int64_t amount = 0;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("person", s.person, rule::required);
    v("version", s.version);
    v("amount", s.amount, rule::range(-5, 5));
  }
  friend bool operator==(const Part& a, const Part& b) {
    return a.person == b.person && a.version == b.version && a.amount == b.amount;
  }
};

struct Whole {
  std::string name;
  std::string note;
  bool active = false;
  std::int8_t small = 0;
  double ratio = 0;
  Colour colour = Colour::red;
  Instant at;
  std::optional<std::int64_t> score;
  std::optional<std::string> word;
  std::vector<Part> parts;
  std::vector<std::string> words;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("name", s.name, rule::text(1, 5));
    v("note", s.note);
    v("active", s.active);
    v("small", s.small);
    v("ratio", s.ratio);
    v("colour", s.colour);
    v("at", s.at);
    v("score", s.score, rule::range(0, 100));
    v("word", s.word, rule::text(2, 4));
    v("parts", s.parts, rule::list(0, 3));
    v("words", s.words);
  }
};

Whole good(std::string_view json) {
  auto got = decode<Whole>(json);
  EXPECT_TRUE(got.ok()) << json << (got.ok() || got.error().fields.empty() ? "" : ": " + got.error().fields[0].path);
  return got.ok() ? *got : Whole{};
}

// "path key" of each fault.
std::vector<std::string> faults(std::string_view json) {
  auto got = decode<Whole>(json);
  std::vector<std::string> list;
  if (got.ok()) return list;
  EXPECT_EQ(got.error().code, Code::invalid);
  if (got.error().fields.empty()) list.emplace_back(got.error().key.view());
  for (const auto& field : got.error().fields) list.push_back(field.path + " " + std::string(field.key.view()));
  return list;
}
using Faults = std::vector<std::string>;

TEST(Json, what_was_written_is_read_again) {
  Whole whole;
  whole.name = "李\"\\\n";
  whole.note = "\u0001\U0001F600";
  whole.active = true;
  whole.small = -128;
  whole.ratio = 0.1;
  whole.colour = Colour::green;
  whole.at = {-1};
  whole.score = 100;
  whole.parts = {{{1}, {2}, -5}, {{(std::int64_t{1} << 53) - 1}, {}, 5}};
  whole.words = {"", "a"};
  const std::string text = encode(whole);
  const Whole back = good(text);
  EXPECT_EQ(encode(back), text);
  EXPECT_EQ(back.name, whole.name);
  EXPECT_EQ(back.note, whole.note);
  EXPECT_EQ(back.ratio, 0.1);
  EXPECT_EQ(back.parts, whole.parts);
  EXPECT_EQ(back.word, std::nullopt);
}

TEST(Json, is_written_compactly_without_absent_values) {
  Part part{{3}, {4}, 1};
  EXPECT_EQ(encode(part), R"({"person":3,"version":4,"amount":1})");
  EXPECT_EQ(encode(std::vector<std::optional<std::int64_t>>{1, {}}), "[1,null]");
  EXPECT_EQ(encode(Whole{}).find("score"), std::string::npos);
}

TEST(Json, broken_utf_8_is_never_written) {
  Whole whole;
  whole.name = "a\xFFz";
  EXPECT_NE(encode(whole).find("a\uFFFDz"), std::string::npos);
}

// As one would write it down character by character.
std::string plainly(std::string_view text) {
  const std::string whole = text::repair_utf8(text);
  std::string out = "\"";
  for (const char c : whole) {
    const auto byte = static_cast<unsigned char>(c);
    char escape[8];
    std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(byte));
    if (c == '"' || c == '\\')
      out += std::string("\\") + c;
    else if (c == '\n' || c == '\r' || c == '\t')
      out += c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t";
    else if (byte < 0x20)
      out += escape;
    else
      out += c;
  }
  return out + '"';
}

// Short and long ones one after the other, so that the text grows at any place.
TEST(Json, texts_of_any_bytes_are_written_as_one_by_one) {
  support::for_seeds(200, [](support::Seeded random) {
    const std::vector<std::string> parts = {"a",    "Z 9", "\"",   "\\",       "\n", "\x01",
                                            "\x7f", "李",  "\xff", "\xe6\x9d", "é"};
    const std::int64_t kinds = random.between(1, static_cast<std::int64_t>(parts.size()));
    Writer writer;
    std::string expected = "[";
    writer.begin_array();
    for (std::int64_t n = random.between(0, 12); n > 0; --n) {
      std::string text;
      for (std::int64_t length = random.between(0, random.one_in(6) ? 9'000 : 40); length > 0; --length)
        text += parts[static_cast<std::size_t>(random.between(0, kinds - 1))];
      if (expected.size() > 1) expected += ',';
      expected += plainly(text);
      writer.string(text);
    }
    writer.end_array();
    ASSERT_EQ(writer.take(), expected + "]");
  });
}

TEST(Json, unknown_fields_are_ignored_and_optional_ones_may_be_missing_or_null) {
  const Whole whole = good(R"({"name":"a","new":[{"x":1}],"score":null,"note":null})");
  EXPECT_EQ(whole.score, std::nullopt);
  EXPECT_EQ(whole.note, "");
}

TEST(Json, a_missing_required_field_is_named) {
  EXPECT_EQ(faults("{}"), (Faults{"name field.missing"}));
  EXPECT_EQ(faults(R"({"name":null})"), (Faults{"name field.missing"}));
  EXPECT_EQ(faults(R"({"name":""})"), (Faults{"name field.missing"}));
  EXPECT_EQ(faults(R"({"name":"a","parts":[{"person":1},{}]})"), (Faults{"parts[1].person field.missing"}));
}

TEST(Json, a_wrong_type_is_named_with_its_path) {
  EXPECT_EQ(faults(R"({"name":1})"), (Faults{"name field.expected_text"}));
  EXPECT_EQ(faults(R"({"name":"a","active":1})"), (Faults{"active field.expected_boolean"}));
  EXPECT_EQ(faults(R"({"name":"a","small":"x"})"), (Faults{"small field.expected_integer"}));
  EXPECT_EQ(faults(R"({"name":"a","small":1.5})"), (Faults{"small field.expected_integer"}));
  EXPECT_EQ(faults(R"({"name":"a","small":true})"), (Faults{"small field.expected_integer"}));
  EXPECT_EQ(faults(R"({"name":"a","ratio":"1"})"), (Faults{"ratio field.expected_number"}));
  EXPECT_EQ(faults(R"({"name":"a","colour":"blue"})"), (Faults{"colour field.unknown_choice"}));
  EXPECT_EQ(faults(R"({"name":"a","colour":0})"), (Faults{"colour field.unknown_choice"}));
  EXPECT_EQ(faults(R"({"name":"a","parts":{}})"), (Faults{"parts field.expected_list"}));
  EXPECT_EQ(faults(R"({"name":"a","parts":[1]})"), (Faults{"parts[0] field.expected_object"}));
  EXPECT_EQ(faults(R"({"name":"a","words":["x",2]})"), (Faults{"words[1] field.expected_text"}));
  EXPECT_EQ(faults(R"({"name":"a","parts":[{"person":1,"version":"v"}]})"),
            (Faults{"parts[0].version field.expected_integer"}));
  EXPECT_EQ(faults("[]"), (Faults{" field.expected_object"}));
}

TEST(Json, every_fault_is_told_up_to_twenty) {
  EXPECT_EQ(faults(R"({"active":1,"small":[]})").size(), 3u);
  std::string many = R"({"name":"a","words":[)";
  for (int i = 0; i < 100; ++i) many += i == 0 ? "1" : ",1";
  EXPECT_EQ(faults(many + "]}").size(), 20u);
}

TEST(Json, rules_bound_numbers_texts_and_lists) {
  EXPECT_EQ(faults(R"({"name":"a","score":101})"), (Faults{"score field.too_large"}));
  EXPECT_EQ(faults(R"({"name":"a","score":-1})"), (Faults{"score field.too_small"}));
  EXPECT_EQ(good(R"({"name":"a","score":0})").score, 0);
  EXPECT_EQ(good(R"({"name":"abcde"})").name, "abcde");
  EXPECT_EQ(good(R"({"name":"一二三四五"})").name, "一二三四五");  // characters, not bytes
  EXPECT_EQ(faults(R"({"name":"abcdef"})"), (Faults{"name field.too_long"}));
  EXPECT_EQ(faults(R"({"name":"a","word":"x"})"), (Faults{"word field.too_short"}));
  EXPECT_EQ(faults(R"({"name":"a","parts":[{"person":1},{"person":1},{"person":1},{"person":1}]})"),
            (Faults{"parts field.too_many"}));
  EXPECT_EQ(faults(R"({"name":"a\u0000"})"), (Faults{"name field.has_nul"}));
}

TEST(Json, an_integer_must_fit_its_type) {
  EXPECT_EQ(good(R"({"name":"a","small":127})").small, 127);
  EXPECT_EQ(faults(R"({"name":"a","small":128})"), (Faults{"small field.too_large"}));
  EXPECT_EQ(faults(R"({"name":"a","small":-129})"), (Faults{"small field.too_small"}));
  EXPECT_EQ(good(R"({"name":"a","at":9223372036854775807})").at.ms, INT64_MAX);
  EXPECT_EQ(faults(R"({"name":"a","at":9223372036854775808})"), (Faults{"at field.expected_integer"}));
  EXPECT_EQ(faults(R"({"name":"a","at":1e3})"), (Faults{"at field.expected_integer"}));
}

TEST(Json, what_is_nothing_below_zero_is_written_as_zero) {
  const auto whole = good(R"({"name":"a","ratio":-0e21})");
  EXPECT_EQ(json::encode(whole), json::encode(good(json::encode(whole))));
  EXPECT_NE(json::encode(whole).find(R"("ratio":0,)"), std::string::npos) << json::encode(whole);
}

TEST(Json, ids_and_versions_stay_below_two_to_the_53) {
  const auto with_person = [](const std::string& id) { return R"({"name":"a","parts":[{"person":)" + id + "}]}"; };
  EXPECT_EQ(good(with_person("9007199254740991")).parts.at(0).person.value, 9007199254740991);
  EXPECT_EQ(faults(with_person("9007199254740992")), (Faults{"parts[0].person field.too_large"}));
  EXPECT_EQ(faults(with_person("0")), (Faults{"parts[0].person field.too_small"}));
  EXPECT_EQ(faults(with_person("-1")), (Faults{"parts[0].person field.too_small"}));
}

TEST(Json, integers_and_booleans_may_come_as_text_as_in_a_path) {
  const Whole whole = good(R"({"name":"a","active":"true","small":"12","score":"7"})");
  EXPECT_TRUE(whole.active);
  EXPECT_EQ(whole.small, 12);
  EXPECT_EQ(whole.score, 7);
  EXPECT_EQ(faults(R"({"name":"a","active":"yes"})"), (Faults{"active field.expected_boolean"}));
  EXPECT_EQ(faults(R"({"name":"a","small":" 1"})"), (Faults{"small field.expected_integer"}));
}

TEST(Json, what_is_no_json_is_refused) {
  for (const char* text : {"", " ", "{", "{]", "{\"a\":}", "nul", "{}x", "{'a':1}", "NaN", "\xFF", "{\"a\":\"\xC3\"}"})
    EXPECT_EQ(faults(text), (Faults{"error.not_json"})) << text;
  for (const std::string& text : {std::string("{}\0x", 4), std::string("{}\0", 3), std::string("\0{}", 3)})
    EXPECT_EQ(faults(text), (Faults{"error.not_json"})) << "a zero ends nothing";
}

TEST(Json, a_bomb_of_brackets_is_refused_without_its_memory) {
  const std::string deep = std::string(1'000'000, '[') + std::string(1'000'000, ']');
  EXPECT_EQ(faults(deep), (Faults{"error.json_too_deep"}));
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  EXPECT_FALSE(faults(objects).empty());
  EXPECT_TRUE(Document::parse(std::string(32, '[') + "1" + std::string(32, ']')).ok());
  EXPECT_FALSE(Document::parse(std::string(33, '[') + std::string(33, ']')).ok());
}

TEST(Json, only_brackets_that_are_open_at_once_are_deep) {
  std::string side_by_side = "[";
  for (int i = 0; i < 40; ++i) side_by_side += "[[]],{\"a\":{}},";
  EXPECT_TRUE(Document::parse(side_by_side + "1]").ok());
  const std::string brackets(40, '[');
  EXPECT_TRUE(Document::parse("\"" + brackets + "\"").ok());
  EXPECT_TRUE(Document::parse(R"({"a\"":"\\\"{[)" + brackets + R"("})").ok());
  EXPECT_EQ(faults(R"({"a":"\\",)" + ("\"b\":" + brackets)), (Faults{"error.json_too_deep"}));
}

TEST(Json, a_path_value_wins_over_the_body) {
  auto document = Document::parse(R"({"person":1,"amount":2})");
  ASSERT_TRUE(document.ok());
  document->overlay("person", "77");
  const auto part = decode<Part>(document->root());
  ASSERT_TRUE(part.ok());
  EXPECT_EQ(part->person.value, 77);
  EXPECT_EQ(part->amount, 2);
}

TEST(Json, any_bytes_give_a_value_or_an_error) {
  support::for_seeds(2000, [](support::Seeded random) {
    std::string text = encode(Whole{});
    for (std::int64_t n = random.between(1, 4); n > 0; --n) {
      const auto at = static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(text.size()) - 1));
      if (random.one_in(2))
        text[at] = static_cast<char>(random.between(0, 255));
      else
        text.insert(at, 1, "[]{},:\"\\0-e"[random.between(0, 10)]);
    }
    (void)faults(text);
  });
}

}  // namespace
}  // namespace tw::json
