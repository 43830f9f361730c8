// The words of batch tasks: states, actions, log kinds. The rules are in transitions.h, the clock in clock.h; the
// source of both is the specification "Batch customer tasks".
#pragma once

#include <cstdint>
#include <span>

#include "core/describe.h"

namespace tw::domain::batch {

enum class BatchState : std::uint8_t { active, ended, terminated };
inline constexpr WireName<BatchState> batch_state_names[] = {
    {BatchState::active, "active"}, {BatchState::ended, "ended"}, {BatchState::terminated, "terminated"}};
constexpr std::span<const WireName<BatchState>> wire_names(BatchState) { return batch_state_names; }

// Stored as these numbers: append only.
enum class ItemState : std::uint8_t { unassigned, executing, completed, ended, reset, abandoned };
inline constexpr WireName<ItemState> item_state_names[] = {
    {ItemState::unassigned, "unassigned"}, {ItemState::executing, "executing"}, {ItemState::completed, "completed"},
    {ItemState::ended, "ended"},           {ItemState::reset, "reset"},         {ItemState::abandoned, "abandoned"}};
constexpr std::span<const WireName<ItemState>> wire_names(ItemState) { return item_state_names; }
inline constexpr int item_state_count = 6;

// N of the specification: the states whose items need an executor.
constexpr bool needs_executor(ItemState state) {
  return state == ItemState::unassigned || state == ItemState::reset || state == ItemState::abandoned;
}

// The rows of the transition table (its numbers in the comments). Stored in the item log as these numbers: append only.
enum class Action : std::uint8_t {
  add,              // 0
  remove,           // 1
  allocate,         // 2, by policy
  designate,        // 3, by hand
  claim,            // 4
  save_progress,    // 5
  complete,         // 6
  abandon,          // 7
  confirm,          // 8
  send_back,        // 9, "return" in every text; the word is taken in C++
  reset,            // 10
  recall,           // 11
  transfer,         // 12
  end_all,          // 13
  terminate,        // 14
  reassign,         // 15
  undo_allocation,  // 16
  undo_own,         // 17
};
inline constexpr WireName<Action> action_names[] = {
    {Action::add, "add"},
    {Action::remove, "remove"},
    {Action::allocate, "allocate"},
    {Action::designate, "designate"},
    {Action::claim, "claim"},
    {Action::save_progress, "save_progress"},
    {Action::complete, "complete"},
    {Action::abandon, "abandon"},
    {Action::confirm, "confirm"},
    {Action::send_back, "return"},
    {Action::reset, "reset"},
    {Action::recall, "recall"},
    {Action::transfer, "transfer"},
    {Action::end_all, "end_all"},
    {Action::terminate, "terminate"},
    {Action::reassign, "reassign"},
    {Action::undo_allocation, "undo_allocation"},
    {Action::undo_own, "undo_own"},
};
constexpr std::span<const WireName<Action>> wire_names(Action) { return action_names; }
inline constexpr int action_count = 18;

// What a batch's own log records. Stored as these numbers: append only.
enum class BatchEvent : std::uint8_t {
  created,
  edited,
  added,
  removed,
  allocated,
  ended,
  terminated,
  claim_opened,
  claim_closed,
  allocation_undone,
  handed_over,  // what somebody held who was disabled or taken off
  designated,
  reassigned,
  confirmed,  // these three of everything that a filter selected; ticked rows are in the items' logs alone
  returned,
  reset,
};
inline constexpr WireName<BatchEvent> batch_event_names[] = {{BatchEvent::created, "created"},
                                                             {BatchEvent::edited, "edited"},
                                                             {BatchEvent::added, "added"},
                                                             {BatchEvent::removed, "removed"},
                                                             {BatchEvent::allocated, "allocated"},
                                                             {BatchEvent::ended, "ended"},
                                                             {BatchEvent::terminated, "terminated"},
                                                             {BatchEvent::claim_opened, "claim_opened"},
                                                             {BatchEvent::claim_closed, "claim_closed"},
                                                             {BatchEvent::allocation_undone, "allocation_undone"},
                                                             {BatchEvent::handed_over, "handed_over"},
                                                             {BatchEvent::designated, "designated"},
                                                             {BatchEvent::reassigned, "reassigned"},
                                                             {BatchEvent::confirmed, "confirmed"},
                                                             {BatchEvent::returned, "returned"},
                                                             {BatchEvent::reset, "reset"}};
constexpr std::span<const WireName<BatchEvent>> wire_names(BatchEvent) { return batch_event_names; }

// How far the executor of an executing item has come: with the state it decides the tab where the item stands, and the
// kept counter that counts it. Zero in every other state. Stored as these numbers: append only.
enum class Progress : std::uint8_t { untouched, followed, returned };

enum class ClaimMode : std::uint8_t { pick, random };
inline constexpr WireName<ClaimMode> claim_mode_names[] = {{ClaimMode::pick, "pick"}, {ClaimMode::random, "random"}};
constexpr std::span<const WireName<ClaimMode>> wire_names(ClaimMode) { return claim_mode_names; }

enum class LimitUnit : std::uint8_t { minutes, hours, days };
inline constexpr WireName<LimitUnit> limit_unit_names[] = {
    {LimitUnit::minutes, "minutes"}, {LimitUnit::hours, "hours"}, {LimitUnit::days, "days"}};
constexpr std::span<const WireName<LimitUnit>> wire_names(LimitUnit) { return limit_unit_names; }

// What a handling limit counts: every hour, or those in which its executor works. Stored as these numbers.
enum class LimitCounts : std::uint8_t { natural, working };
inline constexpr WireName<LimitCounts> limit_counts_names[] = {{LimitCounts::natural, "natural"},
                                                               {LimitCounts::working, "working"}};
constexpr std::span<const WireName<LimitCounts>> wire_names(LimitCounts) { return limit_counts_names; }

}  // namespace tw::domain::batch
