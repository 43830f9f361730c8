// 全部结束: the batch is ended in the first transaction, from which on everything else is refused; its items follow in
// steps. It cannot be cancelled.
#include "core/text.h"
#include "services/batch_views.h"
#include "services/batches.h"
#include "services/item_change.h"
#include "services/item_list_store.h"
#include "services/long_operation.h"

namespace tw::services {

using domain::batch::Action;
using domain::batch::BatchEvent;
using domain::batch::BatchState;
using domain::batch::Standing;

Result<api::Accepted> end_batch(Work& work, const Actor& actor, const api::EndBatch::Request& request) {
  const auto access = see_managed_batch(work, actor, request.batch);
  if (!access) return access.error();
  if (auto refused = domain::batch::batch_refuses(access->batch.facts(), Action::end_all)) return *refused;
  if (auto refused = stale(work, access->batch, request.version)) return *refused;
  if (text::trim(request.subject) != access->batch.subject)
    return field_error("subject", text_key("batch.subject_differs"));
  const auto counts = counts_of(work, request.batch).states;
  const std::int64_t open = counts.unassigned + counts.executing + counts.completed + counts.reset + counts.abandoned;
  const auto operation = start_operation(work, actor, api::OperationKind::end_all, request.batch, {}, "{}", open);
  if (!operation) return operation.error();
  Batch batch = access->batch;
  batch.state = BatchState::ended;
  if (!update_batch(work, batch)) return error(Code::conflict, text_key("error.conflict"));
  insert_batch_log(work, actor, {batch.id, BatchEvent::ended, {}, 0, *operation});
  work.emit(EventKind::batch_changed, batch.id.value, {}, batch.id);
  return api::Accepted{*operation};
}

namespace {
constexpr std::int64_t rows_a_step = 5000;
constexpr std::int64_t rows_between_questions = 64;
}  // namespace

// What is not ended yet is what is left to do: the states themselves are the cursor.
Result<StepResult> step_end_all(Work& work, LongOperation& operation) {
  auto batch = load_batch(work, operation.batch);
  if (!batch) return error(Code::gone, text_key("error.gone"));
  // Nothing but this operation may touch items of a batch that has ended, and to the table it is still the active one.
  batch->state = BatchState::active;
  Actor actor;
  actor.person = operation.actor;
  actor.name = operation.actor_name;
  ItemChanges changes(work, *batch, {&actor, Standing::creator_side, operation.id}, operation.now);
  bool finished = true;
  for (Item& item : open_items(work, operation.batch, rows_a_step)) {
    if (changes.changed() % rows_between_questions == 0 && changes.changed() > 0 && work.budget &&
        work.budget->used_up()) {
      finished = false;
      break;
    }
    if (auto refused = changes.perform(item, {.action = Action::end_all})) return *refused;
    if (changes.changed() == rows_a_step) finished = false;
  }
  operation.done += changes.changed();
  operation.count("ended", changes.changed());
  add_to_batch_log(work, operation.batch, operation.id, changes.changed());
  changes.finish();
  return finished ? StepResult::finished : StepResult::more;
}

}  // namespace tw::services
