// One action on one item: asks the transition table, writes the item and its log row, and keeps what must move with it
// (counters, a person's day, the ledger, the customer's last follow-up, events) together in the caller's Work.
//
// Everything that changes an item passes here, whether an executor, a manager, the recall job or a long operation.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "services/item_store.h"
#include "services/item_undo_store.h"
#include "services/notification_store.h"
#include "services/people_calendars.h"

namespace tw::services {

// Who acts, and what they are to the batch. A null actor is the system.
struct Doer {
  const domain::access::Actor* actor = nullptr;
  domain::batch::Standing standing = domain::batch::Standing::none;  // without what only an item can tell
  OperationId operation;
};

struct ItemAction {
  domain::batch::Action action = domain::batch::Action::save_progress;
  std::string_view text = {};
  std::string_view detail = {};
  PersonId target = {};                   // of actions that give the item to somebody; of a return: see return_to
  std::optional<Instant> follow_up = {};  // save_progress
  bool drawn = false;                     // claim: at random
  bool in_their_place = false;            // transfer: the creator's side hands on what somebody who leaves executes
  const ItemUndo* undo = nullptr;         // undo_own: what is taken back
};

class ItemChanges {
 public:
  // `batch` and `doer.actor` must outlive it. `at` is what all rows carry: work.now, or a long operation's own time.
  ItemChanges(Work& work, const Batch& batch, const Doer& doer, Instant at);

  // Refused: the item is as it was. Done: `item` is what it is now. A removed item keeps its last version.
  Refusal perform(Item& item, const ItemAction& action);
  // May this actor do it now? Nothing is written.
  Refusal may(const Item& item, const ItemAction& action);
  domain::batch::Standing standing_to(const Item& item) const;

  std::int64_t changed() const { return changed_; }
  // Writes what was collected; once, after the last perform. Without a call nothing of it is kept.
  void finish();

 private:
  bool take_first(const Item& item, Item& after, const ItemAction& action);
  Refusal return_to(Item& item, const ItemAction& action);
  void note(const Item& before, const Item& after, const ItemAction& action);
  void count_own_confirmations(const Item& before, const Item& after, const ItemAction& action, bool own);
  void count_of_the_day(const Item& before, const Item& after, const ItemAction& action);
  void keep_undo(const Item& before, const Item& after, domain::batch::Action action);
  domain::batch::ActorStanding actor_standing(const Item& item, const ItemAction& action) const;
  domain::batch::Details details_of(const Item& item, const ItemAction& action);

  Work& work_;
  const Batch& batch_;
  const domain::batch::BatchFacts facts_;
  const Doer doer_;
  const Instant at_;
  ItemWriter writer_;
  std::optional<UndoKeeper> undo_;  // made by the first action that can be taken back
  CountMoves counts_;
  std::map<PersonId, PersonDay> days_;
  std::map<std::pair<PersonId, Instant>, std::int64_t> back_;  // taken back: from whom, and when they had got it
  Notices notices_;
  PeopleCalendars calendars_;          // asked only where the limit counts working time
  std::map<PersonId, bool> receives_;  // asked once per person who gets something back
  std::vector<ItemId> changed_items_;  // the first few
  std::int64_t changed_ = 0;
  std::int64_t own_confirmed_ = 0;
};

// The conflict that tells who changed what and when, if the item's version is not the one that the caller saw.
Refusal stale(Work& work, const Item& item, Version seen);

// As a row of a bulk answer.
api::RowOutcome outcome_of(const Item& item, const Error& refusal);
api::RowOutcome outcome_done(const Item& item, api::RowResult result = api::RowResult::done);
api::RowOutcome outcome_gone(ItemId item);  // there is none, or not for this person

}  // namespace tw::services
