// The division compared with two plainly written ones that share nothing with it: a min-cost flow by shortest paths,
// and the greedy rule unit by unit over a test of what is possible at all (Hall).
#include "domain/allocation/fill.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

#include <gtest/gtest.h>

#include "support/random.h"

namespace tw::domain::allocation {
namespace {

using support::for_seeds;
using support::Seeded;

struct Case {
  FillInput input;
  Eligibility eligibility{0, 0};
  std::size_t classes() const { return input.supply.size(); }
  std::size_t people() const { return input.room.size(); }
};

Case any_case(Seeded& random, std::int64_t most_people = 5) {
  Case made;
  const std::int64_t people = random.between(1, most_people);
  const std::int64_t classes = random.between(1, 4);
  made.eligibility = Eligibility(static_cast<std::size_t>(classes), static_cast<std::size_t>(people));
  for (std::int64_t c = 0; c < classes; ++c) {
    made.input.supply.push_back(random.between(0, 6));
    for (std::int64_t p = 0; p < people; ++p)
      if (!random.one_in(3)) made.eligibility.allow(static_cast<std::size_t>(c), static_cast<std::size_t>(p));
  }
  made.input.unit = random.between(1, 3);
  for (std::int64_t p = 0; p < people; ++p) {
    made.input.room.push_back(random.one_in(2) ? std::optional<std::int64_t>(random.between(0, 5)) : std::nullopt);
    made.input.start.push_back(random.between(-7, 7));
    made.input.weight.push_back(random.between(1, 4));
    made.input.first_served.push_back(static_cast<std::uint32_t>(p));
  }
  random.shuffle(made.input.first_served);
  return made;
}

constexpr std::int64_t common = 12;  // of the weights 1 to 4

std::int64_t cost(const Case& of, std::size_t person, std::int64_t k) {
  return (of.input.start[person] + k * of.input.unit) * common / of.input.weight[person];
}

struct Total {
  std::int64_t placed = 0;
  std::int64_t cost = 0;
  bool operator==(const Total& other) const { return placed == other.placed && cost == other.cost; }
};

Total total_of(const Case& of, const std::vector<std::int64_t>& counts) {
  Total total;
  for (std::size_t p = 0; p < counts.size(); ++p) {
    total.placed += counts[p];
    for (std::int64_t k = 1; k <= counts[p]; ++k) total.cost += cost(of, p, k);
  }
  return total;
}

// Arcs of one unit; the k-th unit of a person is an arc of its own. Augments along a cheapest path (Bellman and Ford)
// while there is one: the cheapest of the largest flows.
class MinCostFlow {
 public:
  explicit MinCostFlow(const Case& of) {
    const std::size_t source = 0, sink = 1, classes = 2, people = classes + of.classes();
    nodes_ = people + of.people();
    std::int64_t everything = 0;
    for (std::size_t c = 0; c < of.classes(); ++c) {
      everything += of.input.supply[c];
      arc(source, classes + c, of.input.supply[c], 0);
      for (std::size_t p = 0; p < of.people(); ++p)
        if (of.eligibility.allows(c, p)) arc(classes + c, people + p, 1000, 0);
    }
    for (std::size_t p = 0; p < of.people(); ++p)
      for (std::int64_t k = 1; k <= std::min(everything, of.input.room[p].value_or(everything)); ++k)
        arc(people + p, sink, 1, cost(of, p, k));
  }

  Total run() {
    Total total;
    while (true) {
      constexpr std::int64_t far = std::numeric_limits<std::int64_t>::max() / 2;
      std::vector<std::int64_t> distance(nodes_, far);
      std::vector<std::size_t> by(nodes_, arcs_.size());
      distance[0] = 0;
      for (bool better = true; better;) {
        better = false;
        for (std::size_t a = 0; a < arcs_.size(); ++a) {
          const Arc& one = arcs_[a];
          if (one.room == 0 || distance[one.from] == far || distance[one.from] + one.cost >= distance[one.to]) continue;
          distance[one.to] = distance[one.from] + one.cost;
          by[one.to] = a;
          better = true;
        }
      }
      if (distance[1] == far) return total;
      for (std::size_t node = 1; node != 0; node = arcs_[by[node]].from) {
        --arcs_[by[node]].room;
        ++arcs_[by[node] ^ 1].room;
      }
      ++total.placed;
      total.cost += distance[1];
    }
  }

 private:
  struct Arc {
    std::size_t from, to;
    std::int64_t room, cost;
  };
  void arc(std::size_t from, std::size_t to, std::int64_t room, std::int64_t cost) {
    arcs_.push_back({from, to, room, cost});
    arcs_.push_back({to, from, 0, -cost});
  }
  std::vector<Arc> arcs_;
  std::size_t nodes_ = 0;
};

TEST(Fill, costs_what_a_min_cost_flow_by_shortest_paths_costs_and_places_as_much) {
  for_seeds(1500, [](Seeded random) {
    const Case one = any_case(random);
    const Total expected = MinCostFlow(one).run();
    const Total found = total_of(one, fill(one.input, one.eligibility).counts);
    EXPECT_EQ(found.placed, expected.placed);
    EXPECT_EQ(found.cost, expected.cost);
  });
}

bool possible(const Case& of, const std::vector<std::int64_t>& counts) {
  for (std::uint32_t set = 1; set < (1u << counts.size()); ++set) {
    std::int64_t wanted = 0, there = 0;
    for (std::size_t p = 0; p < counts.size(); ++p)
      if (set >> p & 1) wanted += counts[p];
    for (std::size_t c = 0; c < of.classes(); ++c) {
      bool any = false;
      for (std::size_t p = 0; p < counts.size(); ++p) any = any || ((set >> p & 1) && of.eligibility.allows(c, p));
      there += any ? of.input.supply[c] : 0;
    }
    if (wanted > there) return false;
  }
  return true;
}

TEST(Fill, gives_every_unit_to_the_cheapest_next_and_ties_to_the_first_served) {
  for_seeds(1500, [](Seeded random) {
    const Case one = any_case(random);
    std::vector<std::size_t> rank(one.people());
    for (std::size_t at = 0; at < rank.size(); ++at) rank[one.input.first_served[at]] = at;
    std::vector<std::int64_t> counts(one.people());
    while (true) {
      std::tuple<std::int64_t, std::size_t, std::size_t> best{};
      bool any = false;
      for (std::size_t p = 0; p < counts.size(); ++p) {
        if (one.input.room[p] && counts[p] >= *one.input.room[p]) continue;
        ++counts[p];
        const std::tuple next(cost(one, p, counts[p]), rank[p], p);
        if (possible(one, counts) && (!any || next < best)) best = next, any = true;
        --counts[p];
      }
      if (!any) break;
      ++counts[std::get<2>(best)];
    }
    EXPECT_EQ(fill(one.input, one.eligibility).counts, counts);
  });
}

TEST(Fill, the_parts_are_what_the_counts_say_and_only_where_allowed) {
  for_seeds(500, [](Seeded random) {
    const Case one = any_case(random);
    const FillResult filled = fill(one.input, one.eligibility);
    std::vector<std::int64_t> counts(one.people());
    for (std::size_t c = 0; c < one.classes(); ++c) {
      std::int64_t used = 0;
      for (const Part& part : filled.parts[c]) {
        EXPECT_TRUE(one.eligibility.allows(c, part.person));
        EXPECT_GT(part.count, 0);
        counts[part.person] += part.count;
        used += part.count;
      }
      EXPECT_LE(used, one.input.supply[c]);
    }
    EXPECT_EQ(counts, filled.counts);
  });
}

// Products of starts and weights beyond 64 bits: compared as if by hand.
TEST(Fill, large_starts_and_weights_are_compared_without_rounding) {
  constexpr std::int64_t far = 1'000'000'000'000'000;
  FillInput input;
  input.supply = {3};
  input.room = {std::nullopt, std::nullopt};
  input.start = {far, far - 1};
  input.weight = {10'000, 9'999};
  input.first_served = {0, 1};
  Eligibility eligibility(1, 2);
  eligibility.allow(0, 0);
  eligibility.allow(0, 1);
  // (far + 1) / 10000 is smaller than far / 9999.
  EXPECT_EQ(fill(input, eligibility).counts, (std::vector<std::int64_t>{3, 0}));
  EXPECT_LT(compare_cost(far + 1, 10'000, far, 9'999), 0);
  EXPECT_EQ(compare_cost(2 * far, 10'000, far, 5'000), 0);
}

}  // namespace
}  // namespace tw::domain::allocation
