#include "domain/allocation/fill.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace tw::domain::allocation {

namespace {

__extension__ using Wide = __int128;  // products of two 64-bit words

constexpr std::int64_t no_cap = std::numeric_limits<std::int64_t>::max();

// Rounded down, also below 0. Most quotients fit in a word, where wasm divides by one instruction.
std::int64_t quotient(Wide above, Wide below) {
  constexpr Wide word = std::numeric_limits<std::int64_t>::max();
  if (above >= -word && above <= word && below <= word) {
    const auto a = static_cast<std::int64_t>(above);
    const auto b = static_cast<std::int64_t>(below);
    return a / b - (a % b < 0 ? 1 : 0);
  }
  const Wide whole = above / below - (above % below < 0 ? 1 : 0);
  return static_cast<std::int64_t>(std::min(std::max(whole, -word), word));
}

// Levels are costs on a grid so fine that nobody's next unit comes twice between two of them: level g stands for the
// cost g * unit / heaviest. What lies between two levels is served one by one, in order of its exact cost.
class Levels {
 public:
  Levels(const FillInput& input, const Eligibility& eligibility)
      : input_(input),
        flow_(input.supply, input.room.size(), eligibility),
        weight_(input.weight),
        open_(input.room.size(), true) {
    std::int64_t common = 0;
    for (const std::int64_t weight : weight_) common = std::gcd(common, weight);
    for (std::int64_t& weight : weight_) {
      weight /= common;
      heaviest_ = std::max(heaviest_, weight);
    }
    for (const std::int64_t amount : input.supply) supply_ += amount;
  }

  FillResult run() {
    for (std::int64_t level = bottom(); any_open();) {
      level = raise_together(level);
      one_more_each(level);
      ++level;
    }
    return {flow_.counts(), flow_.parts()};
  }

 private:
  std::int64_t room(std::uint32_t person) const { return input_.room[person].value_or(no_cap); }
  std::uint32_t people() const { return static_cast<std::uint32_t>(open_.size()); }
  bool any_open() const { return std::find(open_.begin(), open_.end(), true) != open_.end(); }

  // The level that a person's standing after `units` more reaches, rounded down.
  std::int64_t level_of(std::uint32_t person, std::int64_t units) const {
    return quotient((Wide(input_.start[person]) + Wide(units) * input_.unit) * heaviest_,
                    Wide(input_.unit) * weight_[person]);
  }
  // Here nobody asks for anything yet.
  std::int64_t bottom() const {
    std::int64_t lowest = no_cap;
    for (std::uint32_t person = 0; person < people(); ++person) lowest = std::min(lowest, level_of(person, 0));
    return lowest == no_cap ? 0 : lowest;
  }
  // Here everybody asks for more than there is, or for all that they have room for.
  std::int64_t top() const {
    std::int64_t highest = std::numeric_limits<std::int64_t>::min();
    for (std::uint32_t person = 0; person < people(); ++person)
      highest = std::max(highest, level_of(person, supply_ + 1) + 1);
    return highest;
  }

  // How many units of this person cost at most `level`.
  std::int64_t count_at(std::uint32_t person, std::int64_t level) const {
    if (!open_[person]) return flow_.count(person);
    const Wide above = Wide(level) * input_.unit * weight_[person] - Wide(input_.start[person]) * heaviest_;
    if (above <= 0) return 0;
    return std::min(room(person), quotient(above, Wide(input_.unit) * heaviest_));
  }

  // The highest level from `low` up at which these people together ask for no more than `supply`.
  template <class People>
  std::int64_t highest(const People& some, std::int64_t low, std::int64_t high, std::int64_t supply) const {
    const auto asks_too_much = [&](std::int64_t level) {
      std::int64_t left = supply;
      for (const std::uint32_t person : some) {
        const std::int64_t asked = count_at(person, level);
        if (asked > left) return true;
        left -= asked;
      }
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
  std::int64_t raise_together(std::int64_t low) {
    std::vector<std::uint32_t> everybody(people());
    for (std::uint32_t person = 0; person < people(); ++person) everybody[person] = person;
    std::int64_t level = highest(everybody, low, std::max(low, top()), supply_);
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

  // The units between this level and the next, the cheapest first.
  void one_more_each(std::int64_t level) {
    std::vector<std::uint32_t> asking;
    for (const std::uint32_t person : input_.first_served) {
      if (!open_[person]) continue;
      if (room(person) <= flow_.count(person))
        open_[person] = false;
      else if (count_at(person, level + 1) > flow_.count(person))
        asking.push_back(person);
    }
    std::stable_sort(asking.begin(), asking.end(), [this](std::uint32_t a, std::uint32_t b) {
      return compare_cost(next_standing(a), weight_[a], next_standing(b), weight_[b]) < 0;
    });
    for (const std::uint32_t person : asking)
      if (open_[person] && flow_.raise(person, 1) == 0)
        for (const std::uint32_t stuck : flow_.stuck()) open_[stuck] = false;
  }
  std::int64_t next_standing(std::uint32_t person) const {
    return input_.start[person] + (flow_.count(person) + 1) * input_.unit;
  }

  const FillInput& input_;
  Flow flow_;
  std::vector<std::int64_t> weight_;  // without what all have in common
  std::int64_t heaviest_ = 1;
  std::int64_t supply_ = 0;
  std::vector<bool> open_;  // may still get more
};

}  // namespace

FillResult fill(const FillInput& input, const Eligibility& eligibility) { return Levels(input, eligibility).run(); }

int compare_cost(std::int64_t standing, std::int64_t weight, std::int64_t other_standing, std::int64_t other_weight) {
  const Wide left = Wide(standing) * other_weight;
  const Wide right = Wide(other_standing) * weight;
  return left < right ? -1 : left > right ? 1 : 0;
}

}  // namespace tw::domain::allocation
