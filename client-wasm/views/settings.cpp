#include "client/views/settings.h"

#include "client/views/parts.h"

namespace tw::views {

using namespace ui;

void draw_settings_dialog(Ui& ui, const store::Store& model, store::FormId form_id, SettingsDraft& draft) {
  const store::FormStatus& status = model.form(form_id);
  if (!draft.filled && model.settings.ready()) draft = {true, model.settings->forbids_own_confirmation};
  bool pressed = false;
  const DialogResult result =
      dialog(ui, "settings-dialog",
             {.title = ui.tr("settings.title"),
              .width = 480,
              .close_name = ui.tr("common.close"),
              .footer =
                  [&] {
                    pressed = dialog_buttons(
                        ui, {.action = ui.tr("common.save"), .disabled = !draft.filled, .busy = status.busy});
                  }},
             [&] {
               form_problem(ui, status);
               remote(ui, model.settings, [&](const api::CompanySettings&) {
                 checkbox(ui, "own-confirmation", ui.tr("settings.forbids_own_confirmation"),
                          draft.forbids_own_confirmation, {.hint = ui.tr("settings.forbids_own_confirmation_hint")});
               });
             });
  if (result.close) push(ui, commands::CloseDialog{});
  if (!(pressed || result.submit) || !draft.filled || status.busy) return;
  push(ui, commands::UpdateSettings{form_id, {draft.forbids_own_confirmation}});
}

}  // namespace tw::views
