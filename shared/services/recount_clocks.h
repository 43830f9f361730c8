// Due times after a limit or a calendar has changed: the formula for every executing item, by its executor's calendar.
// An item's version stays: nobody who looks at one meanwhile is told that it has changed.
#pragma once

#include <optional>
#include <string>

#include "api/batch_limit.h"
#include "services/batch_store.h"
#include "services/clock_store.h"
#include "services/people_calendars.h"

namespace tw::services {

// The place of the last item in batch_items_by_state, as a cursor: "changed:id".
struct ClockPlace {
  Instant changed{INT64_MIN};
  ItemId item;
};
ClockPlace read_clock_place(std::string_view changed, std::string_view item);
std::string written(const ClockPlace& place);

struct Recounted {
  std::int64_t looked_at = 0;
  std::int64_t moved = 0;   // those with a grace among them
  std::int64_t graced = 0;  // overdue by the new formula and not by what was stored, where they get a grace
  bool all = false;         // nothing behind the place is left
};
// Goes on behind `place` and moves it, until the budget is used up or a step is full.
Recounted recount_clocks(Work& work, const Batch& batch, PeopleCalendars& calendars, bool grace, Instant now,
                         ClockPlace& place);

// What recount_clocks would do from the beginning, added to `preview`: due times that move, and of these at once
// overdue. Looks at no more than `left` items, and takes those it looked at off.
void preview_clocks(Work& work, const Batch& batch, PeopleCalendars& calendars, std::int64_t& left,
                    api::PreviewLimit::Response& preview);

inline constexpr std::int64_t most_previewed = 300'000;

}  // namespace tw::services
