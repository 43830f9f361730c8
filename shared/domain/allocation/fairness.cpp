#include "domain/allocation/fairness.h"

#include <algorithm>
#include <limits>

namespace tw::domain::allocation {

namespace {
__extension__ using Wide = unsigned __int128;  // products of two sums
}

Fairness fairness_of(const std::vector<Holding>& holdings) {
  constexpr std::int64_t far = std::numeric_limits<std::int64_t>::max();
  std::int64_t least = far, most = -far, poorest = far, richest = -far;
  // Shares are taken to a millionth where weights differ, so that 10 of weight 30 and 20 of weight 60 are equal.
  const bool alike = std::all_of(holdings.begin(), holdings.end(),
                                 [&](const Holding& one) { return one.weight == holdings.front().weight; });
  Wide sum = 0;
  Wide squares = 0;
  for (const Holding& one : holdings) {
    least = std::min(least, one.items);
    most = std::max(most, one.items);
    poorest = std::min(poorest, one.value);
    richest = std::max(richest, one.value);
    const auto share = static_cast<Wide>(alike ? one.items : one.items * whole_item / one.weight);
    sum += share;
    squares += share * share;
  }
  Fairness figures;
  if (holdings.empty()) return figures;
  figures.spread = most - least;
  figures.value_spread = richest - poorest;
  if (squares == 0) return figures;
  // sum * sum / (n * squares) <= 1. Halved together until the products fit: the index keeps its six digits.
  Wide above = sum * sum;
  Wide below = squares * holdings.size();
  constexpr Wide fits = ~Wide{0} / static_cast<Wide>(whole_item);
  while (above > fits) above >>= 1, below >>= 1;
  figures.jain = static_cast<std::int64_t>(above * static_cast<Wide>(whole_item) / below);
  return figures;
}

}  // namespace tw::domain::allocation
