// See workbench.h.
#include "services/workbench.h"

#include <algorithm>
#include <set>

#include "domain/allocation/plan.h"
#include "services/batch_blocks.h"
#include "services/batch_views.h"
#include "services/item_store.h"

namespace tw::services {

using domain::access::Actor;

namespace {

constexpr std::size_t shown_batches = 8;
constexpr std::size_t shown_people = 8;

void fill_blocks(Work& work, const Actor& actor, api::ViewWorkbench::Response& response) {
  const BatchBlocks blocks = blocks_of(work, actor);
  for (const auto& kind : api::waiting_names) {
    const auto& there = blocks.of(kind.value);
    api::Block& block = response.blocks.emplace_back();
    block.what = kind.value;
    block.batches = static_cast<std::int64_t>(there.size());
    for (const auto& one : there) block.items += one.items;
    if (there.size() == 1) block.only = there.front().batch;
  }
  response.to_confirm = response.blocks[static_cast<std::size_t>(api::Waiting::to_confirm)].items;
  response.to_confirm_batches = response.blocks[static_cast<std::size_t>(api::Waiting::to_confirm)].batches;
  response.managed_due_soon = response.blocks[static_cast<std::size_t>(api::Waiting::due_soon)].items;
  response.managed = blocks.managed;
}

void fill_mine(Work& work, PersonId person, api::ViewWorkbench::Response& response) {
  const auto counts = counts_of_executor(work, person);
  response.new_for_me = counts.tabs.to_do;
  response.returned_to_me = counts.tabs.returned;
  response.my_executing = counts.states.executing;
  response.completed_today = person_today(work, person).completed;
  if (response.my_executing == 0) return;
  BatchListQuery query;
  query.relation = api::BatchRelation::executing;
  query.state = domain::batch::BatchState::active;
  query.person = person;
  for (const BatchId id : list_batch_ids(work, query, INT64_MAX))  // each with a threshold of its own
    if (const auto batch = load_batch(work, id))
      response.my_due_soon +=
          due_between_of(work, person, id, {work.now.ms + 1}, {(work.now + batch->due_soon).ms + 1});
}

// The executors of the shown batches by what they hold in all active ones, the fullest first.
void fill_load(Work& work, const std::vector<BatchId>& batches, api::ViewWorkbench::Response& response) {
  std::set<PersonId> people;
  for (const BatchId id : batches)
    for (const PersonId person : people_of(work, id, BatchRole::executor)) people.insert(person);
  domain::allocation::Snapshot held;
  for (const PersonId person : people) {
    response.load.push_back(batch_person(work, {}, person));
    auto& row = held.people.emplace_back();
    row.candidate.person = person;
    row.candidate.active = response.load.back().active;
    row.received = response.load.back().held;
  }
  if (!people.empty())  // the planner's own measure of fairness, over what people hold now
    response.load_jain_ppm = domain::allocation::plan(held, domain::allocation::Policy::even, 0).before.jain;
  std::stable_sort(response.load.begin(), response.load.end(),
                   [](const api::BatchPerson& a, const api::BatchPerson& b) { return b.held < a.held; });
  if (response.load.size() > shown_people) response.load.resize(shown_people);
}

}  // namespace

Result<api::ViewWorkbench::Response> view_workbench(Work& work, const Actor& actor,
                                                    const api::ViewWorkbench::Request&) {
  api::ViewWorkbench::Response response;
  auto managed = active_batches_managed_by(work, actor);
  fill_blocks(work, actor, response);
  if (actor.person) fill_mine(work, actor.person, response);
  if (managed.size() > shown_batches) managed.resize(shown_batches);
  for (const BatchId id : managed)
    if (const auto access = see_batch(work, actor, id)) response.batches.push_back(summary_of(work, actor, *access));
  fill_load(work, managed, response);
  return response;
}

}  // namespace tw::services
