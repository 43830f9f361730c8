#include "domain/allocation/snapshot.h"

#include "domain/allocation/mix.h"

namespace tw::domain::allocation {

namespace {

// One record's fields, chained through the mixer.
template <class... Words>
std::uint64_t record(std::uint64_t tag, Words... words) {
  std::uint64_t hash = mixed(tag);
  ((hash = mixed(hash ^ static_cast<std::uint64_t>(words))), ...);
  return hash;
}

std::int64_t or_minus_one(const std::optional<std::int64_t>& value) { return value.value_or(-1); }

}  // namespace

std::uint64_t hash_of(const Snapshot& snapshot) {
  std::uint64_t sum = record(1, snapshot.batch_active, snapshot.items.size(), snapshot.people.size());
  for (const SnapshotItem& item : snapshot.items)
    sum += record(2, item.item.value, item.version.value, item.barred.value, item.owner.value,
                  static_cast<std::uint64_t>(item.state) | (item.do_not_contact ? 0x100u : 0u) |
                      (item.number_error ? 0x200u : 0u) |
                      static_cast<std::uint64_t>(static_cast<std::uint32_t>(item.score)) << 32);
  for (const SnapshotPerson& person : snapshot.people) {
    const CandidatePerson& who = person.candidate;
    sum += record(3, who.person.value, who.active, who.executor, who.held, or_minus_one(who.holding_cap),
                  who.received_today, or_minus_one(who.daily_inflow_cap), person.received, person.debt,
                  person.last_item_at ? person.last_item_at->ms : -1, person.weight, person.load, who.absent);
  }
  return sum;
}

}  // namespace tw::domain::allocation
