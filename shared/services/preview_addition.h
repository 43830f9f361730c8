// What adding customers to a batch is going to meet (api/addition.h); add_to_batch.cpp adds them. Row rule: the batch's
// managers, and of the customers those in the actor's scope.
#pragma once

#include "api/addition.h"
#include "core/result.h"
#include "domain/access/access.h"
#include "services/work.h"

namespace tw::services {

using domain::access::Actor;

Result<api::PreviewAddition::Response> preview_addition(Work& work, const Actor& actor,
                                                        const api::PreviewAddition::Request& request);

// Ticked rows or a query, and exceptions of a query only: what both ask before they look at a row.
Refusal one_of_both(const std::vector<CustomerId>& customers, const std::optional<api::CustomerQuery>& query,
                    const std::vector<CustomerId>& except);

}  // namespace tw::services
