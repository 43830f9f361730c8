#include "services/allocation.h"
#include "services/batches.h"
#include "services/change_limit.h"
#include "services/dispatcher.h"
#include "services/managed_items.h"
#include "services/policies.h"
#include "services/preview_addition.h"

namespace tw::services {

void register_batches(Dispatcher& dispatcher) {
  register_operation<api::ListBatches>(dispatcher, &list_batches);
  register_operation<api::ViewBatch>(dispatcher, &view_batch);
  register_operation<api::CreateBatch>(dispatcher, &create_batch);
  register_operation<api::UpdateBatch>(dispatcher, &update_batch_fields);
  register_phased<api::AddCustomersToBatch>(dispatcher, &add_customers_to_batch);
  register_operation<api::PreviewAddition>(dispatcher, &preview_addition);
  register_operation<api::QueryItems>(dispatcher, &query_items);
  register_operation<api::SelectItems>(dispatcher, &select_items);
  register_operation<api::RemoveItems>(dispatcher, &remove_items);
  register_operation<api::DesignateItems>(dispatcher, &designate_items);
  register_operation<api::ConfirmItems>(dispatcher, &confirm_items);
  register_operation<api::ReturnItems>(dispatcher, &return_items);
  register_operation<api::ResetItems>(dispatcher, &reset_items);
  register_operation<api::ReassignItems>(dispatcher, &reassign_items);
  register_operation<api::PreviewReassignment>(dispatcher, &preview_reassignment);
  register_phased<api::ChangeSelectedItems>(dispatcher, &change_selected_items);
  register_operation<api::PreviewLimit>(dispatcher, &preview_limit);
  register_operation<api::ChangeLimit>(dispatcher, &change_limit);
  register_operation<api::ListPolicies>(dispatcher, &list_policies);
  register_operation<api::ViewPolicy>(dispatcher, &view_policy);
  register_operation<api::AddPolicy>(dispatcher, &add_policy);
  register_operation<api::UpdatePolicy>(dispatcher, &update_policy_terms);
  register_operation<api::ArchivePolicy>(dispatcher, &archive_policy);
  register_operation<api::PlanAllocation>(dispatcher, &plan_allocation);
  register_phased<api::AllocateItems>(dispatcher, &allocate_items);
  register_operation<api::EndBatch>(dispatcher, &end_batch);
  register_operation<api::TerminateBatch>(dispatcher, &terminate_batch);
  register_operation<api::ViewBatchLog>(dispatcher, &view_batch_log);
}

}  // namespace tw::services
