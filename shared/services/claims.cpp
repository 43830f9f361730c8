// See claims.h.
#include "services/claims.h"

#include <algorithm>

#include "services/candidates.h"
#include "services/claim_store.h"
#include "services/item_change.h"
#include "services/item_rows.h"

namespace tw::services {

using domain::allocation::CandidatePerson;
using domain::allocation::ObstacleMask;
using domain::batch::Action;
using domain::batch::ClaimMode;

namespace {

struct Claimant {
  BatchAccess batch;
  CandidatePerson person;
};

// Who was taken off the batch may finish what they hold, and sees nothing of what can be claimed.
Result<Claimant> claimant(Work& work, const Actor& actor, BatchId batch) {
  auto access = see_batch(work, actor, batch);
  if (!access) return access.error();
  const auto person = actor.person ? Candidates(work, access->batch, work.now).of(actor.person) : std::nullopt;
  if (!person || !person->executor) return error(Code::forbidden, text_key("claim.only_executors"));
  return Claimant{std::move(access).value(), *person};
}

std::int64_t free_items(Work& work, BatchId batch) {
  const api::StateCounts counts = counts_of(work, batch).states;
  return counts.unassigned + counts.reset + counts.abandoned;
}

Error refused_for(ObstacleMask mask) {
  return error(Code::conflict, text_key("claim.not_for_you"), {param("obstacles", detail_of_obstacles(mask))});
}

Refusal wrong_mode(const Batch& batch, ClaimMode wanted) {
  if (batch.claim_mode == wanted) return std::nullopt;
  return error(Code::conflict,
               wanted == ClaimMode::pick ? text_key("claim.only_at_random") : text_key("claim.only_picked"));
}

api::ClaimableRow claimable(const api::ItemRow& item) {
  api::ClaimableRow row;
  row.item = item.item;
  row.version = item.version;
  row.customer = item.customer;
  row.customer_name = item.customer_name;
  row.customer_key = item.customer_key;
  row.phone = item.phone;
  row.city = item.city;
  row.score = item.score;
  return row;
}

}  // namespace

Result<api::QueryClaimable::Response> query_claimable(Work& work, const Actor& actor,
                                                      const api::QueryClaimable::Request& request) {
  const auto who = claimant(work, actor, request.batch);
  if (!who) return who.error();
  const Batch& batch = who->batch.batch;
  api::QueryClaimable::Response response;
  response.mode = batch.claim_mode;
  response.count = batch.claim_count;
  response.held = who->person.held;
  response.room = domain::allocation::room(who->person);
  response.absent = who->person.absent;
  response.untouched = untouched_draws(work, request.batch, actor.person);
  if (const auto closed = domain::batch::claiming_refused(batch.facts(), work.now)) {
    response.key = std::string(closed->key.view());
    for (const Param& one : closed->params) response.params.push_back({one.name, one.value});
    return response;
  }
  response.open = true;
  response.to = batch.claim_to;
  response.free = free_items(work, request.batch);
  auto page = free_page(work, request.batch, actor.person, request.after, request.limit);
  if (!page) return page.error();
  for (const api::ItemRow& item : item_rows(work, actor, page->ids, CustomerPart::whole_card))
    response.rows.push_back(claimable(item));
  response.next = std::move(page->next);
  return response;
}

// --- named items -----------------------------------------------------------------------------------------------------

namespace {

class Claims {
 public:
  Claims(Work& work, const Actor& actor, Claimant& who)
      : who_(who), reader_(work), changes_(work, who.batch.batch, {&actor, who.batch.standing(), {}}, work.now) {}

  api::RowOutcome claim(const api::ItemVersion& row) {
    auto found = reader_.find(row.item);
    if (!found || found->item.batch != who_.batch.batch.id) return outcome_gone(row.item);
    Item& item = found->item;
    if (item.facts.executor == who_.person.person && item.facts.state == domain::batch::ItemState::executing)
      return outcome_done(item, api::RowResult::unchanged);
    // Who was faster is not their business.
    if (!domain::batch::needs_executor(item.facts.state))
      return outcome_of(item, error(Code::conflict, text_key("claim.taken")));
    if (item.facts.version != row.version)
      return outcome_of(item, error(Code::conflict, text_key("item.changed_meanwhile")));
    if (const ObstacleMask mask = domain::allocation::eligible(candidate_item(*found), who_.person))
      return outcome_of(item, refused_for(mask));
    if (auto refused = take(item, false)) return outcome_of(item, *refused);
    return outcome_done(item);
  }

  Refusal take(Item& item, bool drawn) {
    if (auto refused = changes_.perform(item, {.action = Action::claim, .drawn = drawn})) return refused;
    ++who_.person.held;  // the next row meets a fuller person
    ++who_.person.received_today;
    return std::nullopt;
  }

  void finish() { changes_.finish(); }

 private:
  Claimant& who_;
  AllocatableReader reader_;
  ItemChanges changes_;
};

}  // namespace

Result<api::ClaimItems::Response> claim_items(Work& work, const Actor& actor, const api::ClaimItems::Request& request) {
  auto who = claimant(work, actor, request.batch);
  if (!who) return who.error();
  if (auto closed = domain::batch::claiming_refused(who->batch.batch.facts(), work.now)) return *closed;
  if (auto refused = wrong_mode(who->batch.batch, ClaimMode::pick)) return *refused;
  Claims claims(work, actor, *who);
  api::ClaimItems::Response answer;
  for (const api::ItemVersion& row : request.rows) answer.outcomes.push_back(claims.claim(row));
  claims.finish();
  return answer;
}

// --- at random -------------------------------------------------------------------------------------------------------

Result<api::ClaimAtRandom::Response> claim_at_random(Work& work, const Actor& actor,
                                                     const api::ClaimAtRandom::Request& request) {
  auto who = claimant(work, actor, request.batch);
  if (!who) return who.error();
  const Batch& batch = who->batch.batch;
  if (auto closed = domain::batch::claiming_refused(batch.facts(), work.now)) return *closed;
  if (auto refused = wrong_mode(batch, ClaimMode::random)) return *refused;
  if (const std::int64_t untouched = untouched_draws(work, batch.id, actor.person); untouched > 0)
    return error(Code::conflict, text_key("claim.work_first"), {param("count", untouched)});
  if (const ObstacleMask mask = domain::allocation::obstacles_of(who->person)) return refused_for(mask);
  const std::int64_t free = free_items(work, batch.id);
  const std::int64_t wanted = std::min({batch.claim_count, free, domain::allocation::room(who->person).value_or(free)});
  Claims claims(work, actor, *who);
  api::ClaimAtRandom::Response answer;
  for (auto& found : draw_free(work, batch.id, actor.person, wanted, free)) {
    if (auto refused = claims.take(found.item, true)) return *refused;
    answer.items.push_back({found.item.id, found.item.facts.version});
  }
  if (answer.items.empty()) return error(Code::conflict, text_key("claim.nothing_left"));
  claims.finish();
  return answer;
}

}  // namespace tw::services
