// See batch_blocks.h.
#include "services/batch_blocks.h"

#include "domain/batch/transitions.h"
#include "services/item_store.h"
#include "services/leaving_store.h"

namespace tw::services {

using api::Waiting;
using domain::access::Actor;

namespace {

std::int64_t needing_executor(const api::StateCounts& counts) {
  return counts.unassigned + counts.reset + counts.abandoned;
}

void add(api::StateCounts& sum, const api::StateCounts& more) {
  sum.unassigned += more.unassigned;
  sum.executing += more.executing;
  sum.completed += more.completed;
  sum.ended += more.ended;
  sum.reset += more.reset;
  sum.abandoned += more.abandoned;
}

void add_managed(Work& work, const Actor& actor, BatchBlocks& blocks) {
  const auto disabled = held_by_disabled(work);
  for (const BatchId id : active_batches_managed_by(work, actor)) {
    const auto batch = load_batch(work, id);
    if (!batch) continue;
    const auto counts = counts_of(work, id).states;
    add(blocks.managed, counts);
    blocks.add(Waiting::to_confirm, id, counts.completed);
    blocks.add(Waiting::needs_executor, id, needing_executor(counts));
    if (counts.executing > 0)
      blocks.add(Waiting::due_soon, id, due_between(work, id, work.now, work.now + batch->due_soon));
    if (const auto held = disabled.find(id); held != disabled.end())
      blocks.add(Waiting::held_by_disabled, id, held->second);
  }
}

// What is free where claiming is open to this person; what they could not take themselves counts too.
void add_claimable(Work& work, const Actor& actor, BatchBlocks& blocks) {
  BatchListQuery query;
  query.relation = api::BatchRelation::executing;
  query.state = domain::batch::BatchState::active;
  query.person = actor.person;
  for (const BatchId id : list_batch_ids(work, query, INT64_MAX)) {
    const auto batch = load_batch(work, id);
    if (!batch || domain::batch::claiming_refused(batch->facts(), work.now)) continue;
    if (!has_role(work, id, BatchRole::executor, actor.person)) continue;
    blocks.add(Waiting::claimable, id, needing_executor(counts_of(work, id).states));
  }
}

}  // namespace

BatchBlocks blocks_of(Work& work, const Actor& actor) {
  BatchBlocks blocks;
  add_managed(work, actor, blocks);
  if (actor.person) add_claimable(work, actor, blocks);
  return blocks;
}

}  // namespace tw::services
