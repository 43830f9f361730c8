// Allocation: what a policy would do, shown before it is done, and the doing of it as a long operation. A plan stores
// nothing; its snapshot names what it was made from, so that what is committed is what was shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/batch_items.h"
#include "api/endpoint.h"
#include "api/operation.h"
#include "api/policy.h"
#include "core/ids.h"
#include "core/time.h"
#include "domain/allocation/policy.h"

namespace tw::api {

using domain::access::Permission;

inline constexpr std::int64_t most_unplaced_shown = 200;

// Entries by hand of a draft plan: they stand before every policy. What they may override they say; where one cannot
// stand its item is left out with the reasons.
struct PlanEntries {
  PersonId person;
  bool override_soft = false;
  std::vector<ItemVersion> items;  // as the manager saw them
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("person", s.person, rule::required);
    v("override_soft", s.override_soft);
    v("items", s.items, rule::list(0, most_entries_by_hand));
  }
};

// What a plan is asked for; planning and committing ask for the same. What `policy`, `rest`, `people` and `seed` leave
// open is as the batch's policy says (api/policy.h), whose ledger counts whatever is asked for.
struct PlanWish {
  BatchId batch;
  std::optional<domain::allocation::Policy> policy = {};
  std::vector<PersonId> executors = {};                 // empty: all of the batch
  std::vector<ItemId> items = {};                       // empty, and no selection: every item that needs an executor
  std::int64_t seed = 0;                                // 0: the policy's, or a new one
  std::string snapshot = {};                            // of committing: the plan must still be the one that was shown
  std::optional<domain::allocation::Policy> rest = {};  // by_owner: how the rest is divided
  std::optional<std::vector<PlanOverride>> people = {};
  std::vector<PlanEntries> fixed = {};          // each item once; at most most_entries_by_hand together
  std::optional<ItemSelection> selection = {};  // instead of items: what a filter of the item list selects
  // What `fixed` names is planned besides `items` or the selection.
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("batch", s.batch, rule::required);
    v("policy", s.policy);
    v("executors", s.executors, rule::list(0, 1000));
    v("items", s.items, rule::list(0, 10'000));
    v("seed", s.seed, rule::range(0, (std::int64_t{1} << 53) - 1));
    v("snapshot", s.snapshot, rule::text(0, 40));
    v("rest", s.rest);
    v("people", s.people, rule::list(0, 1000));
    v("fixed", s.fixed, rule::list(0, 2000));
    v("selection", s.selection);
  }
};

// What allocation would do, without doing it. Numbers per person; nothing is stored.
struct PlannedPerson {
  PersonId person;
  std::string name;
  std::int64_t held_before = 0;
  std::int64_t gets = 0;
  std::optional<std::int64_t> room;                     // under the caps; none = no cap
  std::vector<domain::allocation::Obstacle> obstacles;  // why this person gets nothing, or no more
  std::int64_t given = 0;                               // of `gets`: by hand, or as the customer's owner
  std::int64_t value = 0;                               // sum of the scores of what they get
  std::int64_t weight = 100;                            // as in this plan
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("person", s.person);
    v("name", s.name);
    v("held_before", s.held_before);
    v("gets", s.gets);
    v("room", s.room);
    v("obstacles", s.obstacles);
    v("given", s.given);
    v("value", s.value);
    v("weight", s.weight);
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

// An item that the plan gives to nobody.
struct UnplacedItem {
  ItemId item;
  std::string customer_name;
  std::string customer_key;  // stands for a missing name
  std::vector<domain::allocation::Obstacle> reasons;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("item", s.item);
    v("customer_name", s.customer_name);
    v("customer_key", s.customer_key);
    v("reasons", s.reasons);
  }
};

struct PlanAllocation {
  static constexpr Endpoint endpoint{.name = "batch.plan-allocation",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/plan",
                                     .permission = Permission::manage_batch};
  using Request = PlanWish;
  struct Response {
    std::int64_t items = 0;  // that were looked at
    std::int64_t placed = 0;
    std::vector<PlannedPerson> people;
    std::vector<LeftOut> left_out;       // each item once, under the first of its reasons
    std::vector<UnplacedItem> unplaced;  // the first most_unplaced_shown of them, by name
    // Entries by hand whose item is no longer as it was seen, in order of id, each with its version of now; 0 where it
    // needs no executor any more. They are planned like the others; committing them is refused.
    std::vector<ItemVersion> changed;
    // Everything that stood in the way of an item left out. Asked for one person and the ticked items this is what
    // designating them would have to override.
    std::vector<domain::allocation::Obstacle> reasons;
    std::int64_t jain_before_ppm = 0;  // Jain's index of held counts (by weight under `weighted`), parts per million
    std::int64_t jain_after_ppm = 0;
    std::int64_t spread_before = 0;  // max - min held
    std::int64_t spread_after = 0;
    std::int64_t seed = 0;
    std::string snapshot;                  // hash of what the plan was made from; commit refuses another
    std::int64_t value_spread_before = 0;  // max - min of the sums of scores held
    std::int64_t value_spread_after = 0;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("items", s.items);
      v("placed", s.placed);
      v("people", s.people);
      v("left_out", s.left_out);
      v("unplaced", s.unplaced);
      v("changed", s.changed);
      v("reasons", s.reasons);
      v("jain_before_ppm", s.jain_before_ppm);
      v("jain_after_ppm", s.jain_after_ppm);
      v("spread_before", s.spread_before);
      v("spread_after", s.spread_after);
      v("seed", s.seed);
      v("snapshot", s.snapshot);
      v("value_spread_before", s.value_spread_before);
      v("value_spread_after", s.value_spread_after);
    }
  };
};

// Rows 2 and 3 for all that needs an executor, the ticked items or a selection, as a long operation. With `snapshot`
// the plan must still be the one that was shown; else the refusal says what is true now. Outcomes count the rows:
// assigned, unchanged (theirs already), conflict, gone, or the obstacle that forbids it now.
struct AllocateItems {
  static constexpr Endpoint endpoint{.name = "batch.allocate-items",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/allocate",
                                     .permission = Permission::manage_batch,
                                     .effect = Effect::changes};
  using Request = PlanWish;
  using Response = Accepted;
};

// --- why this person? ------------------------------------------------------------------------------------------------

// What the division looked at. It levels (start + items got) / weight.
struct PlanTerms {
  PersonId person;  // 0 where names are none of the reader's business
  std::string name;
  std::int64_t got = 0;        // of the plan
  std::int64_t given = 0;      // of them by hand or as owner
  std::int64_t start_ppm = 0;  // millionths of an item
  std::int64_t weight = 1;
  std::int64_t load = 0;      // held before the plan
  std::int64_t debt_ppm = 0;  // owed before the plan, millionths of an item
  std::optional<Instant> last_item_at;
  std::optional<std::int64_t> room;  // after the plan
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("person", s.person);
    v("name", s.name);
    v("got", s.got);
    v("given", s.given);
    v("start_ppm", s.start_ppm);
    v("weight", s.weight);
    v("load", s.load);
    v("debt_ppm", s.debt_ppm);
    v("last_item_at", s.last_item_at);
    v("room", s.room);
  }
};

struct ExcludedPerson {
  PersonId person;
  std::string name;
  std::vector<domain::allocation::Obstacle> reasons;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("person", s.person);
    v("name", s.name);
    v("reasons", s.reasons);
  }
};

// Why a plan gave an item to its person.
struct PlanReasons {
  OperationId operation;
  domain::allocation::Tier tier = domain::allocation::Tier::policy;
  domain::allocation::Policy policy = domain::allocation::Policy::even;
  domain::allocation::Decisive decisive = domain::allocation::Decisive::none;
  std::int64_t alike = 0;    // items for which the same people could be chosen
  std::int64_t of_them = 0;  // and how many of those this person got
  PlanTerms winner;
  std::vector<PlanTerms> runners_up;     // at most two, the next in line first
  std::vector<ExcludedPerson> excluded;  // for managers, at most 200
  std::vector<LeftOut> excluded_by;      // how many people, by the first of their reasons
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("operation", s.operation);
    v("tier", s.tier);
    v("policy", s.policy);
    v("decisive", s.decisive);
    v("alike", s.alike);
    v("of_them", s.of_them);
    v("winner", s.winner);
    v("runners_up", s.runners_up);
    v("excluded", s.excluded);
    v("excluded_by", s.excluded_by);
  }
};

// Why the item's executor has it: what gave it to them last, and, when that was a plan, the plan's reasons, computed
// again from what it was made from. Row rule: whoever manages the batch, or executes the item; names of other people
// are for managers only.
struct ExplainItem {
  static constexpr Endpoint endpoint{
      .name = "items.why", .path = "/api/v1/items/{item}/why", .permission = Permission::signed_in};
  struct Request {
    ItemId item;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("item", s.item, rule::required);
    }
  };
  struct Response {
    domain::batch::Action action = domain::batch::Action::allocate;
    std::string actor_name;
    Instant at;
    std::optional<PlanReasons> plan;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("action", s.action);
      v("actor_name", s.actor_name);
      v("at", s.at);
      v("plan", s.plan);
    }
  };
};

using AllocationOperations = Operations<PlanAllocation, AllocateItems, ExplainItem>;

}  // namespace tw::api
