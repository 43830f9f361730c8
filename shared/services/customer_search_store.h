// The quick search index, and the only code that knows its dialect (SQLite's FTS5). Every customer has one entry: the
// pieces of domain/customer/search_terms.h and two words for its owner and department, so that a search in a small
// scope costs what the scope holds and not what the word is worth elsewhere.
//
// The index narrows; whoever shows a hit verifies it on the row with `SearchQuery::verify`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "services/customer_scope.h"
#include "services/work.h"

namespace tw::services {

// The columns that the quick search looks at, and the two of the scope.
struct Searchable {
  std::string_view name;
  std::string_view contact;
  std::string_view phone_key;
  std::string_view external_key;
  PersonId owner;
  DepartmentId department;
};

void add_search_entry(Work& work, CustomerId customer, const Searchable& texts);
void replace_search_entry(Work& work, CustomerId customer, const Searchable& texts);
void forget_search_entries(Work& work);  // all of them: whoever calls this adds every customer anew

class SearchQuery {
 public:
  // `text` has at least two characters after trimming (is_searchable).
  explicit SearchQuery(std::string_view text);

  // The MATCH expression, narrowed to the scope; made of our own words only.
  std::string match(const CustomerScope& scope) const;
  // One piece is in the index exactly where it is in the text: nothing to verify.
  bool is_exact() const { return exact_; }
  bool verify(const Searchable& texts) const;

 private:
  std::string text_;
  std::string phone_;  // the digits when the text is a phone number as people write it
  bool exact_ = false;
};

// The newest customers of the index that may have this text, at most `most`: whoever asks verifies it, and the scope.
std::vector<CustomerId> newest_candidates(Work& work, const SearchQuery& query, std::int64_t most);

bool is_searchable(std::string_view text);

}  // namespace tw::services
