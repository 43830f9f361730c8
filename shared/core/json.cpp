// The only file that knows nlohmann. Parsing is to a tree with a depth limit; writing goes straight to text.
#include "core/json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

#include <nlohmann/json.hpp>

#include "core/text.h"

namespace tw::json {

namespace {
using Node = nlohmann::json;
const Node& node_of(const void* pointer) { return *static_cast<const Node*>(pointer); }
constexpr int deepest = 32;
constexpr std::size_t most_problems = 20;

// Whether brackets are open inside more than `levels` others; of bytes that are not JSON any answer will do.
bool is_deeper_than(int levels, std::string_view bytes) {
  int open = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const char c = bytes[at];
    if (in_string) {
      if (c == '\\') ++at;  // whatever it escapes
      in_string = c != '"';
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++open > levels) return true;
    } else if (c == '}' || c == ']') {
      --open;
    }
  }
  return false;
}

std::string escape_of(char c) {
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
      return escape;
  }
}

// What a byte of a text asks for before it may stand between quotes.
enum Care : unsigned char { none = 0, escape = 1, whole_utf8 = 2 };

constexpr std::array<Care, 256> care_for_bytes() {
  std::array<Care, 256> care{};
  for (std::size_t byte = 0; byte < care.size(); ++byte)
    care[byte] = byte >= 0x80 ? whole_utf8 : byte < 0x20 || byte == '"' || byte == '\\' ? escape : none;
  return care;
}
constexpr auto care_for = care_for_bytes();

}  // namespace

// In few steps at first: a page of a list has some 25 KB, and each step copies what is there.
void Writer::grow(std::size_t bytes) {
  const std::size_t times = text_.size() < 16'384 ? 4 : 2;
  text_.resize(std::max(text_.size() * times, length_ + bytes + 256));
}

std::string Writer::take() {
  text_.resize(length_);
  length_ = 0;
  return std::move(text_);
}

void Writer::append(char c) {
  *room(1) = c;
  ++length_;
}

void Writer::append(std::string_view text) {
  std::copy(text.begin(), text.end(), room(text.size()));
  length_ += text.size();
}

void Writer::open(char bracket) {
  if (needs_comma_) append(',');
  append(bracket);
  needs_comma_ = false;
}

void Writer::close(char bracket) {
  append(bracket);
  needs_comma_ = true;
}

void Writer::begin_object() { open('{'); }
void Writer::end_object() { close('}'); }
void Writer::begin_array() { open('['); }
void Writer::end_array() { close(']'); }

void Writer::key(std::string_view name) {
  string(name);
  append(':');
  needs_comma_ = false;
}

void Writer::null() { raw("null"); }
void Writer::boolean(bool value) { raw(value ? "true" : "false"); }

void Writer::integer(std::int64_t value) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  raw({digits, static_cast<std::size_t>(end - digits)});
}

void Writer::number(double value) {
  if (!std::isfinite(value)) return null();
  if (value == 0) return integer(0);  // also what lies below zero by nothing: "-0" would be read as the integer 0
  char digits[32];
  const int length = std::snprintf(digits, sizeof digits, "%.17g", value);
  raw({digits, static_cast<std::size_t>(length)});
}

// A page of rows is a thousand of these: most are copied in one pass that looks at the bytes as they go by.
void Writer::string(std::string_view value) {
  char* to = room(value.size() + 3);  // a comma and two quotes
  if (needs_comma_) *to++ = ',';
  needs_comma_ = true;
  *to++ = '"';
  unsigned care = none;
  for (const char c : value) {
    care |= care_for[static_cast<unsigned char>(c)];
    *to++ = c;
  }
  const bool is_whole = (care & whole_utf8) == 0 || text::is_utf8(value);
  if (is_whole && (care & escape) == 0) {
    *to++ = '"';
    length_ = static_cast<std::size_t>(to - text_.data());
    return;
  }
  length_ = static_cast<std::size_t>(to - text_.data()) - value.size();
  append_escaped(is_whole ? value : text::repair_utf8(value));
  append('"');
}

void Writer::append_escaped(std::string_view value) {
  std::size_t begun = 0;  // of what needs no escape and goes over in one piece
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (care_for[static_cast<unsigned char>(value[at])] != escape) continue;
    append(value.substr(begun, at - begun));
    begun = at + 1;
    append(escape_of(value[at]));
  }
  append(value.substr(begun));
}

void Writer::raw(std::string_view json) {
  if (needs_comma_) append(',');
  needs_comma_ = true;
  append(json);
}

bool Value::is_null() const { return node_ && node_of(node_).is_null(); }
bool Value::is_object() const { return node_ && node_of(node_).is_object(); }
bool Value::is_array() const { return node_ && node_of(node_).is_array(); }

std::optional<bool> Value::boolean() const {
  if (!node_) return {};
  const Node& node = node_of(node_);
  if (node.is_boolean()) return node.get<bool>();
  if (node.is_string()) {
    const auto& word = node.get_ref<const std::string&>();
    if (word == "true") return true;
    if (word == "false") return false;
  }
  return {};
}

std::optional<std::int64_t> Value::integer() const {
  if (!node_) return {};
  const Node& node = node_of(node_);
  if (node.is_number_unsigned()) {
    const auto value = node.get<std::uint64_t>();
    if (value > static_cast<std::uint64_t>(INT64_MAX)) return {};
    return static_cast<std::int64_t>(value);
  }
  if (node.is_number_integer()) return node.get<std::int64_t>();
  if (node.is_string()) return text::to_integer(node.get_ref<const std::string&>());
  return {};
}

std::optional<double> Value::number() const {
  if (!node_ || !node_of(node_).is_number()) return {};
  return node_of(node_).get<double>();
}

std::optional<std::string_view> Value::string() const {
  if (!node_ || !node_of(node_).is_string()) return {};
  return std::string_view(node_of(node_).get_ref<const std::string&>());
}

Value Value::find(std::string_view name) const {
  if (!is_object()) return {};
  const Node& node = node_of(node_);
  const auto found = node.find(name);
  return found == node.end() ? Value() : Value(&*found);
}

std::size_t Value::size() const { return is_array() || is_object() ? node_of(node_).size() : 0; }

Value Value::at(std::size_t index) const {
  if (!is_array() || index >= size()) return {};
  return Value(&node_of(node_)[index]);
}

std::vector<std::string> Value::keys() const {
  std::vector<std::string> names;
  if (is_object())
    for (const auto& member : node_of(node_).items()) names.push_back(member.key());
  return names;
}

struct Document::Impl {
  Node root;
};

Document::Document(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

Result<Document> Document::parse(std::string_view bytes) {
  // Before anything is built, so a bomb costs no memory.
  if (is_deeper_than(deepest, bytes)) return tw::error(Code::invalid, text_key("error.json_too_deep"));
  // To the parser a zero is the end, whatever follows it.
  if (bytes.find('\0') != std::string_view::npos) return tw::error(Code::invalid, text_key("error.not_json"));
  auto impl = std::make_unique<Impl>();
  impl->root = Node::parse(bytes.begin(), bytes.end(), nullptr, /*allow_exceptions=*/false);
  if (impl->root.is_discarded()) return tw::error(Code::invalid, text_key("error.not_json"));
  return Document(std::move(impl));
}

Document Document::empty_object() {
  auto impl = std::make_unique<Impl>();
  impl->root = Node::object();
  return Document(std::move(impl));
}

Value Document::root() const { return Value(&impl_->root); }

void Document::overlay(std::string_view name, std::string_view value) {
  if (impl_->root.is_object()) impl_->root[std::string(name)] = std::string(value);
}

void Problems::add(TextKey key, std::vector<Param> params) {
  if (fields_.size() < most_problems) fields_.push_back({path_, key, std::move(params)});
}

Problems::Step::Step(Problems& problems, std::string_view name) : problems_(problems), length_(problems.path_.size()) {
  if (length_ > 0) problems_.path_ += '.';
  problems_.path_ += name;
}

Problems::Step::Step(Problems& problems, std::size_t index) : problems_(problems), length_(problems.path_.size()) {
  problems_.path_ += '[';
  problems_.path_ += std::to_string(index);
  problems_.path_ += ']';
}

namespace detail {

bool take_integer(Value v, std::int64_t& value, const FieldRule& rule, Problems& problems) {
  const auto got = v.integer();
  if (!got) {
    problems.add(text_key("field.expected_integer"));
    return false;
  }
  if (*got < rule.minimum) {
    problems.add(text_key("field.too_small"), {param("minimum", rule.minimum)});
    return false;
  }
  if (*got > rule.maximum) {
    problems.add(text_key("field.too_large"), {param("maximum", rule.maximum)});
    return false;
  }
  value = *got;
  return true;
}

bool take_boolean(Value v, bool& value, Problems& problems) {
  const auto got = v.boolean();
  if (!got) {
    problems.add(text_key("field.expected_boolean"));
    return false;
  }
  value = *got;
  return true;
}

bool take_number(Value v, double& value, Problems& problems) {
  const auto got = v.number();
  if (!got) {
    problems.add(text_key("field.expected_number"));
    return false;
  }
  value = *got;
  return true;
}

bool take_string(Value v, std::string& value, const FieldRule& rule, Problems& problems) {
  const auto got = v.string();
  if (!got) {
    problems.add(text_key("field.expected_text"));
    return false;
  }
  if (got->find('\0') != std::string_view::npos) {
    problems.add(text_key("field.has_nul"));
    return false;
  }
  const auto length = static_cast<std::int64_t>(text::code_points(*got));
  if (length < rule.min_length) {
    problems.add(rule.min_length == 1 ? text_key("field.missing") : text_key("field.too_short"),
                 {param("minimum", rule.min_length)});
    return false;
  }
  if (length > rule.max_length) {
    problems.add(text_key("field.too_long"), {param("maximum", rule.max_length)});
    return false;
  }
  value = *got;
  return true;
}

bool check_list(Value v, const FieldRule& rule, Problems& problems) {
  if (!v.is_array()) {
    problems.add(text_key("field.expected_list"));
    return false;
  }
  const auto length = static_cast<std::int64_t>(v.size());
  if (length < rule.min_length) {
    problems.add(text_key("field.too_few"), {param("minimum", rule.min_length)});
    return false;
  }
  if (length > rule.max_length) {
    problems.add(text_key("field.too_many"), {param("maximum", rule.max_length)});
    return false;
  }
  return true;
}

void missing(Problems& problems) { problems.add(text_key("field.missing")); }

void wrong_choice(Problems& problems, std::string_view got) {
  problems.add(text_key("field.unknown_choice"), {param("value", std::string(got.substr(0, 60)))});
}

}  // namespace detail

}  // namespace tw::json
