// One line per area, in the order of api::AllOperations. An area adds its line when its operations land.
#include "services/dispatcher.h"

namespace tw::services {

void register_all(Dispatcher& dispatcher) {
  register_session(dispatcher);
  register_people(dispatcher);
  register_system(dispatcher);
  register_customers(dispatcher);
  register_imports(dispatcher);
  register_batches(dispatcher);
  register_items(dispatcher);
  register_operations(dispatcher);
  register_workbench(dispatcher);
  register_events(dispatcher);
}

}  // namespace tw::services
