// Dialogs that act on items of a batch, add customers to it, or end it. Irreversible acts say in numbers what will
// happen and want the subject typed.
#include <algorithm>
#include <functional>

#include "client/ui/format.h"
#include "client/views/batch.h"
#include "client/views/customers.h"
#include "client/views/words.h"
#include "core/text.h"

namespace tw::views {

using namespace ui;
using ui::text;

namespace {

struct ReasonDialog {
  std::string_view id, title, words, label, action;
  bool required = false;
  bool danger = false;
};

// A reason and two buttons; true when it is to be done.
bool reason_dialog(Ui& ui, const store::FormStatus& status, const ReasonDialog& what, std::string& reason) {
  bool pressed = false;
  const bool complete = !what.required || !text::trim(reason).empty();
  const DialogResult result = dialog(ui, what.id,
                                     {.title = what.title,
                                      .width = 480,
                                      .close_name = ui.tr("common.close"),
                                      .footer =
                                          [&] {
                                            pressed = dialog_buttons(ui, {.action = what.action,
                                                                          .danger = what.danger,
                                                                          .disabled = !complete,
                                                                          .why_disabled = ui.tr("items.needs_reason"),
                                                                          .busy = status.busy});
                                          }},
                                     [&] {
                                       form_problem(ui, status);
                                       paragraph(ui, what.words, {.color = Token::muted});
                                       text_area(ui, "reason", reason,
                                                 {.field = {.label = what.label,
                                                            .error = field_problem(status, "reason"),
                                                            .required = what.required,
                                                            .focus_first = true,
                                                            .max_length = 1000}});
                                     });
  if (result.close) push(ui, commands::CloseDialog{});
  return (pressed || result.submit) && complete && !status.busy;
}

std::int64_t size_of(const std::vector<api::ItemVersion>& rows) { return static_cast<std::int64_t>(rows.size()); }

}  // namespace

void draw_return_dialog(Ui& ui, const store::Store& model, store::FormId form_id, const commands::ReturnItems& what,
                        ReasonDraft& draft) {
  if (reason_dialog(ui, model.form(form_id),
                    {"return-dialog", ui.tr("items.return_title", {param("count", size_of(what.rows))}),
                     ui.tr("items.return_words"), ui.tr("items.return_reason"), ui.tr("items.return"), true, false},
                    draft.reason))
    push(ui, commands::ReturnItemsNow{form_id, {what.batch, what.rows, std::string(text::trim(draft.reason))}});
}

void draw_reset_dialog(Ui& ui, const store::Store& model, store::FormId form_id, const commands::ResetItems& what,
                       ReasonDraft& draft) {
  if (reason_dialog(ui, model.form(form_id),
                    {"reset-dialog", ui.tr("items.reset_title", {param("count", size_of(what.rows))}),
                     ui.tr("items.reset_words"), ui.tr("items.reset_reason"), ui.tr("items.take_back"), false, true},
                    draft.reason))
    push(ui, commands::ResetItemsNow{form_id, {what.batch, what.rows, std::string(text::trim(draft.reason))}});
}

void draw_remove_dialog(Ui& ui, const store::Store& model, store::FormId form_id, const commands::RemoveItems& what) {
  const store::FormStatus& status = model.form(form_id);
  bool pressed = false;
  const DialogResult result = dialog(
      ui, "remove-dialog",
      {.title = ui.tr("items.remove_title", {param("count", size_of(what.rows))}),
       .width = 440,
       .close_name = ui.tr("common.close"),
       .footer =
           [&] {
             pressed = dialog_buttons(ui, {.action = ui.tr("items.remove"), .danger = true, .busy = status.busy});
           }},
      [&] {
        form_problem(ui, status, false);
        paragraph(ui, ui.tr("items.remove_words"), {.color = Token::muted});
      });
  if (result.close) push(ui, commands::CloseDialog{});
  if ((pressed || result.submit) && !status.busy) push(ui, commands::RemoveItemsNow{form_id, {what.batch, what.rows}});
}

void draw_designate_dialog(Ui& ui, const store::Store& model, store::FormId form_id, const commands::Designate& what,
                           DesignateDraft& draft) {
  const store::FormStatus& status = model.form(form_id);
  const auto& batch = model.batch.at(what.batch.value);
  bool pressed = false;
  const DialogResult result = dialog(
      ui, "designate-dialog",
      {.title = ui.tr("items.designate_title", {param("count", size_of(what.rows))}),
       .width = 480,
       .close_name = ui.tr("common.close"),
       .footer =
           [&] {
             pressed = dialog_buttons(ui, {.action = ui.tr("items.designate"),
                                           .disabled = !draft.person,
                                           .why_disabled = ui.tr("items.choose_person"),
                                           .busy = status.busy});
           }},
      [&] {
        form_problem(ui, status, false);
        remote(ui, batch, [&](const api::BatchDetail& detail) {
          scrolled(ui, "people", ui.tr("batches.executors"), 320, [&] {
            for (const api::BatchPerson& person : detail.executors) {
              if (!person.active) continue;
              IdScope scope(ui, person.person.value);
              if (card_button(
                      ui, "person",
                      {.name = person.name, .selected = draft.person == person.person, .padding = space::s}, [&] {
                        row(ui, {.gap = space::m}, [&] {
                          avatar_name(ui, person.name, person.person.value, person.department_name);
                          spring(ui);
                          caption(ui, person.holding_cap
                                          ? ui.tr("allocate.holds_of",
                                                  {param("held", person.held), param("cap", *person.holding_cap)})
                                          : ui.tr("allocate.holds", {param("held", person.held)}));
                        });
                      }))
                draft.person = person.person;
            }
          });
        });
      });
  if (result.close) push(ui, commands::CloseDialog{});
  if (!(pressed || result.submit) || !draft.person || status.busy) return;
  api::DesignateItems::Request request;
  request.batch = what.batch;
  request.executor = draft.person;
  request.rows = what.rows;
  // The manager's hand: caps and the abandoner's bar are shown, and overridden by choosing all the same.
  request.confirmed = {domain::allocation::Obstacle::over_holding_cap, domain::allocation::Obstacle::over_inflow_cap,
                       domain::allocation::Obstacle::barred_abandoner};
  push(ui, commands::DesignateItems{form_id, std::move(request)});
}

// --- the irreversible ends -------------------------------------------------------------------------------------------

namespace {

struct EndDialog {
  std::string_view id, title, words, action;
  bool wants_reason = false;
};

bool end_dialog(Ui& ui, const store::FormStatus& status, const api::BatchDetail& batch, const EndDialog& what,
                ReasonDraft& draft) {
  bool pressed = false;
  const bool typed = text::trim(draft.typed_subject) == text::trim(batch.summary.subject);
  const bool complete = typed && (!what.wants_reason || !text::trim(draft.reason).empty());
  const DialogResult result =
      dialog(ui, what.id,
             {.title = what.title,
              .subtitle = batch.summary.subject,
              .width = 520,
              .close_name = ui.tr("common.close"),
              .footer =
                  [&] {
                    pressed = dialog_buttons(ui, {.action = what.action,
                                                  .danger = true,
                                                  .disabled = !complete,
                                                  .why_disabled = ui.tr("batches.type_subject_first"),
                                                  .busy = status.busy});
                  }},
             [&] {
               form_problem(ui, status);
               paragraph(ui, what.words);
               const auto bar = bar_of(ui, batch.summary.counts);
               state_legend(ui, bar);
               if (what.wants_reason)
                 text_area(ui, "reason", draft.reason,
                           {.field = {.label = ui.tr("batches.termination_reason"),
                                      .error = field_problem(status, "reason"),
                                      .required = true,
                                      .focus_first = true,
                                      .max_length = 1000},
                            .min_lines = 2});
               text_field(ui, "subject", draft.typed_subject,
                          {.label = ui.tr("batches.type_subject", {param("subject", batch.summary.subject)}),
                           .error = field_problem(status, "subject"),
                           .required = true,
                           .focus_first = !what.wants_reason});
             });
  if (result.close) push(ui, commands::CloseDialog{});
  return (pressed || result.submit) && complete && !status.busy;
}

}  // namespace

void draw_end_dialog(Ui& ui, const store::Store& model, store::FormId form_id, BatchId batch, ReasonDraft& draft) {
  const auto& known = model.batch.at(batch.value);
  if (!known.ready()) return;
  const api::StateCounts& counts = known->summary.counts;
  if (end_dialog(ui, model.form(form_id), *known,
                 {"end-dialog", ui.tr("batches.end_all"),
                  ui.tr("batches.end_words",
                        {param("count", all_of(counts) - counts.ended), param("executing", counts.executing)}),
                  ui.tr("batches.end_all"), false},
                 draft))
    push(ui, commands::EndBatchNow{form_id, {batch, known->summary.version, known->summary.subject}});
}

void draw_terminate_dialog(Ui& ui, const store::Store& model, store::FormId form_id, BatchId batch,
                           ReasonDraft& draft) {
  const auto& known = model.batch.at(batch.value);
  if (!known.ready()) return;
  const api::StateCounts& counts = known->summary.counts;
  if (end_dialog(ui, model.form(form_id), *known,
                 {"terminate-dialog", ui.tr("batches.terminate"),
                  ui.tr("batches.terminate_words",
                        {param("count", all_of(counts) - counts.ended), param("executing", counts.executing)}),
                  ui.tr("batches.terminate"), true},
                 draft))
    push(ui,
         commands::TerminateBatchNow{
             form_id, {batch, known->summary.version, known->summary.subject, std::string(text::trim(draft.reason))}});
}

// --- adding customers ------------------------------------------------------------------------------------------------

api::CustomerQuery query_of(const commands::AddToBatch& what, const AddToBatchDraft& draft) {
  if (what.query) return *what.query;
  api::CustomerQuery query;
  query.view = static_cast<api::CustomerView>(draft.view);
  query.search = std::string(text::trim(draft.words));
  query.filter.conditions = draft.conditions;
  return query;
}

std::int64_t key_of(const api::CustomerQuery& query) {
  // FNV-1a of what it says: names the count of this query in the store.
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : json::encode(query)) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return static_cast<std::int64_t>(hash >> 1);
}

namespace {

void choose_batch(Ui& ui, const store::Store& model, const commands::AddToBatch& what, AddToBatchDraft& draft) {
  row(ui, [&] {
    strong(ui, ui.tr("batch.choose"));
    spring(ui);
    if (button(ui, "new-batch", ui.tr("batches.new"), {.kind = ButtonKind::ghost, .icon = Icon::plus})) {
      push(ui, commands::CloseDialog{});
      open_dialog(ui, commands::NewBatch{what});
    }
  });
  search_field(ui, "search", draft.search, ui.tr("batches.search"));
  api::ListBatches::Request request;
  request.relation = api::BatchRelation::managed;
  request.state = BatchState::active;
  request.limit = 100;
  const std::string wanted = text::lower(text::trim(draft.search));
  remote(ui, model.batch_list(store::Store::key_of(request)), [&](const store::BatchList& list) {
    scrolled(ui, "batches", ui.tr("nav.batches"), 220, [&] {
      for (const api::BatchSummary& batch : list.rows) {
        if (!wanted.empty() && text::lower(batch.subject).find(wanted) == std::string::npos) continue;
        IdScope scope(ui, batch.batch.value);
        if (card_button(ui, "batch",
                        {.name = batch.subject, .selected = draft.chosen == batch.batch, .padding = space::s}, [&] {
                          row(ui, {.height = 24}, [&] {
                            strong(ui, batch.subject);
                            spring(ui);
                            caption(ui, ui.tr("batch.items_count", {param("count", all_of(batch.counts))}));
                          });
                        }))
          draft.chosen = batch.batch;
      }
      if (list.rows.empty()) muted(ui, ui.tr("batch.none_to_add_to"));
    });
  });
}

void make_query(Ui& ui, const store::Store& model, AddToBatchDraft& draft) {
  const Choice views[] = {{.key = "own", .label = ui.tr("words.customer_view", {param("value", "own")})},
                          {.key = "department", .label = ui.tr("words.customer_view", {param("value", "department")})},
                          {.key = "all", .label = ui.tr("words.customer_view", {param("value", "all")})}};
  segmented(ui, "view", ui.tr("customers.views"), views, draft.view);
  search_field(ui, "words", draft.words, ui.tr("customers.search"));
  int removed = -1;
  if (!draft.conditions.empty()) {
    row(ui, {.wrap = true}, [&] {
      for (std::size_t i = 0; i < draft.conditions.size(); ++i) {
        IdScope scope(ui, static_cast<std::int64_t>(i));
        if (filter_chip(ui, "condition", sentence_of(ui, model, draft.conditions[i]), ui.tr("filter.remove")) ==
            FilterChipEvent::remove)
          removed = static_cast<int>(i);
      }
    });
  }
  if (removed >= 0) draft.conditions.erase(draft.conditions.begin() + removed);
  if (!draft.editing) {
    if (button(ui, "add-condition", ui.tr("filter.add"), {.icon = Icon::filter})) draft.editing = true;
    return;
  }
  card(ui, "condition", {.padding = space::m}, [&] {
    if (!draw_condition_editor(ui, model, draft.condition)) return;
    draft.conditions.push_back(draft.condition);
    draft.condition.value.clear();
    draft.editing = false;
  });
}

}  // namespace

void draw_add_to_batch_dialog(Ui& ui, const store::Store& model, store::FormId form_id,
                              const commands::AddToBatch& what, AddToBatchDraft& draft) {
  const store::FormStatus& status = model.form(form_id);
  const BatchId target = what.batch ? what.batch : draft.chosen;
  const bool by_query = what.customers.empty();
  const api::CustomerQuery query = query_of(what, draft);
  const auto& total = model.query_totals.at(key_of(query));
  const std::int64_t count = !by_query       ? static_cast<std::int64_t>(what.customers.size())
                             : total.ready() ? total->count
                                             : what.count;
  bool pressed = false;
  const DialogResult result = dialog(
      ui, "add-to-batch-dialog",
      {.title = ui.tr("batch.add_customers"),
       .width = 560,
       .close_name = ui.tr("common.close"),
       .footer =
           [&] {
             pressed = dialog_buttons(
                 ui, {.action = ui.tr("batch.add_count", {param("count", count)}),
                      .disabled = !target || count == 0,
                      .why_disabled = target ? ui.tr("batch.nobody_to_add") : ui.tr("batch.choose_first"),
                      .busy = status.busy});
           }},
      [&] {
        form_problem(ui, status, false);
        if (by_query && !what.query) make_query(ui, model, draft);
        card(ui, "sentence", {.padding = space::m, .gap = space::xs}, [&] {
          caption(ui, ui.tr("batch.will_add"));
          paragraph(ui, by_query ? sentence_of(ui, model, query) : ui.tr("batch.ticked", {param("count", count)}),
                    {.weight = Weight::semibold});
          if (by_query) {
            if (total.failed()) {
              failed(ui, total.problem);
            } else if (total.ready()) {
              muted(ui, ui.tr("batch.query_count", {param("count", total->count)}));
            } else {
              loading_line(ui, true);
            }
          }
        });
        if (!what.batch) choose_batch(ui, model, what, draft);
        checkbox(ui, "leave-out", ui.tr("batch.leave_out_others"), draft.leave_out_others,
                 {.hint = ui.tr("batch.leave_out_hint")});
      });
  if (result.close) push(ui, commands::CloseDialog{});
  if (!(pressed || result.submit) || !target || count == 0 || status.busy) return;
  api::AddCustomersToBatch::Request request;
  request.batch = target;
  request.leave_out_if_in_other_batch = draft.leave_out_others;
  if (by_query) {
    request.query = query;
  } else {
    request.customers = what.customers;
  }
  push(ui, commands::AddCustomersToBatch{form_id, std::move(request)});
}

}  // namespace tw::views
