// Allocation: what a policy would do, shown before it is done, and the doing of it as a long operation. A plan stores
// nothing; its snapshot names what it was made from, so that what is committed is what was shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/endpoint.h"
#include "api/operation.h"
#include "core/ids.h"
#include "domain/allocation/policy.h"

namespace tw::api {

using domain::access::Permission;

// What allocation would do, without doing it. Numbers per person; nothing is stored.
struct PlannedPerson {
  PersonId person;
  std::string name;
  std::int64_t held_before = 0;
  std::int64_t gets = 0;
  std::optional<std::int64_t> room;                     // under the caps; none = no cap
  std::vector<domain::allocation::Obstacle> obstacles;  // why this person gets nothing, if so
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("person", s.person);
    v("name", s.name);
    v("held_before", s.held_before);
    v("gets", s.gets);
    v("room", s.room);
    v("obstacles", s.obstacles);
  }
};

struct LeftOut {
  domain::allocation::Obstacle obstacle = domain::allocation::Obstacle::none;
  std::int64_t items = 0;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("obstacle", s.obstacle);
    v("items", s.items);
  }
};

struct PlanAllocation {
  static constexpr Endpoint endpoint{.name = "batch.plan-allocation",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/plan",
                                     .permission = Permission::manage_batch};
  struct Request {
    BatchId batch;
    domain::allocation::Policy policy = domain::allocation::Policy::even;
    std::vector<PersonId> executors;  // empty: all of the batch
    std::vector<ItemId> items;        // empty: every item that needs an executor
    std::int64_t seed = 0;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("policy", s.policy);
      v("executors", s.executors, rule::list(0, 1000));
      v("items", s.items, rule::list(0, 10'000));
      v("seed", s.seed, rule::range(0, (std::int64_t{1} << 53) - 1));
    }
  };
  struct Response {
    std::int64_t items = 0;  // that need an executor
    std::int64_t placed = 0;
    std::vector<PlannedPerson> people;
    std::vector<LeftOut> left_out;  // each item once, under the first of its reasons
    // Everything that stood in the way of an item left out. Asked for one person and the ticked items this is what
    // designating them would have to override.
    std::vector<domain::allocation::Obstacle> reasons;
    std::int64_t jain_before_ppm = 0;  // Jain's index of held counts, parts per million
    std::int64_t jain_after_ppm = 0;
    std::int64_t spread_before = 0;  // max - min held
    std::int64_t spread_after = 0;
    std::int64_t seed = 0;
    std::string snapshot;  // hash of what the plan was made from; commit refuses another
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("items", s.items);
      v("placed", s.placed);
      v("people", s.people);
      v("left_out", s.left_out);
      v("reasons", s.reasons);
      v("jain_before_ppm", s.jain_before_ppm);
      v("jain_after_ppm", s.jain_after_ppm);
      v("spread_before", s.spread_before);
      v("spread_after", s.spread_after);
      v("seed", s.seed);
      v("snapshot", s.snapshot);
    }
  };
};

// Row 2 for all that needs an executor (or the ticked items), by policy, as a long operation. With `snapshot` the plan
// must still be the one that was shown.
struct AllocateItems {
  static constexpr Endpoint endpoint{.name = "batch.allocate-items",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/allocate",
                                     .permission = Permission::manage_batch,
                                     .effect = Effect::changes};
  struct Request {
    BatchId batch;
    domain::allocation::Policy policy = domain::allocation::Policy::even;
    std::vector<PersonId> executors;
    std::vector<ItemId> items;
    std::int64_t seed = 0;
    std::string snapshot;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("policy", s.policy);
      v("executors", s.executors, rule::list(0, 1000));
      v("items", s.items, rule::list(0, 10'000));
      v("seed", s.seed, rule::range(0, (std::int64_t{1} << 53) - 1));
      v("snapshot", s.snapshot, rule::text(0, 40));
    }
  };
  using Response = Accepted;
};

using AllocationOperations = Operations<PlanAllocation, AllocateItems>;

}  // namespace tw::api
