// Somebody leaves (api/leaving.h): what they hold is kept, reset, or dealt out to named people, as a long operation
// that works on several batches where the person is disabled.
//
// What stays true: the person receives nothing from the first transaction on; the steps only follow. A row is asked
// again when its turn comes: what was completed, recalled or handed on meanwhile stays as it is.
#pragma once

#include <vector>

#include "api/leaving.h"
#include "services/batch_store.h"
#include "services/dispatcher.h"
#include "services/leaving_store.h"

namespace tw::services {

Result<api::ViewHeld::Response> view_held(Work& work, const Actor& actor, const api::ViewHeld::Request& request);

// Wrong whatever they hold: nobody is named to take over, somebody who is unknown, disabled, or leaves too.
Refusal check_leaving(Work& work, std::string_view field, const api::Leaving& leaving,
                      const std::vector<PersonId>& who);

// Starts the operation for what `who` execute in `batch` (0: in every batch that the actor manages), and makes those
// who take over executors there. Answers 0 where there is nothing to do. The request is checked.
Result<OperationId> hand_over(Work& work, const Actor& actor, BatchId batch, const std::vector<PersonId>& who,
                              const api::Leaving& leaving);

// The person is about to be disabled: `successor`, where one is named, manages from now on what nobody else manages.
// Refused where somebody must be named.
Refusal settle_successor(Work& work, const Actor& actor, PersonId person, PersonId successor);

}  // namespace tw::services
