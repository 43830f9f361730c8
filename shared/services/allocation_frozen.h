// The frozen input of an allocation, as it stands in its operation: what the plan was made from, without its items. The
// items, each with its class and its position there, are the rows of the plan's chunks. Kept after the operation: every
// explanation is computed from it again.
#pragma once

#include <string>
#include <vector>

#include "api/allocation.h"
#include "domain/allocation/basis.h"
#include "services/work.h"

namespace tw::services {

// A person as the plan saw them; the fields of domain::allocation::BasisPerson.
struct FrozenPerson {
  bool active = true;
  bool executor = true;
  std::int64_t held = 0;
  std::optional<std::int64_t> holding_cap;
  std::int64_t received_today = 0;
  std::optional<std::int64_t> daily_inflow_cap;
  std::int64_t weight = 100;
  std::int64_t load = 0;
  std::int64_t debt = 0;
  std::optional<Instant> last_item_at;
  std::optional<std::int64_t> most;
  std::int64_t given = 0;
  bool absent = false;
  std::int64_t entitled = 0;                // by the whole plan, with what was given; millionths
  std::optional<Instant> last_item_before;  // in the ledger, when the operation began
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("active", s.active);
    v("executor", s.executor);
    v("held", s.held);
    v("holding_cap", s.holding_cap);
    v("received_today", s.received_today);
    v("daily_inflow_cap", s.daily_inflow_cap);
    v("weight", s.weight);
    v("load", s.load);
    v("debt", s.debt);
    v("last_item_at", s.last_item_at);
    v("most", s.most);
    v("given", s.given);
    v("absent", s.absent);
    v("entitled", s.entitled);
    v("last_item_before", s.last_item_before);
  }
};

struct FrozenClass {
  std::int64_t suppressed = 0;
  domain::allocation::Tier tier = domain::allocation::Tier::policy;
  bool over_soft = false;
  PersonId target;
  PersonId barred;
  std::int64_t items = 0;
  std::int64_t highest = 0;
  std::int64_t lowest = 0;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("suppressed", s.suppressed);
    v("tier", s.tier);
    v("over_soft", s.over_soft);
    v("target", s.target);
    v("barred", s.barred);
    v("items", s.items);
    v("highest", s.highest);
    v("lowest", s.lowest);
  }
};

struct FrozenAllocation {
  domain::allocation::Policy policy = domain::allocation::Policy::even;   // as asked for
  domain::allocation::Policy divides = domain::allocation::Policy::even;  // never by_owner
  std::int64_t seed = 0;
  std::string snapshot;
  PolicyId ledger;                   // whose ledger it is written in; 0: of the batch's own, as it was before policies
  std::int64_t divided = 0;          // rows that the division placed: what the entitlements are for
  std::vector<PersonId> people;      // what the plan's rows point into, in order of id
  std::vector<FrozenPerson> inputs;  // theirs
  std::vector<FrozenClass> classes;
  std::vector<api::LeftOut> left_out;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("policy", s.policy);
    v("divides", s.divides);
    v("seed", s.seed);
    v("snapshot", s.snapshot);
    v("ledger", s.ledger);
    v("divided", s.divided);
    v("people", s.people, FieldRule{.max_length = 60'000});
    v("inputs", s.inputs, FieldRule{.max_length = 60'000});
    v("classes", s.classes, FieldRule{.max_length = 65'535});
    v("left_out", s.left_out);
  }
};

void freeze(const domain::allocation::Basis& basis, FrozenAllocation& frozen);
domain::allocation::Basis thawed(const FrozenAllocation& frozen);
// Does the policy divide the items of this class, or are they given to somebody named beforehand?
bool divided(const FrozenAllocation& frozen, std::size_t item_class);
// What `items` of the `placed` ones stand for. Below 2^63: entitlements are millionths of at most a million items.
std::int64_t part_of(std::int64_t entitled, std::int64_t items, std::int64_t placed);
// Whose ledger it is written in.
PolicyId ledger_of(Work& work, const FrozenAllocation& frozen, BatchId batch);

}  // namespace tw::services
