// Use cases of batch tasks as their managers see them (api/batch.h): list, view, create, edit, end, terminate. Items
// are managed_items.h, adding customers is add_to_batch.cpp, allocation is allocation.h.
#pragma once

#include "api/batch.h"
#include "services/batch_store.h"
#include "services/dispatcher.h"
#include "services/work.h"

namespace tw::services {

Result<api::ListBatches::Response> list_batches(Work& work, const Actor& actor,
                                                const api::ListBatches::Request& request);
Result<api::BatchDetail> view_batch(Work& work, const Actor& actor, const api::ViewBatch::Request& request);
Result<api::BatchDetail> create_batch(Work& work, const Actor& actor, const api::CreateBatch::Request& request);
Result<api::BatchDetail> update_batch_fields(Work& work, const Actor& actor, const api::UpdateBatch::Request& request);
// In two phases: a query is counted on a reader, so that nobody waits for the writer meanwhile.
Result<api::Accepted> add_customers_to_batch(Phases& phases, const Actor* actor,
                                             const api::AddCustomersToBatch::Request& request);
Result<api::Accepted> end_batch(Work& work, const Actor& actor, const api::EndBatch::Request& request);
Result<api::BatchDetail> terminate_batch(Work& work, const Actor& actor, const api::TerminateBatch::Request& request);
Result<api::BatchLogPage> view_batch_log(Work& work, const Actor& actor, const api::ViewBatchLog::Request& request);

}  // namespace tw::services
