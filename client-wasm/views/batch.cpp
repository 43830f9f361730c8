#include "client/views/batch.h"

#include <algorithm>

#include "client/ui/format.h"
#include "client/views/words.h"
#include "core/text.h"
#include "domain/batch/transitions.h"

namespace tw::views {

using namespace ui;
using api::BatchDetail;
using commands::BatchTab;
using commands::Id;
using commands::Page;
using commands::path_to;
using ui::text;

namespace {
constexpr auto most_executors = static_cast<std::size_t>(api::most_values);
}

void read_route(const commands::Route& route, BatchPageState& state) {
  if (state.batch.value != route.id) {
    DraftPlans drafts = std::move(state.drafts);
    state = {};
    state.drafts = std::move(drafts);
  }
  state.batch = {route.id};
  state.tab = route.tab;
  std::vector<ItemState> states;
  for (const std::string_view name : text::split(route.asked("state"), ',')) {
    ItemState one{};
    if (from_wire_name(name, one)) states.push_back(one);
  }
  std::vector<PersonId> executors;
  for (const std::string_view one : text::split(route.asked("executors"), ','))
    if (const auto id = text::to_integer(one); id && *id > 0 && executors.size() < most_executors)
      executors.push_back({*id});
  const bool due_soon = route.asked("due") == "soon", held = route.asked("held") == "disabled";
  if (states != state.states || route.asked("q") != state.search || due_soon != state.due_soon ||
      held != state.held_by_disabled || executors != state.executors)
    state.items = state.confirm = {};
  state.executors = std::move(executors);
  state.due_soon = due_soon;
  state.held_by_disabled = held;
  state.states = std::move(states);
  if (state.search_draft == state.search) state.search_draft = std::string(route.asked("q"));
  state.search = std::string(route.asked("q"));
  std::string_view sort = route.asked("sort");
  state.sort = {};
  if (!sort.empty()) {
    state.sort.descending = sort.front() == '-';
    state.sort.key = std::string(sort.substr(state.sort.descending ? 1 : 0));
  }
}

std::string address_of(const BatchPageState& state) {
  commands::Route route;
  route.page = Page::batch;
  route.id = state.batch.value;
  route.tab = state.tab;
  std::string states;
  for (const ItemState one : state.states) states += (states.empty() ? "" : ",") + std::string(wire_name(one));
  route.query["state"] = states;
  route.query["q"] = state.search;
  std::string executors;
  for (const PersonId one : state.executors) executors += (executors.empty() ? "" : ",") + std::to_string(one.value);
  route.query["executors"] = executors;
  if (state.due_soon) route.query["due"] = "soon";
  if (state.held_by_disabled) route.query["held"] = "disabled";
  if (!state.sort.key.empty()) route.query["sort"] = (state.sort.descending ? "-" : "") + state.sort.key;
  return commands::address_of(route);
}

api::QueryItems::Request items_request(const BatchPageState& state) {
  api::QueryItems::Request request;
  request.batch = state.batch;
  request.search = state.search;
  request.sort = {state.sort.key, state.sort.descending};
  request.states = state.states;
  request.due_soon = state.due_soon;
  request.held_by_disabled = state.held_by_disabled;
  if (state.tab == BatchTab::confirm) request.states = {ItemState::completed};
  if (state.tab != BatchTab::allocate) {
    request.executors = state.executors;
    return request;
  }
  std::erase_if(request.states, [](ItemState one) { return !domain::batch::needs_executor(one); });
  if (request.states.empty()) request.states = {ItemState::unassigned, ItemState::reset, ItemState::abandoned};
  return request;
}

namespace {

bool is_active(const BatchDetail& batch) { return batch.summary.state == BatchState::active; }

void batch_menu(Ui& ui, const BatchDetail& batch) {
  if (icon_button(ui, "more", Icon::more, ui.tr("common.more"), {.kind = ButtonKind::secondary, .has_menu = true}))
    open_menu(ui, "batch-menu");
  const auto items = [&](Ask ask) {
    const BatchId id = batch.summary.batch;
    if (ask(ui, Id::edit_batch, {})) open_dialog(ui, commands::EditBatch{id});
    if (batch.summary.counts.executing > 0 && ask(ui, Id::change_limit, {})) open_dialog(ui, commands::ChangeLimit{id});
    if (ask(ui, batch.claim_open ? Id::close_claiming : Id::open_claiming, {})) {
      api::UpdateBatch::Request change;
      change.batch = id;
      change.version = batch.summary.version;
      change.claim_open = !batch.claim_open;
      push(ui, commands::UpdateBatch{0, std::move(change)});
    }
    if (ask == command_item) menu_separator(ui);
    if (ask(ui, Id::end_batch, {})) open_dialog(ui, commands::EndBatch{id});
    if (ask(ui, Id::terminate_batch, {})) open_dialog(ui, commands::TerminateBatch{id});
  };
  menu(ui, "batch-menu", ui.tr("common.more"), [&] { items(command_item); });
  items(offered);
}

// Managers see all of it, executors what concerns them.
void draw_tabs(Ui& ui, const BatchDetail& batch, BatchPageState& state) {
  const api::StateCounts& counts = batch.summary.counts;
  std::vector<CommandTab> shown;
  std::vector<BatchTab> tabs;
  const auto add = [&](bool there, BatchTab tab, CommandTab words) {
    if (!there) return;
    shown.push_back(words);
    tabs.push_back(tab);
  };
  const bool manages = batch.summary.manages;
  add(manages, BatchTab::items, {Id::batch_items, all_of(counts)});
  add(manages, BatchTab::allocate, {Id::batch_allocate, needing_executor(counts)});
  add(manages, BatchTab::confirm, {Id::batch_confirm, counts.completed});
  add(manages, BatchTab::history, {Id::batch_history});
  add(true, BatchTab::details, {Id::batch_details});
  add(batch.summary.executes, BatchTab::claim, {Id::batch_claim});
  const auto at = std::find(tabs.begin(), tabs.end(), state.tab);
  int selected = at == tabs.end() ? 0 : static_cast<int>(at - tabs.begin());
  state.tab = tabs[static_cast<std::size_t>(selected)];  // an address may name what this person has not
  if (command_tabs(ui, "tabs", ui.tr("batch.tabs"), shown, selected))
    go(ui, path_to(Page::batch, state.batch.value, tabs[static_cast<std::size_t>(selected)]));
}

std::string_view due_soon_words(Ui& ui, const BatchDetail& batch) {
  const auto [value, unit] = in_largest_unit(batch.due_soon_ms);
  return limit_words(ui, value, unit);
}

std::string_view claim_words(Ui& ui, const BatchDetail& batch) {
  if (!batch.claim_open) return ui.tr("claim.off");
  return batch.claim_mode == domain::batch::ClaimMode::random
             ? ui.tr("claim.on_random", {param("count", batch.claim_count)})
             : ui.tr("claim.on_pick");
}

std::string_view window_words(Ui& ui, const BatchDetail& batch) {
  const auto when = [&](const std::optional<Instant>& at) {
    return at ? std::string(date_time(ui, *at)) : std::string("…");
  };
  return ui.keep(when(batch.claim_from) + " – " + when(batch.claim_to));
}

void draw_history(Ui& ui, const store::Store& model, BatchPageState& state) {
  scrolled(ui, "history", ui.tr("batch.tab_history"), 0, [&] {
    card(ui, "log", {}, [&] {
      remote(ui, model.batch_log.at(state.batch.value), [&](const store::BatchLog& log) {
        const auto& batch = model.batch.at(state.batch.value);
        const bool active = batch.ready() && is_active(*batch);
        const Instant since = active ? ui.now() - hours(batch->allocation_undo_hours) : Instant{INT64_MAX};
        const BatchLogEvent pressed = log_entries(ui, log.entries, since);
        if (pressed.undo) open_dialog(ui, commands::UndoOperation{state.batch, pressed.undo});
        if (pressed.rows) open_dialog(ui, commands::LookAtOperationRows{state.batch, pressed.rows});
        if (log.entries.empty()) muted(ui, ui.tr("log.empty"));
        if (log.more && button(ui, "more", ui.tr("common.show_more"), {.kind = ButtonKind::ghost}))
          push(ui, commands::MoreBatchLog{state.batch});
      });
    });
  });
}

void draw_people(Ui& ui, std::string_view id, std::string_view title, const std::vector<api::BatchPerson>& people) {
  card(ui, id, {.title = title}, [&] {
    for (const api::BatchPerson& person : people) {
      IdScope scope(ui, person.person.value);
      row(ui, {.gap = space::m}, [&] {
        avatar_name(ui, person.name, person.person.value,
                    person.active ? std::string_view(person.department_name) : ui.tr("people.chip_disabled"));
        spring(ui);
        if (all_of(person.counts))
          caption(ui, ui.tr("batch.person_counts",
                            {param("executing", person.counts.executing), param("completed", person.counts.completed),
                             param("ended", person.counts.ended)}));
      });
    }
    if (people.empty()) muted(ui, ui.tr("batch.no_people"));
  });
}

void draw_details(Ui& ui, const BatchDetail& batch) {
  scrolled(ui, "details", ui.tr("batch.tab_details"), 0, [&] {
    split(ui, {.stack_below = 760}, {{.share = 1.2f}, {.share = 1}}, [&](int i) {
      column(ui, {.gap = space::l}, [&] {
        if (i == 1) {
          draw_people(ui, "executors", ui.tr("batches.executors"), batch.executors);
          if (!batch.gone.empty()) draw_people(ui, "gone", ui.tr("batches.gone"), batch.gone);
          if (!batch.co_managers.empty())
            draw_people(ui, "co-managers", ui.tr("batches.co_managers"), batch.co_managers);
          return;
        }
        card(ui, "facts", {.title = ui.tr("batch.tab_details")}, [&] {
          label_value(ui, ui.tr("batches.subject"), batch.summary.subject);
          label_value(ui, ui.tr("batches.creator"), batch.summary.creator_name);
          label_value(ui, ui.tr("batches.created_at"), date_time(ui, batch.summary.created));
          label_value(ui, ui.tr("batches.limit"), limit_words(ui, batch.limit, batch.limit_unit, batch.limit_counts));
          if (batch.limit > 0) label_value(ui, ui.tr("batches.due_soon"), due_soon_words(ui, batch));
          label_value(ui, ui.tr("batches.needs_confirmation_label"),
                      batch.needs_confirmation ? ui.tr("common.yes") : ui.tr("common.no"));
          if (batch.own_confirmed > 0)
            label_value(ui, ui.tr("batches.own_confirmed"), ui.keep(number(batch.own_confirmed)));
          label_value(ui, ui.tr("batches.allows_transfer_label"),
                      batch.allows_transfer ? ui.tr("common.yes") : ui.tr("common.no"));
          if (batch.end_date) label_value(ui, ui.tr("batches.end_date"), date_time(ui, *batch.end_date));
          label_value(ui, ui.tr("claim.label"), claim_words(ui, batch));
          if (batch.claim_from || batch.claim_to) label_value(ui, ui.tr("claim.window"), window_words(ui, batch));
          if (!batch.termination_reason.empty())
            label_value(ui, ui.tr("batches.termination_reason"), batch.termination_reason);
          if (!batch.description.empty()) {
            separator(ui);
            paragraph(ui, batch.description);
          }
        });
      });
    });
  });
}

void draw_tab(Ui& ui, const store::Store& model, const BatchDetail& batch, BatchPageState& state) {
  switch (state.tab) {
    case BatchTab::items:
    case BatchTab::confirm:
      return draw_batch_items(ui, model, batch, state);
    case BatchTab::allocate:
      return draw_batch_allocate(ui, model, batch, state);
    case BatchTab::history:
      return draw_history(ui, model, state);
    case BatchTab::details:
      return draw_details(ui, batch);
    case BatchTab::claim:
      return draw_batch_claim(ui, model, state);
  }
}

}  // namespace

void draw_batch(Ui& ui, const store::Store& model, BatchPageState& state) {
  const auto& known = model.batch.at(state.batch.value);
  const PageResult result = page(
      ui, "batch",
      {.title = known.ready() ? std::string_view(known->summary.subject) : ui.tr("batches.one"),
       .back_label = ui.tr("nav.batches"),
       .bounded = true,
       .actions =
           [&] {
             if (!known.ready() || !known->summary.manages || !is_active(*known)) return;
             const bool empty = all_of(known->summary.counts) == 0;
             // The empty list of items offers it itself.
             const bool primary = empty && state.tab != BatchTab::allocate && state.tab != BatchTab::items;
             if (command_button(ui, {.id = Id::add_customers},
                                {.kind = primary ? ButtonKind::primary : ButtonKind::secondary}))
               open_dialog(ui, commands::AddToBatch{state.batch, {}, {}, 0});
             batch_menu(ui, *known);
           },
       .beside_title =
           [&] {
             if (!known.ready()) return;
             batch_chip(ui, known->summary.state);
             if (known->summary.claiming_open) chip(ui, ui.tr("claim.open_chip"), {.tone = Tone::accent});
             if (!ui.is_phone())
               caption(ui,
                       ui.tr("batch.limit", {param("limit", std::string(limit_words(ui, known->limit, known->limit_unit,
                                                                                    known->limit_counts)))}));
           }},
      [&] {
        remote(ui, known, [&](const BatchDetail& batch) {
          operation_progress(ui, "operation", model, batch.summary.running);
          draw_tabs(ui, batch, state);
          draw_tab(ui, model, batch, state);
        });
      });
  if (result.back) go(ui, path_to(Page::batches));
}

}  // namespace tw::views
