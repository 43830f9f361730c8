// The table kind -> step. An area adds its lines when its steps land.
#include "services/long_operation.h"

namespace tw::services {

const StepTable& all_steps() {
  static const StepTable steps = {{api::OperationKind::check_import, &step_check_import},
                                  {api::OperationKind::write_import, &step_write_import},
                                  {api::OperationKind::add_to_batch, &step_add_to_batch},
                                  {api::OperationKind::allocate, &step_allocate},
                                  {api::OperationKind::end_all, &step_end_all},
                                  {api::OperationKind::change_items, &step_change_items},
                                  {api::OperationKind::change_limit, &step_change_limit},
                                  {api::OperationKind::undo_allocation, &step_undo_allocation},
                                  {api::OperationKind::hand_over, &step_hand_over},

                                  {api::OperationKind::change_calendar, &step_change_calendar}};
  return steps;
}

}  // namespace tw::services
