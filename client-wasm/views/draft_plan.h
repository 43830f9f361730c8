// The draft plan of a batch: what its manager has given to whom by hand and not committed. Item -> person; the server
// knows nothing of it until it is asked for a plan with these entries. Kept over a reload (drafts.h).
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/allocation.h"

namespace tw::views {

struct DraftEntry {
  PersonId person{};
  Version version{};  // of the item when it was given
  bool override_soft = false;
};

class DraftPlan {
 public:
  bool empty() const { return entries_.empty(); }
  std::int64_t size() const { return static_cast<std::int64_t>(entries_.size()); }
  const DraftEntry* find(ItemId item) const;
  std::int64_t given_to(PersonId person) const;

  // What was confirmed holds for these items alone. What had been given to somebody else moves. False, and nothing has
  // changed, when the plan would hold more than api::most_entries_by_hand.
  bool give(std::span<const api::ItemVersion> items, PersonId person, bool override_soft);
  void take_out(std::span<const std::int64_t> items);
  void clear();

  // As it is sent: by person, and by whether soft obstacles are overridden.
  std::vector<api::PlanEntries> entries() const;
  // The entries in the order in which they are listed: by person, then by item.
  const std::vector<ItemId>& listed() const { return listed_; }
  // A number that is another one after every change.
  std::uint64_t revision() const { return revision_; }

  // One line of figures; read() takes no other and leaves the plan empty then.
  std::string words() const;
  bool read(std::string_view words);

 private:
  void changed();

  std::map<std::int64_t, DraftEntry> entries_{};  // by item
  std::map<std::int64_t, std::int64_t> given_{};  // by person
  std::vector<ItemId> listed_{};
  std::uint64_t revision_ = 0;
};

// The draft plans of the batches that were looked at, as the page keeps them.
using DraftPlans = std::map<std::int64_t, DraftPlan>;
std::string words_of(const DraftPlans& plans, PersonId whose);
std::uint64_t revision_of(const DraftPlans& plans);  // another one after every change of any of them
// False when there was nothing of this person.
bool read_plans(std::string_view words, PersonId whose, DraftPlans& plans);

}  // namespace tw::views
