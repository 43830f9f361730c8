// What `tidewater check` asks: every kept counter against a recount of the rows. Reads whole tables; changes nothing.
#pragma once

#include <cstdint>
#include <vector>

#include "services/work.h"

namespace tw::services {

// A counter that does not agree. It says numbers; whoever prints it finds the words.
struct WrongCount {
  enum class Of {
    customers,       // of an owner in a department; 0: of nobody, in none
    search_entries,  // `counted`: customers
    items,           // of a batch by executor (0: all), state and progress
    own_confirmed    // of a batch: confirmed by who executed them
  };
  Of of = Of::customers;
  std::int64_t kept = 0;
  std::int64_t counted = 0;
  std::int64_t owner = 0;
  std::int64_t department = 0;
  std::int64_t batch = 0;
  std::int64_t executor = 0;
  std::int64_t state = 0;
  std::int64_t progress = 0;
};

// Of owners and departments (at most a hundred), and whether every customer is in the search index.
std::vector<WrongCount> check_customers(Work& work);
std::vector<WrongCount> check_batches(Work& work);

}  // namespace tw::services
