// Kept counters that do not agree, as lines of a failed test.
#pragma once

#include <string>

#include "services/counter_check.h"

namespace tw::test {

inline std::string line_of(const services::WrongCount& wrong) {
  using Of = services::WrongCount::Of;
  const auto number = [](std::int64_t value) { return std::to_string(value); };
  std::string of;
  if (wrong.of == Of::customers)
    of = "customers of owner " + number(wrong.owner) + " in department " + number(wrong.department);
  if (wrong.of == Of::search_entries) of = "entries of the search index";
  if (wrong.of == Of::items)
    of = "batch " + number(wrong.batch) + " executor " + number(wrong.executor) + " state " + number(wrong.state) +
         " progress " + number(wrong.progress);
  if (wrong.of == Of::own_confirmed) of = "batch " + number(wrong.batch) + " confirmed by its executors";
  return of + ": kept " + number(wrong.kept) + ", counted " + number(wrong.counted);
}

}  // namespace tw::test
