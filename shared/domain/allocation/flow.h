// A flow from classes of items to people: who has how many of which class. A person's count grows by augmenting paths
// and shrinks only by lower(); giving somebody one more may move items of other people between classes, their counts
// stay.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
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

struct Part {
  std::uint32_t person = 0;
  std::int64_t count = 0;
};

class Flow {
 public:
  // `eligibility` must outlive it.
  Flow(const std::vector<std::int64_t>& supply, std::size_t people, const Eligibility& eligibility);

  std::int64_t count(std::uint32_t person) const { return counts_[person]; }
  const std::vector<std::int64_t>& counts() const { return counts_; }

  // Gives `person` up to `wanted` more and answers how many it became. When fewer, `stuck()` is the set of people who
  // together use up every class that any of them may have: none of them can ever get more.
  std::int64_t raise(std::uint32_t person, std::int64_t wanted);
  const std::vector<std::uint32_t>& stuck() const { return queue_; }
  void lower(std::uint32_t person, std::int64_t amount);

  std::vector<std::vector<Part>> parts() const;  // per class, by person, without zeros

 private:
  void set_spare(std::size_t c) { spare_bits_[c / 64] |= std::uint64_t{1} << c % 64; }
  void clear_spare(std::size_t c) { spare_bits_[c / 64] &= ~(std::uint64_t{1} << c % 64); }
  void take(std::uint32_t c, std::uint32_t person, std::int64_t amount);
  bool search(std::uint32_t person);
  bool take_from_spare(std::uint32_t wanting);
  void ask_holders(std::uint32_t wanting);
  std::int64_t augment(std::uint32_t person, std::int64_t at_most);

  const Eligibility& eligibility_;
  std::vector<std::int64_t> spare_;
  std::vector<std::uint64_t> spare_bits_;
  std::vector<std::map<std::uint32_t, std::int64_t>> parts_;  // per class: person -> count, never 0
  std::vector<std::int64_t> counts_;

  // The last search.
  std::uint32_t round_ = 0;
  std::uint32_t source_ = 0;
  std::vector<std::uint32_t> queue_;
  std::vector<std::uint32_t> given_by_;   // per person: the class that could take back from them
  std::vector<std::uint32_t> wanted_by_;  // per class: the person who would get from it
  std::vector<std::uint32_t> person_seen_;
  std::vector<std::uint64_t> class_unseen_;  // bits
};

}  // namespace tw::domain::allocation
