// What the current screen needs from the server and the store does not have: asked for after each frame, so that views
// stay functions of the model. Cheap when everything is there.
#include <algorithm>

#include "client/app.h"

namespace tw {

using commands::BatchTab;
using commands::Page;
using domain::access::Permission;

void App::fetch() {
  if (store_.capabilities.wanted()) store_.load_capabilities();
  if (route_.page == Page::invitation && !states_.invitation.token.empty() && store_.invitation.wanted())
    store_.load_invitation(states_.invitation.token);
  if (!store_.session || store_.session_ended) return;
  if (store_.notifications.wanted()) store_.load_notifications();  // the bell's count
  if (store_.workbench.wanted()) store_.load_workbench();          // the navigation's badges come from it
  fetch_page();
  fetch_dialog();
  for (const std::int64_t id : store_.watched) {
    const auto* known = store_.operation.find(id);
    if (known && known->wanted()) store_.load_operation({id});
  }
}

void App::fetch_page() {
  const auto total = [this](api::CustomerView view) {
    if (store_.customer_totals[static_cast<std::size_t>(view)].wanted()) store_.load_customer_total(view);
  };
  switch (route_.page) {
    case Page::workbench:
      if (store_.may(Permission::create_batch)) total(api::CustomerView::all);
      break;
    case Page::customers:
      if (store_.fields.wanted()) store_.load_fields();
      if (!store_.fields.ready() && !store_.fields.failed()) break;  // they decide the columns
      store_.load_customers(views::request_of(store_, states_.customers), states_.customers.first_visible,
                            states_.customers.last_visible);
      for (const auto view : {api::CustomerView::own, api::CustomerView::department, api::CustomerView::all})
        total(view);
      break;
    case Page::customer:
      if (store_.fields.wanted()) store_.load_fields();
      if (store_.customer.open(route_.id).wanted()) store_.load_customer({route_.id});
      if (store_.timeline.open(route_.id).wanted()) store_.load_timeline({route_.id});
      break;
    case Page::batches: {
      const auto& list = store_.batch_list(store::Store::key_of(states_.batches.request));
      if (list.wanted()) store_.load_batches(states_.batches.request);
      break;
    }
    case Page::batch: {
      auto& batch = store_.batch.open(route_.id);
      if (batch.wanted()) store_.load_batch({route_.id});
      if (batch.ready() && states_.batch.tab == BatchTab::claim && store_.claimable.open(route_.id).wanted())
        store_.load_claimable({route_.id});
      if (!batch.ready() || !batch->summary.manages) break;
      if (route_.tab == BatchTab::history && store_.batch_log.open(route_.id).wanted())
        store_.load_batch_log({route_.id});
      if (route_.tab == BatchTab::history || route_.tab == BatchTab::details || route_.tab == BatchTab::claim) break;
      const bool allocates = route_.tab == BatchTab::allocate;
      if (allocates && store_.policies.wanted()) store_.load_policies(false);
      load_batch_items();
      if (allocates && !batch->summary.running && batch->summary.state == domain::batch::BatchState::active &&
          views::needing_executor(batch->summary.counts) > 0 && !views::nobody_takes_part(*batch, states_.batch) &&
          store_.plan.open(route_.id).wanted())
        store_.load_plan(views::plan_request(store_, states_.batch));
      if (store_.people.wanted()) store_.load_people();
      break;
    }
    case Page::my_tasks:
      if (store_.fields.wanted()) store_.load_fields();
      store_.load_my_items(states_.my_tasks.request, states_.my_tasks.first_visible, states_.my_tasks.last_visible);
      if (route_.id && store_.item.open(route_.id).wanted()) store_.load_item({route_.id});
      if (route_.id && store_.why.open(route_.id).wanted()) store_.load_why({route_.id});
      if (const BatchId batch = states_.my_tasks.request.batch; batch && store_.batch.open(batch.value).wanted())
        store_.load_batch(batch);
      break;
    case Page::imports:
      if (store_.imports.wanted()) store_.load_imports();
      break;
    case Page::import:
      if (store_.fields.wanted()) store_.load_fields();
      if (store_.import.open(route_.id).wanted()) store_.load_import({route_.id});
      break;
    case Page::people:
      if (store_.people.wanted()) store_.load_people();
      if (store_.departments.wanted()) store_.load_departments();
      if (store_.user_groups.wanted()) store_.load_user_groups();
      if (store_.calendars.wanted()) store_.load_calendars();
      break;
    case Page::system:
      if (store_.may(Permission::manage_settings) && store_.system.wanted()) store_.load_system();
      break;
    case Page::audit: {
      if (!store_.may(Permission::manage_settings)) break;
      if (store_.people.wanted()) store_.load_people();
      const std::string address = views::address_of(states_.audit);
      if (!store_.shows_audit_of(address) || store_.audit.wanted())
        store_.load_audit(address, views::request_of(states_.audit, {ui_.now(), ui_.clock()}));
      break;
    }
    default:
      break;
  }
}

void App::load_batch_items() {
  const views::BatchPageState& page = states_.batch;
  const std::int64_t first = page.first_visible, last = page.last_visible;
  if (route_.tab != BatchTab::allocate || !page.by_hand)
    return store_.load_items(views::items_request(page), first, last);
  // Of the entries by hand each page is a question of its own.
  const auto all = static_cast<std::int64_t>(views::given_rows(page).size());
  for (std::int64_t row = first / store::page_rows * store::page_rows; row < std::min(last, all);
       row += store::page_rows)
    store_.load_items(views::given_request(page, row / store::page_rows), 0, store::page_rows);
}

void App::fetch_dialog() {
  if (dialogs_.empty()) return;
  views::DialogState& top = dialogs_.back();
  const auto people = [this] {
    if (store_.people.wanted()) store_.load_people();
  };
  const auto batch = [this](BatchId id) {
    if (id && store_.batch.open(id.value).wanted()) store_.load_batch(id);
  };
  const auto departments = [this] {
    if (store_.departments.wanted()) store_.load_departments();
  };
  if (std::holds_alternative<commands::QuickSearch>(top.what)) {  // what it finds without asking for each word
    if (store_.may(Permission::manage_people)) departments();
    if (store_.may(Permission::import_customers) && store_.imports.wanted()) store_.load_imports();
  }
  if (const auto* edit = std::get_if<commands::EditBatch>(&top.what)) batch(edit->batch);
  if (const auto* designate = std::get_if<commands::Designate>(&top.what)) {
    people(), batch(designate->batch);
    const auto* draft = std::get_if<views::DesignateDraft>(&top.draft);
    if (draft && draft->person) {
      const auto request = views::hand_request(*designate, draft->person);
      if (store_.plan.open(store::Store::key_of(request)).wanted()) store_.load_plan(request);
    }
  }
  if (const auto* limit = std::get_if<commands::ChangeLimit>(&top.what)) {
    batch(limit->batch);
    const auto* draft = std::get_if<views::LimitDraft>(&top.draft);
    if (draft && draft->filled) {
      const auto request = views::preview_of(limit->batch, *draft);
      if (store_.limit_preview.open(store::Store::key_of(request)).wanted()) store_.load_limit_preview(request);
    }
  }
  if (const auto* reassign = std::get_if<commands::Reassign>(&top.what)) {
    people(), batch(reassign->batch);
    const auto* draft = std::get_if<views::SelectionDraft>(&top.draft);
    if (draft && draft->person) {
      const auto request = views::preview_of(*reassign, draft->person);
      if (store_.reassignment_preview.open(store::Store::key_of(request)).wanted())
        store_.load_reassignment_preview(request);
    }
  }
  if (const auto* transfer = std::get_if<commands::TransferItem>(&top.what)) {
    const std::int64_t item = transfer->item.value;
    if (store_.item.open(item).wanted()) store_.load_item({item});
    if (store_.transfer_targets.open(item).wanted()) store_.load_transfer_targets({item});
  }
  if (const auto* change = std::get_if<commands::ChangeSelection>(&top.what)) batch(change->request.batch);
  if (const auto* back = std::get_if<commands::ReturnItems>(&top.what)) batch(back->batch);
  if (const auto* disable = std::get_if<commands::DisablePerson>(&top.what))
    if (people(); store_.held.open(disable->person.value).wanted()) store_.load_held(disable->person);
  if (std::holds_alternative<commands::CompanySettings>(top.what) && store_.settings.wanted()) store_.load_settings();
  if (const auto* undo = std::get_if<commands::UndoOperation>(&top.what))
    if (store_.allocation_undo.open(undo->operation.value).wanted()) store_.load_allocation_undo(undo->operation);
  if (const auto* rows = std::get_if<commands::LookAtOperationRows>(&top.what)) {
    const auto* draft = std::get_if<views::OperationRowsDraft>(&top.draft);
    const bool changed = draft && draft->changed;
    if (store_.operation_rows.open(store::Store::key_of(rows->operation, changed)).wanted())
      store_.load_operation_rows(rows->operation, changed);
  }
  if (const auto* end = std::get_if<commands::EndBatch>(&top.what)) batch(end->batch);
  if (const auto* terminate = std::get_if<commands::TerminateBatch>(&top.what)) batch(terminate->batch);
  if (const auto* edit = std::get_if<commands::EditCustomer>(&top.what))
    if (store_.customer.open(edit->customer.value).wanted()) store_.load_customer(edit->customer);
  if (std::holds_alternative<commands::NewCustomer>(top.what) ||
      std::holds_alternative<commands::EditCustomer>(top.what) ||
      std::holds_alternative<commands::AddToBatch>(top.what))
    if (store_.fields.wanted()) store_.load_fields();
  if (std::holds_alternative<commands::NewPerson>(top.what) || std::holds_alternative<commands::EditPerson>(top.what) ||
      std::holds_alternative<commands::NewDepartment>(top.what) ||
      std::holds_alternative<commands::EditDepartment>(top.what))
    departments(), people();
  if (std::holds_alternative<commands::EditUserGroup>(top.what) ||
      std::holds_alternative<commands::RemoveUserGroup>(top.what) ||
      std::holds_alternative<commands::UserGroupLimit>(top.what))
    if (store_.user_groups.wanted()) store_.load_user_groups();
  if (const auto* edit = std::get_if<commands::EditCalendar>(&top.what)) {
    departments();
    if (edit->calendar && store_.calendar.open(edit->calendar.value).wanted()) store_.load_calendar(edit->calendar);
    if (const auto* draft = std::get_if<views::CalendarDraft>(&top.draft); draft && draft->year > 0)
      if (store_.statutory.open(draft->year).wanted()) store_.load_statutory(draft->year);
  }
  const bool renames = std::holds_alternative<commands::RenamePolicy>(top.what);
  if (renames || std::holds_alternative<commands::ManagePolicies>(top.what)) {
    const auto* list = std::get_if<views::PoliciesDraft>(&top.draft);
    if (store_.policies.wanted()) store_.load_policies(false);
    if ((renames || (list && list->archive)) && store_.archived_policies.wanted()) store_.load_policies(true);
  }
  if (std::holds_alternative<commands::RemoveCalendar>(top.what) && store_.calendars.wanted()) store_.load_calendars();
  if (const auto* look = std::get_if<commands::LookAtItem>(&top.what)) {
    if (store_.item.open(look->item.value).wanted()) store_.load_item(look->item);
    if (store_.why.open(look->item.value).wanted()) store_.load_why(look->item);
  }
  if (const auto* add = std::get_if<commands::AddToBatch>(&top.what)) {
    if (!add->batch) {
      api::ListBatches::Request request;
      request.relation = api::BatchRelation::managed;
      request.state = domain::batch::BatchState::active;
      request.limit = 100;
      if (store_.batch_list(store::Store::key_of(request)).wanted()) store_.load_batches(request);
    }
    const auto* draft = std::get_if<views::AddToBatchDraft>(&top.draft);
    if (const auto preview = views::preview_of(*add, draft ? *draft : views::AddToBatchDraft{}))
      if (store_.addition_preview.open(store::Store::key_of(*preview)).wanted()) store_.load_addition_preview(*preview);
    if (add->customers.empty() && (add->query || draft)) {
      const api::CustomerQuery query = views::query_of(*add, draft ? *draft : views::AddToBatchDraft{});
      const std::int64_t key = views::key_of(query);
      if (store_.query_totals.open(key).wanted()) store_.load_query_total(key, query);
    }
  }
}

}  // namespace tw
