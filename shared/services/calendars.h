// Use cases of api/calendar.h. Who may: administrators change them, everybody sees them.
#pragma once

#include "api/calendar.h"
#include "core/result.h"
#include "domain/access/access.h"
#include "services/dispatcher.h"
#include "services/work.h"

namespace tw::services {

using domain::access::Actor;

Result<api::ListCalendars::Response> list_calendars(Work& work, const Actor& actor,
                                                    const api::ListCalendars::Request& request);
Result<api::ViewCalendar::Response> view_calendar(Work& work, const Actor& actor,
                                                  const api::ViewCalendar::Request& request);
Result<api::PreviewCalendar::Response> preview_calendar(Work& work, const Actor& actor,
                                                        const api::PreviewCalendar::Request& request);
Result<api::SavedCalendar> add_calendar(Work& work, const Actor& actor, const api::AddCalendar::Request& request);
Result<api::SavedCalendar> update_calendar(Work& work, const Actor& actor, const api::UpdateCalendar::Request& request);
Result<Done> delete_calendar(Work& work, const Actor& actor, const api::DeleteCalendar::Request& request);
Result<api::StatutoryDays::Response> statutory_days(Work& work, const Actor& actor,
                                                    const api::StatutoryDays::Request& request);
Result<api::ReadICalendar::Response> read_icalendar(Phases& phases, const Actor* actor,
                                                    const api::ReadICalendar::Request& request);

}  // namespace tw::services
