// See change_limit.h. The batch has its new limit from the first transaction on: what starts or resumes meanwhile runs
// against it already. The steps bring the due times of the rest to the formula; who meets one twice changes nothing.
// Whatever changes by itself meanwhile stands behind the cursor again.
#include "services/change_limit.h"

#include "core/json.h"
#include "core/text.h"
#include "services/batch_views.h"
#include "services/long_operation.h"
#include "services/recount_clocks.h"

namespace tw::services {

using domain::batch::BatchEvent;
using domain::batch::BatchState;
using domain::batch::HandlingLimit;
using domain::batch::LimitCounts;
using domain::batch::LimitUnit;

namespace {

struct FrozenLimit {
  bool grace = false;  // for what is overdue at once
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("grace", s.grace);
  }
};

// The batch as the request wants it. A working day is as long as calendars say, so there three days are never 72 hours.
Batch changed(Batch batch, HandlingLimit limit, const std::optional<LimitCounts>& counts) {
  batch.limit = limit;
  batch.limit_counts = counts.value_or(batch.limit_counts);
  return batch;
}
bool the_same(const Batch& one, const Batch& other) {
  if (one.limit.value == 0 && other.limit.value == 0) return true;
  if (one.limit_counts != other.limit_counts) return false;
  const bool days_are_days = one.limit_counts == LimitCounts::natural || one.limit.unit == other.limit.unit ||
                             (one.limit.unit != LimitUnit::days && other.limit.unit != LimitUnit::days);
  return days_are_days && domain::batch::length(one.limit) == domain::batch::length(other.limit);
}

}  // namespace

Result<api::PreviewLimit::Response> preview_limit(Work& work, const Actor& actor,
                                                  const api::PreviewLimit::Request& request) {
  const auto access = see_managed_batch(work, actor, request.batch);
  if (!access) return access.error();
  api::PreviewLimit::Response response;
  const Batch wanted = changed(access->batch, {request.limit, request.limit_unit}, request.limit_counts);
  if (the_same(wanted, access->batch)) return response;
  if (wanted.limit_counts == LimitCounts::working) {
    PeopleCalendars calendars(work);
    std::int64_t left = most_previewed;
    preview_clocks(work, wanted, calendars, left, response);
    return response;
  }
  response.moves = counts_of(work, request.batch).states.executing;
  response.overdue = overdue_under(work, request.batch, domain::batch::length(wanted.limit));
  return response;
}

Result<api::Accepted> change_limit(Work& work, const Actor& actor, const api::ChangeLimit::Request& request) {
  const auto access = see_managed_batch(work, actor, request.batch);
  if (!access) return access.error();
  const Batch batch = changed(access->batch, {request.limit, request.limit_unit}, request.limit_counts);
  if (batch.state != BatchState::active)
    return error(Code::conflict, text_key("batch.only_viewable"),
                 {param("state", std::string(wire_name(batch.state)))});
  if (auto refused = stale(work, batch, request.version)) return *refused;
  if (the_same(batch, access->batch)) return field_error("limit", text_key("batch.limit_is_the_same"));
  const auto operation = start_operation(work, actor, api::OperationKind::change_limit, batch.id, {},
                                         json::encode(FrozenLimit{request.overdue == api::OverdueChoice::grace}),
                                         counts_of(work, batch.id).states.executing);
  if (!operation) return operation.error();
  Batch stored = batch;
  if (batch.due_soon ==
      domain::batch::default_due_soon(domain::batch::length(access->batch.limit)))  // by nobody's word
    stored.due_soon = domain::batch::default_due_soon(domain::batch::length(batch.limit));
  if (!update_batch(work, stored)) return error(Code::conflict, text_key("error.conflict"));
  insert_batch_log(work, actor, {batch.id, BatchEvent::edited, "limit", 0, *operation});
  work.emit(EventKind::batch_changed, batch.id.value, {}, batch.id);
  return api::Accepted{*operation};
}

Result<StepResult> step_change_limit(Work& work, LongOperation& operation) {
  const auto frozen = json::decode<FrozenLimit>(operation.input);
  if (!frozen) return frozen.error();
  const auto batch = load_batch(work, operation.batch);
  if (!batch) return error(Code::gone, text_key("error.gone"));
  if (batch->state != BatchState::active) return StepResult::finished;  // its clocks have stopped
  ClockPlace place;
  if (const auto parts = text::split(operation.cursor, ':'); parts.size() == 2)
    place = read_clock_place(parts[0], parts[1]);
  PeopleCalendars calendars(work);
  const Recounted done = recount_clocks(work, *batch, calendars, frozen->grace, operation.now, place);
  operation.done += done.looked_at;
  operation.total = std::max(operation.total, operation.done);
  operation.cursor = written(place);
  operation.count("done", done.moved - done.graced);
  if (done.graced > 0) operation.count("graced", done.graced);
  add_to_batch_log(work, batch->id, operation.id, done.moved);
  work.emit(EventKind::batch_changed, batch->id.value, {}, batch->id);
  return done.all ? StepResult::finished : StepResult::more;
}

}  // namespace tw::services
