// What an executor can claim of a batch: a list to tick from, or a draw; and why not, when claiming is closed, nothing
// is left or they have enough.
#include "client/ui/format.h"
#include "client/views/batch.h"
#include "client/views/selected.h"
#include "client/views/words.h"
#include "core/text.h"

namespace tw::views {

using namespace ui;
using api::ClaimableRow;
using commands::Id;
using commands::Page;
using commands::path_to;
using domain::batch::ClaimMode;
using ui::text;

namespace {

using Claimable = api::QueryClaimable::Response;

bool is_full(const Claimable& there) { return there.room && *there.room <= 0; }
// Why they can have none of them.
std::string_view why_none(Ui& ui, const Claimable& there) {
  if (there.absent) return ui.tr("claim.absent");
  return is_full(there) ? ui.tr("claim.full_words") : std::string_view{};
}

void draw_facts(Ui& ui, const Claimable& there) {
  row(ui, {.gap = space::l, .height = line_height(Style::caption), .wrap = true}, [&] {
    caption(ui, ui.tr("claim.free", {param("count", there.free)}));
    caption(ui, there.room ? ui.tr("claim.held_of", {param("held", there.held), param("room", *there.room)})
                           : ui.tr("claim.held", {param("held", there.held)}));
    if (there.to) caption(ui, ui.tr("claim.until", {param("at", std::string(date_time(ui, *there.to)))}));
  });
}

void draw_random(Ui& ui, const store::Store& model, const BatchPageState& state, const Claimable& there) {
  const std::string_view why =
      there.untouched > 0 ? ui.tr("claim.work_first", {param("count", there.untouched)}) : why_none(ui, there);
  card(ui, "draw", {.title = ui.tr("claim.draw_title")}, [&] {
    paragraph(ui, ui.tr("claim.draw_words", {param("count", there.count)}), {.color = Token::muted});
    form_problem(ui, model.form(claim_form), false);
    if (!why.empty()) caption(ui, why);
    row(ui, [&] {
      if (command_button(ui, {.id = Id::claim_at_random, .why = why},
                         {.kind = ButtonKind::primary, .busy = model.form(claim_form).busy}))
        push(ui, commands::ClaimAtRandom{claim_form, state.batch});
    });
  });
}

void draw_selection(Ui& ui, const BatchPageState& state, const Claimable& there, Selection& selection) {
  std::vector<api::ItemVersion> rows;
  for (const ClaimableRow& row : there.rows)
    if (selection.has(row.item.value) && rows.size() < static_cast<std::size_t>(api::most_rows_at_once))
      rows.push_back({row.item, row.version});
  if (rows.empty()) return selection.clear();  // whoever was faster has taken them from the list
  const auto count = static_cast<std::int64_t>(rows.size());
  const std::string_view label = ui.keep(std::string(name_of(ui, Id::claim_items)) + "  " + number(count));
  const SelectionBarEvent event = selection_bar(
      ui, "selection",
      {.words = ui.tr("customers.selected", {param("count", count)}),
       .clear_name = ui.tr("common.clear_selection"),
       .actions = [&] {
         if (command_button(ui, {.id = Id::claim_items, .label = label}, {.kind = ButtonKind::primary}, true))
           push(ui, commands::ClaimItems{{state.batch, rows}});
       }});
  if (event != SelectionBarEvent::none) selection.clear();
}

std::string_view name_of_row(Ui& ui, const ClaimableRow& row) {
  if (!row.customer_name.empty()) return row.customer_name;
  if (!row.customer_key.empty()) return ui.tr("customers.named_by_key", {param("key", row.customer_key)});
  return ui.tr("customers.named_by_number", {param("id", row.customer.value)});
}

void draw_cell(Ui& ui, const ClaimableRow& row, int column) {
  switch (column) {
    case 0:
      return cell_strong(ui, name_of_row(ui, row));
    case 1:
      return cell_text(ui, or_dash(ui, row.city));
    case 2:
      return row.score ? cell_number(ui, *row.score) : cell_muted(ui, "—");
    default:
      return cell_muted(ui, or_dash(ui, row.phone));
  }
}

void draw_rows(Ui& ui, const store::Store& model, BatchPageState& state, const Claimable& there) {
  const bool picks = there.mode == ClaimMode::pick && !is_full(there) && !there.absent;
  if (!state.claim.selection.empty()) draw_selection(ui, state, there, state.claim.selection);
  const Column columns[] = {
      {.key = "customer", .label = ui.tr("items.customer"), .share = 1.4f, .min_width = 120, .row_header = true},
      {.key = "city", .label = ui.tr("customer_column.city"), .share = 1, .min_width = 70},
      {.key = "score", .label = ui.tr("items.score"), .width = 72, .align = ColumnAlign::end},
      {.key = "phone", .label = ui.tr("items.phone"), .width = 136, .hide_below = 480}};
  const auto at = [&there](std::int64_t index) -> const ClaimableRow& {
    return there.rows[static_cast<std::size_t>(index)];
  };
  TableModel table_model;
  table_model.name = ui.tr("claim.tab");
  table_model.rows = static_cast<std::int64_t>(there.rows.size());
  table_model.columns = columns;
  table_model.selectable = picks;
  table_model.activatable = false;
  table_model.row = [&](std::int64_t index) {
    const ClaimableRow& row = at(index);
    return RowInfo{.loaded = true,
                   .key = row.item.value,
                   .name = name_of_row(ui, row),
                   .path = {},
                   .dimmed = model.pending_items.count(row.item.value) != 0};
  };
  table_model.cell = [&](std::int64_t index, int column) { draw_cell(ui, at(index), column); };
  table_model.empty = [&] {
    empty_state(ui, "none",
                {.icon = Icon::check, .title = ui.tr("claim.nothing_title"), .words = ui.tr("claim.nothing_words")});
  };
  const TableEvents events = table(ui, "claimable", table_model, state.claim);
  if (!there.next.empty() && events.last_visible >= table_model.rows - 5)
    push(ui, commands::MoreClaimable{state.batch});
}

}  // namespace

void draw_batch_claim(Ui& ui, const store::Store& model, BatchPageState& state) {
  remote(ui, model.claimable.at(state.batch.value), [&](const Claimable& there) {
    if (!there.open) {
      std::vector<Param> params;
      for (const api::TextParam& one : there.params) params.push_back(param(one.name, one.value));
      return card(ui, "closed", {}, [&] {
        empty_state(
            ui, "closed",
            {.icon = Icon::lock, .title = ui.tr("claim.closed_title"), .words = ui.tr(there.key.c_str(), params)});
      });
    }
    draw_facts(ui, there);
    if (there.mode == ClaimMode::random) draw_random(ui, model, state, there);
    if (const std::string_view why = why_none(ui, there); !why.empty())
      banner(ui, "full", {.tone = Tone::completed, .icon = Icon::info, .words = why});
    draw_rows(ui, model, state, there);
  });
}

}  // namespace tw::views
