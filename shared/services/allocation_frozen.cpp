// See allocation_frozen.h.
#include "services/allocation_frozen.h"

#include <algorithm>

#include "services/policy_store.h"

namespace tw::services {

using domain::allocation::Basis;
using domain::allocation::BasisPerson;
using domain::allocation::ItemClass;

void freeze(const Basis& basis, FrozenAllocation& frozen) {
  frozen.divides = basis.policy;
  for (const BasisPerson& one : basis.people) {
    const auto& who = one.candidate;
    frozen.people.push_back(who.person);
    frozen.inputs.push_back({who.active, who.executor, who.held, who.holding_cap, who.received_today,
                             who.daily_inflow_cap, one.weight, one.load, one.debt, one.last_item_at, one.most,
                             one.given, who.absent, 0, one.last_item_at});
  }
  for (const ItemClass& one : basis.classes)
    frozen.classes.push_back({static_cast<std::int64_t>(one.suppressed), one.tier, one.over_soft, one.target,
                              one.barred, one.items, one.highest, one.lowest});
}

Basis thawed(const FrozenAllocation& frozen) {
  Basis basis;
  basis.policy = frozen.divides;
  basis.seed = static_cast<std::uint64_t>(frozen.seed);
  for (std::size_t p = 0; p < std::min(frozen.people.size(), frozen.inputs.size()); ++p) {
    const FrozenPerson& one = frozen.inputs[p];
    BasisPerson& person = basis.people.emplace_back();
    person.candidate = {frozen.people[p], one.active,         one.executor,         one.held,
                        one.holding_cap,  one.received_today, one.daily_inflow_cap, one.absent};
    person.weight = one.weight;
    person.load = one.load;
    person.debt = one.debt;
    person.last_item_at = one.last_item_at;
    person.most = one.most;
    person.given = one.given;
  }
  for (const FrozenClass& one : frozen.classes) {
    ItemClass& made = basis.classes.emplace_back();
    made.suppressed = static_cast<domain::allocation::ObstacleMask>(one.suppressed);
    made.tier = one.tier;
    made.over_soft = one.over_soft;
    made.target = one.target;
    made.barred = one.barred;
    made.items = one.items;
    made.highest = static_cast<std::int32_t>(one.highest);
    made.lowest = static_cast<std::int32_t>(one.lowest);
  }
  return basis;
}

bool divided(const FrozenAllocation& frozen, std::size_t item_class) {
  return item_class < frozen.classes.size() && frozen.classes[item_class].tier == domain::allocation::Tier::policy;
}

std::int64_t part_of(std::int64_t entitled, std::int64_t items, std::int64_t placed) {
  if (placed == 0) return 0;
  return entitled / placed * items + entitled % placed * items / placed;
}

PolicyId ledger_of(Work& work, const FrozenAllocation& frozen, BatchId batch) {
  return frozen.ledger ? frozen.ledger : own_policy_of(work, batch);
}

}  // namespace tw::services
