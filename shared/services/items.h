// What executors do (api/item.h): their list, one item, progress, complete, abandon. Row rule: the actor holds the
// item, executing or waiting for confirmation; managers of the batch may look, not act; to everybody else it does not
// exist. Taking back one's own action goes by who did it, so managers undo theirs here too.
#pragma once

#include "api/item.h"
#include "core/result.h"
#include "domain/access/access.h"
#include "services/work.h"

namespace tw::services {

using domain::access::Actor;

Result<api::QueryMyItems::Response> query_my_items(Work& work, const Actor& actor,
                                                   const api::QueryMyItems::Request& request);
Result<api::SearchItems::Response> search_items(Work& work, const Actor& actor,
                                                const api::SearchItems::Request& request);
Result<api::ItemDetail> view_item(Work& work, const Actor& actor, const api::ViewItem::Request& request);
Result<api::ItemDetail> save_progress(Work& work, const Actor& actor, const api::SaveProgress::Request& request);
Result<api::ItemDetail> complete_item(Work& work, const Actor& actor, const api::CompleteItem::Request& request);
Result<Done> abandon_item(Work& work, const Actor& actor, const api::AbandonItem::Request& request);
Result<api::ItemDetail> save_quick_result(Work& work, const Actor& actor, const api::SaveQuickResult::Request& request);
Result<api::ListTransferTargets::Response> list_transfer_targets(Work& work, const Actor& actor,
                                                                 const api::ListTransferTargets::Request& request);
Result<Done> transfer_item(Work& work, const Actor& actor, const api::TransferItem::Request& request);
Result<api::UndoItems::Response> undo_items(Work& work, const Actor& actor, const api::UndoItems::Request& request);
Result<api::LogPage> view_item_log(Work& work, const Actor& actor, const api::ViewItemLog::Request& request);

}  // namespace tw::services
