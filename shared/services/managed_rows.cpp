// See managed_rows.h.
#include "services/managed_rows.h"

#include "core/text.h"
#include "services/candidates.h"
#include "services/customer_store.h"
#include "services/people_store.h"

namespace tw::services {

using domain::allocation::ObstacleMask;
using domain::batch::Action;
using domain::batch::ItemState;

namespace {

Error obstacles(TextKey key, ObstacleMask mask) {
  return error(Code::conflict, key, {param("obstacles", detail_of_obstacles(mask))});
}

// Everything that a hand may and may not put aside.
Refusal hand_refused(ObstacleMask mask, ObstacleMask confirmed) {
  if (domain::allocation::hard(mask) != 0)
    return obstacles(text_key("item.not_eligible"), domain::allocation::hard(mask));
  const ObstacleMask open = domain::allocation::soft(mask) & ~confirmed;
  if (open != 0) return obstacles(text_key("item.needs_confirming"), open);
  return std::nullopt;
}

}  // namespace

Refusal check_managed_action(Work& work, const ManagedAction& action) {
  switch (action.action) {
    case Action::remove:
    case Action::confirm:
    case Action::reset:
      return std::nullopt;
    case Action::send_back:
      if (text::trim(action.reason).empty()) return field_error("reason", text_key("field.missing"));
      if (action.executor && !load_person(work, action.executor))
        return field_error("executor", text_key("field.unknown_person"));
      return std::nullopt;
    case Action::designate:
    case Action::reassign:
      if (!load_person(work, action.executor)) return field_error("executor", text_key("field.unknown_person"));
      return std::nullopt;
    default:
      return field_error("action", text_key("field.unknown_choice"),
                         {param("value", std::string(wire_name(action.action)))});
  }
}

ManagedRows::ManagedRows(Work& work, const Batch& batch, const Doer& doer, Instant at, const ManagedAction& action)
    : work_(work), batch_(batch), action_(action), changes_(work, batch, doer, at) {
  if (action.executor) candidate_ = Candidates(work, batch, at).of(action.executor);
}

api::RowOutcome ManagedRows::perform(ItemId id, Version seen) {
  auto item = load_item(work_, id);
  if (!item || item->batch != batch_.id) return outcome_gone(id);
  if (auto refused = stale(work_, *item, seen)) return outcome_of(*item, *refused);
  const bool elsewhere = action_.action == Action::send_back && action_.executor &&
                         item->facts.state == ItemState::completed && !receives(item->facts.executor);
  if (by_hand() || elsewhere) return give(*item);
  return plain(*item);
}

// Asked once per person: do items still come back to them?
bool ManagedRows::receives(PersonId person) {
  const auto [known, asks] = receives_.try_emplace(person, false);
  if (asks) known->second = still_receives(work_, batch_.id, person);
  return known->second;
}

api::RowOutcome ManagedRows::plain(Item& item) {
  const auto refused = changes_.perform(item, {.action = action_.action, .text = action_.reason});
  return refused ? outcome_of(item, *refused) : outcome_done(item);
}

api::RowOutcome ManagedRows::give(Item& item) {
  if (!candidate_) return outcome_gone(item.id);
  if (item.facts.state == ItemState::executing && item.facts.executor == action_.executor)
    return outcome_done(item, api::RowResult::unchanged);
  const bool takes_over = action_.action != Action::designate;
  ItemAction action{.action = action_.action, .text = action_.reason, .target = action_.executor};
  if (auto refused = changes_.may(item, action)) return outcome_of(item, *refused);
  const auto card = customer_card(work_, item.customer);
  const auto candidate = candidate_item(item, card);
  const ObstacleMask mask = takes_over ? domain::allocation::eligible_to_take_over(candidate, *candidate_)
                                       : domain::allocation::eligible(candidate, *candidate_);
  if (auto refused = hand_refused(mask, action_.confirmed)) return outcome_of(item, *refused);
  const std::string detail = detail_of_obstacles(mask);
  action.detail = detail;
  if (auto refused = changes_.perform(item, action)) return outcome_of(item, *refused);
  ++candidate_->held;  // the next row of this request meets a fuller person
  ++candidate_->received_today;
  return outcome_done(item);
}

}  // namespace tw::services
