// Use case of api/events.h.
#pragma once

#include "api/events.h"
#include "services/dispatcher.h"

namespace tw::services {

Result<api::EventsAfter::Response> events_after(Work& work, const Actor& actor,
                                                const api::EventsAfter::Request& request);

}  // namespace tw::services
