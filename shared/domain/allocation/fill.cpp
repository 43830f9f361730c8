#include "domain/allocation/fill.h"

#include <algorithm>
#include <limits>
#include <map>

namespace tw::domain::allocation {

namespace {

constexpr std::int64_t no_cap = std::numeric_limits<std::int64_t>::max();
constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

int lowest_bit(std::uint64_t word) {
  int position = 0;
  while ((word & 1) == 0) word >>= 1, ++position;
  return position;
}

// A flow from classes to people that only ever grows a person's count, unless `lower` says otherwise. Giving somebody
// one more may move items of other people between classes; their counts stay.
class Flow {
 public:
  Flow(const FillInput& input, const Eligibility& eligibility)
      : eligibility_(eligibility),
        spare_(input.supply),
        spare_bits_(eligibility.words()),
        parts_(input.supply.size()),
        counts_(input.room.size()),
        given_by_(input.room.size()),
        wanted_by_(input.supply.size()),
        person_seen_(input.room.size()),
        class_seen_(input.supply.size()) {
    for (std::size_t c = 0; c < spare_.size(); ++c)
      if (spare_[c] > 0) set_spare_bit(c);
  }

  std::int64_t count(std::uint32_t person) const { return counts_[person]; }
  std::vector<std::int64_t> counts() const { return counts_; }

  // Gives `person` up to `wanted` more and answers how many it became. When fewer, `stuck()` is the set of people who
  // together use up every class that any of them may have: none of them can ever get more.
  std::int64_t raise(std::uint32_t person, std::int64_t wanted) {
    std::int64_t given = 0;
    while (given < wanted && search(person)) given += augment(person, wanted - given);
    return given;
  }
  const std::vector<std::uint32_t>& stuck() const { return queue_; }

  void lower(std::uint32_t person, std::int64_t amount) {
    for (std::uint32_t c = 0; amount > 0 && c < parts_.size(); ++c) {
      const auto part = parts_[c].find(person);
      if (part == parts_[c].end()) continue;
      const std::int64_t back = std::min(amount, part->second);
      take(c, person, back);
      spare_[c] += back;
      set_spare_bit(c);
      counts_[person] -= back;
      amount -= back;
    }
  }

  std::vector<std::vector<Part>> parts() const {
    std::vector<std::vector<Part>> lists(parts_.size());
    for (std::size_t c = 0; c < parts_.size(); ++c)
      for (const auto& part : parts_[c]) lists[c].push_back({part.first, part.second});
    return lists;
  }

 private:
  void set_spare_bit(std::size_t c) { spare_bits_[c / 64] |= std::uint64_t{1} << c % 64; }
  void clear_spare_bit(std::size_t c) { spare_bits_[c / 64] &= ~(std::uint64_t{1} << c % 64); }

  void take(std::uint32_t c, std::uint32_t person, std::int64_t amount) {
    const auto part = parts_[c].find(person);
    part->second -= amount;
    if (part->second == 0) parts_[c].erase(part);
  }

  // Breadth first, backwards from the person who wants: which class could give, and if it has nothing spare, which of
  // those who have some of it could be served by another class instead.
  bool search(std::uint32_t person) {
    ++round_;
    queue_.assign(1, person);
    person_seen_[person] = round_;
    for (std::size_t at = 0; at < queue_.size(); ++at) {
      const std::uint32_t wanting = queue_[at];
      const std::uint64_t* may_have = eligibility_.classes_of(wanting);
      for (std::size_t word = 0; word < eligibility_.words(); ++word)
        if (const std::uint64_t hit = may_have[word] & spare_bits_[word]) {
          source_ = static_cast<std::uint32_t>(word * 64) + static_cast<std::uint32_t>(lowest_bit(hit));
          wanted_by_[source_] = wanting;
          return true;
        }
      for (std::uint32_t c = 0; c < spare_.size(); ++c) {
        if (class_seen_[c] == round_ || !eligibility_.allows(c, wanting)) continue;
        class_seen_[c] = round_;
        wanted_by_[c] = wanting;
        for (const auto& part : parts_[c]) {
          if (person_seen_[part.first] == round_) continue;
          person_seen_[part.first] = round_;
          given_by_[part.first] = c;
          queue_.push_back(part.first);
        }
      }
    }
    return false;
  }

  // Follows the path that `search` found, from the spare class to the person.
  std::int64_t augment(std::uint32_t person, std::int64_t at_most) {
    std::int64_t amount = std::min(at_most, spare_[source_]);
    for (std::uint32_t p = wanted_by_[source_]; p != person; p = wanted_by_[given_by_[p]])
      amount = std::min(amount, parts_[given_by_[p]].find(p)->second);
    spare_[source_] -= amount;
    if (spare_[source_] == 0) clear_spare_bit(source_);
    for (std::uint32_t c = source_;;) {
      const std::uint32_t p = wanted_by_[c];
      parts_[c][p] += amount;
      if (p == person) break;
      c = given_by_[p];
      take(c, p, amount);
    }
    counts_[person] += amount;
    return amount;
  }

  const Eligibility& eligibility_;
  std::vector<std::int64_t> spare_;
  std::vector<std::uint64_t> spare_bits_;
  std::vector<std::map<std::uint32_t, std::int64_t>> parts_;  // per class: person -> count, never 0
  std::vector<std::int64_t> counts_;

  // The last search.
  std::uint32_t round_ = 0;
  std::uint32_t source_ = none;
  std::vector<std::uint32_t> queue_;
  std::vector<std::uint32_t> given_by_;   // per person: the class that could take back from them
  std::vector<std::uint32_t> wanted_by_;  // per class: the person who would get from it
  std::vector<std::uint32_t> person_seen_;
  std::vector<std::uint32_t> class_seen_;
};

class Levels {
 public:
  Levels(const FillInput& input, const Eligibility& eligibility)
      : input_(input), flow_(input, eligibility), open_(input.room.size(), true) {}

  FillResult run() {
    std::int64_t supply = 0;
    for (const std::int64_t amount : input_.supply) supply += amount;
    for (std::int64_t level = 0; any_open();) {
      level = raise_together(level, supply);
      one_more_each(level);
      ++level;
    }
    return {flow_.counts(), flow_.parts()};
  }

 private:
  std::int64_t room(std::uint32_t person) const { return input_.room[person].value_or(no_cap); }
  std::uint32_t people() const { return static_cast<std::uint32_t>(open_.size()); }
  bool any_open() const { return std::find(open_.begin(), open_.end(), true) != open_.end(); }

  std::int64_t count_at(std::uint32_t person, std::int64_t level) const {
    return open_[person] ? std::min(room(person), level) : flow_.count(person);
  }

  // The highest level from `low` up at which these people together ask for no more than `supply`.
  template <class People>
  std::int64_t highest(const People& some, std::int64_t low, std::int64_t high, std::int64_t supply) const {
    const auto asks_too_much = [&](std::int64_t level) {
      std::int64_t sum = 0;
      for (const std::uint32_t person : some)
        if ((sum += count_at(person, level)) > supply) return true;
      return false;
    };
    while (low < high) {
      const std::int64_t middle = low + (high - low + 1) / 2;
      if (asks_too_much(middle))
        high = middle - 1;
      else
        low = middle;
    }
    return low;
  }

  // Raises all open people to the highest level that they can reach together, and answers it. Starts too high and comes
  // down: people who got stuck below the level tell how high their classes reach.
  std::int64_t raise_together(std::int64_t low, std::int64_t supply) {
    std::vector<std::uint32_t> everybody(people());
    for (std::uint32_t person = 0; person < people(); ++person) everybody[person] = person;
    std::int64_t level = highest(everybody, low, supply, supply);
    for (std::uint32_t person = 0; person < people();) {
      const std::int64_t missing = count_at(person, level) - flow_.count(person);
      if (missing < 0) flow_.lower(person, -missing);
      if (missing <= 0 || flow_.raise(person, missing) == missing) {
        ++person;
        continue;
      }
      std::int64_t reach = 0;
      for (const std::uint32_t stuck : flow_.stuck()) reach += flow_.count(stuck);
      level = highest(flow_.stuck(), low, level - 1, reach);
      person = 0;
    }
    return level;
  }

  void one_more_each(std::int64_t level) {
    for (const std::uint32_t person : input_.first_served) {
      if (!open_[person]) continue;
      if (room(person) <= level) {
        open_[person] = false;
      } else if (flow_.raise(person, 1) == 0) {
        for (const std::uint32_t stuck : flow_.stuck()) open_[stuck] = false;
      }
    }
  }

  const FillInput& input_;
  Flow flow_;
  std::vector<bool> open_;  // may still get more
};

}  // namespace

Eligibility::Eligibility(std::size_t classes, std::size_t people)
    : words_((classes + 63) / 64), bits_(words_ * people) {}

void Eligibility::allow(std::size_t item_class, std::size_t person) {
  bits_[person * words_ + item_class / 64] |= std::uint64_t{1} << item_class % 64;
}

bool Eligibility::allows(std::size_t item_class, std::size_t person) const {
  return (bits_[person * words_ + item_class / 64] >> item_class % 64 & 1) != 0;
}

FillResult fill(const FillInput& input, const Eligibility& eligibility) { return Levels(input, eligibility).run(); }

}  // namespace tw::domain::allocation
