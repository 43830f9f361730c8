// Customers in a shipped order (name, last change, score; creation for everybody): pages behind a key, and jumps to a
// position. A scope of several departments is walked as a merge of one index per department, so a page costs a page,
// whatever the scope; a jump skips index entries of the nearer half only and never reads a row.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "services/customer_columns.h"
#include "services/customer_scope.h"
#include "services/work.h"

namespace tw::services {

// Where a row stands in a list: its sort key, then its id.
struct ListPlace {
  std::variant<std::int64_t, std::string> key;
  std::int64_t id = 0;
};
bool operator<(const ListPlace& a, const ListPlace& b);
inline bool operator==(const ListPlace& a, const ListPlace& b) { return a.id == b.id && a.key == b.key; }

class OrderedCustomers {
 public:
  // `order` is shipped, or by creation with a scope of everything.
  OrderedCustomers(Work& work, const CustomerScope& scope, const CustomerOrder& order);
  static bool serves(const CustomerScope& scope, const CustomerOrder& order);

  std::int64_t total() const { return total_; }  // from the kept counters
  std::vector<ListPlace> after(const std::optional<ListPlace>& place, std::int64_t limit);
  std::vector<ListPlace> at(std::int64_t offset, std::int64_t limit);

 private:
  struct Branch {
    enum class Kind : std::uint8_t { everything, owner, department, owner_elsewhere };
    Kind kind = Kind::everything;
    std::int64_t id = 0;
    std::int64_t count = 0;
  };
  enum class Bound : std::uint8_t { none, behind, from };

  std::string where(const Branch& branch) const;
  db::Statement open(const std::string& sql, const Branch& branch) const;
  std::vector<ListPlace> read(const Branch& branch, const std::optional<ListPlace>& low, Bound bound, bool backwards,
                              std::int64_t limit, std::int64_t offset = 0) const;
  std::int64_t count_between(const Branch& branch, const std::optional<ListPlace>& low, const ListPlace& high,
                             bool backwards) const;
  std::vector<ListPlace> merged(const std::optional<ListPlace>& low, Bound bound, bool backwards,
                                std::int64_t limit) const;
  std::vector<ListPlace> skip(std::int64_t offset, std::int64_t limit, bool backwards) const;

  Work& work_;
  std::vector<Branch> branches_;
  std::string departments_;  // as JSON, for owner_elsewhere
  std::string column_;       // "c.name_key"
  bool by_id_ = false;
  bool text_key_ = false;
  bool descending_ = false;
  std::int64_t total_ = 0;
};

// How many customers the scope holds, from the kept counters.
std::int64_t count_in_scope(Work& work, const CustomerScope& scope);

}  // namespace tw::services
