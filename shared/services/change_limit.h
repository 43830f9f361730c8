// A new handling limit for a batch that people are working on (api/batch_limit.h): what it would do, and the long
// operation that moves every due time. Row rule: the batch's managers.
#pragma once

#include "api/batch_limit.h"
#include "core/result.h"
#include "domain/access/access.h"
#include "services/work.h"

namespace tw::services {

using domain::access::Actor;

Result<api::PreviewLimit::Response> preview_limit(Work& work, const Actor& actor,
                                                  const api::PreviewLimit::Request& request);
Result<api::Accepted> change_limit(Work& work, const Actor& actor, const api::ChangeLimit::Request& request);

}  // namespace tw::services
