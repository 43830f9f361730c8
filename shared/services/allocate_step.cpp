// The steps of an allocation: a chunk of the frozen plan at a time, in order of id. Each row is compared by version and
// asked again whether it may go to its person: what changed since the plan is answered per row, never overwritten.
//
// The cursor is that of a plan (plan_store.h): the next row to look at.
#include <algorithm>
#include <map>

#include "core/json.h"
#include "domain/allocation/plan.h"
#include "services/allocation_ledger.h"
#include "services/candidates.h"
#include "services/item_change.h"
#include "services/long_operation.h"
#include "services/operation_rows_store.h"

namespace tw::services {

using domain::access::Actor;
using domain::allocation::CandidatePerson;
using domain::batch::Action;
using domain::batch::BatchState;
using domain::batch::Standing;

namespace {

constexpr std::size_t rows_between_questions = 64;

// One step's people: each read when the first row of theirs comes, then counted on.
class Receivers {
 public:
  Receivers(Work& work, const Batch& batch, Instant at, const std::vector<PersonId>& people)
      : candidates_(work, batch, at), people_(people), read_(people.size()) {}
  // None: the plan has no such person.
  const CandidatePerson* at(std::size_t index) {
    if (index >= read_.size()) return nullptr;
    auto& person = read_[index];
    if (!person) {
      person = candidates_.of(people_[index]);
      if (!person) person = CandidatePerson{people_[index], false, false, 0, {}, 0, {}, false};
    }
    return &*person;
  }
  void received(std::size_t index) {
    ++read_[index]->held;
    ++read_[index]->received_today;
  }

 private:
  Candidates candidates_;
  const std::vector<PersonId>& people_;
  std::vector<std::optional<CandidatePerson>> read_;
};

// What became of one row: "assigned", "unchanged" where somebody was quicker and gave it to the same person, or why
// not. An entry by hand that may override soft obstacles does, and its log row names them.
class Allocation {
 public:
  // `over_soft`: what was given against limits so far, counted on.
  Allocation(Work& work, const Batch& batch, const Actor& actor, const LongOperation& operation,
             const FrozenAllocation& frozen, std::map<std::size_t, std::int64_t>& over_soft)
      : work_(work),
        batch_(batch),
        frozen_(frozen),
        changes_(work, batch, {&actor, Standing::creator_side, operation.id}, operation.now),
        receivers_(work, batch, operation.now, frozen.people),
        ledger_(work, operation, frozen),
        reader_(work),
        keeper_(work, operation.id),
        over_soft_(over_soft) {}

  std::string_view assign(const PlanRow& row) {
    refused_.reset();
    const std::string_view outcome = try_to_assign(row);
    if (!keeper_.has_room(outcome)) return outcome;
    const CandidatePerson* person = receivers_.at(row.person);
    keeper_.item(row.item, outcome, person ? person->person : PersonId{},
                 refused_ ? reason_of(*refused_) : RowReason{});
    return outcome;
  }

  std::int64_t finish() {
    changes_.finish();
    ledger_.write();
    return changes_.changed();
  }

 private:
  std::string_view try_to_assign(const PlanRow& row) {
    auto found = reader_.find(row.item);
    if (!found) return "gone";
    Item& item = found->item;
    const CandidatePerson* person = receivers_.at(row.person);
    if (item.batch != batch_.id || !person) return "conflict";
    if (item.facts.version != row.version) {
      if (theirs_already(item, *person)) return "unchanged";
      if (keeper_.has_room("conflict")) refused_ = stale(work_, item, row.version);
      return "conflict";
    }
    domain::allocation::CandidateItem candidate = candidate_item(item, std::nullopt);
    candidate.do_not_contact = found->do_not_contact;
    candidate.number_error = found->number_error;
    const FrozenClass* place = row.item_class < frozen_.classes.size() ? &frozen_.classes[row.item_class] : nullptr;
    const bool over_soft = place && place->over_soft;
    const auto mask = domain::allocation::eligible(candidate, over_soft ? *person : without_over_soft(*person, row));
    const auto stands = over_soft ? domain::allocation::hard(mask) : mask;
    if (stands != 0) return wire_name(domain::allocation::obstacles_in(stands).front());
    const bool by_hand = place && place->tier == domain::allocation::Tier::designated;
    const auto aside = over_soft ? put_aside(mask, row) : mask;
    const std::string overridden = aside != 0 ? detail_of_obstacles(aside) : std::string();
    refused_ = changes_.perform(
        item,
        {.action = by_hand ? Action::designate : Action::allocate, .detail = overridden, .target = person->person});
    if (refused_) return "conflict";
    receivers_.received(row.person);
    if (over_soft) ++over_soft_[row.person];
    ledger_.given(row);
    return "assigned";
  }

  // Rows come in order of id, so one that the plan gave against a cap may come before one that it gave within it: that
  // one's room is not taken by it. As many as the plan was over the caps, and no more.
  CandidatePerson without_over_soft(CandidatePerson person, const PlanRow& row) const {
    const auto over = over_soft_.find(row.person);
    if (over == over_soft_.end()) return person;
    const std::int64_t aside = std::min(over->second, std::max(over_holding_cap(row), over_inflow_cap(row)));
    person.held = std::max<std::int64_t>(0, person.held - aside);
    person.received_today = std::max<std::int64_t>(0, person.received_today - aside);
    return person;
  }
  std::int64_t over_holding_cap(const PlanRow& row) const {
    if (row.person >= frozen_.inputs.size()) return 0;
    const FrozenPerson& planned = frozen_.inputs[row.person];
    return planned.holding_cap ? std::max<std::int64_t>(0, planned.held + planned.given - *planned.holding_cap) : 0;
  }
  std::int64_t over_inflow_cap(const PlanRow& row) const {
    if (row.person >= frozen_.inputs.size()) return 0;
    const FrozenPerson& planned = frozen_.inputs[row.person];
    const std::int64_t today = planned.received_today + planned.given;
    return planned.daily_inflow_cap ? std::max<std::int64_t>(0, today - *planned.daily_inflow_cap) : 0;
  }
  // What its log row says was put aside: what stands now or, where it comes before those that fit, the cap of the plan.
  domain::allocation::ObstacleMask put_aside(domain::allocation::ObstacleMask stands, const PlanRow& row) const {
    using domain::allocation::Obstacle;
    if (stands != 0) return stands;
    return static_cast<domain::allocation::ObstacleMask>(
        (over_holding_cap(row) > 0 ? domain::allocation::bit(Obstacle::over_holding_cap) : 0) |
        (over_inflow_cap(row) > 0 ? domain::allocation::bit(Obstacle::over_inflow_cap) : 0));
  }

  static bool theirs_already(const Item& item, const CandidatePerson& person) {
    return item.facts.state == domain::batch::ItemState::executing && item.facts.executor == person.person;
  }

  Work& work_;
  const Batch& batch_;
  const FrozenAllocation& frozen_;
  ItemChanges changes_;
  Receivers receivers_;
  AllocationLedger ledger_;
  AllocatableReader reader_;
  RowKeeper keeper_;
  std::map<std::size_t, std::int64_t>& over_soft_;
  Refusal refused_;  // why the last row could not be assigned, where a sentence tells more than a word
};

void count_left_out(const FrozenAllocation& frozen, LongOperation& operation) {
  for (const auto& left_out : frozen.left_out) operation.count(wire_name(left_out.obstacle), left_out.items);
}

}  // namespace

Result<StepResult> step_allocate(Work& work, LongOperation& operation) {
  const auto frozen = json::decode<FrozenAllocation>(operation.input);
  if (!frozen) return frozen.error();
  const auto batch = load_batch(work, operation.batch);
  if (!batch) return error(Code::gone, text_key("error.gone"));
  Actor actor;
  actor.person = operation.actor;
  actor.name = operation.actor_name;

  if (operation.cursor.empty()) count_left_out(*frozen, operation);
  PlanCursor cursor = read_plan_cursor(operation.cursor);
  const auto rows = plan_chunk(work, operation.id, cursor.chunk);
  if (rows.empty()) return StepResult::finished;
  std::map<std::string_view, std::int64_t> outcomes;
  Allocation allocation(work, *batch, actor, operation, *frozen, cursor.over_soft);
  const std::size_t first = cursor.row;
  while (cursor.row < rows.size()) {
    const std::size_t looked_at = cursor.row - first;
    if (looked_at > 0 && looked_at % rows_between_questions == 0 && work.budget && work.budget->used_up()) break;
    ++outcomes[allocation.assign(rows[cursor.row])];
    ++cursor.row;
  }
  operation.done += static_cast<std::int64_t>(cursor.row - first);
  for (const auto& [outcome, count] : outcomes) operation.count(outcome, count);
  if (cursor.row == rows.size()) ++cursor.chunk, cursor.row = 0;
  operation.cursor = written(cursor);
  add_to_batch_log(work, batch->id, operation.id, allocation.finish());
  return operation.done >= operation.total ? StepResult::finished : StepResult::more;
}

}  // namespace tw::services
