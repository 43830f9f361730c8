#include "services/allocation.h"
#include "services/claims.h"
#include "services/dispatcher.h"
#include "services/items.h"

namespace tw::services {

void register_items(Dispatcher& dispatcher) {
  register_operation<api::QueryMyItems>(dispatcher, &query_my_items);
  register_operation<api::SearchItems>(dispatcher, &search_items);
  register_operation<api::ViewItem>(dispatcher, &view_item);
  register_operation<api::SaveProgress>(dispatcher, &save_progress);
  register_operation<api::CompleteItem>(dispatcher, &complete_item);
  register_operation<api::AbandonItem>(dispatcher, &abandon_item);
  register_operation<api::SaveQuickResult>(dispatcher, &save_quick_result);
  register_operation<api::ListTransferTargets>(dispatcher, &list_transfer_targets);
  register_operation<api::TransferItem>(dispatcher, &transfer_item);
  register_operation<api::UndoItems>(dispatcher, &undo_items);
  register_operation<api::ExplainItem>(dispatcher, &explain_item);
  register_operation<api::ViewItemLog>(dispatcher, &view_item_log);
  register_operation<api::QueryClaimable>(dispatcher, &query_claimable);
  register_operation<api::ClaimItems>(dispatcher, &claim_items);
  register_operation<api::ClaimAtRandom>(dispatcher, &claim_at_random);
}

}  // namespace tw::services
