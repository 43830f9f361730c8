#include "client/views/batches.h"

#include "client/ui/format.h"
#include "client/views/blocks.h"
#include "client/views/words.h"

namespace tw::views {

using namespace ui;
using commands::Id;
using commands::Page;
using commands::path_to;
using domain::access::Permission;

void read_route(const commands::Route& route, BatchesState& state) {
  api::ListBatches::Request request;
  if (!from_wire_name(route.asked("relation"), request.relation)) request.relation = api::BatchRelation::any;
  BatchState batch_state{};
  if (from_wire_name(route.asked("state"), batch_state)) request.state = batch_state;
  api::Waiting waiting{};
  if (from_wire_name(route.asked("waiting"), waiting)) request.waiting = waiting;
  request.search = std::string(route.asked("q"));
  request.limit = 100;
  if (state.search_draft == state.request.search) state.search_draft = request.search;
  state.request = std::move(request);
}

std::string address_of(const BatchesState& state) {
  commands::Route route;
  route.page = Page::batches;
  if (state.request.relation != api::BatchRelation::any)
    route.query["relation"] = std::string(wire_name(state.request.relation));
  if (state.request.state) route.query["state"] = std::string(wire_name(*state.request.state));
  if (state.request.waiting) route.query["waiting"] = std::string(wire_name(*state.request.waiting));
  route.query["q"] = state.request.search;
  return commands::address_of(route);
}

namespace {

std::string_view filtered_words(Ui& ui, const BatchesState& state, const store::Remote<store::BatchList>& list) {
  const std::vector<Param> params = {
      param("count", list.ready() ? list->total.count : 0),
      param("waiting", std::string(wire_name(state.request.waiting.value_or(api::Waiting::to_confirm))))};
  return state.request.waiting ? ui.tr("batches.filtered_waiting", params) : ui.tr("batches.filtered", params);
}

void draw_filter(Ui& ui, BatchesState& state, const store::Remote<store::BatchList>& list) {
  if (!state.request.waiting && state.request.search.empty()) return;
  if (!filtered_bar(ui, filtered_words(ui, state, list))) return;
  state.request.waiting.reset();
  state.request.search.clear();
  state.search_draft.clear();
  go(ui, address_of(state));
}

void show(Ui& ui, const BatchesState& state) { push(ui, commands::Go{address_of(state), true}); }

void draw_search(Ui& ui, BatchesState& state, float width) {
  if (!search_line(ui, ui.tr("batches.search"), width,
                   {state.search_draft, state.searched_at_ms, state.request.search}))
    return;
  show(ui, state);
}

void draw_bar(Ui& ui, BatchesState& state) {
  constexpr CommandTab relations[] = {{Id::batches_any}, {Id::batches_managed}, {Id::batches_executing}};
  int relation = static_cast<int>(state.request.relation);
  row(ui, {.wrap = ui.is_phone()}, [&] {
    if (command_tabs(ui, "relations", ui.tr("batches.relations"), relations, relation)) {
      state.request.relation = static_cast<api::BatchRelation>(relation);
      state.request.waiting.reset();
      go(ui, address_of(state));
    }
    if (ui.is_phone()) return;
    spring(ui);
    draw_search(ui, state, 240);
  });
  if (ui.is_phone()) draw_search(ui, state, 0);
}

bool shows_all(const BatchesState& state) {
  return !state.request.waiting && state.request.search.empty() && state.request.relation == api::BatchRelation::any;
}

void draw_empty(Ui& ui, const store::Store& model, const BatchesState& state) {
  if (!shows_all(state)) {
    empty_state(
        ui, "none",
        {.icon = Icon::search, .title = ui.tr("batches.none_found"), .words = ui.tr("batches.none_found_words")});
  } else if (model.may(Permission::create_batch)) {
    if (empty_state(ui, "none",
                    {.icon = Icon::batch,
                     .title = ui.tr("batches.empty_title"),
                     .words = ui.tr("batches.empty_words"),
                     .action = ui.tr("batches.new"),
                     .action_icon = Icon::plus}))
      open_dialog(ui, commands::NewBatch{});
  } else {
    empty_state(
        ui, "none",
        {.icon = Icon::batch, .title = ui.tr("batches.empty_title"), .words = ui.tr("batches.empty_member_words")});
  }
}

void draw_cell(Ui& ui, const api::BatchSummary& batch, int column) {
  switch (column) {
    case 0:
      cell_strong(ui, batch.subject);
      return;
    case 1:
      batch_chip(ui, batch.state);
      if (batch.claiming_open) chip(ui, ui.tr("claim.open_chip"), {.tone = Tone::accent, .dot = false});
      return;
    case 2: {
      const auto bar = bar_of(ui, batch.counts);
      state_bar(ui, batch.subject, bar);
      return;
    }
    case 3:
      cell_number(ui, all_of(batch.counts));
      return;
    case 4:
      batch.counts.completed ? cell_number(ui, batch.counts.completed) : cell_muted(ui, "—");
      return;
    case 5:
      cell_muted(ui, batch.next_due ? time_left(ui, *batch.next_due) : std::string_view("—"));
      return;
    case 6:
      cell_muted(ui, batch.creator_name);
      return;
    default:
      cell_muted(ui, relative_time(ui, batch.changed));
  }
}

// Who only executes in it goes to their own items of it; a filter of the list stays on in the batch.
std::string address_of_row(const api::BatchSummary& batch, const BatchesState& state) {
  if (state.request.waiting) return path_of(*state.request.waiting, batch.batch);
  return batch.manages ? path_to(Page::batch, batch.batch.value)
                       : commands::path_with(path_to(Page::my_tasks), "batch", std::to_string(batch.batch.value));
}

void draw_table(Ui& ui, const store::Store& model, BatchesState& state, const store::BatchList& list) {
  const Column columns[] = {
      {.key = "subject", .label = ui.tr("batches.subject"), .share = 1.5f, .min_width = 150, .row_header = true},
      {.key = "state", .label = ui.tr("batches.state"), .width = 168, .hide_below = 560},
      {.key = "progress", .label = ui.tr("batches.progress"), .share = 1, .min_width = 90},
      {.key = "items", .label = ui.tr("batches.items"), .width = 92, .align = ColumnAlign::end},
      {.key = "completed",
       .label = ui.tr("batches.to_confirm"),
       .width = 92,
       .align = ColumnAlign::end,
       .hide_below = 700},
      {.key = "next_due", .label = ui.tr("batches.next_due"), .width = 140, .hide_below = 820},
      {.key = "creator", .label = ui.tr("batches.creator"), .width = 110, .hide_below = 960},
      {.key = "changed", .label = ui.tr("batches.changed"), .width = 116, .hide_below = 1080},
  };
  TableModel table_model;
  table_model.name = ui.tr("nav.batches");
  table_model.rows = static_cast<std::int64_t>(list.rows.size());
  table_model.columns = columns;
  table_model.row = [&](std::int64_t index) {
    const api::BatchSummary& batch = list.rows[static_cast<std::size_t>(index)];
    return RowInfo{.loaded = true,
                   .key = batch.batch.value,
                   .name = batch.subject,
                   .path = ui.keep(address_of_row(batch, state)),
                   .dimmed = false};
  };
  table_model.cell = [&](std::int64_t index, int column) {
    draw_cell(ui, list.rows[static_cast<std::size_t>(index)], column);
  };
  table_model.empty = [&] { draw_empty(ui, model, state); };
  const TableEvents events = table(ui, "batches", table_model, state.table);
  if (events.activated >= 0) go(ui, address_of_row(list.rows[static_cast<std::size_t>(events.activated)], state));
  if (!list.next.empty() && events.last_visible >= table_model.rows - 5) push(ui, commands::MoreBatches{state.request});
}

}  // namespace

void draw_batches(Ui& ui, const store::Store& model, BatchesState& state) {
  const auto& list = model.batch_list(store::Store::key_of(state.request));
  const bool offers_first = list.ready() && list->rows.empty() && shows_all(state);  // the empty list does
  page(ui, "batches",
       {.title = ui.tr("nav.batches"),
        .count = list.ready() ? total_words(ui, list->total) : std::string_view{},
        .bounded = true,
        .actions =
            [&] {
              if (model.may(Permission::create_batch) &&
                  command_button(ui, {.id = commands::Id::new_batch},
                                 {.kind = offers_first ? ButtonKind::secondary : ButtonKind::primary}))
                open_dialog(ui, commands::NewBatch{});
            }},
       [&] {
         if (const auto& bench = model.workbench; bench.ready()) {
           const bool manager = manages_something(model, *bench);
           if (manager) draw_manager_blocks(ui, *bench, ui.is_phone());
           if (!manager || executes_something(*bench)) draw_executor_blocks(ui, *bench, ui.is_phone());
         }
         draw_bar(ui, state);
         draw_filter(ui, state, list);
         remote(ui, list, [&](const store::BatchList& found) { draw_table(ui, model, state, found); });
       });
}

}  // namespace tw::views
