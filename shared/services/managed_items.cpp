// See managed_items.h.
#include "services/managed_items.h"

#include <algorithm>
#include <set>

#include "services/audit.h"
#include "services/change_items.h"
#include "services/item_list_store.h"
#include "services/item_rows.h"
#include "services/managed_rows.h"

namespace tw::services {

using domain::batch::Action;
using domain::batch::BatchEvent;

namespace {

constexpr std::int64_t counted_at_most = 10'000;

std::int64_t kept_total(Work& work, const api::QueryItems::Request& request) {
  std::int64_t by_state[domain::batch::item_state_count] = {};
  const auto add = [&by_state](const api::StateCounts& counts) {
    const std::int64_t more[] = {counts.unassigned, counts.executing, counts.completed,
                                 counts.ended,      counts.reset,     counts.abandoned};
    for (std::size_t state = 0; state < std::size(more); ++state) by_state[state] += more[state];
  };
  if (request.executors.empty()) add(counts_of(work, request.batch).states);
  for (const PersonId executor : std::set<PersonId>(request.executors.begin(), request.executors.end()))
    add(counts_of(work, request.batch, executor).states);
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
  if (request.search.empty() && !request.due_soon && !request.held_by_disabled)
    return {kept_total(work, request), true};
  const std::int64_t counted = count_batch_items(work, request, counted_at_most + 1);
  if (counted > counted_at_most) return {counted_at_most, false};
  return {counted, true};
}

}  // namespace

Result<api::QueryItems::Response> query_items(Work& work, const Actor& actor, const api::QueryItems::Request& request) {
  const auto access = see_managed_batch(work, actor, request.batch);
  if (!access) return access.error();
  api::QueryItems::Response response;
  if (!request.items.empty()) {
    std::vector<ItemId> ids = request.items;
    const auto here = plannable_items(work, request.batch, ids);  // in order of id
    std::erase_if(ids, [&here](ItemId id) {
      const auto at = std::lower_bound(here.begin(), here.end(), id,
                                       [](const PlannableItem& one, ItemId wanted) { return one.item < wanted; });
      return at == here.end() || at->item != id;
    });
    response.rows = item_rows(work, actor, ids, CustomerPart::by_scope);
    response.total = {static_cast<std::int64_t>(response.rows.size()), true};
    return response;
  }
  auto page = batch_item_page(work, actor, request);
  if (!page) return page.error();
  response.rows = item_rows(work, actor, page->ids, CustomerPart::by_scope);
  response.next = std::move(page->next);
  response.total = total_of(work, request);
  return response;
}

Result<api::SelectItems::Response> select_items(Work& work, const Actor& actor,
                                                const api::SelectItems::Request& request) {
  const auto access = see_managed_batch(work, actor, request.batch);
  if (!access) return access.error();
  api::ItemSelection selection = request.selection;
  auto& states = selection.states;
  for (int state = 0; request.selection.states.empty() && state < domain::batch::item_state_count; ++state)
    states.push_back(static_cast<domain::batch::ItemState>(state));
  std::erase_if(states, [](auto state) { return !domain::batch::needs_executor(state); });
  api::SelectItems::Response response;
  if (states.empty()) return response;  // none of them needs anybody
  std::sort(selection.except.begin(), selection.except.end());
  for (const api::ItemVersion& row : selected_items(work, request.batch, selection))
    if (!std::binary_search(selection.except.begin(), selection.except.end(), row.item)) response.items.push_back(row);
  const auto count = static_cast<std::int64_t>(response.items.size());
  if (count > api::most_entries_by_hand)
    return error(Code::limited, text_key("allocation.too_many_by_hand"),
                 {param("count", count), param("limit", api::most_entries_by_hand)});
  return response;
}

// --- ticked rows -----------------------------------------------------------------------------------------------------

namespace {

Result<api::RowOutcomes> for_rows(Work& work, const Actor& actor, BatchId batch,
                                  const std::vector<api::ItemVersion>& rows, const ManagedAction& action) {
  const auto access = see_managed_batch(work, actor, batch);
  if (!access) return access.error();
  if (auto refused = check_managed_action(work, action)) return *refused;
  if (auto refused = domain::batch::batch_refuses(access->batch.facts(), action.action)) return *refused;
  ManagedRows changes(work, access->batch, {&actor, access->standing(), {}}, work.now, action);
  api::RowOutcomes answer;
  for (const api::ItemVersion& row : rows) answer.outcomes.push_back(changes.perform(row.item, row.version));
  changes.finish();
  answer.counts = counts_of(work, batch).states;
  // One row by itself stands in the item's own history.
  if (rows.size() > 1 && changes.changed() > 0)
    audit(work, actor.person, api::AuditKind::items_changed,
          AuditFacts()
              .id(api::AuditFact::batch, batch)
              .named(api::AuditFact::action, action.action)
              .number(api::AuditFact::rows, static_cast<std::int64_t>(rows.size()))
              .number(api::AuditFact::changed, changes.changed()));
  return answer;
}

void log_rows(Work& work, const Actor& actor, BatchId batch, BatchEvent event, const api::RowOutcomes& answer) {
  std::int64_t rows = 0;
  for (const auto& outcome : answer.outcomes) rows += outcome.result == api::RowResult::done ? 1 : 0;
  if (rows == 0) return;
  insert_batch_log(work, actor, {batch, event, {}, rows, {}});
  touch_batch(work, batch);
}

}  // namespace

Result<api::RowOutcomes> remove_items(Work& work, const Actor& actor, const api::RemoveItems::Request& request) {
  auto answer = for_rows(work, actor, request.batch, request.rows, {.action = Action::remove});
  if (!answer) return answer;
  log_rows(work, actor, request.batch, BatchEvent::removed, *answer);
  return answer;
}

Result<api::RowOutcomes> confirm_items(Work& work, const Actor& actor, const api::ConfirmItems::Request& request) {
  return for_rows(work, actor, request.batch, request.rows, {.action = Action::confirm});
}

Result<api::RowOutcomes> reset_items(Work& work, const Actor& actor, const api::ResetItems::Request& request) {
  return for_rows(work, actor, request.batch, request.rows, {.action = Action::reset, .reason = request.reason});
}

Result<api::RowOutcomes> return_items(Work& work, const Actor& actor, const api::ReturnItems::Request& request) {
  ManagedAction action{.action = Action::send_back, .reason = request.reason, .executor = request.executor};
  for (const auto obstacle : request.confirmed) action.confirmed |= domain::allocation::bit(obstacle);
  return for_rows(work, actor, request.batch, request.rows, action);
}

Result<api::RowOutcomes> designate_items(Work& work, const Actor& actor, const api::DesignateItems::Request& request) {
  ManagedAction action{.action = Action::designate, .executor = request.executor};
  for (const auto obstacle : request.confirmed) action.confirmed |= domain::allocation::bit(obstacle);
  auto answer = for_rows(work, actor, request.batch, request.rows, action);
  if (answer) log_rows(work, actor, request.batch, event_of(action.action), *answer);
  return answer;
}

Result<api::RowOutcomes> reassign_items(Work& work, const Actor& actor, const api::ReassignItems::Request& request) {
  ManagedAction action{.action = Action::reassign, .reason = request.reason, .executor = request.executor};
  for (const auto obstacle : request.confirmed) action.confirmed |= domain::allocation::bit(obstacle);
  auto answer = for_rows(work, actor, request.batch, request.rows, action);
  if (answer) log_rows(work, actor, request.batch, event_of(action.action), *answer);
  return answer;
}

}  // namespace tw::services
