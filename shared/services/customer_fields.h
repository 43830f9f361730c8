// The one way to make a custom field, for the operation and for imports.
#pragma once

#include "core/result.h"
#include "services/customer_field_store.h"
#include "services/work.h"

namespace tw::services {

// Checks name (free, not blank), number of fields and choices; adds row and column; emits the event. Must run in a
// change.
Result<CustomerFieldRow> new_customer_field(Work& work, CustomerFieldRow field);

}  // namespace tw::services
