// Allocation of a batch: what the plan would do, person by person, before anything is done; then commit. The customers
// that wait can also be given by hand: carried onto a person or by the dialog. They are entries of the draft plan then,
// fixed inputs of the plan that follows.
#include <algorithm>
#include <optional>

#include "client/views/batch_lanes.h"
#include "client/views/policies.h"
#include "client/views/words.h"

namespace tw::views {

using namespace ui;
using api::BatchDetail;
using Plan = api::PlanAllocation::Response;  // the strip above the board is batch_plan.cpp, its sides are
                                             // batch_waiting.cpp and batch_lanes.cpp

namespace {

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

bool nobody_takes_part(const BatchDetail& batch, const BatchPageState& state) {
  return std::all_of(batch.executors.begin(), batch.executors.end(), [&state](const api::BatchPerson& one) {
    return std::find(state.left_out.begin(), state.left_out.end(), one.person) != state.left_out.end();
  });
}

std::optional<std::vector<api::PlanOverride>> changed_terms(const BatchPageState& state) {
  return state.terms_changed ? std::optional(state.terms.people) : std::nullopt;
}

api::PlanAllocation::Request plan_request(const store::Store& model, const BatchPageState& state) {
  api::PlanAllocation::Request request;
  request.batch = state.batch;
  if (state.terms_changed) {  // else as the policy is saved
    request.policy = state.terms.kind;
    request.rest = state.terms.rest;
    request.people = changed_terms(state);
  }
  request.fixed = state.draft().entries();
  if (state.only) {
    request.items = state.only->items;
    request.selection = state.only->selection;
  }
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
      const bool begun = all_of(batch.summary.counts) > 0;
      if (empty_state(ui, "done",
                      {.icon = Icon::check,
                       .title = ui.tr("allocate.nothing_waits"),
                       .words = ui.tr("allocate.nothing_waits_words"),
                       .action = begun ? ui.tr("allocate.see_progress") : std::string_view{}}))
        go(ui, commands::path_to(commands::Page::batch, state.batch.value));
    });
    return;
  }
  if (const auto& form = model.form(allocate_form); !form.busy && form.problem) state.choosing = false;  // refused
  follow_policy(batch, state);
  const auto& plan = model.plan.at(state.batch.value);
  // A plan for nobody in particular is one for everybody: none is asked for.
  const bool nobody = nobody_takes_part(batch, state);
  const auto strip = [&] {
    if (plan.failed()) failed(ui, plan.problem);
    if (nobody)
      banner(ui, "nobody-takes-part", {.tone = Tone::completed, .icon = Icon::info, .words = ui.tr("allocate.nobody")});
    else if (plan.ready())
      draw_plan_strip(ui, model, batch, state, *plan);
    else if (!plan.failed())
      card(ui, "plan-to-come", {}, [&] { loading_rows(ui, 3); });
    // The plan follows what is asked for; while one is being made the next waits, and only the newest is asked. After
    // the strip, which offers no commit of a plan that is being asked for anew.
    if (state.plan_again && !plan.loading() && !nobody) {
      state.plan_again = false;
      state.plan_awaited = plan.asked + 1;
      push(ui, commands::MakePlan{plan_request(model, state)});
    }
  };
  const auto shown = model.items.show(store::Store::key_of(items_request(state)));
  static const store::Window<api::ItemRow> nothing{};
  const auto& rows = shown.window ? *shown.window : nothing;
  const Plan* known = plan.ready() && !nobody ? &*plan : nullptr;
  if (ui.is_phone()) {  // one side at a time: who waits is given by the dialog there, not carried
    const Choice sides[] = {{.key = "people", .label = ui.tr("allocate.side_plan")},
                            {.key = "waiting", .label = ui.tr("allocate.side_waiting")}};
    int side = state.shows_waiting ? 1 : 0;
    // While terms are adjusted they fill the page.
    if (!state.adjusting && segmented(ui, "side", ui.tr("allocate.side"), sides, side)) state.shows_waiting = side == 1;
    if (state.shows_waiting && !state.adjusting) return draw_batch_waiting(ui, model, batch, state, known);
    // The strip takes most of a phone: it goes along with what it is about.
    return scrolled(ui, "people", ui.tr("batches.executors"), 0, [&] {
      strip();
      if (!state.adjusting) draw_batch_lanes(ui, batch, state, known, rows);
    });
  }
  strip();
  split(ui, {.stack_below = 0, .height = ui.available_height()}, {{.share = 1}, {.share = 1.75f}}, [&](int i) {
    if (i == 0) return draw_batch_waiting(ui, model, batch, state, known);
    scrolled(ui, "people", ui.tr("batches.executors"), 0, [&] { draw_batch_lanes(ui, batch, state, known, rows); });
  });
}

}  // namespace tw::views
