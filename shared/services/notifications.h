// Use cases of api/notification.h.
#pragma once

#include "api/notification.h"
#include "services/dispatcher.h"

namespace tw::services {

Result<api::ListNotifications::Response> list_notifications(Work& work, const Actor& actor,
                                                            const api::ListNotifications::Request& request);
Result<api::ReadNotifications::Response> read_notifications(Work& work, const Actor& actor,
                                                            const api::ReadNotifications::Request& request);

}  // namespace tw::services
