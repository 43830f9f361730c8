#include "client/views/settings.h"

#include "client/views/parts.h"

namespace tw::views {

using namespace ui;

void draw_settings_dialog(Ui& ui, const store::Store& model, store::FormId form_id, SettingsDraft& draft) {
  const store::FormStatus& status = model.form(form_id);
  if (!draft.filled && model.settings.ready())
    draft = {true, model.settings->forbids_own_confirmation, model.settings->return_minimum_hours,
             model.settings->allocation_undo_hours};
  const bool complete = draft.filled && draft.return_minimum_hours && draft.allocation_undo_hours;
  const bool save = save_dialog(ui, status,
                                {.id = "settings-dialog",
                                 .title = ui.tr("settings.title"),
                                 .width = 480,
                                 .missing = complete ? std::string_view{} : ui.tr("common.fill_required")},
                                [&] {
                                  remote(ui, model.settings, [&](const api::CompanySettings&) {
                                    checkbox(ui, "own-confirmation", ui.tr("settings.forbids_own_confirmation"),
                                             draft.forbids_own_confirmation,
                                             {.hint = ui.tr("settings.forbids_own_confirmation_hint")});
                                    number_field(ui, "return-minimum", draft.return_minimum_hours,
                                                 {.field = {.label = ui.tr("settings.return_minimum_hours"),
                                                            .hint = ui.tr("settings.return_minimum_hint"),
                                                            .error = field_problem(status, "return_minimum_hours"),
                                                            .required = true},
                                                  .min = 1,
                                                  .max = api::longest_setting_hours});
                                    number_field(ui, "undo", draft.allocation_undo_hours,
                                                 {.field = {.label = ui.tr("settings.allocation_undo_hours"),
                                                            .hint = ui.tr("settings.allocation_undo_hint"),
                                                            .error = field_problem(status, "allocation_undo_hours"),
                                                            .required = true},
                                                  .min = 1,
                                                  .max = api::longest_setting_hours});
                                  });
                                });
  if (!save) return;
  push(ui, commands::UpdateSettings{
               form_id, {draft.forbids_own_confirmation, draft.return_minimum_hours, draft.allocation_undo_hours}});
}

}  // namespace tw::views
