// Which of the items of a class go to whom, once their numbers are known. A class is dealt in turns, one item to
// everybody who still has some to get, so that no pattern in the items (a weekday, an alphabet) falls to one person:
// each turn begins with another person. Under score_first the items come from the most valuable down, a turn is a band
// of value, and the order is reversed with every turn, so that value levels as counts do.
//
// Only the position of an item in its class matters: an explanation deals again without the items.
#pragma once

#include <vector>

#include "domain/allocation/basis.h"

namespace tw::domain::allocation {

inline constexpr std::uint16_t nobody = 0xFFFF;

class Dealer {
 public:
  // `rank`: per person, their place in first_served().
  Dealer(const Basis& basis, std::size_t item_class, std::vector<Part> parts, const std::vector<std::uint32_t>& rank);
  std::uint16_t next();  // a place in the basis, or nobody

 private:
  void begin_turn();

  std::vector<Part> left_;
  bool by_value_;
  bool backwards_;
  std::size_t start_ = 0;
  std::size_t dealt_ = 0;  // in this turn
  std::uint64_t lot_;
};

std::vector<std::uint32_t> rank_of(const std::vector<std::uint32_t>& order);

// Who gets the item at this position of the class.
std::uint16_t dealt_to(const Basis& basis, const Division& division, std::size_t item_class, std::int64_t position);

}  // namespace tw::domain::allocation
