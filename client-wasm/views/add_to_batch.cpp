// The dialog that adds customers to a batch: ticked ones, or every row of a query with or without exceptions. It says
// what it is going to add before it does.
#include <algorithm>

#include "client/ui/format.h"
#include "client/views/batch.h"
#include "client/views/customers.h"
#include "client/views/words.h"
#include "core/text.h"

namespace tw::views {

using namespace ui;
using ui::text;

api::CustomerQuery query_of(const commands::AddToBatch& what, const AddToBatchDraft& draft) {
  if (what.query) return *what.query;
  api::CustomerQuery query;
  query.view = static_cast<api::CustomerView>(draft.view);
  query.search = std::string(text::trim(draft.words));
  query.filter.conditions = draft.conditions;
  return query;
}

std::optional<api::PreviewAddition::Request> preview_of(const commands::AddToBatch& what,
                                                        const AddToBatchDraft& draft) {
  api::PreviewAddition::Request request;
  request.batch = what.batch ? what.batch : draft.chosen;
  if (!request.batch) return std::nullopt;
  request.customers = what.customers;
  if (!what.customers.empty()) return request;
  request.query = query_of(what, draft);
  request.except = what.except;
  return request;
}

std::int64_t key_of(const api::CustomerQuery& query) { return store::hash_of(json::encode(query)); }

namespace {

// Still being typed: what is asked, and what was answered, is about something else.
bool is_typing(const commands::AddToBatch& what, const AddToBatchDraft& draft) {
  return what.customers.empty() && !what.query && text::trim(draft.words_draft) != draft.words;
}

void choose_batch(Ui& ui, const store::Store& model, const commands::AddToBatch& what, AddToBatchDraft& draft) {
  row(ui, [&] {
    strong(ui, ui.tr("batch.choose"));
    spring(ui);
    if (command_button(ui, {.id = commands::Id::new_batch}, {.kind = ButtonKind::ghost})) {
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
  {
    IdScope scope(ui, "words");
    search_line(ui, ui.tr("customers.search"), 0, {draft.words_draft, draft.words_typed_at_ms, draft.words});
  }
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
    if (!draw_condition_editor(ui, model, draft.condition, draft.people)) return;
    draft.conditions.push_back(draft.condition);
    draft.condition.value.clear();
    draft.condition.values.clear();
    draft.people = {};
    draft.editing = false;
  });
}

// Who is going to be left out or skipped, and who would be contacted from two batches.
void draw_preview(Ui& ui, const store::Store& model, const api::PreviewAddition::Request& request) {
  const auto& preview = model.addition_preview.at(store::Store::key_of(request));
  if (preview.failed()) return failed(ui, preview.problem);
  if (!preview.ready()) return loading_line(ui, true);
  const api::PreviewAddition::Response& found = *preview;
  // So few fit the query that the preview found none within what it looks at.
  if (found.more && found.looked_at == 0) return muted(ui, ui.tr("addition.not_looked_at"));
  column(ui, {.gap = space::xs}, [&] {
    if (found.more) note(ui, ui.tr("addition.of_the_first", {param("count", found.looked_at)}));
    muted(ui, found.in_other_batch == 0 ? ui.tr("addition.in_no_other_batch")
                                        : ui.tr("addition.in_other_batch", {param("count", found.in_other_batch)}));
    if (found.already_in > 0) muted(ui, ui.tr("addition.already_in", {param("count", found.already_in)}));
    if (found.do_not_contact + found.number_error > 0)
      muted(ui,
            ui.tr("addition.left_out", {param("silent", found.do_not_contact), param("wrong", found.number_error)}));
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
  const auto left = static_cast<std::int64_t>(what.except.size());
  const bool typing = is_typing(what, draft);
  const std::int64_t found = !by_query       ? static_cast<std::int64_t>(what.customers.size())
                             : total.ready() ? total->count
                                             : what.count + left;
  const std::int64_t count = std::max<std::int64_t>(0, found - left);
  bool pressed = false;
  const DialogResult result = dialog(
      ui, "add-to-batch-dialog",
      {.title = ui.tr("batch.add_customers"),
       .width = 560,
       .close_name = ui.tr("common.close"),
       .footer =
           [&] {
             pressed = dialog_buttons(ui, {.action = ui.tr("batch.add_count", {param("count", count)}),
                                           .disabled = !target || count == 0 || typing,
                                           .why_disabled = !target  ? ui.tr("batch.choose_first")
                                                           : typing ? ui.tr("batch.looking")
                                                                    : ui.tr("batch.nobody_to_add"),
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
            if (typing) {
              loading_line(ui, true);
            } else if (total.failed()) {
              failed(ui, total.problem);
            } else if (total.ready()) {
              muted(ui, left == 0 ? ui.tr("batch.query_count", {param("count", count)})
                                  : ui.tr("batch.query_count_except", {param("count", count), param("left", left)}));
            } else {
              loading_line(ui, true);
            }
          }
        });
        if (!what.batch) choose_batch(ui, model, what, draft);
        if (const auto asked = preview_of(what, draft); asked && !typing) draw_preview(ui, model, *asked);
        checkbox(ui, "leave-out", ui.tr("batch.leave_out_others"), draft.leave_out_others,
                 {.hint = ui.tr("batch.leave_out_hint")});
      });
  if (result.close) push(ui, commands::CloseDialog{});
  if (!(pressed || result.submit) || !target || count == 0 || typing || status.busy) return;
  api::AddCustomersToBatch::Request request;
  request.batch = target;
  request.leave_out_if_in_other_batch = draft.leave_out_others;
  if (by_query) {
    request.query = query;
    request.except = what.except;
  } else {
    request.customers = what.customers;
  }
  push(ui, commands::AddCustomersToBatch{form_id, std::move(request)});
}

}  // namespace tw::views
