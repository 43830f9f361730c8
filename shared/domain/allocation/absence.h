// Is somebody away for as long as they may hold an item? Asked before they are given one: it would wait for nobody,
// while colleagues could work on it.
#pragma once

#include <algorithm>

#include "domain/batch/clock.h"

namespace tw::domain::allocation {

// The time that an item given `now` has until it is due: in it the company works, and by their own calendar they do
// not. So nights, weekends and public holidays make nobody absent, since they are the same for all; leave, another
// shift and another country do. Without a limit nobody is: nothing is taken back from them.
//
// A limit in working time waits for whoever has it, so nothing would be overdue; but a customer would wait for as long
// as a leave lasts. It is counted on everybody's calendar, and as a day at least: the next shift is soon enough.
inline bool absent(batch::HandlingLimit limit, batch::LimitCounts counts, Instant now,
                   const calendar::WorkingCalendar& theirs, const calendar::WorkingCalendar& everybodys) {
  if (&theirs == &everybodys) return false;
  const bool natural = counts == batch::LimitCounts::natural;
  const batch::Pace pace{natural ? nullptr : &everybodys};
  Instant due = pace.after(now, length(limit, natural ? days(1) : everybodys.day_length()));
  if (!natural && limit.value > 0) due = std::max(due, now + days(1));
  return everybodys.between(now, due).value > 0 && theirs.between(now, due).value == 0;
}

}  // namespace tw::domain::allocation
