#include "domain/allocation/deal.h"

#include <algorithm>

#include "domain/allocation/mix.h"

namespace tw::domain::allocation {

Dealer::Dealer(const Basis& basis, std::size_t item_class, std::vector<Part> parts,
               const std::vector<std::uint32_t>& rank)
    : left_(std::move(parts)),
      by_value_(basis.policy == Policy::score_first),
      backwards_(item_class % 2 == 0),  // turned round by the first turn: classes begin at alternate ends
      lot_(mixed(basis.seed, static_cast<std::int64_t>(item_class))) {
  if (by_value_)
    std::sort(left_.begin(), left_.end(),
              [&rank](const Part& a, const Part& b) { return rank[a.person] < rank[b.person]; });
  begin_turn();
}

std::uint16_t Dealer::next() {
  if (dealt_ == left_.size()) begin_turn();
  if (left_.empty()) return nobody;
  const std::size_t at = backwards_ && by_value_ ? left_.size() - 1 - dealt_ : (start_ + dealt_) % left_.size();
  ++dealt_;
  --left_[at].count;
  return static_cast<std::uint16_t>(left_[at].person);
}

void Dealer::begin_turn() {
  left_.erase(std::remove_if(left_.begin(), left_.end(), [](const Part& part) { return part.count == 0; }),
              left_.end());
  dealt_ = 0;
  backwards_ = !backwards_;
  lot_ = mixed(lot_);
  start_ = left_.empty() || by_value_ ? 0 : static_cast<std::size_t>(lot_ % left_.size());
}

std::vector<std::uint32_t> rank_of(const std::vector<std::uint32_t>& order) {
  std::vector<std::uint32_t> rank(order.size());
  for (std::size_t at = 0; at < order.size(); ++at) rank[order[at]] = static_cast<std::uint32_t>(at);
  return rank;
}

std::uint16_t dealt_to(const Basis& basis, const Division& division, std::size_t item_class, std::int64_t position) {
  Dealer dealer(basis, item_class, division.parts[item_class], rank_of(first_served(basis)));
  std::uint16_t to = nobody;
  for (std::int64_t at = 0; at <= position; ++at) to = dealer.next();
  return to;
}

}  // namespace tw::domain::allocation
