// The table kind -> step. An area adds its lines when its steps land.
#include "services/long_operation.h"

namespace tw::services {

const StepTable& all_steps() {
  static const StepTable steps = {};
  return steps;
}

}  // namespace tw::services
