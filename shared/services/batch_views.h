// Batches as replies show them: built from the stored row, the kept counters and what the actor is to the batch. Shared
// by batches.cpp and workbench.cpp.
#pragma once

#include "api/batch.h"
#include "services/batch_store.h"

namespace tw::services {

api::BatchSummary summary_of(Work& work, const domain::access::Actor& actor, const BatchAccess& access);
api::BatchDetail detail_of(Work& work, const domain::access::Actor& actor, const BatchAccess& access);
// A person with what they hold in the batch; `batch` 0: in all active ones.
api::BatchPerson batch_person(Work& work, BatchId batch, PersonId person);

// The conflict that tells who edited or ended the batch and when, if its version is not the one that the caller saw.
Refusal stale(Work& work, const Batch& batch, Version seen);
// A long operation is at work on the batch: names it.
Refusal busy(Work& work, BatchId batch);

}  // namespace tw::services
