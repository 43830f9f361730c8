// The transition table of batch items, as data. It drives the guard on the server, the buttons that the client shows
// and the picture in the documentation. Rows 0-17 carry the numbers of the specification.
//
//   transition_table   the rows
//   find, may          is this allowed, and if not, why
//   apply              what the item is afterwards
//
// What stays true: every function here is pure, `apply` never looks anything up, and no other place of the code decides
// about a state. Whether a *person* is eligible for an item is allocation/eligible.h: where a row says
// `Guard::eligible_target`, the caller asks that too.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "core/time.h"
#include "domain/batch/clock.h"
#include "domain/batch/state.h"

namespace tw::domain::batch {

// What somebody is to an item: a set of bits. A creator who is also executor has several.
enum class Standing : std::uint8_t {
  none = 0,
  creator_side = 1u << 0,    // creator, co-manager, or holder of "manage every batch"
  its_executor = 1u << 1,    // executes this item now
  batch_executor = 1u << 2,  // the batch lists them as executor
  system = 1u << 3,          // the recall job
  who_did_it = 1u << 4,      // did the action that is being undone
};
constexpr Standing operator|(Standing a, Standing b) {
  return static_cast<Standing>(static_cast<std::uint8_t>(a) | static_cast<std::uint8_t>(b));
}
constexpr bool overlap(Standing a, Standing b) {
  return (static_cast<std::uint8_t>(a) & static_cast<std::uint8_t>(b)) != 0;
}

// A set of item states.
struct ItemStates {
  std::uint8_t bits = 0;
  constexpr bool contains(ItemState state) const { return (bits >> static_cast<int>(state) & 1) != 0; }
};

// What must hold beyond state and standing: a set of bits.
enum class Guard : std::uint16_t {
  none = 0,
  never_allocated = 1u << 0,
  before_end_date = 1u << 1,  // after a batch's end date nothing is allocated or claimed
  eligible_target = 1u << 2,  // allocation::eligible says so; policies and claims obey soft obstacles too
  claiming_open = 1u << 3,
  transfer_allowed = 1u << 4,
  overdue = 1u << 5,
  needs_text = 1u << 6,    // the request must bring a text; its field list checks that
  needs_reason = 1u << 7,  // the same, called a reason
  own_confirmation = 1u << 8,
  executor_receives = 1u << 9,  // whoever gets it back is active and still an executor of the batch
  nothing_since = 1u << 10,     // same version as right after the action that is being undone
  within_undo_window = 1u << 11,
};
constexpr Guard operator|(Guard a, Guard b) {
  return static_cast<Guard>(static_cast<std::uint16_t>(a) | static_cast<std::uint16_t>(b));
}
constexpr bool has(Guard set, Guard flag) {
  return (static_cast<std::uint16_t>(set) & static_cast<std::uint16_t>(flag)) != 0;
}

enum class Next : std::uint8_t {
  unassigned,
  executing,
  completed_or_ended,  // completed, or ended where the batch needs no confirmation
  abandoned,
  ended,
  reset,
  same,
  gone,
  as_before,
};

enum class ExecutorEffect : std::uint8_t { none, set, self, same, kept, target, as_before };
enum class ClockEffect : std::uint8_t { off, starts, stops_zero, pauses, resumes, runs_on, as_before, used_as_before };
enum class LogKind : std::uint8_t { batch, item, item_and_timeline, item_and_batch };

struct Transition {
  Action action;
  ItemStates from;  // empty: there is no item yet
  Standing who;
  Guard guards;
  Next to;
  ExecutorEffect executor;
  ClockEffect clock;
  LogKind log;
};

namespace detail {
constexpr ItemStates states(std::initializer_list<ItemState> list) {
  ItemStates set;
  for (const ItemState state : list) set.bits = static_cast<std::uint8_t>(set.bits | 1u << static_cast<int>(state));
  return set;
}
inline constexpr ItemStates no_item = states({});
inline constexpr ItemStates in_n = states({ItemState::unassigned, ItemState::reset, ItemState::abandoned});
inline constexpr ItemStates any_state = {0b111111};
}  // namespace detail

// clang-format off
inline constexpr Transition transition_table[] = {
  // action, from, who, guards, to, executor, clock, log
  /* 0*/ {Action::add, detail::no_item, Standing::creator_side, Guard::none,
          Next::unassigned, ExecutorEffect::none, ClockEffect::off, LogKind::batch},
  /* 1*/ {Action::remove, detail::states({ItemState::unassigned}), Standing::creator_side, Guard::never_allocated,
          Next::gone, ExecutorEffect::none, ClockEffect::off, LogKind::batch},
  /* 2*/ {Action::allocate, detail::in_n, Standing::creator_side, Guard::before_end_date | Guard::eligible_target,
          Next::executing, ExecutorEffect::set, ClockEffect::starts, LogKind::item},
  /* 3*/ {Action::designate, detail::in_n, Standing::creator_side, Guard::before_end_date | Guard::eligible_target,
          Next::executing, ExecutorEffect::set, ClockEffect::starts, LogKind::item},
  /* 4*/ {Action::claim, detail::in_n, Standing::batch_executor,
          Guard::before_end_date | Guard::eligible_target | Guard::claiming_open,
          Next::executing, ExecutorEffect::self, ClockEffect::starts, LogKind::item},
  /* 5*/ {Action::save_progress, detail::states({ItemState::executing}), Standing::its_executor, Guard::needs_text,
          Next::same, ExecutorEffect::same, ClockEffect::runs_on, LogKind::item_and_timeline},
  /* 6*/ {Action::complete, detail::states({ItemState::executing}), Standing::its_executor, Guard::needs_text,
          Next::completed_or_ended, ExecutorEffect::same, ClockEffect::pauses, LogKind::item_and_timeline},
  /* 7*/ {Action::abandon, detail::states({ItemState::executing}), Standing::its_executor, Guard::needs_reason,
          Next::abandoned, ExecutorEffect::none, ClockEffect::stops_zero, LogKind::item},
  /* 8*/ {Action::confirm, detail::states({ItemState::completed}), Standing::creator_side, Guard::own_confirmation,
          Next::ended, ExecutorEffect::kept, ClockEffect::off, LogKind::item},
  /* 9*/ {Action::send_back, detail::states({ItemState::completed}), Standing::creator_side,
          Guard::needs_reason | Guard::executor_receives,
          Next::executing, ExecutorEffect::same, ClockEffect::resumes, LogKind::item},
  /*10*/ {Action::reset, detail::states({ItemState::executing, ItemState::completed}), Standing::creator_side,
          Guard::none,
          Next::reset, ExecutorEffect::none, ClockEffect::stops_zero, LogKind::item},
  /*11*/ {Action::recall, detail::states({ItemState::executing}), Standing::system, Guard::overdue,
          Next::reset, ExecutorEffect::none, ClockEffect::stops_zero, LogKind::item},
  /*12*/ {Action::transfer, detail::states({ItemState::executing}), Standing::its_executor,
          Guard::transfer_allowed | Guard::eligible_target,
          Next::executing, ExecutorEffect::target, ClockEffect::runs_on, LogKind::item},
  /*13*/ {Action::end_all, detail::any_state, Standing::creator_side, Guard::none,
          Next::ended, ExecutorEffect::kept, ClockEffect::off, LogKind::item_and_batch},
  /*14*/ {Action::terminate, detail::any_state, Standing::creator_side, Guard::none,
          Next::same, ExecutorEffect::kept, ClockEffect::off, LogKind::item_and_batch},
  /*15*/ {Action::reassign, detail::states({ItemState::executing}), Standing::creator_side,
          Guard::before_end_date | Guard::eligible_target,
          Next::executing, ExecutorEffect::target, ClockEffect::starts, LogKind::item},
  /*16*/ {Action::undo_allocation, detail::states({ItemState::executing}),
          Standing::creator_side | Standing::who_did_it,
          Guard::nothing_since | Guard::within_undo_window | Guard::executor_receives,
          Next::as_before, ExecutorEffect::as_before, ClockEffect::as_before, LogKind::item},
  /*17*/ {Action::undo_own,
          detail::states({ItemState::completed, ItemState::ended, ItemState::abandoned, ItemState::reset,
                          ItemState::executing}),
          Standing::who_did_it, Guard::nothing_since | Guard::within_undo_window | Guard::executor_receives,
          Next::as_before, ExecutorEffect::as_before, ClockEffect::used_as_before, LogKind::item},
};
// clang-format on

constexpr const Transition& transition(Action action) { return transition_table[static_cast<int>(action)]; }

// The row for this action from this state; null when the state does not allow it.
constexpr const Transition* find(ItemState state, Action action) {
  const Transition& row = transition(action);
  return row.from.contains(state) ? &row : nullptr;
}

// State and standing only: what a button needs to know before anything is asked. `may` is the whole truth.
constexpr bool transition_allowed(ItemState state, Action action, Standing standing) {
  const Transition* row = find(state, action);
  return row && overlap(row->who, standing);
}

// In the table's order; undo rows are left out, because they depend on what was done before.
std::vector<Action> allowed_actions(ItemState state, Standing standing);

// --- facts -----------------------------------------------------------------------------------------------------------

struct ItemFacts {
  ItemState state = ItemState::unassigned;
  Version version = {};
  PersonId executor = {};
  ItemClock clock = {};
  bool ever_allocated = false;
  bool returned = false;    // executing again after a return, until the next complete
  std::int64_t rounds = 0;  // returns since the item was last given to somebody
  PersonId barred = {};     // abandoned it last; nobody has held it since
};

inline constexpr Millis default_allocation_undo_window = hours(72);

struct BatchFacts {
  BatchState state = BatchState::active;
  HandlingLimit limit = {};
  bool needs_confirmation = true;
  bool allows_transfer = false;
  bool claim_open = false;
  std::optional<Instant> claim_from = {};
  std::optional<Instant> claim_to = {};
  std::optional<Instant> ends_at = {};  // the end date: nothing is allocated or claimed from here on
  bool forbids_own_confirmation = false;
  Millis return_minimum = default_return_minimum;
  Millis allocation_undo_window = default_allocation_undo_window;
};

struct ActorStanding {
  PersonId person = {};  // none for the system
  Standing standing = Standing::none;
};

// The action that an undo takes back.
struct Undone {
  Action action = Action::add;
  Instant done_at = {};
  Version version_after = {};
  ItemFacts before = {};
};

inline constexpr Millis own_undo_window = minutes(10);

// What an action brings along, where it needs it.
struct Details {
  PersonId target = {};            // allocate, designate, transfer, reassign
  bool executor_receives = true;   // false when who `gets_it_back` is disabled or was taken off the batch
  Pace pace = {};                  // of whoever executes it now
  Pace pace_after = {};            // of whoever executes it afterwards: see executor_after
  const Undone* undone = nullptr;  // undo_allocation, undo_own
};

// --- questions -------------------------------------------------------------------------------------------------------

// Empty when allowed. Otherwise `conflict` (the batch, the state or a guard stands against it) or `forbidden` (the
// state would allow it, but not to this person); the params name the state found, the action and what is allowed.
Refusal may(const ItemFacts& item, Action action, const ActorStanding& actor, const BatchFacts& batch, Instant now,
            const Details& details = {});

// Is `undo` (row 16 or 17) the way to take `done` back?
bool undoes(Action undo, Action done);

// Whom Guard::executor_receives is about: who would execute the item again. Nobody where the row has no such guard.
PersonId gets_it_back(const ItemFacts& item, Action action, const Undone* undone);

// Who executes the item after the action; nobody where it is with nobody then.
PersonId executor_after(const ItemFacts& item, Action action, PersonId actor, const Details& details);

// The part that needs no item: a batch that is not active refuses everything.
Refusal batch_refuses(const BatchFacts& batch, Action action);

// The part of a claim that needs no item: the batch, the switch, the window and the end date.
Refusal claiming_refused(const BatchFacts& batch, Instant now);

// Row 0, where there is no item yet.
Refusal may_add(const ActorStanding& actor, const BatchFacts& batch);

struct Outcome {
  const Transition* row = nullptr;
  ItemFacts item = {};            // afterwards; its version is one more
  bool removed = false;           // the row goes away; `item` is what it was
  bool completed_late = false;    // completed after the batch's end date
  bool own_confirmation = false;  // confirmed by the person who executed it
};

// The item after the action. The caller has asked `may` with the same arguments.
Outcome apply(const ItemFacts& item, Action action, const ActorStanding& actor, const BatchFacts& batch, Instant now,
              const Details& details = {});

}  // namespace tw::domain::batch
