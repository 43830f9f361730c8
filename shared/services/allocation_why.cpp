// "Why this person?": what gave an item to its executor, and the plan's reasons, computed again by the planner's own
// function from what its operation keeps.
#include <map>

#include "core/json.h"
#include "domain/allocation/explain.h"
#include "services/allocation.h"
#include "services/allocation_frozen.h"
#include "services/item_store.h"
#include "services/operation_store.h"
#include "services/people_store.h"
#include "services/plan_store.h"

namespace tw::services {

using domain::allocation::Explanation;
using domain::allocation::Obstacle;
using domain::allocation::Terms;
using domain::batch::ItemState;

namespace {

constexpr std::size_t most_excluded = 200;

// Puts names where the reader may know them.
class Teller {
 public:
  Teller(Work& work, bool manages, PersonId reader) : work_(work), manages_(manages), reader_(reader) {}

  api::PlanTerms terms(const Terms& of) const {
    api::PlanTerms told;
    if (manages_ || of.person == reader_) {
      told.person = of.person;
      told.name = name_of(work_, of.person);
    }
    told.got = of.got;
    told.given = of.given;
    told.start_ppm = of.start;
    told.weight = of.weight;
    told.load = of.load;
    told.debt_ppm = of.debt;
    told.last_item_at = of.last_item_at;
    told.room = of.room;
    return told;
  }

  void excluded(const Explanation& why, api::PlanReasons& told) const {
    std::map<Obstacle, std::int64_t> by_reason;
    for (const auto& one : why.excluded) {
      const auto reasons = domain::allocation::obstacles_in(one.reasons);
      if (!reasons.empty()) ++by_reason[reasons.front()];
      if (manages_ && told.excluded.size() < most_excluded)
        told.excluded.push_back({one.person, name_of(work_, one.person), reasons});
    }
    for (const auto& [obstacle, people] : by_reason) told.excluded_by.push_back({obstacle, people});
  }

 private:
  Work& work_;
  const bool manages_;
  const PersonId reader_;
};

// Empty: the operation was no plan, or one of before plans were kept with their places.
std::optional<api::PlanReasons> plan_of(Work& work, const Teller& teller, OperationId id, ItemId item) {
  const auto operation = load_operation(work, id);
  if (!operation || operation->kind != api::OperationKind::allocate) return std::nullopt;
  const auto frozen = json::decode<FrozenAllocation>(operation->input);
  const auto row = PlanRows(work, id).find(item);
  if (!frozen || !row || row->item_class >= frozen->classes.size()) return std::nullopt;
  const Explanation why = domain::allocation::explain(thawed(*frozen), row->item_class, row->position);
  if (!why.winner) return std::nullopt;
  api::PlanReasons told;
  told.operation = id;
  told.tier = why.tier;
  told.policy = why.rule;
  told.decisive = why.decisive;
  told.alike = why.alike;
  told.of_them = why.of_them;
  told.winner = teller.terms(*why.winner);
  for (const Terms& one : why.runners_up) told.runners_up.push_back(teller.terms(one));
  teller.excluded(why, told);
  return told;
}

}  // namespace

Result<api::ExplainItem::Response> explain_item(Work& work, const Actor& actor,
                                                const api::ExplainItem::Request& request) {
  const auto item = load_item(work, request.item);
  if (!item) return error(Code::not_found, text_key("error.not_found"));
  const auto access = see_batch(work, actor, item->batch);
  if (!access) return access.error();
  const PersonId executor = item->facts.executor;
  const bool held = item->facts.state == ItemState::executing || item->facts.state == ItemState::completed;
  if (!access->manages && !(held && actor.person && executor == actor.person))
    return error(Code::not_found, text_key("error.not_found"));
  const auto given = executor ? last_given(work, item->id, executor) : std::nullopt;
  if (!given) return error(Code::conflict, text_key("why.nobody"));
  api::ExplainItem::Response response;
  response.action = given->action;
  response.actor_name = given->actor_name;
  response.at = given->at;
  if (given->operation)
    response.plan = plan_of(work, Teller(work, access->manages, actor.person), given->operation, item->id);
  return response;
}

}  // namespace tw::services
