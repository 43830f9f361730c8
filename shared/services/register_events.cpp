#include "services/dispatcher.h"
#include "services/events.h"

namespace tw::services {

void register_events(Dispatcher& dispatcher) { register_operation<api::EventsAfter>(dispatcher, &events_after); }

}  // namespace tw::services
