// What became of each customer of a long operation, from its notice or from the history of its batch: whom it left as
// they were and why, and whom it changed.
#include "client/ui/field.h"
#include "client/ui/format.h"
#include "client/views/batch.h"
#include "client/views/words.h"

namespace tw::views {

using namespace ui;
using Rows = api::ListOperationRows::Response;

namespace {

std::string_view name_of_row(Ui& ui, const api::OperationRow& row) {
  api::CustomerRow customer;
  customer.customer = row.customer;
  customer.external_key = row.customer_key;
  return row.customer_name.empty() ? ui.keep(std::string(customer_name(ui, customer)))
                                   : std::string_view(row.customer_name);
}

// To the item in its batch, or else to the customer.
std::string path_of(BatchId batch, const api::OperationRow& row) {
  if (!row.item) return commands::path_to(commands::Page::customer, row.customer.value);
  return commands::path_with(commands::path_to(commands::Page::batch, batch.value), "item",
                             std::to_string(row.item.value));
}

std::string_view why_of(Ui& ui, const api::OperationRow& row) {
  if (row.reason.empty()) return ui.tr("operation.row_outcome", {param("outcome", row.outcome)});
  std::vector<Param> params;
  for (const api::TextParam& one : row.params) params.push_back(param(one.name, one.value));
  return ui.said(row.reason, params);
}

void draw_row(Ui& ui, BatchId batch, const api::OperationRow& row) {
  IdScope scope(ui, row.place);
  column(ui, {.gap = 0}, [&] {
    const std::string path = path_of(batch, row);
    if (link(ui, "customer", name_of_row(ui, row), {.path = path, .max_width = ui.available_width()})) {
      push(ui, commands::CloseDialog{});
      go(ui, path);
    }
    if (!row.executor_name.empty())
      caption(ui, ui.tr("operation.row_given", {param("outcome", row.outcome), param("name", row.executor_name)}));
    if (row.executor_name.empty() || !row.reason.empty()) note(ui, why_of(ui, row));
  });
}

void draw_rows(Ui& ui, const commands::LookAtOperationRows& what, const Rows& rows, bool changed) {
  if (rows.all > api::most_operation_rows)
    note(ui, ui.tr("operation.rows_first", {param("count", api::most_operation_rows), param("all", rows.all)}));
  for (const api::OperationRow& row : rows.rows) draw_row(ui, what.batch, row);
  if (rows.rows.empty() && rows.hidden == 0)
    muted(ui, rows.all > 0 ? ui.tr("operation.rows_not_kept")
              : changed    ? ui.tr("operation.rows_none_changed")
                           : ui.tr("operation.rows_none_left"));
  if (rows.hidden > 0) muted(ui, ui.tr("operation.rows_hidden", {param("count", rows.hidden)}));
  if (rows.next > 0 && button(ui, "more", ui.tr("common.show_more"), {.kind = ButtonKind::ghost}))
    push(ui, commands::MoreOperationRows{what.operation, changed});
}

}  // namespace

void draw_operation_rows_dialog(Ui& ui, const store::Store& model, const commands::LookAtOperationRows& what,
                                OperationRowsDraft& draft) {
  const auto& known = model.operation_rows.at(store::Store::key_of(what.operation, draft.changed));
  const DialogResult result =
      dialog(ui, "operation-rows-dialog",
             {.title = ui.tr("operation.rows_title"),
              .width = 560,
              .close_name = ui.tr("common.close"),
              .footer =
                  [&] {
                    if (button(ui, "done", ui.tr("common.close"))) push(ui, commands::CloseDialog{});
                  }},
             [&] {
               const Choice kinds[] = {{.key = "left", .label = ui.tr("operation.rows_left")},
                                       {.key = "changed", .label = ui.tr("operation.rows_changed")}};
               int shown = draft.changed ? 1 : 0;
               if (segmented(ui, "kinds", ui.tr("operation.rows_title"), kinds, shown)) draft.changed = shown == 1;
               remote(ui, known, [&](const Rows& rows) { draw_rows(ui, what, rows, draft.changed); });
             });
  if (result.close) push(ui, commands::CloseDialog{});
}

}  // namespace tw::views
