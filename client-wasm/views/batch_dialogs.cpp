// Dialogs that act on items of a batch, or end it. What overrides a limit names it first; irreversible acts say in
// numbers what will happen and want the subject typed.
#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "client/ui/format.h"
#include "client/views/batch.h"
#include "client/views/words.h"
#include "core/text.h"
#include "domain/allocation/eligible.h"

namespace tw::views {

using namespace ui;
using ui::text;

namespace {

struct ReasonDialog {
  std::string_view id, title, words, label, action;
  bool required = false;
  bool danger = false;
};

// A reason and two buttons; true when it is to be done.
bool reason_dialog(Ui& ui, const store::FormStatus& status, const ReasonDialog& what, std::string& reason) {
  bool pressed = false;
  const bool complete = !what.required || !text::trim(reason).empty();
  const DialogResult result = dialog(ui, what.id,
                                     {.title = what.title,
                                      .width = 480,
                                      .close_name = ui.tr("common.close"),
                                      .footer =
                                          [&] {
                                            pressed = dialog_buttons(ui, {.action = what.action,
                                                                          .danger = what.danger,
                                                                          .disabled = !complete,
                                                                          .why_disabled = ui.tr("items.needs_reason"),
                                                                          .busy = status.busy});
                                          }},
                                     [&] {
                                       form_problem(ui, status);
                                       paragraph(ui, what.words, {.color = Token::muted});
                                       text_area(ui, "reason", reason,
                                                 {.field = {.label = what.label,
                                                            .error = field_problem(status, "reason"),
                                                            .required = what.required,
                                                            .focus_first = true,
                                                            .max_length = 1000}});
                                     });
  if (result.close) push(ui, commands::CloseDialog{});
  return (pressed || result.submit) && complete && !status.busy;
}

std::int64_t size_of(const std::vector<api::ItemVersion>& rows) { return static_cast<std::int64_t>(rows.size()); }

}  // namespace

void draw_reset_dialog(Ui& ui, const store::Store& model, store::FormId form_id, const commands::ResetItems& what,
                       ReasonDraft& draft) {
  if (reason_dialog(ui, model.form(form_id),
                    {"reset-dialog", ui.tr("items.reset_title", {param("count", size_of(what.rows))}),
                     ui.tr("items.reset_words"), ui.tr("items.reset_reason"), ui.tr("items.take_back"), false, true},
                    draft.reason))
    push(ui, commands::ResetItemsNow{form_id, {what.batch, what.rows, std::string(text::trim(draft.reason))}});
}

void draw_remove_dialog(Ui& ui, const store::Store& model, store::FormId form_id, const commands::RemoveItems& what) {
  const store::FormStatus& status = model.form(form_id);
  bool pressed = false;
  const DialogResult result = dialog(
      ui, "remove-dialog",
      {.title = ui.tr("items.remove_title", {param("count", size_of(what.rows))}),
       .width = 440,
       .close_name = ui.tr("common.close"),
       .footer =
           [&] {
             pressed = dialog_buttons(ui, {.action = ui.tr("items.remove"), .danger = true, .busy = status.busy});
           }},
      [&] {
        form_problem(ui, status, false);
        paragraph(ui, ui.tr("items.remove_words"), {.color = Token::muted});
      });
  if (result.close) push(ui, commands::CloseDialog{});
  if ((pressed || result.submit) && !status.busy) push(ui, commands::RemoveItemsNow{form_id, {what.batch, what.rows}});
}

// --- by hand
// -----------------------------------------------------------------------------------------------------------

api::PlanAllocation::Request hand_request(const commands::Designate& what, PersonId person) {
  api::PlanAllocation::Request request;
  request.batch = what.batch;
  request.executors = {person};
  // As the board divides; sent at once, the most that a plan gives them does not count.
  request.people = what.in_plan ? what.terms : std::optional<std::vector<api::PlanOverride>>(std::in_place);
  constexpr std::size_t most_items = 10'000;  // of a request
  for (const api::ItemVersion& row : what.rows) request.items.push_back(row.item);
  request.selection = what.all;
  std::set<std::int64_t> here;
  for (const api::ItemVersion& row : what.rows) here.insert(row.item.value);
  for (const api::PlanEntries& one : what.given) {  // they stand before what is asked about here
    if (one.person != person || what.all || request.items.size() + one.items.size() > most_items) continue;
    api::PlanEntries kept{person, true, {}};
    for (const api::ItemVersion& row : one.items)
      if (here.count(row.item.value) == 0) kept.items.push_back(row);
    for (const api::ItemVersion& row : kept.items) request.items.push_back(row.item);
    request.fixed.push_back(std::move(kept));
  }
  request.seed = 1;  // who gets which item does not matter here
  return request;
}

namespace {

using domain::allocation::Obstacle;
using HandPlan = api::PlanAllocation::Response;

// What a manager's hand may put aside, of what stands in the way.
std::vector<Obstacle> overridden_by(const HandPlan& plan) {
  std::vector<Obstacle> soft;
  for (const Obstacle obstacle : plan.reasons)
    if (domain::allocation::soft(domain::allocation::bit(obstacle)) != 0) soft.push_back(obstacle);
  return soft;
}

// Before anything is done: what the choice overrides, and which items cannot be given to anybody.
void draw_hand_plan(Ui& ui, const HandPlan& plan, const api::BatchPerson& person) {
  std::int64_t refused = 0;
  for (const api::LeftOut& left : plan.left_out) {
    if (domain::allocation::hard(domain::allocation::bit(left.obstacle)) == 0) continue;
    IdScope scope(ui, wire_name(left.obstacle));
    refused += left.items;
    banner(ui, "refused",
           {.tone = Tone::neutral,
            .icon = Icon::info,
            .words = ui.tr("designate.refused",
                           {param("count", left.items), param("obstacle", std::string(wire_name(left.obstacle)))})});
  }
  for (const Obstacle obstacle : overridden_by(plan)) {
    IdScope scope(ui, wire_name(obstacle));
    banner(ui, "overridden",
           {.tone = Tone::completed,
            .icon = Icon::warning,
            .words = override_words(ui, obstacle, person, plan.items - refused)});
  }
}

}  // namespace

std::string_view override_words(Ui& ui, Obstacle obstacle, const api::BatchPerson& person, std::int64_t count) {
  const std::vector<Param> params = {param("name", person.name), param("after", person.held + count),
                                     param("cap", person.holding_cap.value_or(0))};
  switch (obstacle) {
    case Obstacle::over_holding_cap:
      return ui.tr("designate.over_holding_cap", params);
    case Obstacle::over_inflow_cap:
      return ui.tr("designate.over_inflow_cap", params);
    case Obstacle::over_plan_cap:
      return ui.tr("designate.over_plan_cap", params);
    case Obstacle::absent:
      return ui.tr("designate.absent", params);
    default:
      return ui.tr("designate.barred", params);
  }
}

void choose_executor(Ui& ui, const store::Store& model, const std::vector<api::BatchPerson>& people, PersonId& chosen,
                     PickerState& picker) {
  std::vector<PickCandidate> candidates;
  for (const api::BatchPerson& person : people) {
    if (!person.active) continue;
    const Param held = param("held", person.held);
    candidates.push_back({.person = person.person,
                          .name = person.name,
                          .initials = person.initials,
                          .department_name = person.department_name,
                          .department = person.department,
                          .hint = person.holding_cap
                                      ? ui.tr("allocate.holds_of", {held, param("cap", *person.holding_cap)})
                                      : ui.tr("allocate.holds", {held})});
  }
  person_select_of(ui, "people", ui.tr("batches.executors"), model, candidates, chosen, picker);
}

void draw_designate_dialog(Ui& ui, const store::Store& model, store::FormId form_id, const commands::Designate& what,
                           DesignateDraft& draft) {
  if (!std::exchange(draft.filled, true) && what.person) draft.person = what.person;
  const std::int64_t count = what.all ? what.count : size_of(what.rows);
  const store::FormStatus& status = model.form(form_id);
  const auto& plan = model.plan.at(store::Store::key_of(hand_request(what, draft.person)));
  // Unread, nothing is confirmed: the server then refuses what would have to be overridden, and names it.
  const std::vector<Obstacle> overrides = plan.ready() ? overridden_by(*plan) : std::vector<Obstacle>{};
  const bool known = plan.ready() || plan.failed();
  bool pressed = false;
  const DialogResult result =
      dialog(ui, "designate-dialog",
             {.title = ui.tr("items.designate_title", {param("count", count)}),
              .width = 480,
              .close_name = ui.tr("common.close"),
              .footer =
                  [&] {
                    pressed = dialog_buttons(
                        ui, {.action = what.in_plan && overrides.empty() ? ui.tr("allocate.put_in_plan")
                                       : what.in_plan                    ? ui.tr("allocate.put_anyway")
                                       : overrides.empty()               ? ui.tr("items.designate_go")
                                                                         : ui.tr("items.designate_anyway"),
                             .danger = !overrides.empty(),
                             .disabled = !draft.person || !known,
                             .why_disabled = draft.person ? ui.tr("designate.checking") : ui.tr("items.choose_person"),
                             .busy = status.busy});
                  }},
             [&] {
               form_problem(ui, status, false);
               remote(ui, model.batch.at(what.batch.value), [&](const api::BatchDetail& detail) {
                 choose_executor(ui, model, detail.executors, draft.person, draft.picker);
                 if (plan.failed()) failed(ui, plan.problem);
                 for (const api::BatchPerson& person : detail.executors)
                   if (plan.ready() && person.person == draft.person) draw_hand_plan(ui, *plan, person);
               });
             });
  if (result.close) push(ui, commands::CloseDialog{});
  if (!(pressed || result.submit) || !draft.person || !known || status.busy) return;
  if (!what.in_plan)
    return push(ui, commands::DesignateItems{form_id, {what.batch, draft.person, what.rows, overrides}});
  std::string name;
  if (const auto& batch = model.batch.at(what.batch.value); batch.ready())
    for (const api::BatchPerson& person : batch->executors)
      if (person.person == draft.person) name = person.name;
  push(ui, commands::GiveByHand{.form = form_id,
                                .batch = what.batch,
                                .person = draft.person,
                                .name = std::move(name),
                                .override_soft = !overrides.empty(),
                                .rows = what.rows,
                                .selection = what.all});
}

// --- the irreversible ends -------------------------------------------------------------------------------------------

namespace {

struct EndDialog {
  std::string_view id, title, words, action;
  bool wants_reason = false;
};

bool end_dialog(Ui& ui, const store::FormStatus& status, const api::BatchDetail& batch, const EndDialog& what,
                ReasonDraft& draft) {
  bool pressed = false;
  const bool typed = text::trim(draft.typed_subject) == text::trim(batch.summary.subject);
  const bool complete = typed && (!what.wants_reason || !text::trim(draft.reason).empty());
  const DialogResult result =
      dialog(ui, what.id,
             {.title = what.title,
              .subtitle = batch.summary.subject,
              .width = 520,
              .close_name = ui.tr("common.close"),
              .footer =
                  [&] {
                    pressed = dialog_buttons(ui, {.action = what.action,
                                                  .danger = true,
                                                  .disabled = !complete,
                                                  .why_disabled = ui.tr("batches.type_subject_first"),
                                                  .busy = status.busy});
                  }},
             [&] {
               form_problem(ui, status);
               paragraph(ui, what.words);
               const auto bar = bar_of(ui, batch.summary.counts);
               state_legend(ui, bar);
               if (what.wants_reason)
                 text_area(ui, "reason", draft.reason,
                           {.field = {.label = ui.tr("batches.termination_reason"),
                                      .error = field_problem(status, "reason"),
                                      .required = true,
                                      .focus_first = true,
                                      .max_length = 1000},
                            .min_lines = 2});
               text_field(ui, "subject", draft.typed_subject,
                          {.label = ui.tr("batches.type_subject", {param("subject", batch.summary.subject)}),
                           .error = field_problem(status, "subject"),
                           .required = true,
                           .focus_first = !what.wants_reason});
             });
  if (result.close) push(ui, commands::CloseDialog{});
  return (pressed || result.submit) && complete && !status.busy;
}

}  // namespace

void draw_end_dialog(Ui& ui, const store::Store& model, store::FormId form_id, BatchId batch, ReasonDraft& draft) {
  const auto& known = model.batch.at(batch.value);
  if (!known.ready()) return;
  const api::StateCounts& counts = known->summary.counts;
  if (end_dialog(ui, model.form(form_id), *known,
                 {"end-dialog", ui.tr("batches.end_all"),
                  ui.tr("batches.end_words",
                        {param("count", all_of(counts) - counts.ended), param("executing", counts.executing)}),
                  ui.tr("batches.end_all"), false},
                 draft))
    push(ui, commands::EndBatchNow{form_id, {batch, known->summary.version, known->summary.subject}});
}

void draw_terminate_dialog(Ui& ui, const store::Store& model, store::FormId form_id, BatchId batch,
                           ReasonDraft& draft) {
  const auto& known = model.batch.at(batch.value);
  if (!known.ready()) return;
  const api::StateCounts& counts = known->summary.counts;
  if (end_dialog(ui, model.form(form_id), *known,
                 {"terminate-dialog", ui.tr("batches.terminate"),
                  ui.tr("batches.terminate_words",
                        {param("count", all_of(counts) - counts.ended), param("executing", counts.executing)}),
                  ui.tr("batches.terminate"), true},
                 draft))
    push(ui,
         commands::TerminateBatchNow{
             form_id, {batch, known->summary.version, known->summary.subject, std::string(text::trim(draft.reason))}});
}

}  // namespace tw::views
