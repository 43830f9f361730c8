#include "client/views/leaving.h"

#include "client/ui/format.h"
#include "client/views/parts.h"
#include "domain/allocation/policy.h"

namespace tw::views {

using namespace ui;
using api::LeavingChoice;
using ui::text;

bool is_answered(const LeavingDraft& draft) {
  return draft.choice >= 0 && (draft.choice != static_cast<int>(LeavingChoice::transfer) || !draft.to.empty());
}

api::Leaving leaving_of(const LeavingDraft& draft) {
  api::Leaving leaving;
  if (draft.choice >= 0) leaving.choice = static_cast<LeavingChoice>(draft.choice);
  if (leaving.choice != LeavingChoice::transfer) return leaving;
  leaving.to = draft.to;
  using domain::allocation::Obstacle;
  if (draft.over_limits) leaving.confirmed = {Obstacle::over_holding_cap, Obstacle::over_inflow_cap};
  return leaving;
}

void draw_leaving(Ui& ui, const store::Store& model, const store::FormStatus& status, std::int64_t executing,
                  LeavingDraft& draft) {
  strong(ui, ui.tr("leaving.question", {param("count", executing)}));
  const Choice choices[] = {
      {.key = "keep", .label = ui.tr("leaving.keep"), .hint = ui.tr("leaving.keep_hint")},
      {.key = "reset", .label = ui.tr("leaving.reset"), .hint = ui.tr("leaving.reset_hint")},
      {.key = "transfer", .label = ui.tr("leaving.transfer"), .hint = ui.tr("leaving.transfer_hint")}};
  radio_group(ui, "leaving", ui.tr("leaving.question", {param("count", executing)}), choices, draft.choice);
  if (draft.choice != static_cast<int>(LeavingChoice::transfer)) return;
  person_picker(ui, "takes-over", ui.tr("leaving.to"), model, draft.to, draft.picker);
  for (const char* path : {"leaving.to", "leaving.to[0]"})
    if (const std::string_view wrong = field_problem(status, path); !wrong.empty())
      text(ui, wrong, {.style = Style::caption, .color = Token::danger});
  checkbox(ui, "over-limits", ui.tr("leaving.over_limits"), draft.over_limits, {.hint = ui.tr("leaving.over_hint")});
}

namespace {

constexpr std::size_t most_lines = 5;

void draw_held(Ui& ui, const api::ViewHeld::Response& held) {
  for (std::size_t i = 0; i < held.held.size() && i < most_lines; ++i)
    label_value(ui, held.held[i].subject,
                ui.tr("leaving.held",
                      {param("executing", held.held[i].executing), param("completed", held.held[i].completed)}));
  if (held.batches > static_cast<std::int64_t>(most_lines))
    note(ui, ui.tr("leaving.more_batches", {param("count", held.batches - static_cast<std::int64_t>(most_lines))}));
  if (held.completed > 0) note(ui, ui.tr("leaving.completed_stay", {param("count", held.completed)}));
}

void draw_successor(Ui& ui, const store::Store& model, const store::FormStatus& status,
                    const api::ViewHeld::Response& held, DisableDraft& draft) {
  const std::vector<Param> params = {param("count", static_cast<std::int64_t>(held.left.size())),
                                     param("subject", held.left.front().subject)};
  banner(ui, "left",
         {.tone = held.needs_successor ? Tone::danger : Tone::neutral,
          .icon = Icon::info,
          .words = held.needs_successor ? ui.tr("leaving.successor_demanded", params)
                                        : ui.tr("leaving.successor_offered", params)});
  person_select(ui, "successor", ui.tr("leaving.successor"), model, draft.successor, draft.picker);
  if (const std::string_view wrong = field_problem(status, "successor"); !wrong.empty())
    text(ui, wrong, {.style = Style::caption, .color = Token::danger});
}

}  // namespace

void draw_disable_dialog(Ui& ui, const store::Store& model, store::FormId form_id, PersonId id, DisableDraft& draft) {
  const api::PersonRow* person = model.person(id);
  if (!person) return;
  const store::FormStatus& status = model.form(form_id);
  const auto& held = model.held.at(id.value);
  const bool asks = held.ready() && held->executing > 0;
  const bool demands = held.ready() && held->needs_successor && !draft.successor;
  const bool complete = held.ready() && (!asks || is_answered(draft.leaving)) && !demands;
  bool pressed = false;
  const DialogResult result =
      dialog(ui, "disable-dialog",
             {.title = ui.tr("people.disable_title", {param("name", person->name)}),
              .width = 520,
              .close_name = ui.tr("common.close"),
              .footer =
                  [&] {
                    pressed = dialog_buttons(
                        ui, {.action = ui.tr("people.disable"),
                             .danger = true,
                             .disabled = !complete,
                             .why_disabled = demands ? ui.tr("leaving.successor_first") : ui.tr("leaving.choose_first"),
                             .busy = status.busy});
                  }},
             [&] {
               form_problem(ui, status);
               paragraph(ui, ui.tr("people.disable_words"), {.color = Token::muted});
               remote(ui, held, [&](const api::ViewHeld::Response& there) {
                 if (there.batches > 0) draw_held(ui, there);
                 if (asks) draw_leaving(ui, model, status, there.executing, draft.leaving);
                 if (!there.left.empty()) draw_successor(ui, model, status, there, draft);
               });
             });
  if (result.close) push(ui, commands::CloseDialog{});
  if (!(pressed || result.submit) || !complete || status.busy) return;
  push(ui, commands::SetPersonActive{
               form_id, {id, person->version, false, leaving_of(draft.leaving), draft.successor}, person->name});
}

}  // namespace tw::views
