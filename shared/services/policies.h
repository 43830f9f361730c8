// Use cases of api/policy.h, and what batches and allocation ask about policies.
#pragma once

#include "api/policy.h"
#include "services/batch_store.h"
#include "services/dispatcher.h"
#include "services/policy_store.h"

namespace tw::services {

Result<api::ListPolicies::Response> list_policies(Work& work, const Actor& actor,
                                                  const api::ListPolicies::Request& request);
Result<api::PolicyView> view_policy(Work& work, const Actor& actor, const api::ViewPolicy::Request& request);
Result<api::PolicyView> add_policy(Work& work, const Actor& actor, const api::AddPolicy::Request& request);
Result<api::PolicyView> update_policy_terms(Work& work, const Actor& actor, const api::UpdatePolicy::Request& request);
Result<api::PolicyView> archive_policy(Work& work, const Actor& actor, const api::ArchivePolicy::Request& request);

api::PolicyView policy_view(Work& work, const Actor& actor, const SavedPolicy& policy, bool manages_its_batch);
// Can it be chosen for a batch that has none of its own yet, or another one?
Refusal check_chosen_policy(Work& work, PolicyId policy);

}  // namespace tw::services
