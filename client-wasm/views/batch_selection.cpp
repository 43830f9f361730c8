// The dialog of one action on everything that a batch's list finds. The rows are not here, so it cannot say row by row
// what will happen: it says how many at most, and the limits that a manager's hand may put aside are chosen beforehand.
#include <algorithm>

#include "client/views/batch.h"
#include "core/text.h"

namespace tw::views {

using namespace ui;
using domain::allocation::bit;
using domain::allocation::Obstacle;
using domain::batch::Action;
using ui::text;

namespace {

struct Wording {
  std::string_view title, words, action, reason;  // no label: no reason is asked for
  bool danger = false;
};

Wording wording_of(Ui& ui, const commands::ChangeSelection& what) {
  const std::vector<Param> count = {param("count", what.count)};
  switch (what.request.action) {
    case Action::confirm:
      return {ui.tr("items.confirm_title", count), ui.tr("items.confirm_words"), ui.tr("items.confirm"), {}};
    case Action::send_back:
      return {ui.tr("items.return_title", count), ui.tr("items.return_words"), ui.tr("items.return"),
              ui.tr("items.return_reason")};
    case Action::designate:
      return {ui.tr("items.designate_title", count), ui.tr("designate.row_by_row"), ui.tr("items.designate_go"), {}};
    case Action::reassign:
      return {ui.tr("items.reassign_title", count), ui.tr("items.reassign_words"), ui.tr("items.reassign_go"),
              ui.tr("items.reset_reason")};
    case Action::remove:
      return {ui.tr("items.remove_title", count), ui.tr("items.remove_words"), ui.tr("items.remove"), {}, true};
    default:
      return {ui.tr("items.reset_title", count), ui.tr("items.reset_words"), ui.tr("items.take_back"),
              ui.tr("items.reset_reason"), true};
  }
}

void choose_overrides(Ui& ui, SelectionDraft& draft) {
  column(ui, {.gap = 0}, [&] {
    strong(ui, ui.tr("designate.all_the_same"));
    // What a plan lets people get at most is asked of plans only.
    const auto asked = domain::allocation::soft_obstacles & ~bit(Obstacle::over_plan_cap);
    for (const Obstacle obstacle : domain::allocation::obstacles_in(asked)) {
      bool ticked = (draft.overridden & bit(obstacle)) != 0;
      if (checkbox(ui, wire_name(obstacle), words_of(ui, obstacle), ticked)) draft.overridden ^= bit(obstacle);
    }
  });
}

}  // namespace

void choose_other_executor(Ui& ui, const store::Store& model, const api::BatchDetail& batch, SelectionDraft& draft) {
  strong(ui, ui.tr("items.return_elsewhere"));
  note(ui, ui.tr("items.return_elsewhere_words"));
  choose_executor(ui, model, batch.executors, draft.person, draft.picker);
}

void draw_return_dialog(Ui& ui, const store::Store& model, store::FormId form_id, const commands::ReturnItems& what,
                        SelectionDraft& draft) {
  const store::FormStatus& status = model.form(form_id);
  const bool reasoned = !text::trim(draft.reason).empty();
  const bool complete = reasoned && (!what.asks_executor || draft.person);
  bool pressed = false;
  const DialogResult result =
      dialog(ui, "return-dialog",
             {.title = ui.tr("items.return_title", {param("count", static_cast<std::int64_t>(what.rows.size()))}),
              .width = 480,
              .close_name = ui.tr("common.close"),
              .footer =
                  [&] {
                    pressed = dialog_buttons(
                        ui, {.action = ui.tr("items.return"),
                             .disabled = !complete,
                             .why_disabled = reasoned ? ui.tr("items.choose_person") : ui.tr("items.needs_reason"),
                             .busy = status.busy});
                  }},
             [&] {
               form_problem(ui, status);
               paragraph(ui, ui.tr("items.return_words"), {.color = Token::muted});
               text_area(ui, "reason", draft.reason,
                         {.field = {.label = ui.tr("items.return_reason"),
                                    .error = field_problem(status, "reason"),
                                    .required = true,
                                    .focus_first = true,
                                    .max_length = 1000}});
               if (!what.asks_executor) return;
               remote(ui, model.batch.at(what.batch.value),
                      [&](const api::BatchDetail& batch) { choose_other_executor(ui, model, batch, draft); });
             });
  if (result.close) push(ui, commands::CloseDialog{});
  if (!(pressed || result.submit) || !complete || status.busy) return;
  push(ui, commands::ReturnItemsNow{form_id,
                                    {what.batch, what.rows, std::string(text::trim(draft.reason)), draft.person, {}}});
}

api::PreviewReassignment::Request preview_of(const commands::Reassign& what, PersonId person) {
  api::PreviewReassignment::Request request;
  request.batch = what.batch;
  request.executor = person;
  for (const api::ItemVersion& row : what.rows) request.items.push_back(row.item);
  return request;
}

namespace {

using Found = api::PreviewReassignment::Response;

bool is_soft(Obstacle obstacle) { return domain::allocation::soft(bit(obstacle)) != 0; }

// What is to be confirmed, by name, and who stays where they are.
void draw_obstacles(Ui& ui, const Found& found, const api::BatchPerson& person) {
  for (const api::LeftOut& one : found.obstacles) {
    IdScope scope(ui, wire_name(one.obstacle));
    if (is_soft(one.obstacle)) {
      banner(ui, "overridden",
             {.tone = Tone::completed,
              .icon = Icon::warning,
              .words = override_words(ui, one.obstacle, person, found.items)});
    } else {
      banner(ui, "refused",
             {.tone = Tone::neutral,
              .icon = Icon::info,
              .words = ui.tr("designate.refused",
                             {param("count", one.items), param("obstacle", std::string(wire_name(one.obstacle)))})});
    }
  }
}

}  // namespace

void draw_reassign_dialog(Ui& ui, const store::Store& model, store::FormId form_id, const commands::Reassign& what,
                          SelectionDraft& draft) {
  const store::FormStatus& status = model.form(form_id);
  const auto& preview = model.reassignment_preview.at(store::Store::key_of(preview_of(what, draft.person)));
  // Unread, nothing is confirmed: the server then refuses what would have to be overridden, and names it.
  draft.overridden = 0;
  if (preview.ready())
    for (const api::LeftOut& one : preview->obstacles)
      if (is_soft(one.obstacle)) draft.overridden |= bit(one.obstacle);
  const bool known = preview.ready() || preview.failed();
  bool pressed = false;
  const DialogResult result =
      dialog(ui, "reassign-dialog",
             {.title = ui.tr("items.reassign_title", {param("count", static_cast<std::int64_t>(what.rows.size()))}),
              .width = 480,
              .close_name = ui.tr("common.close"),
              .footer =
                  [&] {
                    pressed = dialog_buttons(
                        ui, {.action = draft.overridden ? ui.tr("items.reassign_anyway") : ui.tr("items.reassign_go"),
                             .danger = draft.overridden != 0,
                             .disabled = !draft.person || !known,
                             .why_disabled = draft.person ? ui.tr("designate.checking") : ui.tr("items.choose_person"),
                             .busy = status.busy});
                  }},
             [&] {
               form_problem(ui, status, false);
               paragraph(ui, ui.tr("items.reassign_words"), {.color = Token::muted});
               remote(ui, model.batch.at(what.batch.value), [&](const api::BatchDetail& detail) {
                 choose_executor(ui, model, detail.executors, draft.person, draft.picker);
                 if (preview.failed()) failed(ui, preview.problem);
                 for (const api::BatchPerson& person : detail.executors)
                   if (preview.ready() && person.person == draft.person) draw_obstacles(ui, *preview, person);
               });
             });
  if (result.close) push(ui, commands::CloseDialog{});
  if (!(pressed || result.submit) || !draft.person || !known || status.busy) return;
  push(ui, commands::ReassignItemsNow{
               form_id, {what.batch, draft.person, what.rows, domain::allocation::obstacles_in(draft.overridden), {}}});
}

void draw_change_selection_dialog(Ui& ui, const store::Store& model, store::FormId form_id,
                                  const commands::ChangeSelection& what, SelectionDraft& draft) {
  const store::FormStatus& status = model.form(form_id);
  const Wording wording = wording_of(ui, what);
  const bool by_hand = what.request.action == Action::designate || what.request.action == Action::reassign;
  const bool send_back = what.request.action == Action::send_back;
  const bool complete = by_hand ? static_cast<bool>(draft.person) : !send_back || !text::trim(draft.reason).empty();
  bool pressed = false;
  const DialogResult result =
      dialog(ui, "selection-dialog",
             {.title = wording.title,
              .subtitle = what.at_most ? ui.tr("items.at_most") : std::string_view{},
              .width = 480,
              .close_name = ui.tr("common.close"),
              .footer =
                  [&] {
                    pressed = dialog_buttons(
                        ui, {.action = wording.action,
                             .danger = wording.danger,
                             .disabled = !complete,
                             .why_disabled = by_hand ? ui.tr("items.choose_person") : ui.tr("items.needs_reason"),
                             .busy = status.busy});
                  }},
             [&] {
               form_problem(ui, status);
               paragraph(ui, wording.words, {.color = Token::muted});
               if (!wording.reason.empty())
                 text_area(ui, "reason", draft.reason,
                           {.field = {.label = wording.reason,
                                      .error = field_problem(status, "reason"),
                                      .required = send_back,
                                      .focus_first = true,
                                      .max_length = 1000}});
               if (!by_hand && !send_back) return;
               remote(ui, model.batch.at(what.request.batch.value), [&](const api::BatchDetail& detail) {
                 if (send_back) {
                   const bool asks = std::any_of(detail.gone.begin(), detail.gone.end(),
                                                 [](const auto& person) { return person.counts.completed > 0; });
                   if (asks) choose_other_executor(ui, model, detail, draft);
                   return;
                 }
                 choose_executor(ui, model, detail.executors, draft.person, draft.picker);
                 choose_overrides(ui, draft);
               });
             });
  if (result.close) push(ui, commands::CloseDialog{});
  if (!(pressed || result.submit) || !complete || status.busy) return;
  commands::ChangeSelectedItems change{form_id, what.request};
  change.request.reason = std::string(text::trim(draft.reason));
  change.request.executor = draft.person;
  change.request.confirmed = domain::allocation::obstacles_in(draft.overridden);
  push(ui, std::move(change));
}

}  // namespace tw::views
