// Use cases of api/operation.h and api/operation_rows.h: looking at long operations, stopping them, trying
// them again.
#pragma once

#include "api/operation.h"
#include "api/operation_rows.h"
#include "services/dispatcher.h"

namespace tw::services {

Result<api::OperationView> view_operation(Work& work, const Actor& actor, const api::ViewOperation::Request& request);
Result<api::ListOperations::Response> list_operations(Work& work, const Actor& actor,
                                                      const api::ListOperations::Request& request);
Result<api::OperationView> cancel_operation(Work& work, const Actor& actor,
                                            const api::CancelOperation::Request& request);
Result<api::OperationView> retry_operation(Work& work, const Actor& actor, const api::RetryOperation::Request& request);
Result<api::ListOperationRows::Response> list_operation_rows(Work& work, const Actor& actor,
                                                             const api::ListOperationRows::Request& request);

}  // namespace tw::services
