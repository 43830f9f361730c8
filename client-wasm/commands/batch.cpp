// Commands on batches and items. Rows that a write is on its way for are drawn dim (store.pending_items) until it is
// answered, whatever the answer.
#include <algorithm>

#include "api/operation_rows.h"
#include "client/commands/execute.h"
#include "domain/batch/transitions.h"

namespace tw::commands {

using domain::batch::Action;

Notice outcome_of(const api::OperationView& view, const Host& host) {
  constexpr std::string_view expected[] = {"done",     "unchanged", "added",  "already_in", "excepted",
                                           "assigned", "ended",     "graced", "reversed"};
  const auto words = [&host](TextKey key, const std::vector<Param>& params) {
    return host.words(std::string(key.view()), params);
  };
  bool smooth = view.state == api::OperationState::done;
  std::string outcomes;
  for (const api::OutcomeCount& one : view.outcomes) {
    if (one.count == 0) continue;
    if (!outcomes.empty()) outcomes += words(text_key("list.separator"), {});
    outcomes += words(text_key("operation.outcome"), {param("outcome", one.outcome), param("count", one.count)});
    smooth &= std::find(std::begin(expected), std::end(expected), one.outcome) != std::end(expected);
  }
  if (outcomes.empty()) outcomes = words(text_key("operation.nobody"), {});
  Notice notice;
  notice.key = view.state == api::OperationState::done     ? text_key("operation.done")
               : view.state == api::OperationState::failed ? text_key("operation.failed")
                                                           : text_key("operation.stopped");
  notice.params = {param("kind", std::string(wire_name(view.kind))), param("outcomes", outcomes)};
  if (!view.problem.empty()) notice.params.push_back(param("problem", host.words(view.problem, {})));
  notice.outcome = smooth ? Outcome::done : Outcome::warning;
  const bool left_some = std::any_of(view.outcomes.begin(), view.outcomes.end(), [](const api::OutcomeCount& one) {
    return one.count > 0 && !api::outcome_changes(one.outcome) && !api::outcome_is_only_counted(one.outcome);
  });
  if (view.batch && left_some && api::keeps_rows(view.kind))
    notice.look = LookAtOperationRows{view.batch, view.operation};
  const bool gave = std::any_of(view.outcomes.begin(), view.outcomes.end(), [](const api::OutcomeCount& one) {
    return one.count > 0 && one.outcome == "assigned";
  });
  if (view.batch && gave && smooth && !notice.look) notice.look = UndoOperation{view.batch, view.operation};
  return notice;
}

template <class O>
void Executor::change_rows(FormId form, const typename O::Request& request, Action does, Notice done) {
  if (form && store_.form(form).busy) return;
  for (const api::ItemVersion& row : request.rows) store_.pending_items.insert(row.item.value);
  if (form) store_.forms[form] = {.busy = true, .problem = {}};
  transport::call<O>(
      store_.transport(), request, [this, form, rows = request.rows, batch = request.batch, does, done](auto answer) {
        store_.heard(answer ? nullptr : &answer.problem);
        for (const api::ItemVersion& row : rows) {
          store_.pending_items.erase(row.item.value);
          happened(EventKind::item_changed, row.item.value);
        }
        happened(EventKind::batch_changed, batch.value);
        store_.poll_soon();
        if (!answer) return refused(form, std::move(answer.problem));
        if (form) {
          store_.forms.erase(form);
          host_.close_dialog(form);
        }
        const bool can_be_undone =
            domain::batch::undoes(Action::undo_own, does) || domain::batch::undoes(Action::undo_allocation, does);
        std::int64_t changed = 0, left = 0;
        std::string reason;
        api::UndoItems::Request undo{batch, {}};
        for (const api::RowOutcome& row : answer->outcomes) {
          const bool fine = row.result == api::RowResult::done || row.result == api::RowResult::unchanged;
          (fine ? changed : left) += 1;
          if (can_be_undone && row.result == api::RowResult::done) undo.rows.push_back({row.item, row.version});
          if (!fine && reason.empty()) {
            std::vector<Param> params;
            for (const api::TextParam& one : row.params) params.push_back(param(one.name, one.value));
            reason = host_.words(row.key, params);
          }
        }
        if (changed) {
          Notice notice = done;
          notice.params.push_back(param("count", changed));
          notice.undo = std::move(undo);
          host_.notify(std::move(notice));
        }
        if (left)
          host_.notify({.key = text_key("items.some_refused"),
                        .params = {param("count", left), param("reason", reason)},
                        .outcome = Outcome::refused});
      });
}

void Executor::give(const GiveByHand& what, const std::vector<api::ItemVersion>& rows) {
  const auto count = static_cast<std::int64_t>(rows.size());
  if (!host_.give_by_hand(what.batch, rows, what.person, what.override_soft))
    return host_.notify({.key = text_key("allocation.too_many_by_hand"),
                         .params = {param("count", count), param("limit", api::most_entries_by_hand)},
                         .outcome = Outcome::refused});
  host_.notify({.key = text_key("allocate.given"), .params = {param("count", count), param("name", what.name)}});
}

void Executor::run(const BatchCommand& command) {
  const auto saved = [this](const api::BatchDetail& detail) {
    const std::int64_t id = detail.summary.batch.value;
    store_.batch.put(id, detail);
    happened(EventKind::batch_changed, id);
    store_.batch.find(id)->stale = false;
  };
  const auto started = [this](BatchId batch) {
    return [this, batch](const api::Accepted& reply) {
      store_.watch(reply.operation);
      happened(EventKind::batch_changed, batch.value);
    };
  };
  if (const auto* create = std::get_if<CreateBatch>(&command)) {
    send<api::CreateBatch>(
        create->form, create->request, [this, saved, then = create->then_add](const api::BatchDetail& detail) {
          saved(detail);
          host_.notify({.key = text_key("batches.created"), .params = {param("subject", detail.summary.subject)}});
          host_.go(path_to(Page::batch, detail.summary.batch.value), false);
          if (!then) return;
          AddToBatch add = *then;
          add.batch = detail.summary.batch;
          host_.open_dialog(std::move(add));
        });
  } else if (const auto* update = std::get_if<UpdateBatch>(&command)) {
    send<api::UpdateBatch>(update->form, update->request,
                           [this, saved, then = update->confirm_waiting](const api::BatchDetail& detail) {
                             saved(detail);
                             if (detail.summary.running) store_.watch(detail.summary.running);
                             host_.notify({.key = text_key("batches.saved")});
                             if (!then) return;
                             ChangeSelectedItems confirm;
                             confirm.request.batch = detail.summary.batch;
                             confirm.request.action = Action::confirm;
                             confirm.request.selection.states = {domain::batch::ItemState::completed};
                             run(BatchCommand{std::move(confirm)});
                           });
  } else if (const auto* limit = std::get_if<ChangeLimitNow>(&command)) {
    send<api::ChangeLimit>(limit->form, limit->request, started(limit->request.batch));
  } else if (const auto* add = std::get_if<AddCustomersToBatch>(&command)) {
    send<api::AddCustomersToBatch>(add->form, add->request,
                                   [this, batch = add->request.batch, started](const api::Accepted& reply) {
                                     started(batch)(reply);
                                     host_.go(path_to(Page::batch, batch.value), false);
                                   });
  } else if (const auto* confirm = std::get_if<ConfirmItems>(&command)) {
    change_rows<api::ConfirmItems>(0, confirm->request, Action::confirm, {.key = text_key("items.confirmed")});
  } else if (const auto* back = std::get_if<ReturnItemsNow>(&command)) {
    change_rows<api::ReturnItems>(back->form, back->request, Action::send_back, {.key = text_key("items.returned")});
  } else if (const auto* reset = std::get_if<ResetItemsNow>(&command)) {
    change_rows<api::ResetItems>(reset->form, reset->request, Action::reset, {.key = text_key("items.reset")});
  } else if (const auto* remove = std::get_if<RemoveItemsNow>(&command)) {
    change_rows<api::RemoveItems>(remove->form, remove->request, Action::remove, {.key = text_key("items.removed")});
  } else if (const auto* designate = std::get_if<DesignateItems>(&command)) {
    const api::PersonRow* person = store_.person(designate->request.executor);
    change_rows<api::DesignateItems>(
        designate->form, designate->request, Action::designate,
        {.key = text_key("items.designated"), .params = {param("name", person ? person->name : std::string{})}});
  } else if (const auto* reassign = std::get_if<ReassignItemsNow>(&command)) {
    const api::PersonRow* person = store_.person(reassign->request.executor);
    change_rows<api::ReassignItems>(
        reassign->form, reassign->request, Action::reassign,
        {.key = text_key("items.designated"), .params = {param("name", person ? person->name : std::string{})}});
  } else if (const auto* change = std::get_if<ChangeSelectedItems>(&command)) {
    send<api::ChangeSelectedItems>(
        change->form, change->request,
        [this, form = change->form, batch = change->request.batch, started](const api::Accepted& reply) {
          started(batch)(reply);
          host_.sent({form});
        });
  } else if (const auto* plan = std::get_if<MakePlan>(&command)) {
    store_.load_plan(plan->request);
  } else if (const auto* by_hand = std::get_if<GiveByHand>(&command)) {
    if (!by_hand->selection) {
      give(*by_hand, by_hand->rows);
      if (by_hand->form) host_.close_dialog(by_hand->form);
      return;
    }
    send<api::SelectItems>(
        by_hand->form, {by_hand->batch, *by_hand->selection},
        [this, what = *by_hand](const api::SelectItems::Response& found) { give(what, found.items); });
  } else if (const auto* allocate = std::get_if<AllocateItems>(&command)) {
    const BatchId batch = allocate->request.batch;
    send<api::AllocateItems>(allocate->form, allocate->request, [this, batch, started](const api::Accepted& reply) {
      started(batch)(reply);
      host_.plan_committed(batch);
    });
  } else if (const auto* add_policy = std::get_if<AddPolicy>(&command)) {
    send<api::AddPolicy>(add_policy->form, add_policy->request,
                         [this, saved, batch = add_policy->batch](const api::PolicyView& policy) {
                           store_.policies.stale = true;
                           host_.notify({.key = text_key("policies.saved"), .params = {param("name", policy.name)}});
                           const auto& known = store_.batch.at(batch.value);
                           if (!known.ready()) return;
                           api::UpdateBatch::Request edit;
                           edit.batch = batch;
                           edit.version = known->summary.version;
                           edit.policy = policy.policy;
                           send<api::UpdateBatch>(0, edit, saved);
                         });
  } else if (const auto* update_policy = std::get_if<UpdatePolicy>(&command)) {
    send<api::UpdatePolicy>(update_policy->form, update_policy->request, [this](const api::PolicyView& policy) {
      store_.policies.stale = store_.archived_policies.stale = true;
      store_.batch.mark_stale();
      host_.notify(policy.name.empty()
                       ? Notice{.key = text_key("policies.terms_saved")}
                       : Notice{.key = text_key("policies.saved"), .params = {param("name", policy.name)}});
    });
  } else if (const auto* archive = std::get_if<ArchivePolicy>(&command)) {
    send<api::ArchivePolicy>(archive->form, archive->request, [this](const api::PolicyView& policy) {
      store_.policies.stale = store_.archived_policies.stale = true;
      host_.notify({.key = policy.archived ? text_key("policies.archived_now") : text_key("policies.restored"),
                    .params = {param("name", policy.name)}});
    });
  } else if (const auto* undo = std::get_if<UndoAllocation>(&command)) {
    send<api::UndoAllocation>(undo->form, {undo->operation}, started(undo->batch));
  } else if (const auto* end = std::get_if<EndBatchNow>(&command)) {
    send<api::EndBatch>(end->form, end->request, started(end->request.batch));
  } else if (const auto* terminate = std::get_if<TerminateBatchNow>(&command)) {
    send<api::TerminateBatch>(terminate->form, terminate->request, [this, saved](const api::BatchDetail& detail) {
      saved(detail);
      host_.notify({.key = text_key("batches.terminated")});
    });
  } else if (const auto* cancel = std::get_if<CancelOperation>(&command)) {
    send<api::CancelOperation>(0, {cancel->operation}, [this](const api::OperationView& view) {
      store_.operation.put(view.operation.value, view);
      store_.watch(view.operation);
    });
  } else if (const auto* again = std::get_if<RetryOperation>(&command)) {
    send<api::RetryOperation>(0, {again->operation}, [this](const api::OperationView& view) {
      store_.operation.put(view.operation.value, view);
      store_.watch(view.operation);
    });
  } else if (const auto* more = std::get_if<MoreBatches>(&command)) {
    store_.load_more_batches(more->request);
  } else if (const auto* log = std::get_if<MoreBatchLog>(&command)) {
    store_.load_more_batch_log(log->batch);
  } else if (const auto* rows = std::get_if<MoreOperationRows>(&command)) {
    store_.load_more_operation_rows(rows->operation, rows->changed);
  }
}

template <class O>
void Executor::change_item(FormId form, const typename O::Request& request, Notice done, std::string then_go) {
  const std::int64_t id = request.item.value;
  store_.pending_items.insert(id);
  if (form) store_.forms[form] = {.busy = true, .problem = {}};
  std::string words;
  if constexpr (requires { request.text; }) words = request.text;
  transport::call<O>(store_.transport(), request, [this, form, id, done, then_go, words](auto answer) {
    store_.heard(answer ? nullptr : &answer.problem);
    store_.pending_items.erase(id);
    happened(EventKind::item_changed, id);
    store_.poll_soon();
    if (!answer) return refused(form, std::move(answer.problem));
    if constexpr (std::is_same_v<typename O::Response, api::ItemDetail>) {
      store_.item.put(id, *answer);
    }
    if (form) {
      store_.forms.erase(form);
      host_.sent({form, id, words});
      host_.close_dialog(form);
    }
    host_.notify(done);
    if (!then_go.empty()) host_.go_on_from({id}, then_go);
  });
}

void Executor::run(const ItemCommand& command) {
  const auto taken_back = [](BatchId batch, const auto& request) {  // the item as it will be right after this
    return batch ? api::UndoItems::Request{batch, {{request.item, {request.version.value + 1}}}}
                 : api::UndoItems::Request{};
  };
  if (const auto* save = std::get_if<SaveProgress>(&command)) {
    change_item<api::SaveProgress>(save->form, save->request, {.key = text_key("items.progress_saved")}, {});
  } else if (const auto* complete = std::get_if<CompleteItem>(&command)) {
    change_item<api::CompleteItem>(
        complete->form, complete->request,
        {.key = text_key("items.completed"), .undo = taken_back(complete->batch, complete->request)},
        complete->next ? path_to(Page::my_tasks, complete->next.value) : path_to(Page::my_tasks));
  } else if (const auto* abandon = std::get_if<AbandonItemNow>(&command)) {
    change_item<api::AbandonItem>(
        abandon->form, abandon->request,
        {.key = text_key("items.abandoned"), .undo = taken_back(abandon->batch, abandon->request)},
        path_to(Page::my_tasks));
  } else if (const auto* quick = std::get_if<SaveQuickResult>(&command)) {
    const bool completes = domain::batch::action_of(quick->request.result) == Action::complete;
    change_item<api::SaveQuickResult>(
        quick->form, quick->request,
        {.key = completes ? text_key("items.completed") : text_key("items.progress_saved"),
         .undo = completes ? taken_back(quick->batch, quick->request) : api::UndoItems::Request{}},
        quick->next ? path_to(Page::my_tasks, quick->next.value) : path_to(Page::my_tasks));
  } else if (const auto* transfer = std::get_if<TransferItemNow>(&command)) {
    change_item<api::TransferItem>(transfer->form, transfer->request,
                                   {.key = text_key("my.transferred_to"),
                                    .params = {param("name", transfer->name)},
                                    .undo = taken_back(transfer->batch, transfer->request)},
                                   path_to(Page::my_tasks));
  } else if (const auto* claim = std::get_if<ClaimItems>(&command)) {
    change_rows<api::ClaimItems>(0, claim->request, Action::claim, {.key = text_key("claim.done")});
  } else if (const auto* draw = std::get_if<ClaimAtRandom>(&command)) {
    const BatchId batch = draw->batch;
    send<api::ClaimAtRandom>(draw->form, {batch}, [this, batch](const api::ClaimAtRandom::Response& drawn) {
      happened(EventKind::batch_changed, batch.value);
      host_.notify(
          {.key = text_key("claim.done"), .params = {param("count", static_cast<std::int64_t>(drawn.items.size()))}});
      host_.go(path_with(path_to(Page::my_tasks), "batch", std::to_string(batch.value)), false);
    });
  } else if (const auto* more = std::get_if<MoreClaimable>(&command)) {
    store_.load_more_claimable(more->batch);
  } else if (const auto* undo = std::get_if<UndoItems>(&command)) {
    change_rows<api::UndoItems>(0, undo->request, Action::undo_own, {.key = text_key("items.undone")});
  }
}

}  // namespace tw::commands
