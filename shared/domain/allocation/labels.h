// What obstacles, policies and deciding inputs are called on the screen; see domain/batch/labels.h.
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
    case Obstacle::absent:
      return text_key("obstacle.absent");
  }
  return {};
}

constexpr TextKey label(Policy value) {
  switch (value) {
    case Policy::even:
      return text_key("policy.even");
    case Policy::weighted:
      return text_key("policy.weighted");
    case Policy::least_loaded:
      return text_key("policy.least_loaded");
    case Policy::score_first:
      return text_key("policy.score_first");
    case Policy::by_owner:
      return text_key("policy.by_owner");
  }
  return {};
}

constexpr TextKey label(Decisive value) {
  switch (value) {
    case Decisive::none:
      return {};
    case Decisive::entry:
      return text_key("decisive.entry");
    case Decisive::owner:
      return text_key("decisive.owner");
    case Decisive::eligibility:
      return text_key("decisive.eligibility");
    case Decisive::score:
      return text_key("decisive.score");
    case Decisive::lot:
      return text_key("decisive.lot");
    case Decisive::weight:
      return text_key("decisive.weight");
    case Decisive::load:
      return text_key("decisive.load");
    case Decisive::debt:
      return text_key("decisive.debt");
    case Decisive::last_item:
      return text_key("decisive.last_item");
    case Decisive::share:
      return text_key("decisive.share");
  }
  return {};
}

}  // namespace tw::domain::allocation
