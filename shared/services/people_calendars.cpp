#include "services/people_calendars.h"

#include "services/people_store.h"

namespace tw::services {

using domain::calendar::CalendarRules;
using domain::calendar::WorkingCalendar;

CalendarRules rules_of(const Calendar& calendar, const std::vector<CalendarDayRow>& days) {
  CalendarRules rules;
  rules.zone = Zone::find(calendar.zone).value_or(Zone{});
  for (std::size_t i = 0; i < calendar.week.size(); ++i)
    rules.week[i] = domain::calendar::read_hours(calendar.week[i]).value_or(domain::calendar::DayHours{});
  rules.day_length = minutes(calendar.day_minutes.value_or(0));
  for (const CalendarDayRow& day : days)
    rules.exceptions.push_back(
        {day.day, day.works, domain::calendar::read_hours(day.hours).value_or(domain::calendar::DayHours{})});
  return rules;
}

CalendarId PeopleCalendars::used_by(CalendarUse kind, std::int64_t subject) {
  const auto supposed = supposed_.find({kind, subject});
  return supposed == supposed_.end() ? calendar_used_by(work_, kind, subject) : supposed->second;
}

const WorkingCalendar* PeopleCalendars::built(CalendarId calendar) {
  if (const auto known = built_.find(calendar); known != built_.end()) return known->second.get();
  const auto found = calendar ? load_calendar(work_, calendar) : std::nullopt;
  if (!found) return nullptr;
  return (built_[calendar] = std::make_unique<WorkingCalendar>(rules_of(*found, days_of(work_, calendar)))).get();
}

CalendarId PeopleCalendars::nearest(PersonId person) {
  if (const CalendarId own = used_by(CalendarUse::person, person.value)) return own;
  if (const auto found = load_person(work_, person)) {
    for (auto at = load_department(work_, found->department); at; at = load_department(work_, at->parent))
      if (const CalendarId theirs = used_by(CalendarUse::department, at->department.value)) return theirs;
  }
  return used_by(CalendarUse::everybody, 0);
}

const WorkingCalendar& PeopleCalendars::of(PersonId person) {
  const WorkingCalendar*& known = of_[person];
  if (!known) known = &built_or_none(nearest(person));
  return *known;
}

const WorkingCalendar& PeopleCalendars::of_everybody() { return built_or_none(used_by(CalendarUse::everybody, 0)); }

const WorkingCalendar& PeopleCalendars::built_or_none(CalendarId calendar) {
  // Somebody took everybody's calendar out of the database by hand.
  static const WorkingCalendar none{CalendarRules{}};
  const WorkingCalendar* found = built(calendar);
  return found ? *found : none;
}

void PeopleCalendars::suppose(CalendarId calendar, const CalendarRules& rules) {
  built_[calendar] = std::make_unique<WorkingCalendar>(rules);
}

void PeopleCalendars::suppose_use(CalendarUse kind, std::int64_t subject, CalendarId calendar) {
  supposed_[{kind, subject}] = calendar;
}

}  // namespace tw::services
