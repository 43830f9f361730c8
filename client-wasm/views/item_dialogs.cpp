// Dialogs about one item: a manager looks at it, the reason for giving one up.
#include <algorithm>

#include "client/ui/format.h"
#include "client/views/batch.h"
#include "client/views/my_tasks.h"
#include "client/views/parts.h"
#include "client/views/words.h"
#include "core/text.h"

namespace tw::views {

using namespace ui;
using api::ItemDetail;
using ui::text;

void draw_item_dialog(Ui& ui, const store::Store& model, ItemId item) {
  const auto& known = model.item.at(item.value);
  const DialogResult result = dialog(
      ui, "item-dialog",
      {.title = known.ready() ? customer_name(ui, known->row) : ui.tr("my.one"),
       .subtitle = known.ready() ? std::string_view(known->row.subject) : std::string_view{},
       .width = 600,
       .close_name = ui.tr("common.close"),
       .footer =
           [&] {
             const bool in_time = known.ready() && known->undo_until && ui.now() < *known->undo_until;
             if (in_time && button(ui, "undo", ui.tr("common.undo"), {.icon = Icon::undo}))
               push(ui, commands::UndoItems{{known->row.batch, {{known->row.item, known->row.version}}}});
             if (button(ui, "done", ui.tr("common.close"))) push(ui, commands::CloseDialog{});
           }},
      [&] {
        remote(ui, known, [&](const ItemDetail& detail) {
          row(ui, {.height = 28}, [&] {
            state_chip(ui, detail.row.state);
            if (detail.row.returned) chip(ui, ui.tr("items.returned_chip"), {.tone = Tone::danger});
            late_chip(ui, detail.row);
            caption(ui, detail.row.executor_name);
            if (detail.row.next_follow_up) {
              spring(ui);
              caption(ui, ui.tr("my.next_at", {param("when", std::string(day_time(ui, *detail.row.next_follow_up)))}));
            }
            spring(ui);
            if (detail.row.due_at) caption(ui, time_left(ui, *detail.row.due_at));
          });
          if (!detail.row.phone.empty()) label_value(ui, ui.tr("items.phone"), detail.row.phone, 104);
          if (!detail.row.city.empty()) label_value(ui, column_name(ui, model, "city"), detail.row.city, 104);
          draw_others(ui, model, detail);
          draw_why(ui, model, item);
          separator(ui);
          log_entries(ui, detail.log);
        });
      });
  if (result.close) push(ui, commands::CloseDialog{});
}

void draw_abandon_dialog(Ui& ui, const store::Store& model, store::FormId form_id, ItemId item, std::string& reason) {
  const store::FormStatus& status = model.form(form_id);
  const auto& known = model.item.at(item.value);
  const bool complete = !text::trim(reason).empty() && known.ready();
  bool pressed = false;
  const DialogResult result = dialog(ui, "abandon-dialog",
                                     {.title = ui.tr("my.abandon_title"),
                                      .width = 460,
                                      .close_name = ui.tr("common.close"),
                                      .footer =
                                          [&] {
                                            pressed = dialog_buttons(ui, {.action = ui.tr("my.abandon"),
                                                                          .danger = true,
                                                                          .disabled = !complete,
                                                                          .why_disabled = ui.tr("items.needs_reason"),
                                                                          .busy = status.busy});
                                          }},
                                     [&] {
                                       form_problem(ui, status);
                                       paragraph(ui, ui.tr("my.abandon_words"), {.color = Token::muted});
                                       text_area(ui, "reason", reason,
                                                 {.field = {.label = ui.tr("my.abandon_reason"),
                                                            .error = field_problem(status, "reason"),
                                                            .required = true,
                                                            .focus_first = true,
                                                            .max_length = 4000}});
                                     });
  if (result.close) push(ui, commands::CloseDialog{});
  if ((pressed || result.submit) && complete && !status.busy)
    push(ui, commands::AbandonItemNow{
                 form_id, {item, known->row.version, std::string(text::trim(reason))}, known->row.batch});
}

// --- to a colleague --------------------------------------------------------------------------------------------------

namespace {

using api::ListTransferTargets;

void draw_targets(Ui& ui, const store::Store& model, const std::vector<ListTransferTargets::Target>& targets,
                  SelectionDraft& draft) {
  std::vector<PickCandidate> candidates;
  for (const auto& target : targets)
    candidates.push_back({target.person, target.name, target.initials, target.department_name, target.department,
                          target.obstacles.empty() ? std::string_view{} : words_of(ui, target.obstacles[0])});
  person_select_of(ui, "people", ui.tr("my.transfer_to"), model, candidates, draft.person, draft.picker);
}

}  // namespace

void draw_transfer_dialog(Ui& ui, const store::Store& model, store::FormId form_id, ItemId item,
                          SelectionDraft& draft) {
  const store::FormStatus& status = model.form(form_id);
  const auto& known = model.item.at(item.value);
  const bool complete = draft.person && known.ready();
  bool pressed = false;
  const DialogResult result = dialog(
      ui, "transfer-dialog",
      {.title = ui.tr("my.transfer_title"),
       .subtitle = known.ready() ? customer_name(ui, known->row) : std::string_view{},
       .width = 460,
       .close_name = ui.tr("common.close"),
       .footer =
           [&] {
             pressed = dialog_buttons(ui, {.action = ui.tr("my.transfer_go"),
                                           .disabled = !complete,
                                           .why_disabled = ui.tr("items.choose_person"),
                                           .busy = status.busy});
           }},
      [&] {
        form_problem(ui, status);
        paragraph(ui, ui.tr("my.transfer_words"), {.color = Token::muted});
        remote(ui, model.transfer_targets.at(item.value), [&](const ListTransferTargets::Response& there) {
          if (there.targets.empty()) return muted(ui, ui.tr("my.transfer_nobody"));
          draw_targets(ui, model, there.targets, draft);
        });
        text_area(
            ui, "text", draft.reason,
            {.field = {.label = ui.tr("my.transfer_text"), .error = field_problem(status, "text"), .max_length = 1000},
             .min_lines = 2});
      });
  if (result.close) push(ui, commands::CloseDialog{});
  if (!(pressed || result.submit) || !complete || status.busy) return;
  std::string name;
  for (const auto& target : model.transfer_targets.at(item.value)->targets)
    if (target.person == draft.person) name = target.name;
  push(ui, commands::TransferItemNow{form_id,
                                     {item, known->row.version, draft.person, std::string(text::trim(draft.reason))},
                                     std::move(name),
                                     known->row.batch});
}

}  // namespace tw::views
