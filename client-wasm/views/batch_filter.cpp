// The filter over the items of a batch: by state, by who has them, by a search, and by what blocks lead to; it says
// that rows are hidden, and shows all.
#include <algorithm>

#include "client/ui/format.h"
#include "client/views/batch.h"
#include "client/views/words.h"

namespace tw::views {

using namespace ui;
using api::BatchDetail;
using api::ItemRow;
using commands::BatchTab;
using commands::Id;

std::int64_t count_of(const api::StateCounts& counts, ItemState state) {
  switch (state) {
    case ItemState::unassigned:
      return counts.unassigned;
    case ItemState::executing:
      return counts.executing;
    case ItemState::completed:
      return counts.completed;
    case ItemState::ended:
      return counts.ended;
    case ItemState::reset:
      return counts.reset;
    case ItemState::abandoned:
      return counts.abandoned;
  }
  return 0;
}

bool is_filtered(const BatchPageState& state) {
  const bool by_state = !state.states.empty() && state.tab != commands::BatchTab::confirm;  // which has one state
  return by_state || !state.executors.empty() || !state.search.empty() || state.due_soon || state.held_by_disabled;
}

namespace {

void show(Ui& ui, const BatchPageState& state) { push(ui, commands::Go{address_of(state), true}); }

void draw_search(Ui& ui, BatchPageState& state, float width) {
  if (!search_line(ui, ui.tr("batch.search_items"), width, {state.search_draft, state.searched_at_ms, state.search}))
    return;
  state.items = {};
  show(ui, state);
}

// Who has them: a chip that says it, or a button that asks.
void draw_executor_filter(Ui& ui, const store::Store& model, BatchPageState& state) {
  const auto choose = [&](std::vector<PersonId> executors) {
    state.executors = std::move(executors);
    state.items = state.confirm = {};
    go(ui, address_of(state));
  };
  bool opened = false;
  if (state.executors.empty()) {
    opened = command_button(ui, {.id = Id::add_filter, .label = ui.tr("items.executor")}, {.has_menu = true});
  } else {
    opened = offered(ui, Id::add_filter);
    const std::string_view sentence =
        ui.tr("filter.sentence", {param("column", std::string(ui.tr("items.executor"))),
                                  param("op", std::string(words_of(ui, api::Operator::one_of))),
                                  param("value", std::string(people_words(ui, model, state.executors)))});
    const FilterChipEvent event = filter_chip(ui, "executors", sentence, ui.tr("filter.remove"));
    if (event == FilterChipEvent::remove) choose({});
    opened |= event == FilterChipEvent::open;
  }
  if (opened) {
    state.executors_draft = state.executors;
    state.executors_picker = {};
    open_popover(ui, "executors-panel");
  }
  popover(ui, "executors-panel", ui.tr("filter.executors"), 340, [&] {
    person_picker(ui, "people", ui.tr("items.executor"), model, state.executors_draft, state.executors_picker,
                  Among::everybody);
    const bool too_many = static_cast<std::int64_t>(state.executors_draft.size()) > api::most_values;
    row(ui, {.align = Align::end}, [&] {
      if (!primary_button(ui, "apply", ui.tr("filter.apply"),
                          {.disabled = too_many,
                           .why_disabled = ui.tr("filter.too_many_people", {param("count", api::most_values)})}))
        return;
      close_popover(ui);
      if (state.executors_draft != state.executors) choose(state.executors_draft);
    });
  });
}

void draw_state_filter(Ui& ui, const store::Store& model, const BatchDetail& batch, BatchPageState& state) {
  row(ui, {.wrap = true}, [&] {
    for (const ItemState one : states_in_order) {
      const std::int64_t count = count_of(batch.summary.counts, one);
      const bool chosen = std::find(state.states.begin(), state.states.end(), one) != state.states.end();
      if (count == 0 && !chosen) continue;
      const std::string_view label = ui.keep(std::string(label_of(ui, one)) + "  " + number(count));
      if (chip_button(ui, wire_name(one), label, chosen)) {
        chosen ? void(state.states.erase(std::find(state.states.begin(), state.states.end(), one)))
               : state.states.push_back(one);
        state.items = {};
        go(ui, address_of(state));
      }
    }
    draw_executor_filter(ui, model, state);
    if (ui.is_phone()) return;
    spring(ui);
    draw_search(ui, state, 220);
  });
  if (ui.is_phone()) draw_search(ui, state, 0);
}

void draw_filtered_bar(Ui& ui, BatchPageState& state, const store::Window<ItemRow>& rows) {
  if (!is_filtered(state)) return;
  const std::vector<Param> count = {param("count", rows.rows())};
  if (!filtered_bar(ui, state.due_soon           ? ui.tr("batch.filtered_due_soon", count)
                        : state.held_by_disabled ? ui.tr("batch.filtered_disabled", count)
                                                 : ui.tr("batch.filtered", count)))
    return;
  state.due_soon = state.held_by_disabled = false;
  state.states.clear();
  state.executors.clear();
  state.search.clear();
  state.search_draft.clear();
  state.items = state.confirm = {};  // "everything of the filter" would mean the whole batch
  go(ui, address_of(state));
}

}  // namespace

void draw_batch_filter(Ui& ui, const store::Store& model, const BatchDetail& batch, BatchPageState& state,
                       const store::Window<ItemRow>& rows) {
  if (state.tab == BatchTab::confirm) {
    row(ui, {.wrap = true}, [&] { draw_executor_filter(ui, model, state); });
  } else {
    draw_state_filter(ui, model, batch, state);
  }
  draw_filtered_bar(ui, state, rows);
}

}  // namespace tw::views
