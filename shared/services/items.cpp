// See items.h.
#include "services/items.h"

#include <algorithm>

#include "core/catalogs.h"
#include "core/text.h"
#include "services/allocation_ledger.h"
#include "services/allocation_undo.h"
#include "services/audit.h"
#include "services/candidates.h"
#include "services/customer_batches.h"
#include "services/customer_detail.h"
#include "services/customer_search_store.h"
#include "services/customer_store.h"
#include "services/initials.h"
#include "services/item_change.h"
#include "services/item_list_store.h"
#include "services/item_rows.h"
#include "services/item_search_store.h"
#include "services/people_store.h"
#include "services/settings.h"

namespace tw::services {

using domain::access::Permission;
using domain::batch::Action;
using domain::batch::BatchState;
using domain::batch::ItemState;
using domain::batch::Standing;

namespace {

constexpr std::int64_t shown_log = 50;

// The item, its batch, and what the actor is to them.
struct ItemAccess {
  Item item;
  BatchAccess batch;
  bool holds = false;

  bool may_look() const { return holds || batch.manages; }
};

Error not_there() { return error(Code::not_found, text_key("error.not_found")); }

bool holds(const Item& item, const Actor& actor) {
  return actor.person && item.facts.executor == actor.person &&
         (item.facts.state == ItemState::executing || item.facts.state == ItemState::completed);
}

Result<ItemAccess> find_item(Work& work, const Actor& actor, ItemId id) {
  auto item = load_item(work, id);
  if (!item) return not_there();
  auto batch = see_batch(work, actor, item->batch);
  if (!batch) return batch.error();
  ItemAccess access;
  access.item = std::move(*item);
  access.batch = std::move(batch).value();
  access.holds = holds(access.item, actor);
  return access;
}

Result<ItemAccess> see_item(Work& work, const Actor& actor, ItemId id) {
  auto access = find_item(work, actor, id);
  if (access && !access->may_look()) return not_there();
  return access;
}

// While they hold it in an active batch an executor reads the whole customer; everybody else by their scope.
CustomerPart customer_part(const ItemAccess& access) {
  const bool reads = access.holds && access.batch.batch.state == BatchState::active;
  return reads ? CustomerPart::whole_card : CustomerPart::by_scope;
}

bool reads_customer(Work& work, const Actor& actor, const ItemAccess& access) {
  if (customer_part(access) == CustomerPart::whole_card) return true;
  return actor.holds(Permission::view_customers) && in_scope(work, actor, access.item.customer);
}

// Would the undo give the item to somebody who no longer receives anything?
bool goes_nowhere(Work& work, const Item& item, Action action, const domain::batch::Undone& undone) {
  const PersonId back = domain::batch::gets_it_back(item.facts, action, &undone);
  return back && !still_receives(work, item.batch, back);
}

std::optional<Instant> undo_until(Work& work, const Actor& actor, const Item& item, bool manages) {
  if (const auto given = allocation_to_undo(work, item)) {
    if (!manages && (!actor.person || given->actor != actor.person)) return std::nullopt;
    if (goes_nowhere(work, item, Action::undo_allocation, given->undone)) return std::nullopt;
    const Instant until = given->undone.done_at + allocation_undo_window(work);
    return until < work.now ? std::nullopt : std::optional(until);
  }
  const auto undo = load_undo(work, item.id);
  if (!undo || !actor.person || undo->actor != actor.person) return std::nullopt;
  if (goes_nowhere(work, item, Action::undo_own, undo->undone)) return std::nullopt;
  const Instant until = undo->undone.done_at + domain::batch::own_undo_window;
  if (undo->undone.version_after != item.facts.version || until < work.now) return std::nullopt;
  return until;
}

Result<api::ItemDetail> detail_of(Work& work, const Actor& actor, const ItemAccess& access) {
  api::ItemDetail detail;
  auto rows = item_rows(work, actor, {access.item.id}, customer_part(access));
  if (rows.empty()) return not_there();
  detail.row = std::move(rows.front());
  detail.description = access.batch.batch.description;
  detail.log = item_log(work, access.item.id, 0, shown_log).entries;
  if (access.item.facts.returned) detail.return_reason = last_return_reason(work, access.item.id);
  if (access.batch.batch.state == BatchState::active) {
    Standing standing = access.batch.standing();
    if (access.holds) standing = standing | Standing::its_executor;
    detail.allowed = domain::batch::allowed_actions(access.item.facts.state, standing);
    if (!access.batch.batch.allows_transfer)
      detail.allowed.erase(std::remove(detail.allowed.begin(), detail.allowed.end(), Action::transfer),
                           detail.allowed.end());
    detail.undo_until = undo_until(work, actor, access.item, access.batch.manages);
  }
  const bool reads = reads_customer(work, actor, access);
  detail.others = other_batches(work, actor, access.item, reads);
  if (reads)
    if (const auto customer = load_customer(work, access.item.customer))
      detail.customer = customer_detail(work, actor, *customer);
  return detail;
}

// What the executor does to the item they hold. Who held it and lost it meanwhile (recalled, reset) is told by whom and
// when; to everybody else it does not exist.
Result<ItemAccess> act(Work& work, const Actor& actor, ItemId id, Version seen, const ItemAction& action) {
  auto access = find_item(work, actor, id);
  if (!access) return access.error();
  if (!access->may_look() && !was_given_to(work, id, actor.person)) return not_there();
  if (auto refused = domain::batch::batch_refuses(access->batch.batch.facts(), action.action)) return *refused;
  if (auto refused = stale(work, access->item, seen)) return *refused;
  ItemChanges changes(work, access->batch.batch, {&actor, access->batch.standing(), {}}, work.now);
  if (auto refused = changes.perform(access->item, action)) return *refused;
  changes.finish();
  access->holds = holds(access->item, actor);
  return access;
}

}  // namespace

namespace {

// Of what they handed on they keep the customer's name, to whom and when.
std::vector<api::ItemRow> handed_on(Work& work, const Actor& actor, const ItemPage& page) {
  std::vector<api::ItemRow> rows;
  for (const api::ItemRow& now : item_rows(work, actor, page.ids, CustomerPart::by_scope)) {
    api::ItemRow& row = rows.emplace_back();
    row.item = now.item;
    row.batch = now.batch;
    row.subject = now.subject;
    row.customer = now.customer;
    row.customer_name = now.customer_name;
    row.customer_key = now.customer_key;
    row.state = ItemState::executing;  // as it was when it left them
    if (const auto transfer = load_transfer(work, actor.person, now.item)) {
      row.executor = transfer->target;
      row.executor_name = name_of(work, transfer->target);
      row.changed = transfer->at;
    }
  }
  return rows;
}

}  // namespace

Result<api::QueryMyItems::Response> query_my_items(Work& work, const Actor& actor,
                                                   const api::QueryMyItems::Request& request) {
  api::QueryMyItems::Response response;
  if (!actor.person) return response;  // the local operator executes nothing
  if (request.batch) {
    const auto batch = load_batch(work, request.batch);
    if (!batch || batch->state != BatchState::active) return response;
    response.counts = counts_of(work, request.batch, actor.person).tabs;
  } else {
    response.counts = counts_of_executor(work, actor.person).tabs;
  }
  count_marked(work, actor.person, request.batch, response.counts);
  auto page = executor_item_page(work, actor.person, request);
  if (!page) return page.error();
  if (request.tab == api::MyItemsTab::transferred_out)
    response.rows = handed_on(work, actor, *page);
  else
    response.rows = item_rows(work, actor, page->ids, CustomerPart::whole_card);
  response.next = std::move(page->next);
  return response;
}

Result<api::SearchItems::Response> search_items(Work& work, const Actor& actor,
                                                const api::SearchItems::Request& request) {
  api::SearchItems::Response response;
  if (!is_searchable(request.search)) return response;
  const FoundItems found = find_items(work, actor, request.search, request.limit);
  response.rows = item_rows(work, actor, found.held, CustomerPart::whole_card);
  for (api::ItemRow& row : item_rows(work, actor, found.managed, CustomerPart::by_scope))
    response.rows.push_back(std::move(row));
  return response;
}

Result<api::ItemDetail> view_item(Work& work, const Actor& actor, const api::ViewItem::Request& request) {
  const auto access = see_item(work, actor, request.item);
  if (!access) return access.error();
  return detail_of(work, actor, *access);
}

Result<api::ItemDetail> save_progress(Work& work, const Actor& actor, const api::SaveProgress::Request& request) {
  if (text::trim(request.text).empty()) return field_error("text", text_key("field.missing"));
  if (request.next_follow_up && *request.next_follow_up <= work.now)
    return field_error("next_follow_up", text_key("field.must_be_later"));
  const auto access = act(work, actor, request.item, request.version,
                          {.action = Action::save_progress, .text = request.text, .follow_up = request.next_follow_up});
  if (!access) return access.error();
  return detail_of(work, actor, *access);
}

Result<api::ItemDetail> complete_item(Work& work, const Actor& actor, const api::CompleteItem::Request& request) {
  if (text::trim(request.text).empty()) return field_error("text", text_key("field.missing"));
  const auto access =
      act(work, actor, request.item, request.version, {.action = Action::complete, .text = request.text});
  if (!access) return access.error();
  return detail_of(work, actor, *access);
}

Result<Done> abandon_item(Work& work, const Actor& actor, const api::AbandonItem::Request& request) {
  if (text::trim(request.reason).empty()) return field_error("reason", text_key("field.missing"));
  const auto access =
      act(work, actor, request.item, request.version, {.action = Action::abandon, .text = request.reason});
  if (!access) return access.error();
  return Done{};
}

namespace {

api::RowOutcome undo_row(Work& work, const Actor& actor, const BatchAccess& batch, const api::ItemVersion& row,
                         ItemChanges& changes, SingleRowsBack& ledgers) {
  auto item = load_item(work, row.item);
  if (!item || item->batch != batch.batch.id) return outcome_gone(row.item);
  const auto given = allocation_to_undo(work, *item);
  const auto undo = given ? given : load_undo(work, row.item);
  const bool did_it = undo && actor.person && undo->actor == actor.person;
  if (!did_it && !batch.manages && !holds(*item, actor)) return outcome_gone(row.item);
  if (auto refused = stale(work, *item, row.version)) return outcome_of(*item, *refused);
  if (!undo) return outcome_of(*item, error(Code::conflict, text_key("item.nothing_to_undo")));
  const std::string detail = detail_in_log(work, row.item, row.version);
  const Action action = given ? Action::undo_allocation : Action::undo_own;
  if (auto refused = changes.perform(*item, {.action = action, .undo = &*undo})) return outcome_of(*item, *refused);
  ledgers.taken_back(row.item, undo->given_by);
  // A number that does exist after all.
  if (detail == detail_of_quick(domain::batch::QuickResult::no_such_number))
    set_number_error(work, actor, item->customer, false);
  return outcome_done(*item);
}

}  // namespace

// --- in one press ----------------------------------------------------------------------------------------------------

namespace {
// It is kept as if they had written it, in their own language.
std::string words_of(Work& work, PersonId person, domain::batch::QuickResult result) {
  const std::string key(domain::batch::label(result).view());
  const auto found = load_person(work, person);
  return work.env.texts ? work.env.texts->for_language(found ? found->language : std::string()).format(key, {}) : key;
}

// A day later; where the limit counts working time, on their next working day.
Instant try_again_at(Work& work, const Actor& actor, ItemId id) {
  const auto item = load_item(work, id);
  const auto batch = item ? load_batch(work, item->batch) : std::nullopt;
  if (!batch || batch->limit_counts == domain::batch::LimitCounts::natural || batch->limit.value == 0)
    return work.now + domain::batch::try_again_after;
  return PeopleCalendars(work).of(actor.person).next_working_day(work.now);
}
}  // namespace

Result<api::ItemDetail> save_quick_result(Work& work, const Actor& actor,
                                          const api::SaveQuickResult::Request& request) {
  const std::string words = words_of(work, actor.person, request.result);
  const std::string detail = detail_of_quick(request.result);
  ItemAction action{.action = domain::batch::action_of(request.result), .text = words, .detail = detail};
  if (action.action == Action::save_progress) action.follow_up = try_again_at(work, actor, request.item);
  const auto access = act(work, actor, request.item, request.version, action);
  if (!access) return access.error();
  if (request.result == domain::batch::QuickResult::no_such_number)
    set_number_error(work, actor, access->item.customer, true);
  return detail_of(work, actor, *access);
}

// --- to a colleague --------------------------------------------------------------------------------------------------

Result<api::ListTransferTargets::Response> list_transfer_targets(Work& work, const Actor& actor,
                                                                 const api::ListTransferTargets::Request& request) {
  const auto access = see_item(work, actor, request.item);
  if (!access) return access.error();
  if (!access->holds) return not_there();
  const auto item = candidate_item(access->item, customer_card(work, access->item.customer));
  Candidates candidates(work, access->batch.batch, work.now);
  api::ListTransferTargets::Response response;
  for (const PersonId person : people_of(work, access->item.batch, BatchRole::executor)) {
    if (person == actor.person) continue;
    const auto candidate = candidates.of(person);
    const auto found = load_person(work, person);
    if (!candidate || !found) continue;
    response.targets.push_back(
        {person, found->name, found->department, department_name_of(work, found->department), initials_of(found->name),
         domain::allocation::obstacles_in(domain::allocation::eligible_to_take_over(item, *candidate))});
  }
  return response;
}

Result<Done> transfer_item(Work& work, const Actor& actor, const api::TransferItem::Request& request) {
  const auto there = find_item(work, actor, request.item);
  if (there && there->holds && there->item.facts.state == ItemState::executing &&
      there->item.facts.version == request.version) {
    const auto candidate = Candidates(work, there->batch.batch, work.now).of(request.target);
    if (!candidate) return field_error("target", text_key("field.unknown_person"));
    const auto item = candidate_item(there->item, customer_card(work, there->item.customer));
    // A colleague's hand puts no limit aside; that it may be transferred at all is the table's to say, below.
    if (const auto mask = domain::allocation::eligible_to_take_over(item, *candidate);
        mask != 0 && there->batch.batch.allows_transfer)
      return error(Code::conflict, text_key("item.not_eligible"), {param("obstacles", detail_of_obstacles(mask))});
  }
  const auto access = act(work, actor, request.item, request.version,
                          {.action = Action::transfer, .text = request.text, .target = request.target});
  if (!access) return access.error();
  return Done{};
}

Result<api::UndoItems::Response> undo_items(Work& work, const Actor& actor, const api::UndoItems::Request& request) {
  const auto access = see_batch(work, actor, request.batch);
  if (!access) return access.error();
  if (auto refused = domain::batch::batch_refuses(access->batch.facts(), Action::undo_own)) return *refused;
  ItemChanges changes(work, access->batch, {&actor, access->standing(), {}}, work.now);
  SingleRowsBack ledgers(work);
  api::UndoItems::Response answer;
  for (const api::ItemVersion& row : request.rows)
    answer.outcomes.push_back(undo_row(work, actor, *access, row, changes, ledgers));
  changes.finish();
  ledgers.write();
  if (request.rows.size() > 1 && changes.changed() > 0)
    audit(work, actor.person, api::AuditKind::items_changed,
          AuditFacts()
              .id(api::AuditFact::batch, request.batch)
              .named(api::AuditFact::action, Action::undo_own)
              .number(api::AuditFact::rows, static_cast<std::int64_t>(request.rows.size()))
              .number(api::AuditFact::changed, changes.changed()));
  return answer;
}

Result<api::LogPage> view_item_log(Work& work, const Actor& actor, const api::ViewItemLog::Request& request) {
  const auto access = see_item(work, actor, request.item);
  if (!access) return access.error();
  return item_log(work, request.item, request.before, request.limit);
}

}  // namespace tw::services
