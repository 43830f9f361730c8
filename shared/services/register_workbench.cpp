#include "services/dispatcher.h"
#include "services/notifications.h"
#include "services/workbench.h"

namespace tw::services {

void register_workbench(Dispatcher& dispatcher) {
  register_operation<api::ViewWorkbench>(dispatcher, &view_workbench);
  register_operation<api::ListNotifications>(dispatcher, &list_notifications);
  register_operation<api::ReadNotifications>(dispatcher, &read_notifications);
}

}  // namespace tw::services
