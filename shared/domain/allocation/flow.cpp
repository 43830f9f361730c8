#include "domain/allocation/flow.h"

#include <algorithm>

namespace tw::domain::allocation {

namespace {
std::uint32_t lowest_bit(std::uint64_t word) { return static_cast<std::uint32_t>(__builtin_ctzll(word)); }
}  // namespace

Eligibility::Eligibility(std::size_t classes, std::size_t people)
    : words_((classes + 63) / 64), bits_(words_ * people) {}

void Eligibility::allow(std::size_t item_class, std::size_t person) {
  bits_[person * words_ + item_class / 64] |= std::uint64_t{1} << item_class % 64;
}

bool Eligibility::allows(std::size_t item_class, std::size_t person) const {
  return (bits_[person * words_ + item_class / 64] >> item_class % 64 & 1) != 0;
}

Flow::Flow(const std::vector<std::int64_t>& supply, std::size_t people, const Eligibility& eligibility)
    : eligibility_(eligibility),
      spare_(supply),
      spare_bits_(eligibility.words()),
      parts_(supply.size()),
      counts_(people),
      given_by_(people),
      wanted_by_(supply.size()),
      person_seen_(people),
      class_unseen_(eligibility.words()) {
  for (std::size_t c = 0; c < spare_.size(); ++c)
    if (spare_[c] > 0) set_spare(c);
}

std::int64_t Flow::raise(std::uint32_t person, std::int64_t wanted) {
  std::int64_t given = 0;
  while (given < wanted && search(person)) given += augment(person, wanted - given);
  return given;
}

void Flow::lower(std::uint32_t person, std::int64_t amount) {
  for (std::uint32_t c = 0; amount > 0 && c < parts_.size(); ++c) {
    const auto part = parts_[c].find(person);
    if (part == parts_[c].end()) continue;
    const std::int64_t back = std::min(amount, part->second);
    take(c, person, back);
    spare_[c] += back;
    set_spare(c);
    counts_[person] -= back;
    amount -= back;
  }
}

std::vector<std::vector<Part>> Flow::parts() const {
  std::vector<std::vector<Part>> lists(parts_.size());
  for (std::size_t c = 0; c < parts_.size(); ++c)
    for (const auto& part : parts_[c]) lists[c].push_back({part.first, part.second});
  return lists;
}

void Flow::take(std::uint32_t c, std::uint32_t person, std::int64_t amount) {
  const auto part = parts_[c].find(person);
  part->second -= amount;
  if (part->second == 0) parts_[c].erase(part);
}

// Breadth first, backwards from the person who wants: which class could give, and if it has nothing spare, which of
// those who have some of it could be served by another class instead.
bool Flow::search(std::uint32_t person) {
  ++round_;
  std::fill(class_unseen_.begin(), class_unseen_.end(), ~std::uint64_t{0});
  queue_.assign(1, person);
  person_seen_[person] = round_;
  for (std::size_t at = 0; at < queue_.size(); ++at) {
    if (take_from_spare(queue_[at])) return true;
    ask_holders(queue_[at]);
  }
  return false;
}

bool Flow::take_from_spare(std::uint32_t wanting) {
  const std::uint64_t* may_have = eligibility_.classes_of(wanting);
  for (std::size_t word = 0; word < eligibility_.words(); ++word) {
    const std::uint64_t hit = may_have[word] & spare_bits_[word];
    if (hit == 0) continue;
    source_ = static_cast<std::uint32_t>(word * 64) + lowest_bit(hit);
    wanted_by_[source_] = wanting;
    return true;
  }
  return false;
}

void Flow::ask_holders(std::uint32_t wanting) {
  const std::uint64_t* may_have = eligibility_.classes_of(wanting);
  for (std::size_t word = 0; word < eligibility_.words(); ++word) {
    std::uint64_t fresh = may_have[word] & class_unseen_[word];
    class_unseen_[word] &= ~fresh;
    for (; fresh != 0; fresh &= fresh - 1) {
      const std::uint32_t c = static_cast<std::uint32_t>(word * 64) + lowest_bit(fresh);
      wanted_by_[c] = wanting;
      for (const auto& part : parts_[c]) {
        if (person_seen_[part.first] == round_) continue;
        person_seen_[part.first] = round_;
        given_by_[part.first] = c;
        queue_.push_back(part.first);
      }
    }
  }
}

// Follows the path that `search` found, from the spare class to the person.
std::int64_t Flow::augment(std::uint32_t person, std::int64_t at_most) {
  std::int64_t amount = std::min(at_most, spare_[source_]);
  for (std::uint32_t p = wanted_by_[source_]; p != person; p = wanted_by_[given_by_[p]])
    amount = std::min(amount, parts_[given_by_[p]].find(p)->second);
  spare_[source_] -= amount;
  if (spare_[source_] == 0) clear_spare(source_);
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

}  // namespace tw::domain::allocation
