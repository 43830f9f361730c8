#include "domain/calendar/statutory.h"

#include "core/date.h"
#include "domain/calendar/statutory_table.h"

namespace tw::domain::calendar {

std::vector<int> statutory_years() {
  std::vector<int> years;
  for (std::size_t i = 0; i < statutory_row_count; ++i) {
    const int year = date_of(statutory_rows[i].day).year;
    if (years.empty() || years.back() != year) years.push_back(year);
  }
  return years;
}

std::vector<StatutoryDay> statutory_days(int year) {
  std::vector<StatutoryDay> days;
  for (std::size_t i = 0; i < statutory_row_count; ++i) {
    const StatutoryRow& row = statutory_rows[i];
    if (date_of(row.day).year != year) continue;
    const StatutoryName& name = statutory_names[row.name];
    days.push_back({row.day, row.works, name.chinese, name.english});
  }
  return days;
}

}  // namespace tw::domain::calendar
