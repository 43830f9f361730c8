// By which calendar a person works: the nearest of their own, their department's or one above it, and everybody's. For
// the life of one Work, each calendar built once.
#pragma once

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "domain/batch/clock.h"
#include "services/calendar_store.h"

namespace tw::services {

// What the stored texts say. They were checked when they were saved; what cannot be read works never.
domain::calendar::CalendarRules rules_of(const Calendar& calendar, const std::vector<CalendarDayRow>& days);

// Of a calendar that is only supposed and was never saved.
inline constexpr CalendarId not_saved{-1};

class PeopleCalendars {
 public:
  explicit PeopleCalendars(Work& work) : work_(work) {}

  CalendarId which(PersonId person) { return nearest(person); }
  // Lives as long as this does.
  const domain::calendar::WorkingCalendar& of(PersonId person);
  const domain::calendar::WorkingCalendar& of_everybody();
  domain::batch::Pace pace(PersonId person) { return {&of(person)}; }
  // Of an item of the batch that this person executes: natural time where its limit counts that, or nobody does.
  domain::batch::Pace pace(domain::batch::LimitCounts counts, PersonId person) {
    return counts == domain::batch::LimitCounts::working && person ? pace(person) : domain::batch::Pace{};
  }

  // As if it were saved already: before anything was asked.
  void suppose(CalendarId calendar, const domain::calendar::CalendarRules& rules);
  void suppose_use(CalendarUse kind, std::int64_t subject, CalendarId calendar);  // none: no calendar of its own

 private:
  CalendarId used_by(CalendarUse kind, std::int64_t subject);
  CalendarId nearest(PersonId person);
  const domain::calendar::WorkingCalendar* built(CalendarId calendar);
  const domain::calendar::WorkingCalendar& built_or_none(CalendarId calendar);

  Work& work_;
  std::map<CalendarId, std::unique_ptr<domain::calendar::WorkingCalendar>> built_;
  std::map<PersonId, const domain::calendar::WorkingCalendar*> of_;
  std::map<std::pair<CalendarUse, std::int64_t>, CalendarId> supposed_;
};

}  // namespace tw::services
