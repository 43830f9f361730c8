#include "services/dispatcher.h"
#include "services/workbench.h"

namespace tw::services {

void register_workbench(Dispatcher& dispatcher) { register_operation<api::ViewWorkbench>(dispatcher, &view_workbench); }

}  // namespace tw::services
