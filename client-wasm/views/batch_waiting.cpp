// The left side of the board of allocation: the customers that wait for an executor, or those that the draft plan gives
// to somebody by hand. They are ticked, carried to a person and taken out again here; nothing is sent before the plan
// is committed.
#include <algorithm>
#include <map>
#include <set>

#include "client/ui/drag.h"
#include "client/ui/field.h"
#include "client/ui/format.h"
#include "client/views/batch.h"
#include "client/views/selected.h"
#include "client/views/words.h"

namespace tw::views {

using namespace ui;
using api::BatchDetail;
using api::ItemRow;
using api::ItemVersion;
using commands::Id;
using Plan = api::PlanAllocation::Response;

namespace {

const store::Window<ItemRow> nothing{};

std::string_view name_in(const BatchDetail& batch, PersonId person) {
  for (const api::BatchPerson& one : batch.executors)
    if (one.person == person) return one.name;
  return {};
}

// Is the entry no longer what the manager saw?
bool has_changed(const Plan* plan, ItemId item) {
  if (!plan) return false;
  const auto found = std::lower_bound(plan->changed.begin(), plan->changed.end(), item,
                                      [](const ItemVersion& one, ItemId wanted) { return one.item < wanted; });
  return found != plan->changed.end() && found->item == item;
}

// --- which of them ---------------------------------------------------------------------------------------------------

// All who wait, those in one of the three states, or those given by hand.
void choose_shown(Ui& ui, const BatchDetail& batch, BatchPageState& state) {
  const auto label = [&](std::string_view words, std::int64_t count) {
    return ui.keep(std::string(words) + "  " + number(count));
  };
  const api::StateCounts& counts = batch.summary.counts;
  const std::pair<ItemState, std::int64_t> states[] = {{ItemState::unassigned, counts.unassigned},
                                                       {ItemState::reset, counts.reset},
                                                       {ItemState::abandoned, counts.abandoned}};
  std::vector<Choice> choices = {
      {.key = "all", .label = label(ui.tr("allocate.show_waiting"), needing_executor(counts))}};
  int selected = 0;
  for (const auto& [one, count] : states) {
    if (!state.by_hand && state.states == std::vector{one}) selected = static_cast<int>(choices.size());
    choices.push_back({.key = wire_name(one), .label = label(label_of(ui, one), count)});
  }
  if (state.by_hand) selected = static_cast<int>(choices.size());
  choices.push_back({.key = "by-hand", .label = label(ui.tr("allocate.by_hand"), state.draft().size())});
  if (!select(ui, "shown", choices, selected, {.name = ui.tr("allocate.show"), .width = 168})) return;
  state.items = {};
  state.given = {};
  state.by_hand = selected == 4;
  state.by_hand_of = {};
  state.states.clear();
  if (selected >= 1 && selected <= 3) state.states.push_back(states[selected - 1].first);
  go(ui, address_of(state));
}

void draw_head(Ui& ui, const BatchDetail& batch, BatchPageState& state) {
  row(ui, [&] {
    choose_shown(ui, batch, state);
    if (state.by_hand) return;
    if (search_line(ui, ui.tr("allocate.search"), ui.available_width(),
                    {state.search_draft, state.searched_at_ms, state.search})) {
      state.items = {};
      push(ui, commands::Go{address_of(state), true});
    }
  });
}

// --- what is carried -------------------------------------------------------------------------------------------------

// Of those given by hand.
std::vector<std::int64_t> chosen_entries(const BatchPageState& state, const Selection& selection) {
  std::vector<std::int64_t> ids;
  for (const ItemId item : given_rows(state))
    if (selection.has(item.value)) ids.push_back(item.value);
  return ids;
}

void look_at(const ItemRow& item, Carried& carried) {
  carried.blocked += item.do_not_contact || item.number_error;
  if (item.barred) carried.barred.insert(item.barred);
}

Carried look_at(const BatchPageState& state, const std::vector<std::int64_t>& ids, std::int64_t count,
                const store::Window<ItemRow>& rows) {
  Carried carried{.count = count};
  const std::set<std::int64_t> all(ids.begin(), ids.end());
  for (const std::int64_t id : all)
    if (const DraftEntry* entry = state.draft().find({id})) ++carried.given[entry->person];
  rows.each([&](const ItemRow& item) {
    if (all.count(item.item.value) != 0) look_at(item, carried);
  });
  return carried;
}

// Of everything that a query finds the pages that are here can be looked at; how many are left, the drop says. How many
// they are, the query itself has counted: that is enough for what the lanes show of them.
Carried look_at_query(const BatchPageState& state, const Selection& selection, const store::Window<ItemRow>& rows) {
  Carried carried{.count = selection.size(rows.rows())};
  std::int64_t seen = 0;
  const auto count_entry = [&](ItemId item) {
    if (const DraftEntry* entry = state.draft().find(item)) ++carried.given[entry->person];
  };
  // Whoever is in the draft waits: where nothing narrows the query, it finds all of them, on whatever page they are.
  const bool finds_all = state.states.empty() && state.search.empty();
  rows.each([&](const ItemRow& item) {
    if (!selection.has(item.item.value)) return;
    ++seen;
    if (!finds_all) count_entry(item.item);
    look_at(item, carried);
  });
  if (finds_all)
    for (const ItemId item : state.draft().listed())
      if (selection.has(item.value)) count_entry(item);
  carried.unseen = std::max<std::int64_t>(0, carried.count - seen);
  return carried;
}

void carry(Ui& ui, BatchPageState& state, const Selection& selection, ItemId item, const store::Window<ItemRow>& rows) {
  drag_source(ui, [&] {
    DragPayload payload;
    payload.kind = "item";
    const bool ticked = selection.has(item.value);
    payload.all = ticked && !state.by_hand && selection.all_of_query;  // who that is, the server says on dropping
    if (!ticked) {
      payload.ids = {item.value};
    } else if (state.by_hand) {
      payload.ids = chosen_entries(state, selection);
    } else if (!payload.all) {
      payload.ids.assign(selection.keys.begin(), selection.keys.end());
    }
    state.carried = payload.all ? look_at_query(state, selection, rows)
                                : look_at(state, payload.ids, static_cast<std::int64_t>(payload.ids.size()), rows);
    if (!payload.all && !state.carried.given.empty()) payload.also = "given";
    payload.words = std::string(ui.tr("allocate.dragged", {param("count", state.carried.count)}));
    return payload;
  });
}

void take_out(Ui& ui, BatchPageState& state, const std::vector<std::int64_t>& ids) {
  state.draft().take_out(ids);
  state.plan_again = true;
  state.given.selection.clear();
  ui.say(std::string(ui.tr("allocate.taken_out", {param("count", static_cast<std::int64_t>(ids.size()))})));
}

// Where what is carried out of the plan again is dropped: in the place of the head while it is carried, so that nothing
// moves.
void draw_way_out(Ui& ui, BatchPageState& state) {
  const std::string_view words = ui.tr("allocate.drop_out");
  std::optional<DragPayload> dropped;
  row(ui, {.height = control_height(ui.density())}, [&] {  // as high as the head
    dropped = drop_target(
        ui, "way-out", words, "given",
        [&](const DragPayload&) {
          return DropVerdict{true, std::string(words)};
        },
        [&] {
          card(ui, "way", {.padding = space::s},
               [&] { text(ui, words, {.weight = Weight::semibold, .color = Token::muted}); });
        });
  });
  if (dropped) take_out(ui, state, dropped->ids);
}

std::vector<ItemVersion> versions_of(const store::Window<ItemRow>& rows, const Selection& selection) {
  std::vector<ItemVersion> chosen;
  rows.each([&](const ItemRow& item) {
    if (selection.has(item.item.value)) chosen.push_back({item.item, item.version});
  });
  return chosen;
}

void open_give(Ui& ui, const BatchPageState& state, std::vector<ItemVersion> rows) {
  open_dialog(ui, commands::Designate{.batch = state.batch,
                                      .rows = std::move(rows),
                                      .in_plan = true,
                                      .given = state.draft().entries(),
                                      .terms = changed_terms(state)});
}

// The plan is about what is ticked, until it is committed or said otherwise.
void plan_only(BatchPageState& state, Selection& selection, const store::Window<ItemRow>& rows) {
  PlanScope only{.count = selection.size(rows.rows())};
  if (selection.all_of_query) {
    only.selection = selection_of(state, selection);
  } else {
    for (const std::int64_t key : selection.keys) only.items.push_back({key});
  }
  state.only = std::move(only);
  state.plan_again = true;
  selection.clear();
}

// --- those who wait --------------------------------------------------------------------------------------------------

void draw_waiting_selection(Ui& ui, const store::Store& model, BatchPageState& state,
                            const store::Window<ItemRow>& rows) {
  Selection& selection = state.items.selection;
  keep_what_is_here(selection, rows, model.changed_items);
  if (selection.empty()) return;
  const std::string_view all_words =
      ui.tr("allocate.select_all", {param("total", std::string(total_words(ui, rows.total)))});
  list_selection(ui, selection, rows.total, all_words, [&] {
    if (command_button(ui, {.id = Id::plan_selected}, {}, true)) plan_only(state, selection, rows);
    if (!command_button(ui, {.id = Id::give_by_hand}, {}, true)) return;
    if (selection.all_of_query) {
      open_dialog(ui, commands::Designate{.batch = state.batch,
                                          .in_plan = true,
                                          .terms = changed_terms(state),
                                          .all = selection_of(state, selection),
                                          .count = selection.size(rows.rows())});
    } else {
      open_give(ui, state, versions_of(rows, selection));
    }
  });
}

void draw_waiting_list(Ui& ui, const store::Store& model, const BatchDetail& batch, BatchPageState& state,
                       const store::Window<ItemRow>& rows, bool dimmed) {
  draw_waiting_selection(ui, model, state, rows);
  list_problem(ui, rows.problem(), rows.known());
  const Column columns[] = {{.key = "customer_name",
                             .label = ui.tr("items.customer"),
                             .share = 1.4f,
                             .min_width = 92,  // beside the people of a page of 1024 pixels the state is seen whole
                             .sortable = true,
                             .row_header = true},
                            {.key = "state", .label = ui.tr("items.state"), .width = 116, .sortable = true},
                            {.key = "score",
                             .label = ui.tr("items.score"),
                             .width = 72,
                             .align = ColumnAlign::end,
                             .sortable = true,
                             .hide_below = 340}};
  Selection& selection = state.items.selection;
  TableModel table_model;
  table_model.name = ui.tr("allocate.waiting");
  table_model.rows = rows.known() ? rows.rows() : 10;
  table_model.columns = columns;
  table_model.selectable = true;
  table_model.activatable = false;
  table_model.sort = state.sort;
  table_model.row = [&](std::int64_t index) {
    const ItemRow* item = rows.at(index);
    if (!item) return RowInfo{};
    return RowInfo{.loaded = true,
                   .key = item->item.value,
                   .name = customer_name(ui, *item),
                   .path = {},
                   .dimmed = dimmed || model.pending_items.count(item->item.value) != 0};
  };
  table_model.cell = [&](std::int64_t index, int column) {
    const ItemRow& item = *rows.at(index);
    if (column == 0) {
      cell_strong(ui, customer_name(ui, item));
      reach_chips(ui, item);
      return;
    }
    if (column == 2) return item.score ? cell_number(ui, *item.score) : cell_muted(ui, "—");
    const DraftEntry* entry = state.draft().find(item.item);
    if (!entry) return state_chip(ui, item.state);
    const std::string_view name = name_in(batch, entry->person);
    avatar(ui, name, entry->person.value, 22);
    cell_text(ui, name);
    tooltip(ui, ui.tr("allocate.given_to", {param("name", std::string(name))}));
  };
  table_model.drag = [&](std::int64_t index) {
    if (const ItemRow* item = rows.at(index)) carry(ui, state, selection, item->item, rows);
  };
  // The drag's twins without a pointer: of what is ticked, if this row is among it.
  table_model.context_menu = [&](std::int64_t index) {
    const ItemRow* item = rows.at(index);
    if (!item) return;
    const bool ticked = selection.has(item->item.value) && !selection.all_of_query;
    if (command_item(ui, Id::give_by_hand))
      open_give(ui, state,
                ticked ? versions_of(rows, selection) : std::vector<ItemVersion>{{item->item, item->version}});
    if (state.draft().find(item->item) && command_item(ui, Id::take_out)) take_out(ui, state, {item->item.value});
  };
  table_model.empty = [&] { empty_state(ui, "none", {.icon = Icon::search, .title = ui.tr("batch.none_found")}); };
  const TableEvents events = table(ui, "waiting", table_model, state.items);
  state.first_visible = events.first_visible;
  state.last_visible = events.last_visible;
  if (events.sort_changed) {
    state.sort = events.sort;
    push(ui, commands::Go{address_of(state), true});
  }
}

// --- those given by hand ---------------------------------------------------------------------------------------------

// Where the plan's changed entries can be kept as they are now, or taken out.
void draw_changed_entries(Ui& ui, BatchPageState& state, const Plan* plan) {
  if (!plan || plan->changed.empty()) return;
  const auto count = static_cast<std::int64_t>(plan->changed.size());
  banner(ui, "changed",
         {.tone = Tone::completed,
          .icon = Icon::warning,
          .words = ui.tr("allocate.by_hand_changed", {param("count", count)})});
  row(ui, {.wrap = true}, [&] {
    if (command_button(ui, {.id = Id::keep_changed}, {}, true)) {
      std::vector<std::int64_t> gone;
      for (const ItemVersion& now : plan->changed) {
        const DraftEntry* entry = state.draft().find(now.item);
        if (!entry) continue;
        const DraftEntry kept = *entry;
        if (now.version.value == 0)
          gone.push_back(now.item.value);
        else
          state.draft().give({{now}}, kept.person, kept.override_soft);
      }
      state.draft().take_out(gone);
      state.plan_again = true;
    }
    if (command_button(ui, {.id = Id::take_out}, {}, true)) {
      std::vector<std::int64_t> ids;
      for (const ItemVersion& now : plan->changed) ids.push_back(now.item.value);
      take_out(ui, state, ids);
    }
  });
}

void draw_given_list(Ui& ui, const store::Store& model, const BatchDetail& batch, BatchPageState& state,
                     const Plan* plan) {
  draw_changed_entries(ui, state, plan);
  const std::span<const ItemId> listed = given_rows(state);
  std::map<std::int64_t, const store::Window<ItemRow>*> pages;  // of this frame: what a page shows is a long question
  const auto row_at = [&](std::int64_t index) -> const ItemRow* {
    const auto [page, fresh] = pages.try_emplace(index / store::page_rows, nullptr);
    if (fresh) page->second = model.items.find(store::Store::key_of(given_request(state, page->first)));
    return page->second ? page->second->at(index % store::page_rows) : nullptr;
  };
  Selection& selection = state.given.selection;
  if (!selection.empty()) {
    const std::int64_t count = selection.size(static_cast<std::int64_t>(listed.size()));
    const SelectionBarEvent event = selection_bar(ui, "selection",
                                                  {.words = ui.tr("customers.selected", {param("count", count)}),
                                                   .clear_name = ui.tr("common.clear_selection"),
                                                   .actions = [&] {
                                                     if (command_button(ui, {.id = Id::take_out}, {}, true))
                                                       take_out(ui, state, chosen_entries(state, selection));
                                                   }});
    if (event == SelectionBarEvent::clear) selection.clear();
  }
  const Column columns[] = {
      {.key = "customer_name", .label = ui.tr("items.customer"), .share = 1.2f, .min_width = 120, .row_header = true},
      {.key = "person", .label = ui.tr("items.executor"), .share = 1, .min_width = 120}};
  TableModel table_model;
  table_model.name = ui.tr("allocate.by_hand");
  table_model.rows = static_cast<std::int64_t>(listed.size());
  table_model.columns = columns;
  table_model.selectable = true;
  table_model.activatable = false;
  table_model.row = [&](std::int64_t index) {
    const ItemRow* item = row_at(index);
    if (!item) return RowInfo{};
    return RowInfo{.loaded = true, .key = item->item.value, .name = customer_name(ui, *item), .path = {}};
  };
  table_model.cell = [&](std::int64_t index, int column) {
    const ItemRow& item = *row_at(index);
    if (column == 0) {
      cell_strong(ui, customer_name(ui, item));
      if (has_changed(plan, item.item)) chip(ui, ui.tr("allocate.changed"), {.tone = Tone::completed, .dot = false});
      return;
    }
    const DraftEntry* entry = state.draft().find(item.item);
    if (!entry) return;
    avatar(ui, name_in(batch, entry->person), entry->person.value, 22);
    cell_text(ui, name_in(batch, entry->person));
  };
  table_model.drag = [&](std::int64_t index) {
    if (const ItemRow* item = row_at(index)) carry(ui, state, selection, item->item, nothing);
  };
  table_model.context_menu = [&](std::int64_t index) {
    const ItemRow* item = row_at(index);
    if (!item) return;
    if (command_item(ui, Id::give_by_hand)) open_give(ui, state, {{item->item, item->version}});
    if (command_item(ui, Id::take_out)) take_out(ui, state, {item->item.value});
  };
  table_model.empty = [&] {
    empty_state(ui, "none",
                {.icon = Icon::people,
                 .title = ui.tr("allocate.by_hand_empty"),
                 .words = ui.tr("allocate.by_hand_empty_words")});
  };
  const TableEvents events = table(ui, "given", table_model, state.given);
  state.first_visible = events.first_visible;
  state.last_visible = events.last_visible;
}

}  // namespace

std::span<const ItemId> given_rows(const BatchPageState& state) {
  const std::vector<ItemId>& all = state.draft().listed();  // by person
  if (!state.by_hand_of) return all;
  const auto first = std::find_if(all.begin(), all.end(),
                                  [&](ItemId item) { return state.draft().find(item)->person == state.by_hand_of; });
  return std::span<const ItemId>(all).subspan(static_cast<std::size_t>(first - all.begin()),
                                              static_cast<std::size_t>(state.draft().given_to(state.by_hand_of)));
}

api::QueryItems::Request given_request(const BatchPageState& state, std::int64_t page) {
  const std::span<const ItemId> all = given_rows(state);
  api::QueryItems::Request request;
  request.batch = state.batch;
  const std::int64_t first = page * store::page_rows;
  for (std::int64_t i = first; i < first + store::page_rows && i < static_cast<std::int64_t>(all.size()); ++i)
    request.items.push_back(all[static_cast<std::size_t>(i)]);
  return request;
}

api::ItemSelection selection_of(const BatchPageState& state, const Selection& selection) {
  const api::QueryItems::Request listed = items_request(state);
  api::ItemSelection all;
  all.states = listed.states;
  all.search = listed.search;
  for (const std::int64_t key : selection.keys) all.except.push_back({key});
  return all;
}

void draw_batch_waiting(Ui& ui, const store::Store& model, const BatchDetail& batch, BatchPageState& state,
                        const Plan* plan) {
  const DragPayload* carried = dragging(ui);
  if (carried && carried->also == "given") {
    draw_way_out(ui, state);
  } else {
    draw_head(ui, batch, state);
  }
  if (state.by_hand) return draw_given_list(ui, model, batch, state, plan);
  const auto shown = model.items.show(store::Store::key_of(items_request(state)));
  draw_waiting_list(ui, model, batch, state, shown.window ? *shown.window : nothing, shown.dimmed);
}

}  // namespace tw::views
