// Allocation of a batch: what the plan would do, person by person, before anything is done; then commit. The customers
// that wait can also be given by hand: ticked and dragged onto a person, or by the dialog.
#include <algorithm>

#include "client/ui/drag.h"
#include "client/ui/format.h"
#include "client/views/batch.h"
#include "client/views/selected.h"
#include "client/views/words.h"
#include "domain/allocation/policy.h"

namespace tw::views {

using namespace ui;
using api::BatchDetail;
using api::PlannedPerson;
using commands::Id;
using ui::text;
using Plan = api::PlanAllocation::Response;  // the strip above the board is batch_plan.cpp

namespace {

// A person's lane: what they hold, what the plan gives them, why nothing. A target for dragged items.
void draw_person(Ui& ui, BatchPageState& state, const PlannedPerson& person, std::string_view department,
                 const store::Window<api::ItemRow>& rows) {
  IdScope scope(ui, person.person.value);
  const bool excluded = std::find(state.left_out.begin(), state.left_out.end(), person.person) != state.left_out.end();
  const auto dropped = drop_target(
      ui, "lane", person.name, "item",
      [&](const DragPayload& payload) {
        // The same soft limits as the server's; over a cap the manager uses the dialog, which names what is overridden.
        const auto count = static_cast<std::int64_t>(payload.ids.size());
        if (person.room && *person.room < count)
          return DropVerdict{false, std::string(ui.tr("allocate.drop_over_cap", {param("name", person.name)}))};
        return DropVerdict{true, std::string(ui.tr("allocate.drop", {param("name", person.name)}))};
      },
      [&] {
        card(ui, "card", {.padding = space::m, .gap = space::xs}, [&] {
          row(ui, {.gap = space::m, .height = 40}, [&] {
            avatar_name(ui, person.name, person.person.value, department);
            spring(ui);
            if (person.gets > 0)
              text(ui, ui.keep("+" + number(person.gets)), {.weight = Weight::semibold, .color = Token::accent});
            const std::string_view takes_part = ui.tr("allocate.takes_part", {param("name", person.name)});
            if (bare_checkbox(ui, "takes-part", takes_part, excluded ? Checked::no : Checked::yes)) {
              excluded
                  ? void(state.left_out.erase(std::find(state.left_out.begin(), state.left_out.end(), person.person)))
                  : state.left_out.push_back(person.person);
              state.plan_again = true;
            }
            tooltip(ui, takes_part);
          });
          const std::optional<std::int64_t> cap =
              person.room ? std::optional<std::int64_t>(person.held_before + *person.room) : std::nullopt;
          capacity_bar(ui, {.name = person.name, .used = person.held_before, .cap = cap, .preview = person.gets});
          row(ui, {.height = 18}, [&] {
            caption(ui, cap ? ui.tr("allocate.holds_of", {param("held", person.held_before), param("cap", *cap)})
                            : ui.tr("allocate.holds", {param("held", person.held_before)}));
            spring(ui);
            if (excluded) {
              caption(ui, ui.tr("allocate.excluded"));
            } else if (!person.obstacles.empty()) {
              text(ui, words_of(ui, person.obstacles.front()), {.style = Style::caption, .color = Token::danger});
            } else {
              caption(ui, ui.tr("allocate.after", {param("count", person.held_before + person.gets)}));
            }
          });
        });
      });
  if (dropped) {
    api::DesignateItems::Request request;
    request.batch = state.batch;
    request.executor = person.person;
    // Resolved now: what went away meanwhile is left out, and the versions are those on the screen.
    rows.each([&](const api::ItemRow& item) {
      if (std::find(dropped->ids.begin(), dropped->ids.end(), item.item.value) != dropped->ids.end())
        request.rows.push_back({item.item, item.version});
    });
    if (request.rows.empty()) return;
    state.items.selection.clear();
    push(ui, commands::DesignateItems{0, std::move(request)});
  }
}

void draw_people_grid(Ui& ui, const BatchDetail& batch, BatchPageState& state, const std::vector<PlannedPerson>& people,
                      const store::Window<api::ItemRow>& rows) {
  scrolled(ui, "people", ui.tr("batches.executors"), 0, [&] {
    grid(ui, {.min_cell = 230, .gap = space::m, .max_columns = 3}, static_cast<int>(people.size()), [&](int i) {
      const PlannedPerson& person = people[static_cast<std::size_t>(i)];
      std::string_view department;
      for (const api::BatchPerson& executor : batch.executors)
        if (executor.person == person.person) department = executor.department_name;
      draw_person(ui, state, person, department, rows);
    });
  });
}

void draw_waiting(Ui& ui, const store::Store& model, BatchPageState& state, const store::Window<api::ItemRow>& rows) {
  Selection& selection = state.items.selection;
  if (selection.all_of_query) selection.clear();
  keep_what_is_here(selection, rows, model.changed_items);
  std::vector<api::ItemVersion> chosen;
  rows.each([&](const api::ItemRow& item) {
    if (selection.has(item.item.value)) chosen.push_back({item.item, item.version});
  });
  if (!chosen.empty() &&
      selection_bar(ui, "selection",
                    {.words = ui.tr("customers.selected", {param("count", static_cast<std::int64_t>(chosen.size()))}),
                     .clear_name = ui.tr("common.clear_selection"),
                     .actions = [&] {
                       if (command_button(ui, {.id = Id::designate_items}))
                         open_dialog(ui, commands::Designate{state.batch, chosen});
                     }}) == SelectionBarEvent::clear)
    selection.clear();
  const Column columns[] = {
      {.key = "customer_name", .label = ui.tr("items.customer"), .share = 1.4f, .min_width = 120, .row_header = true},
      {.key = "state", .label = ui.tr("items.state"), .width = 104},
      {.key = "score", .label = ui.tr("items.score"), .width = 64, .align = ColumnAlign::end, .hide_below = 330}};
  TableModel table_model;
  table_model.name = ui.tr("allocate.waiting");
  table_model.rows = rows.known() ? rows.rows() : 10;
  table_model.columns = columns;
  table_model.selectable = true;
  table_model.activatable = false;
  table_model.row = [&](std::int64_t index) {
    const api::ItemRow* item = rows.at(index);
    if (!item) return RowInfo{};
    return RowInfo{.loaded = true,
                   .key = item->item.value,
                   .name = customer_name(ui, *item),
                   .path = {},
                   .dimmed = model.pending_items.count(item->item.value) != 0};
  };
  table_model.cell = [&](std::int64_t index, int column) {
    const api::ItemRow& item = *rows.at(index);
    if (column == 0) return cell_strong(ui, customer_name(ui, item));
    if (column == 1) return state_chip(ui, item.state);
    item.score ? cell_number(ui, *item.score) : cell_muted(ui, "—");
  };
  table_model.drag = [&](std::int64_t index) {
    drag_source(ui, [&] {
      DragPayload payload;
      payload.kind = "item";
      const api::ItemRow* item = rows.at(index);
      const bool ticked = item && selection.has(item->item.value);
      if (ticked) {
        for (const api::ItemVersion& one : chosen) payload.ids.push_back(one.item.value);
      } else if (item) {
        payload.ids.push_back(item->item.value);
      }
      payload.words =
          std::string(ui.tr("allocate.dragged", {param("count", static_cast<std::int64_t>(payload.ids.size()))}));
      return payload;
    });
  };
  // The drag's twin without a pointer: of what is ticked, if this row is among it.
  table_model.context_menu = [&](std::int64_t index) {
    const api::ItemRow* item = rows.at(index);
    if (!item || !command_item(ui, Id::designate_items)) return;
    const bool ticked = selection.has(item->item.value);
    open_dialog(ui, commands::Designate{state.batch,
                                        ticked ? chosen : std::vector<api::ItemVersion>{{item->item, item->version}}});
  };
  const TableEvents events = table(ui, "waiting", table_model, state.items);
  state.first_visible = events.first_visible;
  state.last_visible = events.last_visible;
}

// Before the first plan: people with what they hold, so that the page stands.
std::vector<PlannedPerson> people_of(const BatchDetail& batch, const Plan* plan) {
  if (plan) return plan->people;
  std::vector<PlannedPerson> people;
  for (const api::BatchPerson& person : batch.executors)
    people.push_back({person.person, person.name, person.held, 0, std::nullopt, {}, 0, 0, 100});
  return people;
}

void nobody_to_allocate_to(Ui& ui, const BatchDetail& batch) {
  card(ui, "nobody", {}, [&] {
    if (empty_state(ui, "nobody",
                    {.icon = Icon::people,
                     .title = ui.tr("allocate.no_executors"),
                     .words = ui.tr("allocate.no_executors_words"),
                     .action = ui.tr("allocate.choose_executors"),
                     .action_icon = Icon::people}))
      open_dialog(ui, commands::EditBatch{batch.summary.batch});
  });
}

}  // namespace

api::PlanAllocation::Request plan_request(const store::Store& model, const BatchPageState& state) {
  api::PlanAllocation::Request request;
  request.batch = state.batch;
  request.policy = state.policy;
  request.rest = state.rest;
  request.people = state.overrides;
  if (state.left_out.empty()) return request;  // empty: all of the batch
  const auto& batch = model.batch.at(state.batch.value);
  if (!batch.ready()) return request;
  for (const api::BatchPerson& person : batch->executors)
    if (std::find(state.left_out.begin(), state.left_out.end(), person.person) == state.left_out.end())
      request.executors.push_back(person.person);
  return request;
}

void draw_batch_allocate(Ui& ui, const store::Store& model, const BatchDetail& batch, BatchPageState& state) {
  if (batch.summary.state != BatchState::active) return muted(ui, ui.tr("allocate.not_active"));
  if (batch.executors.empty()) return nobody_to_allocate_to(ui, batch);
  if (needing_executor(batch.summary.counts) == 0) {
    card(ui, "done", {}, [&] {
      empty_state(ui, "done",
                  {.icon = Icon::check,
                   .title = ui.tr("allocate.nothing_waits"),
                   .words = ui.tr("allocate.nothing_waits_words")});
    });
    return;
  }
  const auto& plan = model.plan.at(state.batch.value);
  if (plan.failed()) failed(ui, plan.problem);
  // The plan follows what is asked for; while one is being made the next waits, and only the newest is asked.
  if (state.plan_again && !plan.loading()) {
    state.plan_again = false;
    push(ui, commands::MakePlan{plan_request(model, state)});
  }
  if (plan.ready()) draw_plan_strip(ui, model, batch, state, *plan);
  const auto shown = model.items.show(store::Store::key_of(items_request(state)));
  static const store::Window<api::ItemRow> nothing{};
  const store::Window<api::ItemRow>& rows = shown.window ? *shown.window : nothing;
  const std::vector<PlannedPerson> people = people_of(batch, plan.ready() ? &*plan : nullptr);
  if (ui.is_phone()) return draw_people_grid(ui, batch, state, people, rows);
  split(ui, {.stack_below = 0, .height = ui.available_height()}, {{.share = 1}, {.share = 1.75f}}, [&](int i) {
    i == 0 ? draw_waiting(ui, model, state, rows) : draw_people_grid(ui, batch, state, people, rows);
  });
}

}  // namespace tw::views
