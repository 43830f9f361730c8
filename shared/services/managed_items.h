// What a batch's managers do to items (api/batch_items.h): query; remove, designate, confirm, return, reset, on ticked
// rows, answered per row, or on a whole selection, counted by outcome. Each row is whole.
#pragma once

#include "api/batch_items.h"
#include "api/reassignment.h"
#include "core/result.h"
#include "domain/access/access.h"
#include "services/dispatcher.h"
#include "services/work.h"

namespace tw::services {

using domain::access::Actor;

Result<api::QueryItems::Response> query_items(Work& work, const Actor& actor, const api::QueryItems::Request& request);
Result<api::SelectItems::Response> select_items(Work& work, const Actor& actor,
                                                const api::SelectItems::Request& request);
Result<api::RowOutcomes> remove_items(Work& work, const Actor& actor, const api::RemoveItems::Request& request);
Result<api::RowOutcomes> designate_items(Work& work, const Actor& actor, const api::DesignateItems::Request& request);
Result<api::RowOutcomes> confirm_items(Work& work, const Actor& actor, const api::ConfirmItems::Request& request);
Result<api::RowOutcomes> return_items(Work& work, const Actor& actor, const api::ReturnItems::Request& request);
Result<api::RowOutcomes> reset_items(Work& work, const Actor& actor, const api::ResetItems::Request& request);
Result<api::RowOutcomes> reassign_items(Work& work, const Actor& actor, const api::ReassignItems::Request& request);
Result<api::PreviewReassignment::Response> preview_reassignment(Work& work, const Actor& actor,
                                                                const api::PreviewReassignment::Request& request);
Result<api::Accepted> change_selected_items(Phases& phases, const Actor* actor,
                                            const api::ChangeSelectedItems::Request& request);

}  // namespace tw::services
