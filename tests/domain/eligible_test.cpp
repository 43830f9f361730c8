#include "domain/allocation/eligible.h"

#include <gtest/gtest.h>

#include "domain/allocation/labels.h"

namespace tw::domain::allocation {
namespace {

using batch::ItemState;

const CandidatePerson person{.person = {5}};

TEST(Eligible, nothing_stands_against_an_open_item_and_an_active_executor) {
  for (const ItemState state : {ItemState::unassigned, ItemState::reset, ItemState::abandoned})
    EXPECT_EQ(eligible({.state = state}, person), 0u);
}

TEST(Eligible, every_obstacle_is_named_by_itself) {
  EXPECT_EQ(eligible({.batch_active = false}, person), bit(Obstacle::batch_not_active));
  for (const ItemState state : {ItemState::executing, ItemState::completed, ItemState::ended})
    EXPECT_EQ(eligible({.state = state}, person), bit(Obstacle::not_needing_executor));
  EXPECT_EQ(eligible({.do_not_contact = true}, person), bit(Obstacle::do_not_contact));
  EXPECT_EQ(eligible({.number_error = true}, person), bit(Obstacle::number_error));
  EXPECT_EQ(eligible({}, {.person = {5}, .active = false}), bit(Obstacle::inactive_person));
  EXPECT_EQ(eligible({}, {.person = {5}, .executor = false}), bit(Obstacle::not_an_executor));
  EXPECT_EQ(eligible({}, {.person = {5}, .absent = true}), bit(Obstacle::absent));
  EXPECT_EQ(eligible({.barred = {5}}, person), bit(Obstacle::barred_abandoner));
  EXPECT_EQ(eligible({.barred = {6}}, person), 0u);
}

TEST(Eligible, caps_hold_from_the_last_place_on) {
  EXPECT_EQ(eligible({}, {.person = {5}, .held = 9, .holding_cap = 10}), 0u);
  EXPECT_EQ(eligible({}, {.person = {5}, .held = 10, .holding_cap = 10}), bit(Obstacle::over_holding_cap));
  EXPECT_EQ(eligible({}, {.person = {5}, .holding_cap = 0}), bit(Obstacle::over_holding_cap));
  EXPECT_EQ(eligible({}, {.person = {5}, .received_today = 3, .daily_inflow_cap = 4}), 0u);
  EXPECT_EQ(eligible({}, {.person = {5}, .received_today = 4, .daily_inflow_cap = 4}), bit(Obstacle::over_inflow_cap));
}

TEST(Eligible, all_obstacles_are_told_together) {
  const ObstacleMask mask =
      eligible({.state = ItemState::ended, .number_error = true, .barred = {5}}, {.person = {5}, .active = false});
  EXPECT_EQ(obstacles_in(mask), (std::vector<Obstacle>{Obstacle::not_needing_executor, Obstacle::number_error,
                                                       Obstacle::inactive_person, Obstacle::barred_abandoner}));
}

TEST(Eligible, a_hand_may_lift_caps_bars_and_absence_and_nothing_else) {
  const ObstacleMask all = 0xFFFFFFFF;
  EXPECT_EQ(soft(all), bit(Obstacle::over_holding_cap) | bit(Obstacle::over_inflow_cap) |
                           bit(Obstacle::barred_abandoner) | bit(Obstacle::over_plan_cap) | bit(Obstacle::absent));
  EXPECT_EQ(hard(all) & soft(all), 0u);
  for (const Obstacle each : {Obstacle::batch_not_active, Obstacle::not_needing_executor, Obstacle::do_not_contact,
                              Obstacle::number_error, Obstacle::inactive_person, Obstacle::not_an_executor})
    EXPECT_NE(hard(bit(each)), 0u);
}

TEST(EligibleToTakeOver, does_not_mind_that_somebody_executes_the_item) {
  EXPECT_EQ(eligible_to_take_over({.state = ItemState::executing}, person), 0u);
  EXPECT_EQ(eligible_to_take_over({.state = ItemState::executing, .do_not_contact = true}, person),
            bit(Obstacle::do_not_contact));
  EXPECT_EQ(eligible_to_take_over({.state = ItemState::executing}, {.person = {5}, .active = false}),
            bit(Obstacle::inactive_person));
}

TEST(Room, is_the_narrower_of_two_caps) {
  EXPECT_EQ(room(person), std::nullopt);
  EXPECT_EQ(room({.person = {5}, .held = 3, .holding_cap = 10}), 7);
  EXPECT_EQ(room({.person = {5}, .held = 3, .holding_cap = 10, .received_today = 1, .daily_inflow_cap = 3}), 2);
  EXPECT_EQ(room({.person = {5}, .held = 30, .holding_cap = 10}), 0);
}

TEST(ObstacleLabels, agree_with_the_wire_names) {
  for (const auto& row : obstacle_names) EXPECT_EQ(label(row.value).view(), "obstacle." + std::string(row.name));
}

}  // namespace
}  // namespace tw::domain::allocation
