// One's own time zone: the dialog where it is changed, and the line that says when the device keeps another time.
#include "client/views/frame.h"
#include "client/views/parts.h"
#include "client/views/people.h"
#include "core/text.h"

namespace tw::views {

using namespace ui;

void draw_zone_dialog(Ui& ui, const store::Store& model, store::FormId form_id, ZoneDraft& draft) {
  const std::string& device = ui.frame().device_zone;
  const store::FormStatus& status = model.form(form_id);
  if (!draft.filled && model.session) draft = {true, model.session->zone};
  const std::string zone(text::trim(draft.zone));
  const bool save = save_dialog(ui, status,
                                {.id = "zone-dialog",
                                 .title = ui.tr("account.change_zone"),
                                 .width = 420,
                                 .missing = zone.empty() ? ui.tr("common.fill_required") : std::string_view{}},
                                [&] {
                                  zone_field(ui, draft.zone, field_problem(status, "zone"), true);
                                  if (!device.empty() && device != zone &&
                                      button(ui, "device", ui.tr("account.use_zone", {param("zone", device)})))
                                    draft.zone = device;
                                  note(ui, ui.tr("account.zone_words"));
                                });
  if (save) push(ui, commands::ChangeZone{form_id, zone});
}

void zone_field(Ui& ui, std::string& zone, std::string_view problem, bool first) {
  text_field(ui, "zone", zone,
             {.label = ui.tr("calendars.zone"),
              .hint = ui.tr("calendars.zone_hint"),
              .error = problem,
              .required = true,
              .focus_first = first,
              .max_length = 60});
}

void draw_zone_banner(Ui& ui, const store::Store& model, const FrameState& state) {
  const std::string& device = ui.frame().device_zone;
  if (!model.session || device.empty() || device == model.session->zone) return;
  const std::string pair = device + " " + model.session->zone;
  if (ui.frame().device_offset == ui.clock().offset_at(ui.now()) || state.zone_kept == pair) return;
  const BannerEvent event =
      banner(ui, "zone",
             {.icon = Icon::clock,
              .words = ui.tr("account.other_zone", {param("device", device), param("zone", model.session->zone)}),
              .action = ui.tr("account.use_zone", {param("zone", device)}),
              .closable = true});
  if (event == BannerEvent::action) push(ui, commands::ChangeZone{0, device});
  if (event == BannerEvent::closed) push(ui, commands::KeepZone{pair});
}

}  // namespace tw::views
