#include "services/settings.h"

#include "services/audit.h"
#include "services/setting_store.h"

namespace tw::services {

namespace {
constexpr std::string_view own_confirmation_setting = "forbids_own_confirmation";
constexpr std::string_view return_minimum_setting = "return_minimum_hours";
constexpr std::string_view undo_setting = "allocation_undo_hours";
}  // namespace

bool forbids_own_confirmation(Work& work) { return setting(work, own_confirmation_setting, 0) != 0; }

Millis return_minimum(Work& work) {
  return hours(setting(work, return_minimum_setting, api::CompanySettings{}.return_minimum_hours));
}

Millis allocation_undo_window(Work& work) {
  return hours(setting(work, undo_setting, api::CompanySettings{}.allocation_undo_hours));
}

Result<api::CompanySettings> view_settings(Work& work, const Actor&, const api::ViewSettings::Request&) {
  return api::CompanySettings{forbids_own_confirmation(work), return_minimum(work).value / hours(1).value,
                              allocation_undo_window(work).value / hours(1).value};
}

Result<api::CompanySettings> update_settings(Work& work, const Actor& actor,
                                             const api::UpdateSettings::Request& request) {
  const auto set = [&](std::string_view name, std::int64_t value) {
    set_setting(work, name, value);
    audit(work, actor.person, api::AuditKind::settings_changed,
          AuditFacts().text(api::AuditFact::setting, name).number(api::AuditFact::value, value));
  };
  if (request.forbids_own_confirmation) set(own_confirmation_setting, *request.forbids_own_confirmation ? 1 : 0);
  if (request.return_minimum_hours) set(return_minimum_setting, *request.return_minimum_hours);
  if (request.allocation_undo_hours) set(undo_setting, *request.allocation_undo_hours);
  work.emit(EventKind::batch_changed, 0);
  return view_settings(work, actor, {});
}

}  // namespace tw::services
