#include "services/audit_log.h"
#include "services/dispatcher.h"
#include "services/system_status.h"

namespace tw::services {

void register_system(Dispatcher& dispatcher) {
  register_phased<api::ViewSystem>(dispatcher, &view_system);
  register_operation<api::ListAudit>(dispatcher, &list_audit);
}

}  // namespace tw::services
