// Use cases of api/operation.h: looking at long operations and stopping them.
#pragma once

#include "api/operation.h"
#include "services/dispatcher.h"

namespace tw::services {

Result<api::OperationView> view_operation(Work& work, const Actor& actor, const api::ViewOperation::Request& request);
Result<api::ListOperations::Response> list_operations(Work& work, const Actor& actor,
                                                      const api::ListOperations::Request& request);
Result<api::OperationView> cancel_operation(Work& work, const Actor& actor,
                                            const api::CancelOperation::Request& request);

}  // namespace tw::services
