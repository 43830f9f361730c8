// JSON in and out for every struct with a field list (describe.h). The parser (nlohmann) lives in json.cpp only, so
// that including this header costs nothing.
//
// Reading never throws and never trusts: a wrong type, a missing required field, a value outside its rule each become a
// FieldError with the path ("rows[3].version"). Unknown fields are ignored, missing optional ones are fine. Integers
// and booleans may also come as text ("12", "true"): that is how path and query values arrive.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/describe.h"
#include "core/ids.h"
#include "core/result.h"
#include "core/time.h"

namespace tw::json {

// Emits compact JSON text; commas and escaping are its business, nesting is the caller's.
class Writer {
 public:
  void begin_object();
  void end_object();
  void begin_array();
  void end_array();
  void key(std::string_view name);
  void null();
  void boolean(bool value);
  void integer(std::int64_t value);
  void number(double value);
  void string(std::string_view value);  // invalid UTF-8 is replaced, never emitted
  void raw(std::string_view json);      // already JSON
  std::string take();

 private:
  // Where to write so many bytes more; who does counts them in.
  char* room(std::size_t bytes) {
    if (text_.size() - length_ < bytes) grow(bytes);
    return text_.data() + length_;
  }
  void grow(std::size_t bytes);
  void append(char c);
  void append(std::string_view text);
  void append_escaped(std::string_view value);
  void open(char bracket);
  void close(char bracket);

  std::string text_;  // longer than what was written: the room for what comes
  std::size_t length_ = 0;
  bool needs_comma_ = false;
};

class Document;

// A view of one node; valid while its Document lives. The null handle (absent member) answers nothing to every
// question.
class Value {
 public:
  Value() = default;
  bool present() const { return node_ != nullptr; }
  bool is_null() const;
  bool is_object() const;
  bool is_array() const;
  std::optional<bool> boolean() const;
  std::optional<std::int64_t> integer() const;
  std::optional<double> number() const;
  std::optional<std::string_view> string() const;
  Value find(std::string_view name) const;
  std::size_t size() const;
  Value at(std::size_t index) const;
  std::vector<std::string> keys() const;

 private:
  friend class Document;
  explicit Value(const void* node) : node_(node) {}
  const void* node_ = nullptr;
};

class Document {
 public:
  // Refuses text that is not JSON, is nested deeper than 32 or has a duplicate meaning (NaN and the like).
  static Result<Document> parse(std::string_view bytes);
  static Document empty_object();
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  Value root() const;
  // Sets a member of the root object, over what the body said: path and query values win.
  void overlay(std::string_view name, std::string_view value);

 private:
  struct Impl;
  explicit Document(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Where in the input we are, and what was wrong. Stops collecting after 20 problems.
class Problems {
 public:
  void add(TextKey key, std::vector<Param> params = {});
  bool none() const { return fields_.empty(); }
  std::vector<FieldError> take() { return std::move(fields_); }

  class Step {  // pushes a path element for its life time
   public:
    Step(Problems& problems, std::string_view name);
    Step(Problems& problems, std::size_t index);
    ~Step() { problems_.path_.resize(length_); }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

   private:
    Problems& problems_;
    std::size_t length_;
  };

 private:
  std::string path_;
  std::vector<FieldError> fields_;
};

namespace detail {
template <class T>
struct is_vector : std::false_type {};
template <class T>
struct is_vector<std::vector<T>> : std::true_type {};
template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};
template <class T>
struct is_id : std::false_type {};
template <class Tag>
struct is_id<Id<Tag>> : std::true_type {};
template <class T>
inline constexpr bool no_field_list = false;

bool take_integer(Value, std::int64_t&, const FieldRule&, Problems&);
bool take_boolean(Value, bool&, Problems&);
bool take_number(Value, double&, Problems&);
bool take_string(Value, std::string&, const FieldRule&, Problems&);
bool check_list(Value, const FieldRule&, Problems&);
void missing(Problems&);
void wrong_choice(Problems&, std::string_view got);
}  // namespace detail

template <class T>
void put(Writer& w, const T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    w.boolean(value);
  } else if constexpr (std::is_integral_v<T>) {
    w.integer(static_cast<std::int64_t>(value));
  } else if constexpr (std::is_floating_point_v<T>) {
    w.number(value);
  } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>) {
    w.string(value);
  } else if constexpr (detail::is_id<T>::value || std::is_same_v<T, Version> || std::is_same_v<T, Millis>) {
    w.integer(value.value);
  } else if constexpr (std::is_same_v<T, Instant>) {
    w.integer(value.ms);
  } else if constexpr (detail::is_optional<T>::value) {
    value ? put(w, *value) : w.null();
  } else if constexpr (detail::is_vector<T>::value) {
    w.begin_array();
    for (const auto& element : value) put(w, element);
    w.end_array();
  } else if constexpr (WireEnum<T>) {
    w.string(wire_name(value));
  } else if constexpr (Described<T>) {
    w.begin_object();
    T::describe(value, [&w](const char* name, const auto& field, const FieldRule& = no_rule) {
      if constexpr (detail::is_optional<std::decay_t<decltype(field)>>::value)
        if (!field) return;  // absent and null mean the same; absent is shorter
      w.key(name);
      put(w, field);
    });
    w.end_object();
  } else {
    static_assert(detail::no_field_list<T>,
                  "this type has no field list: give it `describe`, or `wire_names` for an enum");
  }
}

// Fills `value` from `v`; false when anything was wrong (then `problems` says what).
template <class T>
bool take(Value v, T& value, Problems& problems, const FieldRule& rule = no_rule) {
  if constexpr (std::is_same_v<T, bool>) {
    return detail::take_boolean(v, value, problems);
  } else if constexpr (std::is_integral_v<T>) {
    FieldRule narrowed = rule;
    if constexpr (sizeof(T) < 8) {
      narrowed.minimum = std::max<std::int64_t>(rule.minimum, std::numeric_limits<T>::min());
      narrowed.maximum = std::min<std::int64_t>(rule.maximum, std::numeric_limits<T>::max());
    }
    std::int64_t wide = 0;
    if (!detail::take_integer(v, wide, narrowed, problems)) return false;
    value = static_cast<T>(wide);
    return true;
  } else if constexpr (std::is_floating_point_v<T>) {
    return detail::take_number(v, value, problems);
  } else if constexpr (std::is_same_v<T, std::string>) {
    return detail::take_string(v, value, rule, problems);
  } else if constexpr (detail::is_id<T>::value || std::is_same_v<T, Version>) {
    FieldRule ids = rule;
    ids.minimum = std::max<std::int64_t>(rule.minimum, rule.required && detail::is_id<T>::value ? 1 : 0);
    ids.maximum = std::min<std::int64_t>(rule.maximum, (std::int64_t{1} << 53) - 1);
    return detail::take_integer(v, value.value, ids, problems);
  } else if constexpr (std::is_same_v<T, Millis>) {
    return detail::take_integer(v, value.value, rule, problems);
  } else if constexpr (std::is_same_v<T, Instant>) {
    return detail::take_integer(v, value.ms, rule, problems);
  } else if constexpr (detail::is_optional<T>::value) {
    if (!v.present() || v.is_null()) {
      value.reset();
      return true;
    }
    value.emplace();
    return take(v, *value, problems, rule);
  } else if constexpr (detail::is_vector<T>::value) {
    if (!detail::check_list(v, rule, problems)) return false;
    value.clear();
    value.resize(v.size());
    bool good = true;
    for (std::size_t i = 0; i < value.size(); ++i) {
      Problems::Step step(problems, i);
      good = take(v.at(i), value[i], problems) && good;
    }
    return good;
  } else if constexpr (WireEnum<T>) {
    const auto name = v.string();
    if (name && from_wire_name(*name, value)) return true;
    detail::wrong_choice(problems, name.value_or(std::string_view{}));
    return false;
  } else if constexpr (Described<T>) {
    if (!v.is_object()) {
      problems.add(text_key("field.expected_object"));
      return false;
    }
    bool good = true;
    T::describe(value, [&](const char* name, auto& field, const FieldRule& field_rule = no_rule) {
      Problems::Step step(problems, std::string_view(name));
      const Value member = v.find(name);
      if (!member.present() || member.is_null()) {
        constexpr bool may_be_absent = detail::is_optional<std::decay_t<decltype(field)>>::value;
        if (field_rule.required && !may_be_absent) {
          detail::missing(problems);
          good = false;
        }
        return;
      }
      good = take(member, field, problems, field_rule) && good;
    });
    return good;
  } else {
    static_assert(detail::no_field_list<T>,
                  "this type has no field list: give it `describe`, or `wire_names` for an enum");
  }
}

template <class T>
std::string encode(const T& value) {
  Writer w;
  put(w, value);
  return w.take();
}

template <class T>
Result<T> decode(Value v) {
  T value{};
  Problems problems;
  if (take(v, value, problems)) return value;
  Error bad = error(Code::invalid, text_key("error.invalid"));
  bad.fields = problems.take();
  return bad;
}

template <class T>
Result<T> decode(std::string_view bytes) {
  auto document = Document::parse(bytes);
  if (!document) return document.error();
  return decode<T>(document->root());
}

}  // namespace tw::json
