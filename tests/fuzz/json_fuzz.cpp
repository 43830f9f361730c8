// The JSON decoder: bytes as a tree (core/json.h), and as a struct with a field of every kind that a field list knows.
//
// Claims: what is taken is JSON of a bounded depth whose texts are UTF-8, and written again it is read as the same;
// what is refused as a struct is refused for fields that it has, with few words; nothing that was taken breaks a rule
// of its field; cutting a text off never makes it mean something else.
#include <cmath>
#include <set>
#include <span>

#include "core/json.h"
#include "core/text.h"
#include "fuzz/property.h"

namespace tw::fuzz {

enum class Colour : std::uint8_t { red, green };
inline constexpr WireName<Colour> colour_names[] = {{Colour::red, "red"}, {Colour::green, "green"}};
constexpr std::span<const WireName<Colour>> wire_names(Colour) { return colour_names; }

namespace {

struct Inner {
  std::string name;
  std::optional<std::int64_t> many;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("name", s.name, rule::text(1, 5));
    v("many", s.many, rule::range(-3, 3));
  }
};

struct Every {
  bool flag = false;
  std::int64_t number = 0;
  std::int32_t narrow = 0;
  double fraction = 0;
  std::string text;
  PersonId person;
  Version version;
  Instant at;
  Millis time;
  Colour colour = Colour::red;
  std::optional<Inner> inner;
  std::vector<Inner> list;
  std::vector<std::vector<std::string>> table;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("flag", s.flag);
    v("number", s.number, rule::range(-1000, 1000));
    v("narrow", s.narrow);
    v("fraction", s.fraction);
    v("text", s.text, rule::text(0, 10));
    v("person", s.person);
    v("version", s.version);
    v("at", s.at);
    v("time", s.time);
    v("colour", s.colour);
    v("inner", s.inner);
    v("list", s.list, rule::list(0, 4));
    v("table", s.table, rule::list(0, 4));
  }
};

const std::set<std::string, std::less<>> fields = {"flag", "number", "narrow", "fraction", "text", "person", "version",
                                                   "at",   "time",   "colour", "inner",    "list", "table"};

// Writes the tree again, and looks at every node of it.
void write(json::Value value, json::Writer& writer, int depth) {
  must(depth <= 32, "nothing lies deeper than 32");
  if (value.is_object()) {
    writer.begin_object();
    const auto keys = value.keys();
    must(keys.size() == value.size(), "an object has as many members as names");
    for (const auto& key : keys) {
      must(text::is_utf8(key), "a name is UTF-8", key);
      must(value.find(key).present(), "a member is found by its name", key);
      writer.key(key);
      write(value.find(key), writer, depth + 1);
    }
    writer.end_object();
  } else if (value.is_array()) {
    writer.begin_array();
    for (std::size_t i = 0; i < value.size(); ++i) write(value.at(i), writer, depth + 1);
    must(!value.at(value.size()).present(), "a list ends");
    writer.end_array();
  } else if (const auto text = value.string()) {
    must(text::is_utf8(*text), "a text is UTF-8", *text);
    writer.string(*text);
  } else if (const auto number = value.number()) {
    must(std::isfinite(*number), "a number is finite");
    if (const auto integer = value.integer())
      writer.integer(*integer);
    else
      writer.number(*number);
  } else if (const auto flag = value.boolean()) {
    writer.boolean(*flag);
  } else {
    must(value.is_null(), "a value is something");
    writer.null();
  }
}

std::string written(json::Value value) {
  json::Writer writer;
  write(value, writer, 0);
  return writer.take();
}

void tree(std::string_view text) {
  auto document = json::Document::parse(text);
  if (!document) {
    must(document.error().code == Code::invalid, "what is no JSON is the caller's fault", text);
    return;
  }
  const std::string once = written(document->root());
  auto again = json::Document::parse(once);
  must(again.ok(), "what was written is JSON", text, once);
  must(written(again->root()) == once, "what was written is read as the same", text, once);
  const auto root = document->root();
  if (root.is_object() || root.is_array()) {
    const auto end = text.find_last_of("}]");
    must(!json::Document::parse(text.substr(0, end)).ok(), "half of a text is none", text);
  }
  if (root.is_object()) {
    document->overlay("flag", "true");
    must(document->root().find("flag").boolean() == true, "what the address says wins", text);
  }
}

void follows_rules(const Inner& inner) {
  must(text::code_points(inner.name) >= 1 && text::code_points(inner.name) <= 5, "a name is as long as it may be",
       inner.name);
  must(!inner.many || (*inner.many >= -3 && *inner.many <= 3), "a number is in its range");
}

void decoded(std::string_view text) {
  const auto read = json::decode<Every>(text);
  if (!read) {
    const auto& wrong = read.error().fields;
    must(wrong.size() <= 20, "a refusal has an end", wrong.size());
    for (const auto& field : wrong) {
      const auto name = field.path.substr(0, field.path.find_first_of(".["));
      must(field.path.empty() || fields.contains(name), "a refusal names a field that there is", text, field.path);
    }
    return;
  }
  must(read->number >= -1000 && read->number <= 1000, "a number is in its range", read->number);
  must(text::is_utf8(read->text) && text::code_points(read->text) <= 10, "a text is as long as it may be", read->text);
  must(std::isfinite(read->fraction), "a fraction is finite");
  must(read->list.size() <= 4 && read->table.size() <= 4, "a list is as long as it may be");
  if (read->inner) follows_rules(*read->inner);
  for (const auto& inner : read->list) follows_rules(inner);
  const std::string once = json::encode(*read);
  const auto again = json::decode<Every>(once);
  must(again.ok(), "what was encoded can be decoded", text, once);
  must(json::encode(*again) == once, "what was encoded encodes to itself", text, once);
}

}  // namespace
}  // namespace tw::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tw::fuzz;
  const std::string_view text = text_of(data, size);
  tree(text);
  decoded(text);
  return 0;
}
