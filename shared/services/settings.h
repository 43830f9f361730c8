// What the company decides for all of its batches (api/settings.h), kept by name in setting_store.h.
#pragma once

#include "api/settings.h"
#include "services/dispatcher.h"
#include "services/work.h"

namespace tw::services {

Result<api::CompanySettings> view_settings(Work& work, const Actor& actor, const api::ViewSettings::Request& request);
Result<api::CompanySettings> update_settings(Work& work, const Actor& actor,
                                             const api::UpdateSettings::Request& request);

bool forbids_own_confirmation(Work& work);
Millis return_minimum(Work& work);
Millis allocation_undo_window(Work& work);

}  // namespace tw::services
