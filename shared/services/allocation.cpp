// See allocation.h.
#include "services/allocation.h"

#include <algorithm>
#include <map>

#include "core/json.h"
#include "domain/allocation/mix.h"
#include "services/allocation_frozen.h"
#include "services/candidates.h"
#include "services/item_list_store.h"
#include "services/item_rows.h"
#include "services/item_store.h"
#include "services/long_operation.h"
#include "services/operation_rows_store.h"
#include "services/people_store.h"
#include "services/plan_store.h"
#include "services/policy_store.h"

namespace tw::services {

using domain::allocation::Obstacle;
using domain::allocation::ObstacleMask;
using domain::allocation::Plan;
using domain::allocation::Settings;
using domain::allocation::Snapshot;
using domain::allocation::SnapshotPerson;
using domain::batch::Action;
using domain::batch::BatchEvent;
using domain::batch::Standing;

namespace {

struct Planned {
  BatchAccess access;
  SavedPolicy policy;  // the batch's, as saved
  Snapshot snapshot;   // people in order of id
  Plan plan;
  std::int64_t seed = 0;
};

std::vector<SnapshotPerson> people_in(Work& work, const Batch& batch, PolicyId policy,
                                      const std::vector<PersonId>& chosen) {
  std::vector<PersonId> ids = chosen.empty() ? people_of(work, batch.id, BatchRole::executor) : chosen;
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  const auto ledger = ledger_of(work, policy);
  Candidates candidates(work, batch, work.now);
  std::vector<SnapshotPerson> people;
  for (const PersonId id : ids) {
    const auto candidate = candidates.of(id);
    if (!candidate) continue;
    SnapshotPerson& person = people.emplace_back();
    person.candidate = *candidate;
    person.received = candidate->held;  // fairness is measured over what people hold
    person.load = candidate->held;
    if (const auto found = load_person(work, id)) person.weight = found->weight;
    const auto row = std::find_if(ledger.begin(), ledger.end(), [id](const LedgerRow& r) { return r.person == id; });
    if (row == ledger.end()) continue;
    person.debt = row->debt;
    person.last_item_at = row->last_item_at;
  }
  return people;
}

// What is given by hand is part of the plan, whatever else it is about.
std::vector<PlannableItem> items_in(Work& work, const api::PlanWish& wish) {
  if (!wish.selection && wish.items.empty()) return plannable_items(work, wish.batch);
  std::vector<ItemId> ids = wish.items;
  if (wish.selection) {
    std::vector<ItemId> except = wish.selection->except;
    std::sort(except.begin(), except.end());
    for (const auto& row : selected_items(work, wish.batch, *wish.selection))
      if (!std::binary_search(except.begin(), except.end(), row.item)) ids.push_back(row.item);
  }
  for (const api::PlanEntries& entries : wish.fixed)
    for (const api::ItemVersion& one : entries.items) ids.push_back(one.item);
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return plannable_items(work, wish.batch, ids);
}

Snapshot snapshot_of(Work& work, const Batch& batch, const api::PlanWish& wish) {
  Snapshot snapshot;
  const auto items = items_in(work, wish);
  snapshot.items.reserve(items.size());
  for (const PlannableItem& item : items)
    snapshot.items.push_back({item.item, item.version, item.barred, item.state, item.do_not_contact, item.number_error,
                              item.owner, static_cast<std::int32_t>(item.score)});
  snapshot.people = people_in(work, batch, batch.policy, wish.executors);
  return snapshot;
}

// What the wish leaves open is as the policy says.
Settings settings_of(const api::PlanWish& wish, const api::PolicyTerms& terms) {
  Settings settings;
  settings.policy = wish.policy.value_or(terms.kind);
  settings.rest = wish.rest.value_or(terms.rest);
  for (const api::PlanOverride& one : wish.people ? *wish.people : terms.people)
    settings.people.push_back({one.person, one.weight, one.most});
  for (const api::PlanEntries& entries : wish.fixed)
    for (const api::ItemVersion& one : entries.items)
      settings.fixed.push_back({one.item, entries.person, entries.override_soft});
  return settings;
}

Refusal check_wish(const api::PlanWish& wish) {
  if (wish.selection && !wish.items.empty()) return field_error("selection", text_key("allocation.items_or_selection"));
  std::vector<ItemId> by_hand;
  for (const api::PlanEntries& entries : wish.fixed)
    for (const api::ItemVersion& one : entries.items) by_hand.push_back(one.item);
  const auto count = static_cast<std::int64_t>(by_hand.size());
  if (count > api::most_entries_by_hand)
    return field_error("fixed", text_key("allocation.too_many_by_hand"),
                       {param("count", count), param("limit", api::most_entries_by_hand)});
  std::sort(by_hand.begin(), by_hand.end());
  if (std::adjacent_find(by_hand.begin(), by_hand.end()) != by_hand.end())
    return field_error("fixed", text_key("allocation.given_twice"));
  return std::nullopt;
}

// Entries by hand whose item is not as it was seen; the snapshot's items are in order of id.
std::vector<api::ItemVersion> changed_entries(const api::PlanWish& wish, const Snapshot& snapshot) {
  std::vector<api::ItemVersion> changed;
  for (const api::PlanEntries& entries : wish.fixed)
    for (const api::ItemVersion& seen : entries.items) {
      const auto now = std::lower_bound(
          snapshot.items.begin(), snapshot.items.end(), seen.item,
          [](const domain::allocation::SnapshotItem& item, ItemId wanted) { return item.item < wanted; });
      const bool here = now != snapshot.items.end() && now->item == seen.item;
      const bool waits = here && domain::batch::needs_executor(now->state);
      if (!waits || now->version != seen.version) changed.push_back({seen.item, waits ? now->version : Version{}});
    }
  std::sort(changed.begin(), changed.end(), [](const auto& a, const auto& b) { return a.item < b.item; });
  return changed;
}

// Below 2^53, so that every client keeps all of its digits; never 0, which asks for one.
std::int64_t fresh_seed(Env& env) {
  unsigned char bytes[7];
  env.random.fill(bytes);
  std::int64_t seed = 0;
  for (const unsigned char byte : bytes) seed = seed << 8 | byte;
  return (seed & ((std::int64_t{1} << 53) - 1)) | 1;
}

Result<Planned> make_plan(Work& work, const Actor& actor, const api::PlanWish& wish) {
  auto access = see_managed_batch(work, actor, wish.batch);
  if (!access) return access.error();
  if (auto refused = batch_refuses_allocation(*access, actor, work.now)) return *refused;
  if (auto refused = check_wish(wish)) return *refused;
  Planned planned;
  planned.access = std::move(access).value();
  auto policy = load_policy(work, planned.access.batch.policy);
  if (!policy) return error(Code::not_found, text_key("error.not_found"));
  planned.policy = std::move(*policy);
  planned.snapshot = snapshot_of(work, planned.access.batch, wish);
  const std::int64_t saved_seed = planned.policy.terms.seed;
  planned.seed = wish.seed != 0 ? wish.seed : saved_seed != 0 ? saved_seed : fresh_seed(work.env);
  planned.plan = domain::allocation::plan(planned.snapshot, settings_of(wish, planned.policy.terms),
                                          static_cast<std::uint64_t>(planned.seed));
  return planned;
}

std::string hex(std::uint64_t number) {
  constexpr const char* digits = "0123456789abcdef";
  std::string text(16, '0');
  for (std::size_t i = 16; i-- > 0; number >>= 4) text[i] = digits[number & 0xF];
  return text;
}

// By what the policy divides; a new name divides nothing else.
std::uint64_t mixed_terms(std::uint64_t hash, const api::PolicyTerms& terms) {
  using domain::allocation::mixed;
  hash = mixed(hash, static_cast<std::int64_t>(terms.kind));
  hash = mixed(hash, static_cast<std::int64_t>(terms.rest));
  hash = mixed(hash, terms.seed);
  for (const api::PlanOverride& one : terms.people) {
    hash = mixed(hash, one.person.value);
    hash = mixed(hash, one.weight.value_or(-1));
    hash = mixed(hash, one.most.value_or(-1));
  }
  return hash;
}

// What the plan was made from: what was looked at, and the policy as it was saved.
std::string snapshot_words(const Planned& planned) {
  const std::uint64_t hash = domain::allocation::mixed(planned.plan.snapshot_hash, planned.policy.policy.value);
  return hex(mixed_terms(hash, planned.policy.terms));
}

// Each unplaced item once, under the first of its reasons.
std::vector<api::LeftOut> left_out_of(const Plan& plan) {
  std::map<Obstacle, std::int64_t> by_reason;
  for (const auto& unplaced : plan.unplaced) {
    const auto reasons = domain::allocation::obstacles_in(unplaced.reasons);
    ++by_reason[reasons.empty() ? Obstacle::none : reasons.front()];
  }
  std::vector<api::LeftOut> left_out;
  for (const auto& [obstacle, items] : by_reason)
    if (obstacle != Obstacle::none) left_out.push_back({obstacle, items});
  return left_out;
}

// The first of those that nobody gets, by name: managers see what a batch's item is called, whoever's customer it is.
std::vector<api::UnplacedItem> unplaced_in(Work& work, const Actor& actor, const Planned& planned) {
  std::vector<ItemId> ids;
  for (const auto& unplaced : planned.plan.unplaced) {
    if (static_cast<std::int64_t>(ids.size()) >= api::most_unplaced_shown) break;
    ids.push_back(planned.snapshot.items[unplaced.item].item);
  }
  std::vector<api::UnplacedItem> shown;
  for (const api::ItemRow& row : item_rows(work, actor, ids, CustomerPart::by_scope))
    shown.push_back({row.item, row.customer_name, row.customer_key, {}});
  for (std::size_t i = 0; i < ids.size(); ++i)
    for (api::UnplacedItem& one : shown)
      if (one.item == ids[i]) one.reasons = domain::allocation::obstacles_in(planned.plan.unplaced[i].reasons);
  return shown;
}

// What people hold is worth: looked up for the preview only, since no plan depends on it.
void add_value_spread(Work& work, const Planned& planned, api::PlanAllocation::Response& response) {
  std::vector<domain::allocation::Holding> before, after;
  for (std::size_t i = 0; i < planned.snapshot.people.size(); ++i) {
    const auto& candidate = planned.snapshot.people[i].candidate;
    if (domain::allocation::hard(domain::allocation::obstacles_of(candidate)) != 0) continue;
    const std::int64_t held = value_held_by(work, candidate.person);
    before.push_back({0, held, 1});
    after.push_back({0, held + planned.plan.people[i].value, 1});
  }
  response.value_spread_before = domain::allocation::fairness_of(before).value_spread;
  response.value_spread_after = domain::allocation::fairness_of(after).value_spread;
}

}  // namespace

Refusal batch_refuses_allocation(const BatchAccess& access, const Actor& actor, Instant now) {
  domain::batch::Details details;
  details.target = {1};  // anybody: only the batch is asked about here
  return domain::batch::may({}, Action::allocate, {actor.person, access.standing()}, access.batch.facts(), now,
                            details);
}

Result<api::PlanAllocation::Response> plan_allocation(Work& work, const Actor& actor,
                                                      const api::PlanAllocation::Request& request) {
  auto planned = make_plan(work, actor, request);
  if (!planned) return planned.error();
  const Plan& plan = planned->plan;
  api::PlanAllocation::Response response;
  response.items = static_cast<std::int64_t>(planned->snapshot.items.size());
  response.placed = plan.placed;
  for (std::size_t i = 0; i < planned->snapshot.people.size(); ++i) {
    const auto& candidate = planned->snapshot.people[i].candidate;
    api::PlannedPerson& person = response.people.emplace_back();
    person.person = candidate.person;
    person.name = name_of(work, candidate.person);
    person.held_before = candidate.held;
    person.gets = plan.people[i].got;
    person.given = plan.people[i].given;
    person.value = plan.people[i].value;
    person.weight = plan.basis.people[i].weight;
    person.room = domain::allocation::room(candidate);
    person.obstacles = domain::allocation::obstacles_in(plan.people[i].capped);
  }
  response.left_out = left_out_of(plan);
  response.unplaced = unplaced_in(work, actor, *planned);
  response.changed = changed_entries(request, planned->snapshot);
  ObstacleMask reasons = 0;
  for (const auto& unplaced : plan.unplaced) reasons |= unplaced.reasons;
  response.reasons = domain::allocation::obstacles_in(reasons);
  response.jain_before_ppm = plan.before.jain;
  response.jain_after_ppm = plan.after.jain;
  response.spread_before = plan.before.spread;
  response.spread_after = plan.after.spread;
  add_value_spread(work, *planned, response);
  response.seed = planned->seed;
  response.snapshot = snapshot_words(*planned);
  return response;
}

// --- doing it --------------------------------------------------------------------------------------------------------

namespace {

std::vector<PlanRow> rows_of(const Planned& planned) {
  std::vector<PlanRow> rows;
  rows.reserve(static_cast<std::size_t>(planned.plan.placed));
  for (std::size_t i = 0; i < planned.plan.assigned.size(); ++i)
    if (planned.plan.assigned[i] != domain::allocation::nobody)
      rows.push_back({planned.snapshot.items[i].item, planned.snapshot.items[i].version, planned.plan.assigned[i],
                      planned.plan.class_of[i], planned.plan.position[i]});
  return rows;  // the snapshot's items are in order of id
}

FrozenAllocation frozen_of(const Planned& planned) {
  FrozenAllocation frozen;
  frozen.policy = planned.plan.policy;
  frozen.seed = planned.seed;
  frozen.snapshot = snapshot_words(planned);
  frozen.ledger = planned.policy.policy;
  freeze(planned.plan.basis, frozen);
  for (std::size_t i = 0; i < frozen.inputs.size(); ++i) frozen.inputs[i].entitled = planned.plan.people[i].entitled;
  for (std::size_t i = 0; i < planned.plan.assigned.size(); ++i)
    if (planned.plan.assigned[i] != domain::allocation::nobody && divided(frozen, planned.plan.class_of[i]))
      ++frozen.divided;
  frozen.left_out = left_out_of(planned.plan);
  return frozen;
}

// Everything that the second phase stores, made ready outside it: the writer only writes.
struct Prepared {
  const Planned& planned;
  std::string frozen;
  std::vector<std::string> chunks;
  std::int64_t rows = 0;
  std::vector<std::pair<CustomerId, Obstacle>> left_out;  // the first of them, under the first of their reasons
};

std::vector<std::pair<CustomerId, Obstacle>> first_left_out(Work& work, const Planned& planned) {
  std::vector<std::pair<CustomerId, Obstacle>> left_out;
  for (const auto& unplaced : planned.plan.unplaced) {
    if (static_cast<std::int64_t>(left_out.size()) >= api::most_operation_rows) break;
    const auto reasons = domain::allocation::obstacles_in(unplaced.reasons);
    const auto item = reasons.empty() ? std::nullopt : load_item(work, planned.snapshot.items[unplaced.item].item);
    if (item) left_out.emplace_back(item->customer, reasons.front());
  }
  return left_out;
}

Prepared prepared_of(const Planned& planned) {
  const auto rows = rows_of(planned);
  return {planned,
          json::encode(frozen_of(planned)),
          packed(rows, RowKind::with_places),
          static_cast<std::int64_t>(rows.size()),
          {}};
}

// What is true now, so that whoever planned sees what moved.
Error plan_is_old(const Planned& planned) {
  return error(Code::conflict, text_key("allocation.plan_is_old"),
               {param("items", static_cast<std::int64_t>(planned.snapshot.items.size())),
                param("placed", planned.plan.placed), param("snapshot", snapshot_words(planned))});
}

// Another batch may have been allocated by the same policy since the plan was made, or be it right now: then what
// people are owed is not what the plan knew.
// So may the policy itself.
Refusal policy_moved(Work& work, const Planned& planned, const Batch& batch) {
  const auto policy = load_policy(work, batch.policy);
  if (!policy || policy->policy != planned.policy.policy ||
      mixed_terms(0, policy->terms) != mixed_terms(0, planned.policy.terms))
    return plan_is_old(planned);
  if (const OperationId running = allocation_running_by(work, batch.policy, batch.id))
    return error(Code::conflict, text_key("policies.busy"), {param("operation", running.value)});
  std::map<PersonId, std::int64_t> debts;
  for (const LedgerRow& row : ledger_of(work, batch.policy)) debts[row.person] = row.debt;
  for (const SnapshotPerson& person : planned.snapshot.people)
    if (debts[person.candidate.person] != person.debt) return plan_is_old(planned);
  return std::nullopt;
}

// The second phase. What the first one saw may have changed: the batch is looked at again, items are compared by
// version in the steps.
Result<api::Accepted> start_allocation(Work& work, const Actor& actor, const Prepared& prepared) {
  const Planned& planned = prepared.planned;
  const auto access = see_managed_batch(work, actor, planned.access.batch.id);
  if (!access) return access.error();
  if (auto refused = batch_refuses_allocation(*access, actor, work.now)) return *refused;
  if (auto refused = policy_moved(work, planned, access->batch)) return *refused;
  const BatchId batch = access->batch.id;
  const auto operation =
      start_operation(work, actor, api::OperationKind::allocate, batch, {}, prepared.frozen, prepared.rows);
  if (!operation) return operation.error();
  insert_plan(work, *operation, prepared.chunks);
  RowKeeper keeper(work, *operation);
  for (const auto& [customer, obstacle] : prepared.left_out) keeper.customer(customer, wire_name(obstacle));
  insert_batch_log(work, actor, {batch, BatchEvent::allocated, {}, 0, *operation});
  touch_batch(work, batch);
  work.emit(EventKind::batch_changed, batch.value, {}, batch);
  return api::Accepted{*operation};
}

}  // namespace

Result<api::Accepted> allocate_items(Phases& phases, const Actor* actor, const api::AllocateItems::Request& request) {
  if (auto answer = answered_before<api::Accepted>(phases)) return *answer;
  std::optional<Result<Planned>> planned;
  phases.runner.read([&](Work& work) { planned.emplace(make_plan(work, *actor, request)); });
  if (!*planned) return planned->error();
  if (!request.snapshot.empty() && request.snapshot != snapshot_words(**planned)) return plan_is_old(**planned);
  if (const auto changed = changed_entries(request, (*planned)->snapshot); !changed.empty())
    return error(Code::conflict, text_key("allocation.entries_changed"),
                 {param("count", static_cast<std::int64_t>(changed.size()))});
  Prepared prepared = prepared_of(**planned);
  phases.runner.read([&](Work& work) { prepared.left_out = first_left_out(work, **planned); });
  return change_once<api::Accepted>(phases, [&](Work& work) { return start_allocation(work, *actor, prepared); });
}

}  // namespace tw::services
