// Claiming (api/claim.h). Row rule: the batch lists the actor as executor; to everybody else, its managers too, there
// is nothing to claim. One transaction a request: whoever commits first has the item.
#pragma once

#include "api/claim.h"
#include "core/result.h"
#include "domain/access/access.h"
#include "services/work.h"

namespace tw::services {

using domain::access::Actor;

Result<api::QueryClaimable::Response> query_claimable(Work& work, const Actor& actor,
                                                      const api::QueryClaimable::Request& request);
Result<api::ClaimItems::Response> claim_items(Work& work, const Actor& actor, const api::ClaimItems::Request& request);
Result<api::ClaimAtRandom::Response> claim_at_random(Work& work, const Actor& actor,
                                                     const api::ClaimAtRandom::Request& request);

}  // namespace tw::services
