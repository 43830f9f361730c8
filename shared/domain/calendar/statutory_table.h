// The table behind statutory.cpp; tools/statutory_days.py writes it at build time. Nobody else includes this.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tw::domain::calendar {

struct StatutoryName {
  const char* chinese = "";
  const char* english = "";
};
struct StatutoryRow {
  std::int32_t day = 0;  // since 1970-01-01
  bool works = false;
  std::uint8_t name = 0;
};
extern const StatutoryName statutory_names[];
extern const StatutoryRow statutory_rows[];  // by day
extern const std::size_t statutory_row_count;

}  // namespace tw::domain::calendar
