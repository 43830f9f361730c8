// The counts behind a plan: how many of each class go to each person. Classes bring a supply, people bring room, and a
// table says which class may go to whom. The answer
//   1. places as many as can be placed,
//   2. among those is the evenest (lexicographically: the smallest count as large as possible, then the next),
//   3. among those gives the remainders to whoever comes first in `first_served`.
//
// Why this is right: the counts that a bipartite flow can reach form a polymatroid, and there the greedy rule "one more
// for whoever has least, ties by rank, until nobody can have more" gives exactly 1-3. It is done in bulk: everybody is
// raised to the highest level that can be reached together, then one more each in rank order; who cannot have one more
// then never can again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace tw::domain::allocation {

// Which class may go to which person, one bit each.
class Eligibility {
 public:
  Eligibility(std::size_t classes, std::size_t people);
  void allow(std::size_t item_class, std::size_t person);
  bool allows(std::size_t item_class, std::size_t person) const;
  std::size_t words() const { return words_; }
  const std::uint64_t* classes_of(std::size_t person) const { return bits_.data() + person * words_; }

 private:
  std::size_t words_;  // per person
  std::vector<std::uint64_t> bits_;
};

struct FillInput {
  std::vector<std::int64_t> supply;               // per class
  std::vector<std::optional<std::int64_t>> room;  // per person; none = no cap
  std::vector<std::uint32_t> first_served;        // all people, who gets a remainder first
};

struct Part {
  std::uint32_t person = 0;
  std::int64_t count = 0;
};

struct FillResult {
  std::vector<std::int64_t> counts;      // per person
  std::vector<std::vector<Part>> parts;  // per class, by person, without zeros
};

FillResult fill(const FillInput& input, const Eligibility& eligibility);

}  // namespace tw::domain::allocation
