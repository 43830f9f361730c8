// A text catalogue: key -> text of one language, as in assets/i18n/<language>.json (one flat object). Client and server
// format texts with the same code. Immutable once read; any number of threads may use one.
//
// A text may hold:
//   {name}                              the parameter as it is
//   {count, number}                     decimal digits with separators of thousands
//   {at, instant}                       UTC milliseconds as local date and time; {at, date} and {at, clock} one of
//                               the two alone
//   {count, plural, one {# row} other {# rows}}   by the language's rule; # is the number
//   {state, name, item_state}           the text of key "item_state.<value>"; of a list with commas each member is
//   named
// Quotes need no escape; a brace that is text is written twice.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/result.h"
#include "core/wall_clock.h"

namespace tw {

class Catalog {
 public:
  Catalog() = default;  // empty: every key reads as itself
  static Result<Catalog> read(std::string_view language, std::string_view json);

  const std::string& language() const { return language_; }
  bool has(std::string_view key) const { return texts_.find(key) != texts_.end(); }
  // The raw text, or the key itself when there is none: a missing text is ugly and visible, never a crash.
  std::string_view raw(std::string_view key) const;
  bool is_plain(std::string_view key) const;  // no placeholder: raw() is the whole answer
  // `clock`: the reader's, for the instants among the parameters.
  std::string format(std::string_view key, const std::vector<Param>& params,
                     const WallClock& clock = WallClock()) const;

  std::vector<std::string> keys() const;

 private:
  std::string language_;
  std::map<std::string, std::string, std::less<>> texts_;
};

// "1,234,567"; the separators are the same in every language that we ship.
std::string with_thousands(std::string_view digits);

}  // namespace tw
