// Batches, items, operations and the workbench in the read model.
#include "client/store/store.h"
#include "core/text.h"

namespace tw::store {

std::string Store::key_of(const api::ListBatches::Request& request) {
  api::ListBatches::Request shape = request;
  shape.after.clear();
  return json::encode(shape);
}

std::string Store::key_of(const api::QueryItems::Request& request) {
  api::QueryItems::Request shape = request;
  shape.page = {};
  return json::encode(shape);
}

std::string Store::key_of(const api::QueryMyItems::Request& request) {
  api::QueryMyItems::Request shape = request;
  shape.page = {};
  return json::encode(shape);
}

const Remote<BatchList>& Store::batch_list(const std::string& key) const {
  static const Remote<BatchList> nothing{};
  const auto found = batch_lists.find(key);
  return found == batch_lists.end() ? nothing : found->second;
}

void Store::load_batches(const api::ListBatches::Request& request) {
  const std::string key = key_of(request);
  if (batch_lists.size() > 32 && batch_lists.find(key) == batch_lists.end()) batch_lists.clear();
  batch_lists[key];
  read<api::ListBatches>(
      request,
      [this, key]() -> Remote<BatchList>* {
        const auto found = batch_lists.find(key);
        return found == batch_lists.end() ? nullptr : &found->second;
      },
      [](api::ListBatches::Response reply) {
        return BatchList{std::move(reply.rows), std::move(reply.next), reply.total};
      });
}

void Store::load_more_batches(const api::ListBatches::Request& request) {
  const std::string key = key_of(request);
  const auto found = batch_lists.find(key);
  if (found == batch_lists.end() || !found->second.ready() || found->second.loading()) return;
  if (found->second->next.empty()) return;
  api::ListBatches::Request more = request;
  more.after = found->second->next;
  read<api::ListBatches>(
      more,
      [this, key]() -> Remote<BatchList>* {
        const auto open = batch_lists.find(key);
        return open == batch_lists.end() ? nullptr : &open->second;
      },
      [this, key](api::ListBatches::Response reply) {
        BatchList longer = *batch_lists[key];
        longer.rows.insert(longer.rows.end(), reply.rows.begin(), reply.rows.end());
        longer.next = std::move(reply.next);
        longer.total = reply.total;
        return longer;
      });
}

void Store::load_batch(BatchId id) {
  batch.open(id.value);
  read<api::ViewBatch>(
      {id}, [this, id] { return batch.find(id.value); },
      [this](api::BatchDetail reply) {
        if (reply.summary.running) watch(reply.summary.running);
        for (const auto* both : {&reply.executors, &reply.co_managers})
          for (const api::BatchPerson& person : *both)
            learn({person.person, person.name, person.department_name, person.active});
        return reply;
      });
}

void Store::load_items(const api::QueryItems::Request& request, std::int64_t first, std::int64_t last) {
  const std::string key = key_of(request);
  Window<api::ItemRow>& window = items.open(key);
  for (const std::int64_t page : window.wanted(first, last)) {
    api::QueryItems::Request ask = request;
    ask.page.limit = page_rows;
    ask.page.after = window.cursor_before(page);
    ask.page.offset = ask.page.after.empty() ? page * page_rows : 0;
    const std::uint32_t question = window.slot(page).rows.ask();
    transport::call<api::QueryItems>(transport_, ask, [this, key, page, question, epoch = epoch_](auto answer) {
      heard(answer ? nullptr : &answer.problem);
      Window<api::ItemRow>* open = items.find(key);
      if (!open || epoch != epoch_) return;
      if (!answer) return open->failed(page, question, std::move(answer.problem));
      open->answered(page, question, std::move(answer.value->rows), std::move(answer.value->next), answer.value->total);
      items.ready(key);
    });
  }
}

std::int64_t Store::key_of(const api::PlanAllocation::Request& request) {
  const bool whole_batch = request.items.empty() && !request.selection;
  return whole_batch ? request.batch.value : hash_of(json::encode(request));
}

void Store::load_plan(const api::PlanAllocation::Request& request) {
  const std::int64_t key = key_of(request);
  plan.open(key);
  read<api::PlanAllocation>(
      request, [this, key] { return plan.find(key); }, [](api::PlanAllocation::Response reply) { return reply; });
}

std::int64_t Store::key_of(const api::PreviewLimit::Request& request) { return hash_of(json::encode(request)); }

void Store::load_limit_preview(const api::PreviewLimit::Request& request) {
  const std::int64_t key = key_of(request);
  limit_preview.open(key);
  read<api::PreviewLimit>(
      request, [this, key] { return limit_preview.find(key); },
      [](api::PreviewLimit::Response reply) { return reply; });
}

std::int64_t Store::key_of(const api::PreviewReassignment::Request& request) { return hash_of(json::encode(request)); }

void Store::load_reassignment_preview(const api::PreviewReassignment::Request& request) {
  const std::int64_t key = key_of(request);
  reassignment_preview.open(key);
  read<api::PreviewReassignment>(
      request, [this, key] { return reassignment_preview.find(key); },
      [](api::PreviewReassignment::Response reply) { return reply; });
}

void Store::load_policies(bool archived) {
  read<api::ListPolicies>(
      {.archived = archived}, [this, archived] { return archived ? &archived_policies : &policies; },
      [](api::ListPolicies::Response reply) { return reply; });
}

void Store::load_batch_log(BatchId id) {
  batch_log.open(id.value);
  read<api::ViewBatchLog>(
      {.batch = id, .before = 0, .limit = 50}, [this, id] { return batch_log.find(id.value); },
      [](api::BatchLogPage reply) {
        return BatchLog{std::move(reply.entries), reply.more};
      });
}

void Store::load_allocation_undo(OperationId id) {
  allocation_undo.open(id.value);
  read<api::ViewAllocationUndo>(
      {id}, [this, id] { return allocation_undo.find(id.value); },
      [](api::ViewAllocationUndo::Response reply) { return reply; });
}

void Store::load_more_batch_log(BatchId id) {
  const Remote<BatchLog>* known = batch_log.find(id.value);
  if (!known || !known->ready() || known->loading() || !(*known)->more || (*known)->entries.empty()) return;
  read<api::ViewBatchLog>(
      {.batch = id, .before = (*known)->entries.back().entry, .limit = 50},
      [this, id] { return batch_log.find(id.value); },
      [this, id](api::BatchLogPage reply) {
        BatchLog longer = **batch_log.find(id.value);
        longer.entries.insert(longer.entries.end(), reply.entries.begin(), reply.entries.end());
        longer.more = reply.more;
        return longer;
      });
}

namespace {

std::int64_t count_of(const api::TabCounts& counts, api::MyItemsTab tab) {
  switch (tab) {
    case api::MyItemsTab::to_do:
      return counts.to_do;
    case api::MyItemsTab::following:
      return counts.following;
    case api::MyItemsTab::returned:
      return counts.returned;
    case api::MyItemsTab::completed:
      return counts.completed;
    case api::MyItemsTab::overdue:
      return counts.overdue;
    case api::MyItemsTab::within_hour:
      return counts.within_hour;
    case api::MyItemsTab::transferred_in:
      return counts.transferred_in;
    case api::MyItemsTab::transferred_out:
      return counts.transferred_out;
    case api::MyItemsTab::completed_late:
      return counts.completed_late;
    case api::MyItemsTab::due_soon:
      return counts.due_soon;
  }
  return 0;
}

}  // namespace

void Store::load_my_items(const api::QueryMyItems::Request& request, std::int64_t first, std::int64_t last) {
  const std::string key = key_of(request);
  Window<api::ItemRow>& window = my_items.open(key);
  for (const std::int64_t page : window.wanted(first, last)) {
    api::QueryMyItems::Request ask = request;
    ask.page.limit = page_rows;
    ask.page.after = window.cursor_before(page);
    ask.page.offset = ask.page.after.empty() ? page * page_rows : 0;
    const std::uint32_t question = window.slot(page).rows.ask();
    transport::call<api::QueryMyItems>(
        transport_, ask, [this, key, page, question, tab = request.tab, epoch = epoch_](auto answer) {
          heard(answer ? nullptr : &answer.problem);
          Window<api::ItemRow>* open = my_items.find(key);
          if (!open || epoch != epoch_) return;
          if (!answer) return open->failed(page, question, std::move(answer.problem));
          my_counts.answer(my_counts.ask(), answer->counts);
          const std::int64_t count = count_of(answer->counts, tab);
          const api::Total total{count, count != api::most_counted_items};
          open->answered(page, question, std::move(answer.value->rows), std::move(answer.value->next), total);
          my_items.ready(key);
        });
  }
}

void Store::load_item(ItemId id) {
  item.open(id.value);
  read<api::ViewItem>(
      {id}, [this, id] { return item.find(id.value); }, [](api::ItemDetail reply) { return reply; });
}

void Store::load_why(ItemId id) {
  why.open(id.value);
  read<api::ExplainItem>(
      {id}, [this, id] { return why.find(id.value); }, [](api::ExplainItem::Response reply) { return reply; });
}

void Store::load_transfer_targets(ItemId id) {
  transfer_targets.open(id.value);
  read<api::ListTransferTargets>(
      {id}, [this, id] { return transfer_targets.find(id.value); },
      [this](api::ListTransferTargets::Response reply) {
        for (const auto& target : reply.targets) learn({target.person, target.name, target.department_name, true});
        return reply;
      });
}

void Store::load_claimable(BatchId id) {
  claimable.open(id.value);
  read<api::QueryClaimable>(
      {id, {}, 50}, [this, id] { return claimable.find(id.value); },
      [](api::QueryClaimable::Response reply) { return reply; });
}

void Store::load_more_claimable(BatchId id) {
  const auto* known = claimable.find(id.value);
  if (!known || !known->ready() || known->loading() || (*known)->next.empty()) return;
  read<api::QueryClaimable>(
      {id, (*known)->next, 50}, [this, id] { return claimable.find(id.value); },
      [this, id](api::QueryClaimable::Response reply) {
        const auto& before = (**claimable.find(id.value)).rows;
        reply.rows.insert(reply.rows.begin(), before.begin(), before.end());
        return reply;
      });
}

void Store::load_operation_rows(OperationId of, bool changed) {
  const std::int64_t key = key_of(of, changed);
  operation_rows.open(key);
  read<api::ListOperationRows>(
      {of, changed}, [this, key] { return operation_rows.find(key); },
      [](api::ListOperationRows::Response reply) { return reply; });
}

void Store::load_more_operation_rows(OperationId of, bool changed) {
  const std::int64_t key = key_of(of, changed);
  const auto* known = operation_rows.find(key);
  if (!known || !known->ready() || known->loading() || (*known)->next == 0) return;
  read<api::ListOperationRows>(
      {of, changed, (*known)->next}, [this, key] { return operation_rows.find(key); },
      [this, key](api::ListOperationRows::Response reply) {
        const api::ListOperationRows::Response& before = **operation_rows.find(key);
        reply.rows.insert(reply.rows.begin(), before.rows.begin(), before.rows.end());
        reply.hidden += before.hidden;
        return reply;
      });
}

void Store::load_workbench() {
  read<api::ViewWorkbench>(
      {}, [this] { return &workbench; }, [](api::ViewWorkbench::Response reply) { return reply; });
}

void Store::watch(OperationId id) {
  if (!id) return;
  operation.open(id.value).stale = true;
  watched.insert(id.value);
}

void Store::load_operation(OperationId id) {
  operation.open(id.value);
  read<api::ViewOperation>(
      {id}, [this, id] { return operation.find(id.value); },
      [this, id](api::OperationView reply) {
        const bool ended = reply.state != api::OperationState::queued && reply.state != api::OperationState::running;
        if (ended && watched.erase(id.value)) {
          const bool of_batches = reply.batch || reply.kind == api::OperationKind::hand_over ||
                                  reply.kind == api::OperationKind::change_calendar;
          if (of_batches && reply.actor == me() && told_.insert(id.value).second) ended_.insert(id.value);
          if (of_batches) happened(EventKind::batch_changed, reply.batch.value);
          if (reply.import) happened(EventKind::import_changed, reply.import.value);
          if (reply.import) happened(EventKind::customers_changed, 0);
        }
        return reply;
      });
}

void Store::search_for(const std::string& words) {
  if (search.asked == words) return;
  search.asked = words;
  if (words.empty()) {
    search = {};
    return;
  }
  api::QueryCustomers::Request customers_like;
  customers_like.query.search = words;
  customers_like.page.limit = 6;
  read<api::QueryCustomers>(
      customers_like, [this] { return &search.customers; },
      [](api::QueryCustomers::Response reply) { return std::move(reply.rows); });
  read<api::SearchItems>(
      {words, 5}, [this] { return &search.items; },
      [](api::SearchItems::Response reply) { return std::move(reply.rows); });
  api::ListBatches::Request batches_like;
  batches_like.search = words;
  batches_like.limit = 5;
  read<api::ListBatches>(
      batches_like, [this] { return &search.batches; },
      [](api::ListBatches::Response reply) { return std::move(reply.rows); });
  api::ListPeople::Request people_like;
  people_like.search = std::string(text::prefix(words, 60));
  people_like.limit = 5;
  read<api::ListPeople>(
      people_like, [this] { return &search.people; },
      [](api::ListPeople::Response reply) { return std::move(reply.rows); });
}

}  // namespace tw::store
