// The items of a batch: a long table, and what can be done with ticked rows. What is offered follows the transition
// table of the domain, the same that guards the server.
#include <algorithm>

#include "client/ui/format.h"
#include "client/views/batch.h"
#include "client/views/selected.h"
#include "client/views/words.h"
#include "core/text.h"
#include "domain/batch/transitions.h"

namespace tw::views {

using namespace ui;
using api::BatchDetail;
using api::ItemRow;
using commands::BatchTab;
using commands::Id;
using domain::batch::Action;
using domain::batch::Standing;
using domain::batch::transition_allowed;
using ui::text;

namespace {

// The record of an item over the list as it is now.
std::string address_of_item(const BatchPageState& state, ItemId item) {
  return commands::path_with(address_of(state), "item", std::to_string(item.value));
}

bool allowed(const BatchDetail& batch, const ItemRow& item, Action action) {
  if (batch.summary.state != BatchState::active) return false;
  if (action == Action::remove && item.ever_allocated) return false;
  return transition_allowed(item.state, action, Standing::creator_side);
}

// What the ticked rows allow: an action is offered when it suits at least one of them, and acts on those.
struct Chosen {
  std::vector<api::ItemVersion> confirm, send_back, reset, designate, reassign, remove;
  bool asks_executor = false;  // when they are returned
};

// Who completed it receives no more.
bool is_gone(const BatchDetail& batch, PersonId executor) {
  return std::any_of(batch.gone.begin(), batch.gone.end(),
                     [executor](const api::BatchPerson& person) { return person.person == executor; });
}

Chosen chosen_rows(const BatchDetail& batch, const store::Window<ItemRow>& rows, const Selection& selection) {
  Chosen chosen;
  rows.each([&](const ItemRow& item) {
    if (!selection.has(item.item.value)) return;
    const api::ItemVersion row{item.item, item.version};
    const auto add = [&](Action action, std::vector<api::ItemVersion>& to) {
      if (allowed(batch, item, action) && to.size() < static_cast<std::size_t>(api::most_rows_at_once))
        to.push_back(row);
    };
    add(Action::confirm, chosen.confirm);
    add(Action::send_back, chosen.send_back);
    if (item.state == ItemState::completed && is_gone(batch, item.executor)) chosen.asks_executor = true;
    add(Action::reset, chosen.reset);
    add(Action::designate, chosen.designate);
    add(Action::reassign, chosen.reassign);
    add(Action::remove, chosen.remove);
  });
  return chosen;
}

void draw_actions(Ui& ui, BatchPageState& state, const Chosen& chosen) {
  const auto label = [&](std::string_view words, const std::vector<api::ItemVersion>& rows) {
    return ui.keep(std::string(words) + "  " + number(static_cast<std::int64_t>(rows.size())));
  };
  const auto pressed_for = [&](Id id, const std::vector<api::ItemVersion>& rows) {
    const ButtonKind kind = id == Id::confirm_items ? ButtonKind::primary : ButtonKind::secondary;
    return !rows.empty() && command_button(ui, {.id = id, .label = label(name_of(ui, id), rows)}, {.kind = kind}, true);
  };
  if (pressed_for(Id::confirm_items, chosen.confirm)) push(ui, commands::ConfirmItems{{state.batch, chosen.confirm}});
  if (pressed_for(Id::return_items, chosen.send_back))
    open_dialog(ui, commands::ReturnItems{state.batch, chosen.send_back, chosen.asks_executor});
  if (pressed_for(Id::designate_items, chosen.designate))
    open_dialog(ui, commands::Designate{state.batch, chosen.designate});
  if (pressed_for(Id::reassign_items, chosen.reassign))
    open_dialog(ui, commands::Reassign{state.batch, chosen.reassign});
  if (pressed_for(Id::reset_items, chosen.reset)) open_dialog(ui, commands::ResetItems{state.batch, chosen.reset});
  if (pressed_for(Id::remove_items, chosen.remove)) open_dialog(ui, commands::RemoveItems{state.batch, chosen.remove});
}

// Everything that the list finds, on all its pages, without what was unticked, as far as its state allows the action.
commands::ChangeSelection everything_for(Action action, const BatchDetail& batch, const BatchPageState& state,
                                         const Selection& selection, const api::Total& total) {
  const api::QueryItems::Request listed = items_request(state);
  commands::ChangeSelection change;
  change.request.batch = state.batch;
  change.request.action = action;
  api::ItemSelection& selected = change.request.selection;
  selected.search = listed.search;
  selected.executors = listed.executors;
  selected.due_soon = listed.due_soon;
  selected.held_by_disabled = listed.held_by_disabled;
  bool suits_all = true;
  for (const ItemState one : states_in_order) {
    const std::int64_t count = count_of(batch.summary.counts, one);
    const auto at = std::find(listed.states.begin(), listed.states.end(), one);
    if (count == 0 || (!listed.states.empty() && at == listed.states.end())) continue;
    if (!transition_allowed(one, action, Standing::creator_side)) {
      suits_all = false;
      continue;
    }
    selected.states.push_back(one);
    change.count += count;
  }
  for (const std::int64_t key : selection.keys) selected.except.push_back({key});
  if (total.exact) change.count = std::min(change.count, selection.size(total.count));
  // Of a search, and of those left out, the states are not known here.
  const bool counted_by_state = listed.search.empty() && listed.executors.empty() && !listed.due_soon &&
                                !listed.held_by_disabled && selection.keys.empty();
  change.at_most = !counted_by_state && !(suits_all && total.exact);
  return change;
}

void draw_actions_on_all(Ui& ui, const BatchDetail& batch, const BatchPageState& state, const Selection& selection,
                         const api::Total& total) {
  constexpr std::pair<Action, Id> actions[] = {
      {Action::confirm, Id::confirm_items},     {Action::send_back, Id::return_items},
      {Action::designate, Id::designate_items}, {Action::reassign, Id::reassign_items},
      {Action::reset, Id::reset_items},         {Action::remove, Id::remove_items}};
  for (const auto& [action, id] : actions) {
    commands::ChangeSelection change = everything_for(action, batch, state, selection, total);
    if (change.count <= 0) continue;
    const std::string_view words = name_of(ui, id);
    const std::string_view label = change.at_most ? words : ui.keep(std::string(words) + "  " + number(change.count));
    const ButtonKind kind = action == Action::confirm ? ButtonKind::primary : ButtonKind::secondary;
    if (command_button(ui, {.id = id, .label = label}, {.kind = kind}, true)) open_dialog(ui, std::move(change));
  }
}

// A list that is here whole, and short, is acted on row by row, by the versions that are seen.
void settle_selection(const store::Store& model, const store::Window<ItemRow>& rows, Selection& selection) {
  keep_what_is_here(selection, rows, model.changed_items);
  if (!selection.all_of_query || rows.rows() > api::most_rows_at_once) return;
  const Here here = here_of(rows);
  if (!here.whole) return;
  Selection named;
  for (const std::int64_t key : here.keys)
    if (selection.has(key)) named.keys.insert(key);
  selection = std::move(named);
}

void draw_selection(Ui& ui, const store::Store& model, const BatchDetail& batch, BatchPageState& state,
                    const store::Window<ItemRow>& rows, Selection& selection, bool of_another_query) {
  if (selection.empty()) return;
  if (!of_another_query) settle_selection(model, rows, selection);
  if (selection.empty()) return;
  const std::string_view all_words =
      ui.tr("customers.select_all", {param("total", std::string(total_words(ui, rows.total)))});
  list_selection(ui, selection, rows.total, all_words, [&] {
    if (selection.all_of_query) {
      if (!of_another_query) draw_actions_on_all(ui, batch, state, selection, rows.total);
    } else {
      draw_actions(ui, state, chosen_rows(batch, rows, selection));
    }
  });
}

void draw_due(Ui& ui, const ItemRow& item) {
  cell_muted(ui, item.due_at ? time_left(ui, *item.due_at) : std::string_view("—"));
}

void draw_cell(Ui& ui, const ItemRow& item, std::string_view column) {
  if (column == "customer_name") {
    cell_strong(ui, customer_name(ui, item));
    reach_chips(ui, item);
  } else if (column == "state") {
    state_chip(ui, item.state);
    if (item.returned) chip(ui, ui.tr("items.returned_chip"), {.tone = Tone::danger, .dot = false});
    late_chip(ui, item);
  } else if (column == "executor") {
    if (item.executor) {
      avatar(ui, item.executor_name, item.executor.value, 24);
      cell_text(ui, item.executor_name);
    } else {
      cell_muted(ui, "—");
    }
  } else if (column == "last_text") {
    cell_muted(ui, or_dash(ui, item.last_text));
  } else if (column == "due_at") {
    draw_due(ui, item);
  } else if (column == "phone") {
    cell_muted(ui, or_dash(ui, item.phone));
  } else if (column == "score") {
    item.score ? cell_number(ui, *item.score) : cell_muted(ui, "—");
  } else {
    cell_muted(ui, relative_time(ui, item.changed));
  }
}

void draw_empty(Ui& ui, const BatchDetail& batch, const BatchPageState& state) {
  if (state.tab == BatchTab::confirm && !is_filtered(state)) {
    empty_state(ui, "nothing",
                {.icon = Icon::check,
                 .title = ui.tr("batch.nothing_to_confirm"),
                 .words = ui.tr("batch.nothing_to_confirm_words")});
  } else if (is_filtered(state)) {
    empty_state(ui, "nothing", {.icon = Icon::search, .title = ui.tr("batch.none_found")});
  } else if (batch.summary.state == BatchState::active) {
    if (empty_state(ui, "nothing",
                    {.icon = Icon::customers,
                     .title = ui.tr("batch.empty_title"),
                     .words = ui.tr("batch.empty_words"),
                     .action = ui.tr("batch.add_customers"),
                     .action_icon = Icon::plus}))
      open_dialog(ui, commands::AddToBatch{state.batch, {}, {}, 0});
  } else {
    empty_state(ui, "nothing", {.icon = Icon::customers, .title = ui.tr("batch.empty_title")});
  }
}

// Customers are there and nobody has had one yet: what comes next.
void draw_next_step(Ui& ui, const BatchDetail& batch) {
  const api::StateCounts& counts = batch.summary.counts;
  if (batch.summary.state != BatchState::active || counts.unassigned == 0 || counts.unassigned != all_of(counts))
    return;
  const BannerEvent event = banner(ui, "next-step",
                                   {.icon = Icon::people,
                                    .words = ui.tr("batch.next_allocate", {param("count", counts.unassigned)}),
                                    .action = ui.tr("batch.go_allocate")});
  if (event == BannerEvent::action)
    go(ui, commands::path_to(commands::Page::batch, batch.summary.batch.value, BatchTab::allocate));
}

void row_commands(Ui& ui, const BatchDetail& batch, BatchPageState& state, const ItemRow& item, Ask ask) {
  const std::vector<api::ItemVersion> rows = {{item.item, item.version}};
  const std::string_view name = customer_name(ui, item);
  const auto asked = [&](Action action, Id id) { return allowed(batch, item, action) && ask(ui, id, name); };
  if (asked(Action::confirm, Id::confirm_items)) push(ui, commands::ConfirmItems{{state.batch, rows}});
  if (asked(Action::send_back, Id::return_items))
    open_dialog(ui, commands::ReturnItems{state.batch, rows, is_gone(batch, item.executor)});
  if (asked(Action::designate, Id::designate_items)) open_dialog(ui, commands::Designate{state.batch, rows});
  if (asked(Action::reassign, Id::reassign_items)) open_dialog(ui, commands::Reassign{state.batch, rows});
  if (asked(Action::reset, Id::reset_items)) open_dialog(ui, commands::ResetItems{state.batch, rows});
  if (asked(Action::remove, Id::remove_items)) open_dialog(ui, commands::RemoveItems{state.batch, rows});
  if (ask(ui, Id::open_customer, name)) go(ui, commands::path_to(commands::Page::customer, item.customer.value));
}

}  // namespace

void draw_batch_items(Ui& ui, const store::Store& model, const BatchDetail& batch, BatchPageState& state) {
  const bool confirming = state.tab == BatchTab::confirm;
  const auto shown = model.items.show(store::Store::key_of(items_request(state)));
  static const store::Window<ItemRow> nothing{};
  const store::Window<ItemRow>& rows = shown.window ? *shown.window : nothing;
  TableState& table_state = confirming ? state.confirm : state.items;
  if (!confirming) draw_next_step(ui, batch);
  draw_batch_filter(ui, model, batch, state, rows);
  draw_selection(ui, model, batch, state, rows, table_state.selection, shown.dimmed);
  list_problem(ui, rows.problem(), rows.known());
  const Column columns[] = {
      {.key = "customer_name",
       .label = ui.tr("items.customer"),
       .share = 1.2f,
       .min_width = 130,
       .sortable = true,
       .row_header = true},
      {.key = "state", .label = ui.tr("items.state"), .width = 190, .sortable = true},
      {.key = "executor",
       .label = ui.tr("items.executor"),
       .share = 1.1f,
       .min_width = 132,
       .sortable = true,
       .hide_below = 560},
      {.key = "last_text", .label = ui.tr("items.last_text"), .share = 1.4f, .min_width = 120, .hide_below = 760},
      {.key = "due_at", .label = ui.tr("items.due"), .width = 132, .sortable = true, .hide_below = 860},
      {.key = "phone", .label = ui.tr("items.phone"), .width = 128, .hide_below = 1000},
      {.key = "score",
       .label = ui.tr("items.score"),
       .width = 72,
       .align = ColumnAlign::end,
       .sortable = true,
       .hide_below = 1100},
      {.key = "changed", .label = ui.tr("items.changed"), .width = 132, .sortable = true, .hide_below = 680},
  };
  TableModel table_model;
  table_model.name = ui.tr("batch.tab_items");
  table_model.rows = rows.known() ? rows.rows() : 20;
  table_model.columns = columns;
  table_model.sort = state.sort;
  table_model.selectable = batch.summary.state == BatchState::active;
  table_model.row = [&](std::int64_t index) {
    const ItemRow* item = rows.at(index);
    if (!item) return RowInfo{};
    return RowInfo{.loaded = true,
                   .key = item->item.value,
                   .name = customer_name(ui, *item),
                   .path = ui.keep(address_of_item(state, item->item)),
                   .dimmed = shown.dimmed || model.pending_items.count(item->item.value) != 0};
  };
  table_model.cell = [&](std::int64_t index, int column) { draw_cell(ui, *rows.at(index), columns[column].key); };
  table_model.context_menu = [&](std::int64_t index) {
    if (const ItemRow* item = rows.at(index)) row_commands(ui, batch, state, *item, command_item);
  };
  table_model.empty = [&] { draw_empty(ui, batch, state); };
  const TableEvents events = table(ui, confirming ? "confirm" : "items", table_model, table_state);
  // The palette acts on what is ticked, else on the row with the keyboard.
  if (const ItemRow* item = rows.at(table_state.current); item && table_state.selection.empty())
    row_commands(ui, batch, state, *item, offered);
  state.first_visible = events.first_visible;
  state.last_visible = events.last_visible;
  if (events.sort_changed) {
    state.sort = events.sort;
    go(ui, address_of(state));
  }
  if (events.activated >= 0)
    if (const ItemRow* item = rows.at(events.activated)) go(ui, address_of_item(state, item->item));
}

}  // namespace tw::views
