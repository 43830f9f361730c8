// The kept counters of customers, by owner and department. Whoever changes a customer's owner or department, adds or
// removes one, moves them in the same transaction; `tidewater check` compares them with a recount.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <utility>

#include "core/ids.h"
#include "services/work.h"

namespace tw::services {

std::int64_t count_customers(Work& work);
std::int64_t count_customers_of(Work& work, PersonId owner);
std::int64_t count_customers_in(Work& work, DepartmentId department);
// Owned by `owner`, in none of `departments` (ascending).
std::int64_t count_customers_elsewhere(Work& work, PersonId owner, std::span<const DepartmentId> departments);

// Collects the moves of many rows and writes each counter once.
class CustomerCountMoves {
 public:
  void add(PersonId owner, DepartmentId department, std::int64_t by) { moves_[{owner.value, department.value}] += by; }
  void write(Work& work);

 private:
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> moves_;
};

}  // namespace tw::services
