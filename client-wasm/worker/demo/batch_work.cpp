#include "demo/batch_work.h"

#include <algorithm>
#include <set>

#include "api/allocation_undo.h"
#include "api/claim.h"
#include "api/customer.h"

namespace tw::demo {

using api::MyItemsTab;
using domain::batch::ItemState;

// --- setting up ------------------------------------------------------------------------------------------------------

void BatchWork::create(Subject subject, PersonId manager, api::CreateBatch::Request request) {
  const BatchWords& words = lists_.company.batches[place_of(batch_of(subject))];
  request.subject = words.subject.in(language_);
  request.description = words.description.in(language_);
  made_[batch_of(subject).value] = {manager, request.executors, request.allows_transfer, false};
  const auto batch = office_.ask<api::CreateBatch>(manager, request);
  if (batch && batch->summary.batch != batch_of(subject)) office_.fail("batches are not those of cast.h");
}

std::optional<api::BatchDetail> BatchWork::view(Subject subject) {
  return office_.ask<api::ViewBatch>(made(subject).manager, {batch_of(subject)});
}

void BatchWork::add_some(Subject subject, std::int64_t customers) {
  const PersonId manager = made(subject).manager;
  api::AddCustomersToBatch::Request request;
  request.batch = batch_of(subject);
  api::QueryCustomers::Request query;
  query.sort.column = "changed";
  query.page.limit = std::min(api::longest_page, customers);
  query.page.offset = customers_taken_ % 400;
  customers_taken_ += 90;  // batches overlap a little: a customer can be in several
  std::set<std::int64_t> chosen;
  bool from_the_top = false;
  while (static_cast<std::int64_t>(chosen.size()) < customers) {
    const auto page = office_.ask<api::QueryCustomers>(manager, query);
    if (!page) return;
    for (const auto& row : page->rows)
      if (static_cast<std::int64_t>(chosen.size()) < customers && chosen.insert(row.customer.value).second)
        request.customers.push_back(row.customer);
    query.page.offset = 0;
    query.page.after = page->next;
    if (!page->next.empty()) continue;
    if (from_the_top) break;
    from_the_top = true;
  }
  if (office_.tell<api::AddCustomersToBatch>(manager, request)) office_.run_operations();
}

void BatchWork::add_by_score(Subject subject, std::int64_t at_least) {
  api::AddCustomersToBatch::Request request;
  request.batch = batch_of(subject);
  request.query.emplace();
  request.query->filter.conditions.push_back({"score", api::Operator::at_least, std::to_string(at_least), {}});
  if (office_.tell<api::AddCustomersToBatch>(made(subject).manager, request)) office_.run_operations();
}

std::optional<OperationId> BatchWork::allocate(Subject subject, std::vector<PersonId> executors) {
  api::AllocateItems::Request request;
  request.batch = batch_of(subject);
  request.executors = std::move(executors);
  const auto accepted = office_.ask<api::AllocateItems>(made(subject).manager, request);
  if (!accepted) return std::nullopt;
  office_.run_operations();
  breathe();
  return accepted->operation;
}

void BatchWork::undo(Subject subject, OperationId allocation) {
  if (office_.tell<api::UndoAllocation>(made(subject).manager, {allocation})) office_.run_operations();
  breathe();
}

void BatchWork::open_claiming(Subject subject, bool open) {
  const auto batch = view(subject);
  if (!batch) return;
  api::UpdateBatch::Request request;
  request.batch = batch_of(subject);
  request.version = batch->summary.version;
  request.claim_open = open;
  office_.tell<api::UpdateBatch>(made(subject).manager, request);
}

// --- executors -------------------------------------------------------------------------------------------------------

void BatchWork::claim(Subject subject, PersonId person, std::int64_t most) {
  const auto free = office_.ask<api::QueryClaimable>(person, {batch_of(subject), {}, most});
  if (!free || free->rows.empty()) return;
  api::ClaimItems::Request request;
  request.batch = batch_of(subject);
  for (const auto& row : free->rows) request.rows.push_back({row.item, row.version});
  office_.tell<api::ClaimItems>(person, request);
  breathe();
}

void BatchWork::claim_at_random(Subject subject, PersonId person) {
  office_.tell<api::ClaimAtRandom>(person, {batch_of(subject)});
  breathe();
}

std::vector<api::ItemRow> BatchWork::mine(Subject subject, PersonId person, MyItemsTab tab, std::int64_t limit) {
  api::QueryMyItems::Request request;
  request.tab = tab;
  request.batch = batch_of(subject);
  request.page.limit = limit;
  auto page = office_.ask<api::QueryMyItems>(person, request);
  return page ? std::move(page->rows) : std::vector<api::ItemRow>();
}

void BatchWork::save_progress(PersonId person, const api::ItemRow& row, bool soon) {
  api::SaveProgress::Request request{row.item, row.version, word(lists_.notes.progress), std::nullopt};
  const Instant now = office_.clock.now();
  if (soon)
    request.next_follow_up = now + minutes(office_.dice.between(30, 100));
  else if (office_.dice.chance(75))
    request.next_follow_up = now + hours(office_.dice.between(20, 100));
  office_.tell<api::SaveProgress>(person, request);
}

void BatchWork::complete(PersonId person, const api::ItemRow& row) {
  office_.tell<api::CompleteItem>(person, {row.item, row.version, word(lists_.notes.completion)});
}

void BatchWork::quick(PersonId person, const api::ItemRow& row) {
  using domain::batch::QuickResult;
  constexpr QuickResult usual[] = {QuickResult::no_answer, QuickResult::no_answer, QuickResult::powered_off,
                                   QuickResult::in_meeting, QuickResult::refused};
  const std::int64_t which = office_.dice.between(0, 24);
  const QuickResult result = which == 24 ? QuickResult::no_such_number : usual[which % 5];
  office_.tell<api::SaveQuickResult>(person, {row.item, row.version, result});
}

bool BatchWork::transfer(PersonId person, const api::ItemRow& row) {
  const auto list = office_.ask<api::ListTransferTargets>(person, {row.item});
  if (!list) return true;
  std::vector<PersonId> open;
  for (const auto& target : list->targets)
    if (target.obstacles.empty()) open.push_back(target.person);
  if (open.empty()) return false;
  const PersonId target = office_.dice.pick(open);
  office_.tell<api::TransferItem>(person, {row.item, row.version, target, word(lists_.notes.transfer)});
  return true;
}

void BatchWork::act(PersonId person, const api::ItemRow& row, const Effort& effort, bool transfers) {
  breathe();
  std::int64_t roll = office_.dice.between(1, 100);
  if ((roll -= effort.complete) <= 0) return complete(person, row);
  if ((roll -= effort.quick) <= 0) return quick(person, row);
  if ((roll -= effort.abandon) <= 0) {
    office_.tell<api::AbandonItem>(person, {row.item, row.version, word(lists_.notes.abandon)});
    return;
  }
  if (transfers && (roll -= effort.transfer) <= 0 && transfer(person, row)) return;
  save_progress(person, row, effort.soon);
}

void BatchWork::work(Subject subject, PersonId person, const Effort& effort) {
  const bool transfers = made(subject).transfers;
  Effort second = effort;
  second.complete += 25;
  second.quick = second.transfer = 0;
  // First what was begun on other days, then what is new. Not everybody looks back every day.
  if (effort.items > 1 && office_.dice.chance(50))
    for (const auto& row : mine(subject, person, MyItemsTab::following, effort.items)) act(person, row, second, false);
  if (made(subject).sent_back && office_.dice.chance(40))
    for (const auto& row : mine(subject, person, MyItemsTab::returned, 2)) complete(person, row);
  for (const auto& row : mine(subject, person, MyItemsTab::to_do, effort.items)) act(person, row, effort, transfers);
}

void BatchWork::work_all(Subject subject, const Effort& effort) {
  const std::vector<PersonId> executors = made(subject).executors;
  for (const PersonId person : executors) work(subject, person, effort);
}

// --- managers --------------------------------------------------------------------------------------------------------

std::vector<api::ItemVersion> BatchWork::some_of(Subject subject, std::vector<ItemState> states, std::int64_t limit) {
  api::QueryItems::Request request;
  request.batch = batch_of(subject);
  request.states = std::move(states);
  request.page.limit = limit;
  const auto page = office_.ask<api::QueryItems>(made(subject).manager, request);
  std::vector<api::ItemVersion> rows;
  if (page)
    for (const auto& row : page->rows) rows.push_back({row.item, row.version});
  return rows;
}

void BatchWork::review(Subject subject, const Review& review) {
  api::ConfirmItems::Request confirm{batch_of(subject), {}};
  api::ReturnItems::Request send_back;
  send_back.batch = batch_of(subject);
  for (const auto& row : some_of(subject, {ItemState::completed}, api::longest_page)) {
    const std::int64_t roll = office_.dice.between(1, 100);
    if (roll <= review.confirm)
      confirm.rows.push_back(row);
    else if (roll <= review.confirm + review.send_back)
      send_back.rows.push_back(row);
  }
  breathe();
  if (!confirm.rows.empty()) office_.ask<api::ConfirmItems>(made(subject).manager, confirm);
  if (send_back.rows.empty()) return;
  made_[batch_of(subject).value].sent_back = true;
  send_back.reason = word(lists_.notes.send_back);
  breathe();
  office_.tell<api::ReturnItems>(made(subject).manager, send_back);
}

void BatchWork::reset_some(Subject subject, std::int64_t items) {
  api::ResetItems::Request request{batch_of(subject), some_of(subject, {ItemState::executing}, items), {}};
  if (request.rows.empty()) return;
  request.reason = word(lists_.notes.reset);
  office_.tell<api::ResetItems>(made(subject).manager, request);
}

void BatchWork::reassign_some(Subject subject, std::int64_t items, PersonId to) {
  api::ReassignItems::Request request{batch_of(subject), to, some_of(subject, {ItemState::executing}, items), {}, {}};
  if (request.rows.empty()) return;
  request.reason = word(lists_.notes.reset);
  office_.tell<api::ReassignItems>(made(subject).manager, request);
}

void BatchWork::designate_some(Subject subject, std::int64_t items, PersonId to) {
  api::DesignateItems::Request request{batch_of(subject), to, some_of(subject, {ItemState::reset}, items), {}};
  if (!request.rows.empty()) office_.ask<api::DesignateItems>(made(subject).manager, request);
}

void BatchWork::end(Subject subject) {
  const auto batch = view(subject);
  if (!batch) return;
  if (office_.tell<api::EndBatch>(made(subject).manager,
                                  {batch_of(subject), batch->summary.version, batch->summary.subject}))
    office_.run_operations();
}

void BatchWork::terminate(Subject subject, const Words& reason) {
  const auto batch = view(subject);
  if (!batch) return;
  office_.tell<api::TerminateBatch>(
      made(subject).manager, {batch_of(subject), batch->summary.version, batch->summary.subject, reason.in(language_)});
}

}  // namespace tw::demo
