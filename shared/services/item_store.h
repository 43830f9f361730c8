// The SQL of batch items and their log: rows in and out, one statement per function. Lists are item_lists.h, what an
// action does to an item is item_change.h.
//
// Every write compares the version; whoever writes an item here also moves the counters (item_change.h does both).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/item.h"
#include "domain/allocation/eligible.h"
#include "domain/batch/transitions.h"
#include "services/batch_store.h"
#include "services/work.h"

namespace tw::services {

struct Item {
  ItemId id;
  BatchId batch;
  CustomerId customer;
  domain::batch::ItemFacts facts;
  domain::batch::Progress progress = domain::batch::Progress::untouched;
  std::optional<Instant> next_follow_up;
  std::string last_text;
  bool drawn = false;           // got by a random claim, and nothing done since
  PersonId transferred_from;    // a colleague handed it to who executes it now
  bool completed_late = false;  // the last completion came after the batch's end date
  Instant added;
  Instant changed;

  Standpoint standpoint() const { return {facts.state, progress, facts.executor}; }
};

std::optional<Item> load_item(Work& work, ItemId item);

// Items one after the other with what allocation asks about their customers; keeps its statement for all of them.
class AllocatableReader {
 public:
  struct Found {
    Item item;
    bool do_not_contact = false;
    bool number_error = false;
  };
  explicit AllocatableReader(Work& work);
  std::optional<Found> find(ItemId item);

 private:
  db::Statement statement_;
};

struct NewItem {
  BatchId batch;
  CustomerId customer;
  std::int64_t draw = 0;
  Instant at;
};
// Adds customers to batches one after the other; keeps its statements for all of them.
class ItemInserter {
 public:
  struct Flags {
    bool do_not_contact = false;
    bool number_error = false;
  };
  explicit ItemInserter(Work& work);
  std::optional<Flags> flags_of(CustomerId customer);  // empty: no such customer
  bool in_other_active_batch(CustomerId customer, BatchId batch);
  // Unassigned, version 1. False: the customer is in the batch already.
  bool insert(const NewItem& item);

 private:
  db::Statement flags_;
  db::Statement others_;
  db::Statement insert_;
};
// Takes a never-allocated item out and keeps what its customer's timeline needs. False: it changed meanwhile.
bool remove_item(Work& work, const domain::access::Actor& actor, const Item& item);

// One row of an item's log; `version` is the item's after the action.
struct ItemLogRow {
  Version version;
  domain::batch::Action action = domain::batch::Action::allocate;
  domain::batch::ItemState from = domain::batch::ItemState::unassigned;
  domain::batch::ItemState to = domain::batch::ItemState::unassigned;
  PersonId executor;  // afterwards, or whom it was taken from
  std::string_view text;
  std::string_view detail;  // see detail_of_obstacles, detail_of_limit
};

// Writes changed items and their log rows; keeps its two statements for as many rows as there are. All rows carry the
// same time, actor and operation.
class ItemWriter {
 public:
  ItemWriter(Work& work, Instant at, PersonId actor, std::string actor_name, OperationId operation);
  // Stores `after` where the item still has version `before`, and its log row. False, and nothing written: the item
  // changed meanwhile or is gone.
  bool write(const Item& after, Version before, const ItemLogRow& log);

 private:
  db::Statement update_;
  db::Statement log_;
  std::string actor_name_;  // bound without a copy
};

std::string detail_of_obstacles(domain::allocation::ObstacleMask overridden);
std::string detail_of_quick(domain::batch::QuickResult result);
std::string detail_of_limit(domain::batch::HandlingLimit limit, domain::batch::LimitCounts counts);

api::LogPage item_log(Work& work, ItemId item, std::int64_t before, std::int64_t limit);
// What was noted beside the text of one entry.
std::string detail_in_log(Work& work, ItemId item, Version version);
// The reason of the last return; empty when there was none.
std::string last_return_reason(Work& work, ItemId item);

// What gave the item to this person last: allocated, designated, claimed, transferred or reassigned.
struct Given {
  domain::batch::Action action = domain::batch::Action::allocate;
  std::string actor_name;
  Instant at;
  OperationId operation;
};
std::optional<Given> last_given(Work& work, ItemId item, PersonId person);
// Sum of the scores of the executing items that this person has in all active batches.
std::int64_t value_held_by(Work& work, PersonId person);

// Who did what last, for the refusal of a stale version.
struct LastChange {
  std::string actor_name;
  domain::batch::Action action = domain::batch::Action::allocate;
  Instant at;
};
std::optional<LastChange> last_change(Work& work, ItemId item);

// Kept for who hands on; a later transfer of the same item by the same person replaces the earlier one.
void note_transfer(Work& work, const Item& before, PersonId target);
// It did not happen: the person has it again.
void forget_transfer(Work& work, ItemId item, PersonId person);

// Did this person ever hold the item? Then a refusal may tell them what became of it.
bool was_given_to(Work& work, ItemId item, PersonId person);

// --- due times, by batch_items_due and batch_items_of_executor
// ---------------------------------------------------------

// The earliest due time of a batch's executing items.
std::optional<Instant> next_due(Work& work, BatchId batch);
// The same of one executor's.
std::optional<Instant> next_due(Work& work, BatchId batch, PersonId executor);
std::int64_t due_between(Work& work, BatchId batch, Instant after, Instant until);  // after < due_at <= until
// Executing items of active batches, `from <= due_at < until`; in one batch, or in all (0).
std::int64_t due_between_of(Work& work, PersonId executor, BatchId batch, Instant from, Instant until);

struct DueItem {
  ItemId item;
  BatchId batch;
};
// Overdue items of active batches, at most `limit`.
std::vector<DueItem> overdue_items(Work& work, Instant now, std::int64_t limit);
// The earliest due time in all active batches.
std::optional<Instant> earliest_due(Work& work);

}  // namespace tw::services
