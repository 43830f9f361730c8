// The statutory days of mainland China, as the State Council announces them each autumn for the year that follows: days
// off on weekdays, and weekend days that are worked instead. Data of the package chinese-days, from 2016 on: for the
// years before nobody else is at hand to compare it with (tests/domain/statutory_test.cpp does).
//
// A year that is not in it has not been announced when this was built: nothing is known about it, which is not the same
// as no holidays.
#pragma once

#include <cstdint>
#include <vector>

namespace tw::domain::calendar {

struct StatutoryDay {
  std::int64_t day = 0;  // since 1970-01-01
  bool works = false;
  const char* chinese = "";
  const char* english = "";
};

std::vector<int> statutory_years();                  // ascending
std::vector<StatutoryDay> statutory_days(int year);  // by day; empty for a year that is not known

}  // namespace tw::domain::calendar
