// The capacity bar (indicators.h) of people who are compared and planned for.
#pragma once

#include <cstdint>

#include "client/ui/indicators.h"

namespace tw::ui {

struct CapacityPlan {
  std::int64_t settled = 0;  // of the preview: drawn stronger
  std::int64_t scale = 0;    // without a cap: what the whole bar stands for, so that people can be compared
};
void capacity_bar(Ui& ui, const CapacityOptions& options, const CapacityPlan& plan);

}  // namespace tw::ui
