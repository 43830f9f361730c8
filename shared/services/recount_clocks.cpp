#include "services/recount_clocks.h"

#include <algorithm>

#include "core/text.h"

namespace tw::services {

namespace {

constexpr std::int64_t rows_a_step = 5000;
constexpr std::int64_t rows_between_questions = 64;

}  // namespace

ClockPlace read_clock_place(std::string_view changed, std::string_view item) {
  return {{text::to_integer(changed).value_or(INT64_MIN)}, {text::to_integer(item).value_or(0)}};
}

std::string written(const ClockPlace& place) {
  return std::to_string(place.changed.ms) + ":" + std::to_string(place.item.value);
}

Recounted recount_clocks(Work& work, const Batch& batch, PeopleCalendars& calendars, bool grace, Instant now,
                         ClockPlace& place) {
  Recounted done;
  ClockWriter writer(work);
  const auto rows = running_after(work, batch.id, place.changed, place.item, rows_a_step);
  for (const RunningItem& item : rows) {
    if (done.looked_at > 0 && done.looked_at % rows_between_questions == 0 && work.budget && work.budget->used_up())
      break;
    const auto pace = calendars.pace(batch.limit_counts, item.executor);
    auto clock = domain::batch::with_limit(item.clock, batch.limit, pace);
    if (grace && domain::batch::overdue(clock, now) && !domain::batch::overdue(item.clock, now)) {
      clock = domain::batch::given_grace(clock, batch.limit, now, pace);
      ++done.graced;
    }
    if (!(clock == item.clock)) {
      writer.write(item, clock);
      ++done.moved;
    }
    place = {item.changed, item.item};
    ++done.looked_at;
  }
  done.all = done.looked_at == static_cast<std::int64_t>(rows.size()) && done.looked_at < rows_a_step;
  return done;
}

void preview_clocks(Work& work, const Batch& batch, PeopleCalendars& calendars, std::int64_t& left,
                    api::PreviewLimit::Response& preview) {
  ClockPlace place;
  while (left > 0) {
    const std::int64_t wanted = std::min(left, rows_a_step);
    const auto rows = running_after(work, batch.id, place.changed, place.item, wanted);
    for (const RunningItem& item : rows) {
      const auto pace = calendars.pace(batch.limit_counts, item.executor);
      const auto clock = domain::batch::with_limit(item.clock, batch.limit, pace);
      place = {item.changed, item.item};
      if (clock.due_at == item.clock.due_at) continue;
      ++preview.moves;
      if (domain::batch::overdue(clock, work.now)) ++preview.overdue;
    }
    left -= static_cast<std::int64_t>(rows.size());
    if (static_cast<std::int64_t>(rows.size()) < wanted) return;
  }
  preview.exact = false;
}

}  // namespace tw::services
