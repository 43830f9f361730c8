// See hand_over.h. What is handed over is transferred in the place of who leaves (row 12 of the table): the time that
// they used counts on, and neither a batch's end date nor its not letting executors transfer stands in the way.
//
// The cursor is that of a plan (plan_store.h): the next row to look at.
#include "services/hand_over.h"

#include <algorithm>
#include <memory>

#include "core/json.h"
#include "services/batch_views.h"
#include "services/candidates.h"
#include "services/item_change.h"
#include "services/long_operation.h"
#include "services/people_store.h"
#include "services/plan_store.h"

namespace tw::services {

using api::LeavingChoice;
using domain::allocation::CandidatePerson;
using domain::allocation::ObstacleMask;
using domain::batch::Action;
using domain::batch::BatchEvent;
using domain::batch::BatchState;
using domain::batch::ItemState;
using domain::batch::Standing;

namespace {

constexpr std::size_t most_shown = 100;
constexpr std::size_t rows_between_questions = 64;

struct FrozenLeaving {
  api::Leaving leaving;
  std::vector<PersonId> who;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("leaving", s.leaving, rule::required);
    v("who", s.who, rule::required);
  }
};

bool contains(const std::vector<PersonId>& people, PersonId person) {
  return std::find(people.begin(), people.end(), person) != people.end();
}

Refusal check_takes_over(Work& work, const std::string& path, PersonId id) {
  const auto person = load_person(work, id);
  if (!person) return field_error(path, text_key("field.unknown_person"));
  if (!person->active) return field_error(path, text_key("field.disabled_person"), {param("who", person->name)});
  return std::nullopt;
}

std::string names_of(Work& work, const std::vector<PersonId>& people) {
  std::string names;
  for (const PersonId person : people) names += (names.empty() ? "" : ", ") + name_of(work, person);
  return names;
}

// The hand of the manager who said who takes over also says that they execute here.
Refusal make_executors(Work& work, const Actor& actor, Batch batch, const std::vector<PersonId>& people) {
  std::vector<PersonId> executors = people_of(work, batch.id, BatchRole::executor);
  const std::size_t before = executors.size();
  for (const PersonId person : people)
    if (!contains(executors, person)) executors.push_back(person);
  if (executors.size() == before) return std::nullopt;
  if (!update_batch(work, batch)) return error(Code::conflict, text_key("error.conflict"));
  set_people(work, batch.id, BatchRole::executor, executors);
  insert_batch_log(work, actor, {batch.id, BatchEvent::edited, "executors", 0, {}});
  return std::nullopt;
}

// What is theirs and may be touched by the actor, in order of id.
std::vector<HeldItem> rows_of(Work& work, const Actor& actor, BatchId only, const std::vector<PersonId>& who) {
  std::map<BatchId, bool> manages;
  std::vector<HeldItem> rows;
  for (const PersonId person : who)
    for (const HeldItem& row : executing_items_of(work, person)) {
      if (only && row.batch != only) continue;
      const auto [known, asks] = manages.try_emplace(row.batch, false);
      if (asks) known->second = static_cast<bool>(see_managed_batch(work, actor, row.batch));
      if (known->second) rows.push_back(row);
    }
  std::sort(rows.begin(), rows.end(), [](const HeldItem& a, const HeldItem& b) { return a.item < b.item; });
  return rows;
}

void freeze(Work& work, OperationId operation, const std::vector<HeldItem>& rows) {
  std::vector<PlanRow> plan;
  plan.reserve(rows.size());
  for (const HeldItem& row : rows) plan.push_back({row.item, {1}, 0});  // whatever its version will be
  std::int64_t chunk = 0;
  for (std::size_t at = 0; at < plan.size(); at += plan_rows_a_chunk)
    insert_plan_chunk(work, operation, chunk++, pack(plan.data() + at, std::min(plan_rows_a_chunk, plan.size() - at)));
}

}  // namespace

Result<api::ViewHeld::Response> view_held(Work& work, const Actor&, const api::ViewHeld::Request& request) {
  if (!load_person(work, request.person)) return error(Code::not_found, text_key("error.not_found"));
  api::ViewHeld::Response answer;
  answer.held = held_in_batches(work, request.person);
  answer.batches = static_cast<std::int64_t>(answer.held.size());
  for (const auto& one : answer.held) {
    answer.executing += one.executing;
    answer.completed += one.completed;
  }
  if (answer.held.size() > most_shown) answer.held.resize(most_shown);
  answer.left = left_without_manager(work, request.person);
  const auto others = managers_of_every_batch(work);
  answer.needs_successor = !answer.left.empty() && std::all_of(others.begin(), others.end(),
                                                               [&](PersonId one) { return one == request.person; });
  if (answer.left.size() > most_shown) answer.left.resize(most_shown);
  return answer;
}

Refusal check_leaving(Work& work, std::string_view field, const api::Leaving& leaving,
                      const std::vector<PersonId>& who) {
  if (leaving.choice != LeavingChoice::transfer) return std::nullopt;
  const std::string list = std::string(field) + ".to";
  if (leaving.to.empty()) return field_error(list, text_key("field.missing"));
  for (std::size_t i = 0; i < leaving.to.size(); ++i) {
    const std::string path = list + "[" + std::to_string(i) + "]";
    if (auto refused = check_takes_over(work, path, leaving.to[i])) return refused;
    if (contains(who, leaving.to[i]))
      return field_error(path, text_key("leaving.leaves_too"), {param("who", name_of(work, leaving.to[i]))});
  }
  return std::nullopt;
}

Result<OperationId> hand_over(Work& work, const Actor& actor, BatchId only, const std::vector<PersonId>& who,
                              const api::Leaving& leaving) {
  if (leaving.choice == LeavingChoice::keep) return OperationId{};
  const auto rows = rows_of(work, actor, only, who);
  if (rows.empty()) return OperationId{};
  const auto operation =
      start_operation(work, actor, api::OperationKind::hand_over, only, {}, json::encode(FrozenLeaving{leaving, who}),
                      static_cast<std::int64_t>(rows.size()));
  if (!operation) return operation.error();
  freeze(work, *operation, rows);
  std::map<BatchId, std::int64_t> batches;
  for (const HeldItem& row : rows) ++batches[row.batch];
  const std::string names = names_of(work, who);
  for (const auto& [id, items] : batches) {
    if (leaving.choice == LeavingChoice::transfer)
      if (const auto batch = load_batch(work, id))
        if (auto refused = make_executors(work, actor, *batch, leaving.to)) return *refused;
    insert_batch_log(work, actor, {id, BatchEvent::handed_over, names, 0, *operation});
    work.emit(EventKind::batch_changed, id.value, {}, id);
  }
  return *operation;
}

Refusal settle_successor(Work& work, const Actor& actor, PersonId person, PersonId successor) {
  const auto left = left_without_manager(work, person);
  if (!successor) {
    const auto others = managers_of_every_batch(work);
    const bool somebody = std::any_of(others.begin(), others.end(), [&](PersonId one) { return one != person; });
    if (left.empty() || somebody) return std::nullopt;
    return field_error("successor", text_key("leaving.successor_missing"),
                       {param("count", static_cast<std::int64_t>(left.size()))});
  }
  if (successor == person)
    return field_error("successor", text_key("leaving.leaves_too"), {param("who", name_of(work, person))});
  if (auto refused = check_takes_over(work, "successor", successor)) return refused;
  for (const auto& one : left) {
    const auto batch = load_batch(work, one.batch);
    if (!batch) continue;
    auto managers = people_of(work, one.batch, BatchRole::co_manager);
    managers.push_back(successor);
    if (!update_batch(work, *batch)) return error(Code::conflict, text_key("error.conflict"));
    set_people(work, one.batch, BatchRole::co_manager, managers);
    insert_batch_log(work, actor, {one.batch, BatchEvent::edited, "co_managers", 0, {}});
    work.emit(EventKind::batch_changed, one.batch.value, {}, one.batch);
  }
  return std::nullopt;
}

// --- the operation ---------------------------------------------------------------------------------------------------

namespace {

// The items of one batch in one step. `given` is shared by all of a step: nobody's counters are written before its end.
class BatchHands {
 public:
  BatchHands(Work& work, Batch batch, const Doer& doer, Instant at, const FrozenLeaving& frozen)
      : work_(work), batch_(std::move(batch)), changes_(work, batch_, doer, at), frozen_(frozen) {
    if (frozen.leaving.choice != LeavingChoice::transfer) return;
    for (const auto obstacle : frozen.leaving.confirmed) confirmed_ |= domain::allocation::bit(obstacle);
    Candidates candidates(work, batch_, at);
    for (const PersonId person : frozen.leaving.to)
      if (const auto candidate = candidates.of(person)) to_.push_back(*candidate);
  }

  // The name of what became of it.
  std::string_view pass_on(Item& item, std::map<PersonId, std::int64_t>& given) {
    if (item.facts.state != ItemState::executing || !contains(frozen_.who, item.facts.executor)) return "unchanged";
    ItemAction action{.action = Action::reset};
    std::string put_aside;
    if (frozen_.leaving.choice == LeavingChoice::transfer) {
      const auto taker = taker_of(item, given);
      if (!taker) return "nobody_can";
      if (taker->put_aside != 0) put_aside = detail_of_obstacles(taker->put_aside);
      action = {.action = Action::transfer, .detail = put_aside, .target = taker->person, .in_their_place = true};
    }
    if (changes_.perform(item, action)) return "conflict";
    if (action.target) ++given[action.target];
    return "done";
  }
  std::int64_t finish() {
    changes_.finish();
    return changes_.changed();
  }

 private:
  struct Taker {
    PersonId person;
    ObstacleMask put_aside = 0;  // soft ones, confirmed
    std::int64_t held = 0;
  };
  std::optional<Taker> taker_of(const Item& item, const std::map<PersonId, std::int64_t>& given) {
    const auto facts = candidate_item(item, customer_card(work_, item.customer));
    std::optional<Taker> best;
    for (CandidatePerson one : to_) {
      if (const auto more = given.find(one.person); more != given.end()) {
        one.held += more->second;
        one.received_today += more->second;
      }
      const ObstacleMask mask = domain::allocation::eligible_to_take_over(facts, one);
      const bool may = domain::allocation::hard(mask) == 0 && (domain::allocation::soft(mask) & ~confirmed_) == 0;
      if (may && (!best || one.held < best->held)) best = Taker{one.person, mask, one.held};
    }
    return best;
  }

  Work& work_;
  const Batch batch_;
  ItemChanges changes_;
  const FrozenLeaving& frozen_;
  ObstacleMask confirmed_ = 0;
  std::vector<CandidatePerson> to_;
};

}  // namespace

Result<StepResult> step_hand_over(Work& work, LongOperation& operation) {
  const auto frozen = json::decode<FrozenLeaving>(operation.input);
  if (!frozen) return frozen.error();
  Actor actor;
  actor.person = operation.actor;
  actor.name = operation.actor_name;
  const Doer doer{&actor, Standing::creator_side, operation.id};

  PlanCursor cursor = read_plan_cursor(operation.cursor);
  const auto rows = plan_chunk(work, operation.id, cursor.chunk);
  if (rows.empty()) return StepResult::finished;
  std::map<BatchId, std::unique_ptr<BatchHands>> batches;
  std::map<PersonId, std::int64_t> given;
  std::map<std::string_view, std::int64_t> results;
  const std::size_t first = cursor.row;
  for (; cursor.row < rows.size(); ++cursor.row) {
    const std::size_t looked_at = cursor.row - first;
    if (looked_at > 0 && looked_at % rows_between_questions == 0 && work.budget && work.budget->used_up()) break;
    auto item = load_item(work, rows[cursor.row].item);
    if (!item) continue;
    auto& hands = batches[item->batch];
    if (!hands) {
      auto batch = load_batch(work, item->batch);
      if (!batch) continue;
      hands = std::make_unique<BatchHands>(work, std::move(*batch), doer, operation.now, *frozen);
    }
    ++results[hands->pass_on(*item, given)];
  }
  for (const auto& [batch, hands] : batches)
    if (hands) add_to_batch_log(work, batch, operation.id, hands->finish());
  operation.done += static_cast<std::int64_t>(cursor.row - first);
  for (const auto& [result, count] : results) operation.count(result, count);
  if (cursor.row == rows.size()) cursor = {cursor.chunk + 1, 0};
  operation.cursor = written(cursor);
  return operation.done >= operation.total ? StepResult::finished : StepResult::more;
}

}  // namespace tw::services
