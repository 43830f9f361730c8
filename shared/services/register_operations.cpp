#include "services/allocation_undo.h"
#include "services/dispatcher.h"
#include "services/operations.h"

namespace tw::services {

void register_operations(Dispatcher& dispatcher) {
  register_operation<api::ViewOperation>(dispatcher, &view_operation);
  register_operation<api::ListOperations>(dispatcher, &list_operations);
  register_operation<api::CancelOperation>(dispatcher, &cancel_operation);
  register_operation<api::RetryOperation>(dispatcher, &retry_operation);
  register_operation<api::ListOperationRows>(dispatcher, &list_operation_rows);
  register_operation<api::ViewAllocationUndo>(dispatcher, &view_allocation_undo);
  register_phased<api::UndoAllocation>(dispatcher, &undo_allocation);
}

}  // namespace tw::services
