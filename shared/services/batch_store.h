// The SQL of batches: the batch, its people, its log, its kept counters; and what other areas ask about batches and
// items. One statement per function. Items themselves are item_store.h.
//
// Other areas (people, customers) include this header for the first section only, never batches.cpp or items.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "api/customer_timeline.h"
#include "api/item.h"
#include "core/result.h"
#include "domain/access/access.h"
#include "domain/batch/transitions.h"
#include "services/work.h"

namespace tw::services {

// --- what other areas ask --------------------------------------------------------------------------------------------

// Executing items in all active batches: what a holding cap limits. From the kept counters.
std::int64_t held_by(Work& work, PersonId person);

// Does this person hold an item of the customer, executing or waiting for confirmation, in an active batch? As long as
// they do, they read the customer and its timeline.
bool holds_item_of(Work& work, PersonId person, CustomerId customer);

// Every batch that the customer is in, newest first, at most 200.
std::vector<api::CustomerBatch> batches_of(Work& work, CustomerId customer);

// What the customer's timeline shows of its items: additions, transitions, execution notes, removals; newest first.
// `position` orders entries of one instant: page on with the last entry's (at, position).
struct ItemTimelineEntry {
  api::TimelineEntry entry;
  std::int64_t position = 0;
};
struct TimelinePoint {
  Instant at;
  std::int64_t position = 0;
};
inline constexpr TimelinePoint newest_point{{INT64_MAX}, INT64_MAX};
std::vector<ItemTimelineEntry> item_timeline(Work& work, CustomerId customer, TimelinePoint before, std::int64_t limit);

// --- a batch ---------------------------------------------------------------------------------------------------------

struct Batch {
  BatchId id;
  Version version;
  std::string subject;
  std::string description;
  domain::batch::BatchState state = domain::batch::BatchState::active;
  PersonId creator;  // none: the local operator
  std::string creator_name;
  domain::batch::HandlingLimit limit;
  domain::batch::LimitCounts limit_counts = domain::batch::LimitCounts::natural;
  Millis due_soon;
  std::optional<Instant> ends_at;
  bool needs_confirmation = true;
  bool allows_transfer = false;
  std::string termination_reason;
  bool claim_open = false;
  domain::batch::ClaimMode claim_mode = domain::batch::ClaimMode::pick;
  std::int64_t claim_count = api::usual_claim;  // at a time, by a random claim
  std::optional<Instant> claim_from;
  std::optional<Instant> claim_to;
  std::int64_t own_confirmed = 0;  // kept with confirmations: see add_own_confirmed
  PolicyId policy;                 // by which it is allocated; whose ledger counts
  Instant created;
  Instant changed;

  domain::batch::BatchFacts facts() const;
};

std::optional<Batch> load_batch(Work& work, BatchId batch);
BatchId insert_batch(Work& work, const Batch& batch);  // with a policy of its own; `batch.policy` 0: it has that
// Writes all that may change, sets `changed` and counts the version up, where it still is `batch.version`; else false.
bool update_batch(Work& work, const Batch& batch);
// Its items were added to, allocated or ended: moves it up in lists; the version stays.
void touch_batch(Work& work, BatchId batch);
// So many more items were confirmed by who had executed them; below zero: that was undone.
void add_own_confirmed(Work& work, BatchId batch, std::int64_t more);

enum class BatchRole : std::uint8_t { executor, co_manager };                // stored as these numbers
std::vector<PersonId> people_of(Work& work, BatchId batch, BatchRole role);  // ascending
void set_people(Work& work, BatchId batch, BatchRole role, const std::vector<PersonId>& people);
bool has_role(Work& work, BatchId batch, BatchRole role, PersonId person);

// What the actor is to a batch. `executes`: listed as executor, or (taken off the list) still with open items of it.
struct BatchAccess {
  Batch batch;
  bool manages = false;
  bool executes = false;

  domain::batch::Standing standing() const;  // without what only an item can tell
};
// not_found to outsiders: that a batch exists is already none of their business.
Result<BatchAccess> see_batch(Work& work, const domain::access::Actor& actor, BatchId batch);
// The same, and `forbidden` to those who only execute in it.
Result<BatchAccess> see_managed_batch(Work& work, const domain::access::Actor& actor, BatchId batch);

// The batches that the actor sees, latest changed first.
struct BatchListQuery {
  api::BatchRelation relation = api::BatchRelation::any;
  std::optional<domain::batch::BatchState> state;
  std::string search;        // subject contains
  bool every_batch = false;  // the actor manages every batch
  PersonId person;
  Instant before_changed{INT64_MAX};
  BatchId before_batch{INT64_MAX};
};
std::vector<BatchId> list_batch_ids(Work& work, const BatchListQuery& query, std::int64_t limit);
std::int64_t count_batches(Work& work, const BatchListQuery& query);
// Active ones that the actor manages, latest changed first: all of them, for sums over kept counters.
std::vector<BatchId> active_batches_managed_by(Work& work, const domain::access::Actor& actor);

// The long operation that is at work on it, if any.
OperationId running_operation(Work& work, BatchId batch);

// --- its log ---------------------------------------------------------------------------------------------------------

struct BatchLogRow {
  BatchId batch;
  domain::batch::BatchEvent event = domain::batch::BatchEvent::created;
  std::string text;
  std::int64_t count = 0;
  OperationId operation;
};
// At work.now, by this actor. Returns the entry's number.
std::int64_t insert_batch_log(Work& work, const domain::access::Actor& actor, const BatchLogRow& row);
// A long operation's entry grows with its steps.
void add_to_batch_log(Work& work, BatchId batch, OperationId operation, std::int64_t count);
// Who last moved the batch's version, and when: for the refusal of a stale one.
struct LastEdit {
  std::string actor_name;
  Instant at;
};
std::optional<LastEdit> last_edit(Work& work, BatchId batch);
api::BatchLogPage batch_log(Work& work, BatchId batch, std::int64_t before, std::int64_t limit);

// --- kept counters ---------------------------------------------------------------------------------------------------

// Where an item stands, as far as counters care.
struct Standpoint {
  domain::batch::ItemState state = domain::batch::ItemState::unassigned;
  domain::batch::Progress progress = domain::batch::Progress::untouched;
  PersonId executor;
};

// Collects the moves of one Work and writes each counter once.
class CountMoves {
 public:
  void add(BatchId batch, const Standpoint& at, std::int64_t items);
  void move(BatchId batch, const Standpoint& from, const Standpoint& to) {
    add(batch, from, -1);
    add(batch, to, 1);
  }
  void write(Work& work);

 private:
  // By batch, executor, state, progress: in key order, so that writers touch neighbouring rows.
  std::map<std::tuple<std::int64_t, std::int64_t, int, int>, std::int64_t> deltas_;
};

struct Counts {
  api::StateCounts states;
  api::TabCounts tabs;  // marked ones are not kept: see item_list_store.h
};
Counts counts_of(Work& work, BatchId batch);                                      // all items
Counts counts_of(Work& work, BatchId batch, PersonId executor);                   // theirs
std::map<PersonId, std::int64_t> executing_by_person(Work& work, BatchId batch);  // who has some in hand
Counts counts_of_executor(Work& work, PersonId executor);                         // theirs, of all active batches

// --- days of people --------------------------------------------------------------------------------------------------

struct PersonDay {
  std::int64_t received = 0;
  std::int64_t completed = 0;
};
// "Today" is the person's own day.
PersonDay person_today(Work& work, PersonId person);
bool same_day(Work& work, PersonId person, Instant one, Instant other);  // of theirs
void add_to_person_today(Work& work, PersonId person, const PersonDay& more);

}  // namespace tw::services
