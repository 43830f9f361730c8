// Fills a request with values that obey its rules, so that a test can reach what comes after decoding.
#pragma once

#include <algorithm>
#include <string>

#include "core/describe.h"
#include "core/json.h"

namespace tw::test {

inline constexpr std::int64_t id_of_nothing = 987'654'321;

template <class T>
void fill_example(T& value, const FieldRule& rule = no_rule) {
  if constexpr (std::is_same_v<T, bool>) {
    (void)rule;
  } else if constexpr (std::is_integral_v<T>) {
    const auto wide = std::clamp(static_cast<std::int64_t>(value), rule.minimum, rule.maximum);
    value = static_cast<T>(wide);
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (static_cast<std::int64_t>(value.size()) < rule.min_length)
      value.assign(static_cast<std::size_t>(rule.min_length), 'a');
  } else if constexpr (json::detail::is_id<T>::value) {
    if (rule.required) value.value = id_of_nothing;
  } else if constexpr (std::is_same_v<T, Version>) {
    value.value = 1;
  } else if constexpr (json::detail::is_vector<T>::value) {
    if (static_cast<std::int64_t>(value.size()) < rule.min_length)
      value.resize(static_cast<std::size_t>(rule.min_length));
    for (auto& element : value) fill_example(element, rule::required);
  } else if constexpr (Described<T> && !json::detail::is_optional<T>::value) {
    T::describe(value, [](const char*, auto& field, const FieldRule& field_rule = no_rule) {
      fill_example(field, field_rule);
    });
  }
}

template <class T>
T example_of() {
  T value{};
  fill_example(value);
  return value;
}

}  // namespace tw::test
