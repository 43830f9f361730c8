#include "domain/allocation/sort_out.h"

#include <algorithm>
#include <cassert>
#include <tuple>

#include "domain/allocation/mix.h"

namespace tw::domain::allocation {

namespace {

[[maybe_unused]] constexpr std::size_t most_people = 15'000;  // so that all slots fit in 16 bits

// Slots before numbering: items that are left out, by mask; then those designated to each person, the same against soft
// obstacles, those of each owner, those barred for each person, and all others.
class Sorter {
 public:
  Sorter(const Snapshot& snapshot, const Settings& settings, std::uint64_t seed)
      : snapshot_(snapshot), settings_(settings) {
    assert(snapshot.people.size() <= most_people);
    out_.basis.batch_active = snapshot.batch_active;
    out_.basis.policy = settings.policy != Policy::by_owner ? settings.policy
                        : settings.rest != Policy::by_owner ? settings.rest
                                                            : Policy::even;
    out_.basis.seed = seed;
    order_people();
    order_items();
  }

  SortedOut run() {
    slots_.resize(snapshot_.items.size());
    settle_entries();
    settle_owners();
    settle_rest();
    number();
    return std::move(out_);
  }

 private:
  static constexpr std::size_t masks = 2048;  // all obstacles fit in eleven bits
  static constexpr std::uint16_t open = 0xFFFF;

  std::size_t people() const { return out_.people.size(); }
  std::uint16_t slot(std::size_t kind, std::size_t person) const {
    return static_cast<std::uint16_t>(masks + kind * people() + person);
  }
  CandidateItem candidate(const SnapshotItem& item) const {
    return {snapshot_.batch_active, item.state, item.do_not_contact, item.number_error, item.barred};
  }

  void order_people() {
    auto& index = out_.people;
    index.resize(snapshot_.people.size());
    for (std::size_t i = 0; i < index.size(); ++i) index[i] = static_cast<std::uint16_t>(i);
    std::sort(index.begin(), index.end(), [this](std::uint16_t a, std::uint16_t b) {
      return snapshot_.people[a].candidate.person < snapshot_.people[b].candidate.person;
    });
    for (const std::uint16_t at : index) {
      const SnapshotPerson& person = snapshot_.people[at];
      out_.basis.people.push_back(
          {person.candidate, person.weight, person.load, person.debt, person.last_item_at, std::nullopt, 0});
    }
    for (const PersonOverride& override : settings_.people) {
      const std::size_t place = place_of(override.person);
      if (place == people()) continue;
      BasisPerson& person = out_.basis.people[place];
      person.weight = override.weight.value_or(person.weight);
      person.most = override.most;
    }
  }

  // Place of a person in order of id; people() when they are not in the snapshot.
  std::size_t place_of(PersonId id) const {
    const auto& list = out_.basis.people;
    const auto found = std::lower_bound(list.begin(), list.end(), id, [](const BasisPerson& person, PersonId wanted) {
      return person.candidate.person < wanted;
    });
    const bool here = found != list.end() && found->candidate.person == id;
    return here ? static_cast<std::size_t>(found - list.begin()) : people();
  }

  // In order of id, or, where value counts, from the most valuable down and then by lot.
  void order_items() {
    const auto& items = snapshot_.items;
    auto& order = out_.deal_order;
    order.resize(items.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint32_t>(i);
    const auto by_id = [&items](std::uint32_t a, std::uint32_t b) { return items[a].item < items[b].item; };
    const bool sorted = std::is_sorted(order.begin(), order.end(), by_id);
    if (out_.basis.policy == Policy::score_first)
      std::sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) { return worth_more(a, b); });
    else if (!sorted)
      std::sort(order.begin(), order.end(), by_id);
  }
  bool worth_more(std::uint32_t a, std::uint32_t b) const {
    const SnapshotItem& one = snapshot_.items[a];
    const SnapshotItem& other = snapshot_.items[b];
    if (one.score != other.score) return one.score > other.score;
    return mixed(out_.basis.seed, one.item.value) < mixed(out_.basis.seed, other.item.value);
  }

  // Tier 1. Entries are looked at in order of the items' ids, each against what the ones before leave; those that
  // override come last: which of them needs a room that the others leave must not depend on the ids.
  void settle_entries() {
    std::fill(slots_.begin(), slots_.end(), open);
    if (settings_.fixed.empty()) return;
    std::vector<FixedEntry> entries = settings_.fixed;
    std::sort(entries.begin(), entries.end(), [](const FixedEntry& a, const FixedEntry& b) {
      return std::tie(a.item.value, a.person.value) < std::tie(b.item.value, b.person.value);
    });
    std::vector<std::uint32_t> order = out_.deal_order;
    std::sort(order.begin(), order.end(),
              [this](std::uint32_t a, std::uint32_t b) { return snapshot_.items[a].item < snapshot_.items[b].item; });
    for (const bool overriding : {false, true}) settle_entries(entries, order, overriding);
  }
  void settle_entries(const std::vector<FixedEntry>& entries, const std::vector<std::uint32_t>& order,
                      bool overriding) {
    auto entry = entries.begin();
    for (const std::uint32_t index : order) {
      const SnapshotItem& item = snapshot_.items[index];
      while (entry != entries.end() && entry->item < item.item) ++entry;
      if (entry == entries.end()) break;
      if (entry->item != item.item || entry->override_soft != overriding) continue;
      const std::size_t place = place_of(entry->person);
      slots_[index] = place == people() ? slot_of_mask(bit(Obstacle::not_an_executor)) : designate(item, *entry, place);
    }
  }
  static std::uint16_t slot_of_mask(ObstacleMask mask) { return static_cast<std::uint16_t>(mask); }

  std::uint16_t designate(const SnapshotItem& item, const FixedEntry& entry, std::size_t place) {
    BasisPerson& person = out_.basis.people[place];
    const ObstacleMask mask = eligible(candidate(item), person.candidate) | obstacles_after(person, person.given);
    if (hard(mask) != 0 || (soft(mask) != 0 && !entry.override_soft)) return slot_of_mask(mask);
    ++person.given;
    return slot(soft(mask) == 0 ? 0 : 1, place);
  }

  // Tier 2. Where an owner has not room for all, the most valuable stay with them, then the lot decides.
  void settle_owners() {
    if (settings_.policy != Policy::by_owner) return;
    std::vector<std::vector<std::uint32_t>> owned(people());
    for (std::uint32_t i = 0; i < slots_.size(); ++i) {
      const SnapshotItem& item = snapshot_.items[i];
      if (slots_[i] != open || !item.owner) continue;
      const std::size_t place = place_of(item.owner);
      if (place == people()) continue;
      const BasisPerson& person = out_.basis.people[place];
      if ((eligible(candidate(item), person.candidate) | obstacles_after(person, person.given)) == 0)
        owned[place].push_back(i);
    }
    for (std::size_t place = 0; place < people(); ++place) {
      BasisPerson& person = out_.basis.people[place];
      auto& items = owned[place];
      const auto fit = static_cast<std::size_t>(std::min<std::int64_t>(
          static_cast<std::int64_t>(items.size()), room_after(person, person.given).value_or(INT64_MAX)));
      if (fit < items.size())
        std::sort(items.begin(), items.end(), [this](std::uint32_t a, std::uint32_t b) { return worth_more(a, b); });
      for (std::size_t at = 0; at < fit; ++at) slots_[items[at]] = slot(2, place);
      person.given += static_cast<std::int64_t>(fit);
    }
  }

  void settle_rest() {
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      if (slots_[i] != open) continue;
      const SnapshotItem& item = snapshot_.items[i];
      if (const ObstacleMask mask = obstacles_of(candidate(item)))
        slots_[i] = slot_of_mask(mask);
      else
        slots_[i] = slot(3, item.barred ? place_of(item.barred) : people());
    }
  }

  ItemClass class_at(std::size_t slot_number) const {
    ItemClass made;
    if (slot_number < masks) {
      made.suppressed = static_cast<ObstacleMask>(slot_number);
      return made;
    }
    const std::size_t kind = std::min<std::size_t>(3, people() == 0 ? 3 : (slot_number - masks) / people());
    const std::size_t place = slot_number - masks - kind * people();
    const PersonId person = place < people() ? out_.basis.people[place].candidate.person : PersonId{};
    made.tier = kind <= 1 ? Tier::designated : kind == 2 ? Tier::owner : Tier::policy;
    made.over_soft = kind == 1;
    (kind == 3 ? made.barred : made.target) = person;
    return made;
  }

  // Classes are numbered in the order of their slots.
  void number() {
    std::vector<bool> used(masks + 4 * people() + 1);
    for (const std::uint16_t slot_number : slots_) used[slot_number] = true;
    std::vector<std::uint16_t> number_of(used.size());
    auto& classes = out_.basis.classes;
    for (std::size_t at = 0; at < used.size(); ++at) {
      if (!used[at]) continue;
      number_of[at] = static_cast<std::uint16_t>(classes.size());
      classes.push_back(class_at(at));
    }
    out_.position.resize(slots_.size());
    for (const std::uint32_t index : out_.deal_order) {
      slots_[index] = number_of[slots_[index]];
      ItemClass& one = classes[slots_[index]];
      const std::int32_t score = snapshot_.items[index].score;
      one.highest = one.items == 0 ? score : std::max(one.highest, score);
      one.lowest = one.items == 0 ? score : std::min(one.lowest, score);
      out_.position[index] = static_cast<std::uint32_t>(one.items++);
    }
    out_.class_of = std::move(slots_);
  }

  const Snapshot& snapshot_;
  const Settings& settings_;
  std::vector<std::uint16_t> slots_;  // per item; `open` = not settled yet
  SortedOut out_;
};

}  // namespace

SortedOut sort_out(const Snapshot& snapshot, const Settings& settings, std::uint64_t seed) {
  return Sorter(snapshot, settings, seed).run();
}

}  // namespace tw::domain::allocation
