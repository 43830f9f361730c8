// What a reassignment is going to meet, asked by the rules that it obeys (managed_rows.cpp), row after row: each that
// would be given makes the person fuller for the next.
#include <algorithm>
#include <map>

#include "services/candidates.h"
#include "services/managed_items.h"
#include "services/people_store.h"

namespace tw::services {

using domain::allocation::Obstacle;
using domain::batch::Action;
using domain::batch::ItemState;
using domain::batch::Standing;

Result<api::PreviewReassignment::Response> preview_reassignment(Work& work, const Actor& actor,
                                                                const api::PreviewReassignment::Request& request) {
  const auto access = see_managed_batch(work, actor, request.batch);
  if (!access) return access.error();
  if (!load_person(work, request.executor)) return field_error("executor", text_key("field.unknown_person"));
  if (auto refused = domain::batch::batch_refuses(access->batch.facts(), Action::reassign)) return *refused;
  auto candidate = Candidates(work, access->batch, work.now).of(request.executor);
  api::PreviewReassignment::Response found;
  if (!candidate) return found;
  std::vector<ItemId> once = request.items;
  std::sort(once.begin(), once.end());
  once.erase(std::unique(once.begin(), once.end()), once.end());
  std::map<Obstacle, std::int64_t> in_the_way;
  for (const ItemId id : once) {
    const auto item = load_item(work, id);
    if (!item || item->batch != request.batch || item->facts.executor == request.executor) continue;
    if (!domain::batch::transition_allowed(item->facts.state, Action::reassign, Standing::creator_side)) continue;
    const auto mask = domain::allocation::eligible_to_take_over(
        candidate_item(*item, customer_card(work, item->customer)), *candidate);
    for (const Obstacle obstacle : domain::allocation::obstacles_in(mask)) ++in_the_way[obstacle];
    if (domain::allocation::hard(mask) != 0) continue;
    ++found.items;
    ++candidate->held;
    ++candidate->received_today;
  }
  for (const auto& [obstacle, items] : in_the_way) found.obstacles.push_back({obstacle, items});
  return found;
}

}  // namespace tw::services
