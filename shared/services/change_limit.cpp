// See change_limit.h. The batch has its new limit from the first transaction on: what starts or resumes meanwhile runs
// against it already. The steps bring the due times of the rest to the formula; who meets one twice changes nothing.
//
// The cursor is the place of the last item in batch_items_by_state, "changed:id": a due time that moves is no change of
// the item, neither its version nor `changed` do. Whatever changes by itself meanwhile stands behind the cursor again.
#include "services/change_limit.h"

#include "core/json.h"
#include "core/text.h"
#include "services/batch_views.h"
#include "services/clock_store.h"
#include "services/long_operation.h"

namespace tw::services {

using domain::batch::BatchEvent;
using domain::batch::BatchState;
using domain::batch::HandlingLimit;

namespace {

constexpr std::int64_t rows_a_step = 5000;
constexpr std::int64_t rows_between_questions = 64;

struct FrozenLimit {
  bool grace = false;  // for what is overdue at once
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("grace", s.grace);
  }
};

bool as_long(HandlingLimit one, HandlingLimit other) {
  return domain::batch::length(one) == domain::batch::length(other);
}

}  // namespace

Result<api::PreviewLimit::Response> preview_limit(Work& work, const Actor& actor,
                                                  const api::PreviewLimit::Request& request) {
  const auto access = see_managed_batch(work, actor, request.batch);
  if (!access) return access.error();
  api::PreviewLimit::Response response;
  const HandlingLimit limit{request.limit, request.limit_unit};
  if (as_long(limit, access->batch.limit)) return response;
  response.moves = counts_of(work, request.batch).states.executing;
  response.overdue = overdue_under(work, request.batch, domain::batch::length(limit));
  return response;
}

Result<api::Accepted> change_limit(Work& work, const Actor& actor, const api::ChangeLimit::Request& request) {
  const auto access = see_managed_batch(work, actor, request.batch);
  if (!access) return access.error();
  Batch batch = access->batch;
  if (batch.state != BatchState::active)
    return error(Code::conflict, text_key("batch.only_viewable"),
                 {param("state", std::string(wire_name(batch.state)))});
  if (auto refused = stale(work, batch, request.version)) return *refused;
  const HandlingLimit limit{request.limit, request.limit_unit};
  if (as_long(limit, batch.limit)) return field_error("limit", text_key("batch.limit_is_the_same"));
  const auto operation = start_operation(work, actor, api::OperationKind::change_limit, batch.id, {},
                                         json::encode(FrozenLimit{request.overdue == api::OverdueChoice::grace}),
                                         counts_of(work, batch.id).states.executing);
  if (!operation) return operation.error();
  if (batch.due_soon == domain::batch::default_due_soon(domain::batch::length(batch.limit)))  // by nobody's word
    batch.due_soon = domain::batch::default_due_soon(domain::batch::length(limit));
  batch.limit = limit;
  if (!update_batch(work, batch)) return error(Code::conflict, text_key("error.conflict"));
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
  const Millis limit = domain::batch::length(batch->limit);

  Instant changed{INT64_MIN};
  ItemId last;
  if (const auto parts = text::split(operation.cursor, ':'); parts.size() == 2) {
    changed = {text::to_integer(parts[0]).value_or(INT64_MIN)};
    last = {text::to_integer(parts[1]).value_or(0)};
  }
  ClockWriter writer(work);
  std::int64_t looked_at = 0, moved = 0, graced = 0;
  const auto rows = running_after(work, batch->id, changed, last, rows_a_step);
  for (const RunningItem& item : rows) {
    if (looked_at > 0 && looked_at % rows_between_questions == 0 && work.budget && work.budget->used_up()) break;
    auto clock = domain::batch::with_limit(item.clock, limit);
    if (frozen->grace && domain::batch::overdue(clock, operation.now)) {
      clock = domain::batch::given_grace(limit, operation.now);
      ++graced;
    }
    if (!(clock == item.clock)) {
      writer.write(item, clock);
      ++moved;
    }
    changed = item.changed;
    last = item.item;
    ++looked_at;
  }
  operation.done += looked_at;
  operation.total = std::max(operation.total, operation.done);
  operation.cursor = std::to_string(changed.ms) + ":" + std::to_string(last.value);
  operation.count("done", moved - graced);
  if (graced > 0) operation.count("graced", graced);
  add_to_batch_log(work, batch->id, operation.id, moved);
  work.emit(EventKind::batch_changed, batch->id.value, {}, batch->id);
  const bool all = looked_at == static_cast<std::int64_t>(rows.size()) && looked_at < rows_a_step;
  return all ? StepResult::finished : StepResult::more;
}

}  // namespace tw::services
