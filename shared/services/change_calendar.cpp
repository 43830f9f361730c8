// The cursor is "batch:changed:item": the place of the last item, in batches by id. A batch whose limit begins to count
// working time meanwhile is brought to the formula by its own operation.
#include "services/change_calendar.h"

#include <algorithm>

#include "core/json.h"
#include "core/text.h"
#include "services/notification_store.h"
#include "services/recount_clocks.h"

namespace tw::services {

namespace {

struct FrozenChange {
  bool grace = false;  // for what is overdue at once
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("grace", s.grace);
  }
};

struct Stand {
  BatchId batch;
  ClockPlace place;
};
Stand stand_of(const LongOperation& operation) {
  const auto parts = text::split(operation.cursor, ':');
  if (parts.size() != 3) return {};
  return {{text::to_integer(parts[0]).value_or(0)}, read_clock_place(parts[1], parts[2])};
}

// In which batch it did not go on; none: every batch that it was about has ended.
BatchId stopped_at(Work& work, const LongOperation& operation) {
  if (operation.kind == api::OperationKind::change_limit) return operation.batch;
  const auto batches = batches_in_working_time(work, stand_of(operation).batch);
  return batches.empty() ? BatchId{} : batches.front();
}

}  // namespace

void tell_of_failed_recount(Work& work, const LongOperation& operation) {
  const bool recounts =
      operation.kind == api::OperationKind::change_calendar || operation.kind == api::OperationKind::change_limit;
  if (!recounts || !operation.actor) return;
  Told told;
  told.person = operation.actor;
  told.kind = domain::batch::NoticeKind::recount_failed;
  told.batch = stopped_at(work, operation);
  told.operation = operation.id;
  told.items = std::max<std::int64_t>(1, operation.total - operation.done);
  if (told.batch) notify(work, told);
}

Result<OperationId> recount_working_time(Work& work, const domain::access::Actor& actor, api::OverdueChoice overdue) {
  std::int64_t executing = 0;
  for (const BatchId batch : batches_in_working_time(work, {})) executing += counts_of(work, batch).states.executing;
  if (executing == 0) return OperationId{};
  return start_operation(work, actor, api::OperationKind::change_calendar, {}, {},
                         json::encode(FrozenChange{overdue == api::OverdueChoice::grace}), executing);
}

Refusal recount_after_a_move(Work& work, const domain::access::Actor& actor) {
  if (!any_department_uses(work)) return {};
  const auto operation = recount_working_time(work, actor, api::OverdueChoice::grace);
  return operation ? Refusal{} : operation.error();
}

Result<StepResult> step_change_calendar(Work& work, LongOperation& operation) {
  const auto frozen = json::decode<FrozenChange>(operation.input);
  if (!frozen) return frozen.error();
  auto [at, place] = stand_of(operation);
  const auto batches = batches_in_working_time(work, at);
  if (batches.empty()) return StepResult::finished;
  if (batches.front() != at) place = {};  // the one it stood in is ended, or it stood in none
  const auto batch = load_batch(work, batches.front());
  if (!batch) return error(Code::gone, text_key("error.gone"));
  PeopleCalendars calendars(work);
  const Recounted done = recount_clocks(work, *batch, calendars, frozen->grace, operation.now, place);
  operation.done += done.looked_at;
  operation.total = std::max(operation.total, operation.done);
  operation.count("done", done.moved - done.graced);
  if (done.graced > 0) operation.count("graced", done.graced);
  if (done.moved > 0) work.emit(EventKind::batch_changed, batch->id.value, {}, batch->id);
  if (!done.all) {
    operation.cursor = std::to_string(batch->id.value) + ":" + written(place);
    return StepResult::more;
  }
  operation.cursor = std::to_string(batch->id.value + 1) + ":" + written(ClockPlace{});
  return batches.size() == 1 ? StepResult::finished : StepResult::more;
}

}  // namespace tw::services
