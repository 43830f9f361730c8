#include "services/settings.h"

#include "services/setting_store.h"

namespace tw::services {

namespace {
constexpr std::string_view own_confirmation_setting = "forbids_own_confirmation";
}  // namespace

bool forbids_own_confirmation(Work& work) { return setting(work, own_confirmation_setting, 0) != 0; }

Result<api::CompanySettings> view_settings(Work& work, const Actor&, const api::ViewSettings::Request&) {
  return api::CompanySettings{forbids_own_confirmation(work)};
}

Result<api::CompanySettings> update_settings(Work& work, const Actor& actor,
                                             const api::UpdateSettings::Request& request) {
  if (request.forbids_own_confirmation)
    set_setting(work, own_confirmation_setting, *request.forbids_own_confirmation ? 1 : 0);
  work.emit(EventKind::batch_changed, 0);
  return view_settings(work, actor, {});
}

}  // namespace tw::services
