// The field-list protocol. A struct names its fields once:
//
//   template <class S, class V> static void describe(S& s, V&& v) {
//     v("subject", s.subject, rule::text(1, 120));
//     v("note", s.note);
//   }
//
// S is T or const T, so that one function serves reading and writing. Visitors over it: JSON out and in (json.h),
// OpenAPI (api/openapi), SQL rows, audit diff. An enum names its values once, found by argument-dependent lookup:
//
//   constexpr std::span<const WireName<ItemState>> wire_names(ItemState) { return item_state_names; }
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <type_traits>

namespace tw {

// What a field must satisfy, beyond its type. Checked on reading, shown in OpenAPI. Lengths are code points of a
// string or elements of a list.
struct FieldRule {
  bool required = false;  // must be present (and, for strings, at least min_length long)
  bool secret = false;    // never logged, never echoed
  std::int64_t minimum = std::numeric_limits<std::int64_t>::min();
  std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
  std::int64_t min_length = 0;
  std::int64_t max_length = 4000;
};

inline constexpr FieldRule no_rule{};

namespace rule {
inline constexpr FieldRule required{.required = true};
constexpr FieldRule text(std::int64_t min_length, std::int64_t max_length) {
  return {.required = min_length > 0, .min_length = min_length, .max_length = max_length};
}
constexpr FieldRule secret(std::int64_t min_length, std::int64_t max_length) {
  return {.required = min_length > 0, .secret = true, .min_length = min_length, .max_length = max_length};
}
constexpr FieldRule range(std::int64_t minimum, std::int64_t maximum) {
  return {.minimum = minimum, .maximum = maximum};
}
constexpr FieldRule list(std::int64_t min_length, std::int64_t max_length) {
  return {.required = min_length > 0, .min_length = min_length, .max_length = max_length};
}
}  // namespace rule

template <class E>
struct WireName {
  E value;
  std::string_view name;
};

// The wire name of an enum value; empty for a value outside the table (a broken cast).
template <class E>
constexpr std::string_view wire_name(E value) {
  for (const auto& row : wire_names(value))
    if (row.value == value) return row.name;
  return {};
}

// Sets `value` and answers true when `name` is in the table.
template <class E>
constexpr bool from_wire_name(std::string_view name, E& value) {
  for (const auto& row : wire_names(E{}))
    if (row.name == name) {
      value = row.value;
      return true;
    }
  return false;
}

namespace detail {
struct AnyVisitor {
  template <class F>
  void operator()(const char*, F&, const FieldRule& = no_rule) const {}
};
}  // namespace detail

// The answer of an operation that has nothing to say but "done".
struct Done {
  template <class S, class V>
  static void describe(S&, V&&) {}
};

template <class T>
concept Described = requires(T& t) {
  T::describe(t, detail::AnyVisitor{});
};

template <class E>
concept WireEnum = std::is_enum_v<E> && requires(E e) {
  wire_names(e);
};

}  // namespace tw
