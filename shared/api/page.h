// Shapes that many lists share: a page of a sorted list, its total, a filter tree over declared columns.
//
// Lists page by key: `after` is the opaque cursor of the row before. `offset` is for jumping into the middle of a long
// list (a scrolled table) and is only used where `after` is empty.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/describe.h"

namespace tw::api {

inline constexpr std::int64_t longest_page = 200;

struct Page {
  std::string after;
  std::int64_t offset = 0;
  std::int64_t limit = 50;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("after", s.after, rule::text(0, 400));
    v("offset", s.offset, rule::range(0, 100'000'000));
    v("limit", s.limit, rule::range(1, longest_page));
  }
};

// `exact` false: at least `count` (shown as "10,000+"); ask again for the exact one.
struct Total {
  std::int64_t count = 0;
  bool exact = true;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("count", s.count);
    v("exact", s.exact);
  }
};

struct Sort {
  std::string column;  // empty: the list's own order
  bool descending = false;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("column", s.column, rule::text(0, 60));
    v("descending", s.descending);
  }
};

enum class Operator : std::uint8_t {
  equals,
  not_equals,
  less,
  at_most,
  greater,
  at_least,
  contains,
  one_of,
  is_empty,
  is_set
};
inline constexpr WireName<Operator> operator_names[] = {
    {Operator::equals, "equals"},     {Operator::not_equals, "not_equals"}, {Operator::less, "less"},
    {Operator::at_most, "at_most"},   {Operator::greater, "greater"},       {Operator::at_least, "at_least"},
    {Operator::contains, "contains"}, {Operator::one_of, "one_of"},         {Operator::is_empty, "is_empty"},
    {Operator::is_set, "is_set"}};
constexpr std::span<const WireName<Operator>> wire_names(Operator) { return operator_names; }

// Of one condition, and of any other list of ids that a filter names.
inline constexpr std::int64_t most_values = 200;

// Values are text in their canonical form: decimal integers, ISO dates, instants in milliseconds, wire names.
struct Condition {
  std::string column;  // a declared column, or "field_12" for the custom field 12
  Operator op = Operator::equals;
  std::string value;
  std::vector<std::string> values;  // of one_of
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("column", s.column, rule::text(1, 60));
    v("op", s.op, rule::required);
    v("value", s.value, rule::text(0, 400));
    v("values", s.values, rule::list(0, most_values));
  }
};

enum class Combine : std::uint8_t { all, any };
inline constexpr WireName<Combine> combine_names[] = {{Combine::all, "all"}, {Combine::any, "any"}};
constexpr std::span<const WireName<Combine>> wire_names(Combine) { return combine_names; }

// At most 4 levels and 40 conditions in all (checked by services/list_query). Empty matches everything.
struct Filter {
  Combine combine = Combine::all;
  std::vector<Condition> conditions;
  std::vector<Filter> groups;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("combine", s.combine);
    v("conditions", s.conditions, rule::list(0, 40));
    v("groups", s.groups, rule::list(0, 10));
  }
};

}  // namespace tw::api
