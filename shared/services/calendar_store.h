// Rows of calendars, their exceptions and who works by them. Small tables: hundreds of calendars, thousands of days.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "services/work.h"

namespace tw::services {

struct Calendar {
  CalendarId calendar;
  Version version;
  std::string name;
  std::string zone;
  std::array<std::string, 7> week;  // hours as they are written, Monday first
  std::optional<std::int64_t> day_minutes;
};

std::vector<Calendar> list_calendars(Work& work);  // by name
std::optional<Calendar> load_calendar(Work& work, CalendarId calendar);
std::optional<Calendar> calendar_by_name(Work& work, std::string_view name);  // whatever its case
std::int64_t count_calendars(Work& work);
CalendarId insert_calendar(Work& work, const Calendar& calendar);
// Where it still is `calendar.version`; else false.
bool update_calendar(Work& work, const Calendar& calendar);
void delete_calendar(Work& work, CalendarId calendar);  // with its days; nobody may work by it

struct CalendarDayRow {
  std::int64_t day = 0;  // since 1970-01-01
  bool works = false;
  std::string hours;
  std::string name;
};
std::vector<CalendarDayRow> days_of(Work& work, CalendarId calendar);  // ascending
std::int64_t count_days_of(Work& work, CalendarId calendar);
void set_days(Work& work, CalendarId calendar, const std::vector<CalendarDayRow>& days);

enum class CalendarUse : std::uint8_t { everybody, department, person };          // stored as these numbers
CalendarId calendar_used_by(Work& work, CalendarUse kind, std::int64_t subject);  // none: not of its own
struct CalendarSubject {
  std::int64_t id = 0;
  std::string name;
};
std::vector<CalendarSubject> departments_using(Work& work, CalendarId calendar);  // by name
std::vector<CalendarSubject> people_using(Work& work, CalendarId calendar);       // by name
bool is_used(Work& work, CalendarId calendar);
bool any_department_uses(Work& work);
void use_calendar(Work& work, CalendarUse kind, std::int64_t subject, CalendarId calendar);  // in place of what it had
void use_none(Work& work, CalendarUse kind, std::int64_t subject);
// Who works by it has changed from outside: its version is another one, so that whoever edits it now is told.
void touch_calendar(Work& work, CalendarId calendar);

// Active batches whose limit counts working time, from this id on: whose due times calendars move.
std::vector<BatchId> batches_in_working_time(Work& work, BatchId from);

}  // namespace tw::services
