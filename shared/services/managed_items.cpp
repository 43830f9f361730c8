// See managed_items.h.
#include "services/managed_items.h"

#include <functional>

#include "core/text.h"
#include "services/candidates.h"
#include "services/customer_store.h"
#include "services/item_change.h"
#include "services/item_list_store.h"
#include "services/item_rows.h"

namespace tw::services {

using domain::allocation::ObstacleMask;
using domain::batch::Action;
using domain::batch::BatchEvent;

namespace {

constexpr std::int64_t counted_at_most = 10'000;

std::int64_t kept_total(Work& work, const api::QueryItems::Request& request) {
  const auto counts =
      (request.executor ? counts_of(work, request.batch, *request.executor) : counts_of(work, request.batch)).states;
  const std::int64_t by_state[] = {counts.unassigned, counts.executing, counts.completed,
                                   counts.ended,      counts.reset,     counts.abandoned};
  std::int64_t total = 0;
  if (request.states.empty())
    for (const std::int64_t items : by_state) total += items;
  bool counted[domain::batch::item_state_count] = {};
  for (const auto state : request.states) {
    bool& done = counted[static_cast<int>(state)];
    if (!done) total += by_state[static_cast<int>(state)];
    done = true;
  }
  return total;
}

api::Total total_of(Work& work, const api::QueryItems::Request& request) {
  if (request.search.empty()) return {kept_total(work, request), true};
  const std::int64_t counted = count_batch_items(work, request, counted_at_most + 1);
  if (counted > counted_at_most) return {counted_at_most, false};
  return {counted, true};
}

}  // namespace

Result<api::QueryItems::Response> query_items(Work& work, const Actor& actor, const api::QueryItems::Request& request) {
  const auto access = see_managed_batch(work, actor, request.batch);
  if (!access) return access.error();
  auto page = batch_item_page(work, request);
  if (!page) return page.error();
  api::QueryItems::Response response;
  response.rows = item_rows(work, actor, page->ids, CustomerPart::by_scope);
  response.next = std::move(page->next);
  response.total = total_of(work, request);
  return response;
}

// --- ticked rows -----------------------------------------------------------------------------------------------------

namespace {

api::RowOutcome gone(ItemId item) {
  api::RowOutcome outcome;
  outcome.item = item;
  outcome.result = api::RowResult::gone;
  outcome.key = std::string(text_key("item.gone").view());
  return outcome;
}

api::RowOutcome done(const Item& item, api::RowResult result = api::RowResult::done) {
  api::RowOutcome outcome;
  outcome.item = item.id;
  outcome.result = result;
  outcome.version = item.facts.version;
  return outcome;
}

// Does `perform` to each row that still is what the caller saw.
Result<api::RowOutcomes> for_rows(Work& work, const Actor& actor, BatchId batch, Action action,
                                  const std::vector<api::ItemVersion>& rows,
                                  const std::function<api::RowOutcome(ItemChanges&, Item&)>& perform) {
  const auto access = see_managed_batch(work, actor, batch);
  if (!access) return access.error();
  if (auto refused = domain::batch::batch_refuses(access->batch.facts(), action)) return *refused;
  ItemChanges changes(work, access->batch, {&actor, access->standing(), {}}, work.now);
  api::RowOutcomes answer;
  for (const api::ItemVersion& row : rows) {
    auto item = load_item(work, row.item);
    if (!item || item->batch != batch) {
      answer.outcomes.push_back(gone(row.item));
    } else if (auto refused = stale(work, *item, row.version)) {
      answer.outcomes.push_back(outcome_of(*item, *refused));
    } else {
      answer.outcomes.push_back(perform(changes, *item));
    }
  }
  changes.finish();
  answer.counts = counts_of(work, batch).states;
  return answer;
}

// The plain case: the same action with the same text to every row.
Result<api::RowOutcomes> same_for_rows(Work& work, const Actor& actor, BatchId batch, Action action,
                                       const std::vector<api::ItemVersion>& rows, std::string_view text) {
  return for_rows(work, actor, batch, action, rows, [&](ItemChanges& changes, Item& item) {
    const auto refused = changes.perform(item, {.action = action, .text = text});
    return refused ? outcome_of(item, *refused) : done(item);
  });
}

std::int64_t done_rows(const api::RowOutcomes& answer) {
  std::int64_t rows = 0;
  for (const auto& outcome : answer.outcomes) rows += outcome.result == api::RowResult::done ? 1 : 0;
  return rows;
}

}  // namespace

Result<api::RowOutcomes> remove_items(Work& work, const Actor& actor, const api::RemoveItems::Request& request) {
  auto answer = same_for_rows(work, actor, request.batch, Action::remove, request.rows, {});
  if (!answer) return answer;
  const std::int64_t removed = done_rows(*answer);
  if (removed > 0) {
    insert_batch_log(work, actor, {request.batch, BatchEvent::removed, {}, removed, {}});
    touch_batch(work, request.batch);
  }
  return answer;
}

Result<api::RowOutcomes> confirm_items(Work& work, const Actor& actor, const api::ConfirmItems::Request& request) {
  return same_for_rows(work, actor, request.batch, Action::confirm, request.rows, {});
}

Result<api::RowOutcomes> reset_items(Work& work, const Actor& actor, const api::ResetItems::Request& request) {
  return same_for_rows(work, actor, request.batch, Action::reset, request.rows, request.reason);
}

Result<api::RowOutcomes> return_items(Work& work, const Actor& actor, const api::ReturnItems::Request& request) {
  if (text::trim(request.reason).empty()) return field_error("reason", text_key("field.missing"));
  std::map<PersonId, bool> receives;  // asked once per executor
  return for_rows(work, actor, request.batch, Action::send_back, request.rows, [&](ItemChanges& changes, Item& item) {
    const PersonId executor = item.facts.executor;
    if (executor && receives.find(executor) == receives.end()) {
      const auto candidate = candidate_of(work, request.batch, executor);
      receives[executor] = candidate && candidate->active && candidate->executor;
    }
    const auto refused = changes.perform(
        item,
        {.action = Action::send_back, .text = request.reason, .executor_receives = !executor || receives[executor]});
    return refused ? outcome_of(item, *refused) : done(item);
  });
}

// --- by hand ---------------------------------------------------------------------------------------------------------

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

Result<api::RowOutcomes> designate_items(Work& work, const Actor& actor, const api::DesignateItems::Request& request) {
  if (const auto access = see_managed_batch(work, actor, request.batch); !access) return access.error();
  auto person = candidate_of(work, request.batch, request.executor);
  if (!person) return field_error("executor", text_key("field.unknown_person"));
  ObstacleMask confirmed = 0;
  for (const auto obstacle : request.confirmed) confirmed |= domain::allocation::bit(obstacle);
  return for_rows(work, actor, request.batch, Action::designate, request.rows, [&](ItemChanges& changes, Item& item) {
    if (item.facts.state == domain::batch::ItemState::executing && item.facts.executor == request.executor)
      return done(item, api::RowResult::unchanged);
    ItemAction action{.action = Action::designate, .target = request.executor};
    if (auto refused = changes.may(item, action)) return outcome_of(item, *refused);
    const auto card = customer_card(work, item.customer);
    const ObstacleMask mask = domain::allocation::eligible(candidate_item(item, card), *person);
    if (auto refused = hand_refused(mask, confirmed)) return outcome_of(item, *refused);
    const std::string detail = detail_of_obstacles(mask);
    action.detail = detail;
    if (auto refused = changes.perform(item, action)) return outcome_of(item, *refused);
    ++person->held;  // the next row of this request meets a fuller person
    ++person->received_today;
    return done(item);
  });
}

}  // namespace tw::services
