// Allocation by policy (row 2): the plan without doing it, and doing it as a long operation. The planner itself is
// domain/allocation/plan.h; here its snapshot is read, its answer shown, frozen and carried out.
#pragma once

#include "api/allocation.h"
#include "domain/allocation/plan.h"
#include "services/batch_store.h"
#include "services/dispatcher.h"

namespace tw::services {

// Would the table let anybody be given an item of this batch now? (Its state, its end date.)
Refusal batch_refuses_allocation(const BatchAccess& access, const Actor& actor, Instant now);

Result<api::PlanAllocation::Response> plan_allocation(Work& work, const Actor& actor,
                                                      const api::PlanAllocation::Request& request);

// In two phases: a million items are read and planned on a reader, so that nobody waits for the writer meanwhile; what
// changed between the two is found row by row, by version.
Result<api::Accepted> allocate_items(Phases& phases, const Actor* actor, const api::AllocateItems::Request& request);

// Why the item's executor has it (allocation_why.cpp).
Result<api::ExplainItem::Response> explain_item(Work& work, const Actor& actor,
                                                const api::ExplainItem::Request& request);

}  // namespace tw::services
