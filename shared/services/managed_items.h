// What a batch's managers do to ticked items (api/batch.h): query, remove, designate, confirm, return, reset. Answered
// per row: each row is whole, and says what became of it.
#pragma once

#include "api/batch_items.h"
#include "core/result.h"
#include "domain/access/access.h"
#include "services/work.h"

namespace tw::services {

using domain::access::Actor;

Result<api::QueryItems::Response> query_items(Work& work, const Actor& actor, const api::QueryItems::Request& request);
Result<api::RowOutcomes> remove_items(Work& work, const Actor& actor, const api::RemoveItems::Request& request);
Result<api::RowOutcomes> designate_items(Work& work, const Actor& actor, const api::DesignateItems::Request& request);
Result<api::RowOutcomes> confirm_items(Work& work, const Actor& actor, const api::ConfirmItems::Request& request);
Result<api::RowOutcomes> return_items(Work& work, const Actor& actor, const api::ReturnItems::Request& request);
Result<api::RowOutcomes> reset_items(Work& work, const Actor& actor, const api::ResetItems::Request& request);

}  // namespace tw::services
