// One line per area: the order is that of api::AllOperations.
#include "services/dispatcher.h"

namespace tw::services {

void register_all(Dispatcher& dispatcher) {
  // Each area adds its line when its operations land.
  (void)dispatcher;
}

}  // namespace tw::services
