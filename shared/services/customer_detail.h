// The detail reply, which reading and editing share.
#pragma once

#include "api/customer.h"
#include "services/customer_store.h"
#include "services/work.h"

namespace tw::services {

// Whole phone and e-mail: only for those who may read the customer.
api::CustomerDetail customer_detail(Work& work, const domain::access::Actor& actor, const Customer& customer);

}  // namespace tw::services
