// What obstacles are called on the screen; see domain/batch/labels.h.
#pragma once

#include "core/error.h"
#include "domain/allocation/policy.h"

namespace tw::domain::allocation {

constexpr TextKey label(Obstacle obstacle) {
  switch (obstacle) {
    case Obstacle::none:
      return {};
    case Obstacle::batch_not_active:
      return text_key("obstacle.batch_not_active");
    case Obstacle::not_needing_executor:
      return text_key("obstacle.not_needing_executor");
    case Obstacle::do_not_contact:
      return text_key("obstacle.do_not_contact");
    case Obstacle::number_error:
      return text_key("obstacle.number_error");
    case Obstacle::inactive_person:
      return text_key("obstacle.inactive_person");
    case Obstacle::not_an_executor:
      return text_key("obstacle.not_an_executor");
    case Obstacle::over_holding_cap:
      return text_key("obstacle.over_holding_cap");
    case Obstacle::over_inflow_cap:
      return text_key("obstacle.over_inflow_cap");
    case Obstacle::barred_abandoner:
      return text_key("obstacle.barred_abandoner");
    case Obstacle::over_plan_cap:
      return text_key("obstacle.over_plan_cap");
  }
  return {};
}

}  // namespace tw::domain::allocation
