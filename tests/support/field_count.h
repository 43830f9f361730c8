// How many members an aggregate has, found by asking how many values can initialise it. A struct whose field list is
// shorter than that has lost a field.
#pragma once

#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

namespace tw::test {

namespace detail {

template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};

// Turns into whatever a member is. An optional would rather be built from its value, and then the compiler could not
// choose; it gets its own.
struct Anything {
  template <class T>
  requires(!is_optional<T>::value) constexpr operator T() const;
};
struct AnyOptional {
  template <class T>
  constexpr operator std::optional<T>() const;
};

template <class T, class... Initialisers>
concept InitialisableBy = requires {
  T{std::declval<Initialisers>()...};
};

// Tries one more member: an optional or anything else.
template <class T, class... Found>
constexpr std::size_t count_members() {
  if constexpr (InitialisableBy<T, Found..., AnyOptional>) {
    return count_members<T, Found..., AnyOptional>();
  } else if constexpr (InitialisableBy<T, Found..., Anything>) {
    return count_members<T, Found..., Anything>();
  } else {
    return sizeof...(Found);
  }
}

}  // namespace detail

template <class T>
constexpr std::size_t member_count() {
  return detail::count_members<T>();
}

}  // namespace tw::test
