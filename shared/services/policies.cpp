// What must stay true: a policy with a name is changed by who made it and by administrators only, and a change reaches
// every batch that shares it; a batch's own one has no name, is nobody else's business and stays as long as the batch.
#include "services/policies.h"

#include <set>

#include "core/json.h"
#include "services/people_store.h"
#include "services/person_rules.h"

namespace tw::services {

using domain::access::Permission;
using Kind = domain::allocation::Policy;

namespace {

bool allocates(Work& work, const Actor& actor) {
  return actor.holds(Permission::create_batch) || !active_batches_managed_by(work, actor).empty();
}

// One with a name.
bool may_change(const Actor& actor, const SavedPolicy& policy) {
  return actor.holds(Permission::manage_every_batch) || (actor.person && policy.creator == actor.person);
}

struct PolicyAccess {
  SavedPolicy policy;
  bool may_edit = false;
};

// not_found to whom it is none of their business.
Result<PolicyAccess> see_policy(Work& work, const Actor& actor, PolicyId id) {
  auto policy = load_policy(work, id);
  if (!policy) return error(Code::not_found, text_key("error.not_found"));
  if (policy->batch) {
    const auto batch = see_batch(work, actor, policy->batch);
    if (!batch || !batch->manages) return error(Code::not_found, text_key("error.not_found"));
    return PolicyAccess{std::move(*policy), true};
  }
  if (!allocates(work, actor)) return error(Code::not_found, text_key("error.not_found"));
  const bool may_edit = may_change(actor, *policy);
  return PolicyAccess{std::move(*policy), may_edit};
}

Result<SavedPolicy> see_editable_policy(Work& work, const Actor& actor, PolicyId id, Version seen) {
  auto access = see_policy(work, actor, id);
  if (!access) return access.error();
  SavedPolicy& policy = access->policy;
  if (!access->may_edit)
    return error(Code::forbidden, text_key("policies.only_creator"), {param("who", policy.creator_name)});
  if (policy.version != seen)
    return error(Code::conflict, text_key("policies.changed_by"),
                 {param("who", policy.changer_name), param("at", policy.changed.ms)});
  return std::move(policy);
}

Refusal check_policy_name(Work& work, std::string_view name, PolicyId own) {
  if (auto refused = check_name("name", name)) return refused;
  const auto same = policy_by_name(work, name);
  if (!same || same->policy == own) return {};
  Error taken = error(Code::conflict, text_key("policies.name_is_taken"), {param("name", same->name)});
  taken.fields.push_back({"name", taken.key, taken.params});
  return taken;
}

Refusal check_room(Work& work) {
  if (count_shared_policies(work) < api::most_policies) return {};
  return error(Code::conflict, text_key("policies.too_many"), {param("maximum", api::most_policies)});
}

Refusal check_terms(Work& work, const api::PolicyTerms& terms) {
  if (terms.rest == Kind::by_owner) return field_error("terms.rest", text_key("policies.rest_by_owner"));
  std::set<std::int64_t> named;
  for (std::size_t i = 0; i < terms.people.size(); ++i) {
    const std::string path = "terms.people[" + std::to_string(i) + "].person";
    const PersonId person = terms.people[i].person;
    if (!load_person(work, person)) return field_error(path, text_key("field.unknown_person"));
    if (!named.insert(person.value).second) return field_error(path, text_key("policies.person_twice"));
  }
  return {};
}

// Its batches are drawn with their policy: who looks at one asks again.
void tell_batches(Work& work, PolicyId policy) {
  for (const BatchId batch : active_batches_by(work, policy))
    work.emit(EventKind::batch_changed, batch.value, {}, batch);
}

Result<api::PolicyView> written(Work& work, const Actor& actor, SavedPolicy& policy) {
  policy.changer_name = actor.name;
  if (!update_policy(work, policy)) return error(Code::conflict, text_key("error.changed_meanwhile"));
  tell_batches(work, policy.policy);
  return view_policy(work, actor, {policy.policy});
}

api::PolicyView view_of(const SavedPolicy& policy, std::int64_t batches, bool may_edit) {
  api::PolicyView view;
  view.policy = policy.policy;
  view.version = policy.version;
  view.name = policy.name;
  view.batch = policy.batch;
  view.terms = policy.terms;
  view.archived = policy.archived;
  view.batches = batches;
  view.creator_name = policy.creator_name;
  view.changer_name = policy.changer_name;
  view.changed = policy.changed;
  view.may_edit = may_edit;
  return view;
}

}  // namespace

api::PolicyView policy_view(Work& work, const Actor& actor, const SavedPolicy& policy, bool manages_its_batch) {
  const bool may_edit = policy.batch ? manages_its_batch : may_change(actor, policy);
  return view_of(policy, count_active_batches_by(work, policy.policy), may_edit);
}

Refusal check_chosen_policy(Work& work, PolicyId id) {
  const auto policy = load_policy(work, id);
  if (!policy || policy->batch) return field_error("policy", text_key("policies.unknown"));
  if (policy->archived) return field_error("policy", text_key("policies.is_archived"), {param("name", policy->name)});
  return {};
}

Result<api::ListPolicies::Response> list_policies(Work& work, const Actor& actor,
                                                  const api::ListPolicies::Request& request) {
  api::ListPolicies::Response answer;
  if (!allocates(work, actor)) return answer;
  for (const SharedPolicy& one : list_shared_policies(work, request.archived))
    answer.rows.push_back(view_of(one.policy, one.batches, may_change(actor, one.policy)));
  return answer;
}

Result<api::PolicyView> view_policy(Work& work, const Actor& actor, const api::ViewPolicy::Request& request) {
  const auto access = see_policy(work, actor, request.policy);
  if (!access) return access.error();
  return policy_view(work, actor, access->policy, access->may_edit);
}

Result<api::PolicyView> add_policy(Work& work, const Actor& actor, const api::AddPolicy::Request& request) {
  if (auto refused = check_policy_name(work, request.name, {})) return *refused;
  if (auto refused = check_terms(work, request.terms)) return *refused;
  if (auto refused = check_room(work)) return *refused;
  SavedPolicy policy;
  policy.name = request.name;
  policy.terms = request.terms;
  policy.creator = actor.person;
  policy.creator_name = actor.name;
  return view_policy(work, actor, {insert_policy(work, policy)});
}

Result<api::PolicyView> update_policy_terms(Work& work, const Actor& actor, const api::UpdatePolicy::Request& request) {
  auto policy = see_editable_policy(work, actor, request.policy, request.version);
  if (!policy) return policy.error();
  if (policy->batch)
    if (const auto batch = load_batch(work, policy->batch); batch && batch->state != domain::batch::BatchState::active)
      return error(Code::conflict, text_key("batch.only_viewable"),
                   {param("state", std::string(wire_name(batch->state)))});
  const bool same_name = !request.name || *request.name == policy->name;
  const bool same_terms = !request.terms || json::encode(*request.terms) == json::encode(policy->terms);
  if (same_name && same_terms) return view_policy(work, actor, {policy->policy});
  if (request.name) {
    if (policy->batch) return field_error("name", text_key("policies.own_has_no_name"));
    if (auto refused = check_policy_name(work, *request.name, policy->policy)) return *refused;
    policy->name = *request.name;
  }
  if (request.terms) {
    if (auto refused = check_terms(work, *request.terms)) return *refused;
    policy->terms = *request.terms;
  }
  return written(work, actor, *policy);
}

Result<api::PolicyView> archive_policy(Work& work, const Actor& actor, const api::ArchivePolicy::Request& request) {
  auto policy = see_editable_policy(work, actor, request.policy, request.version);
  if (!policy) return policy.error();
  if (policy->batch) return error(Code::conflict, text_key("policies.own_stays"));
  if (policy->archived == request.archived) return view_policy(work, actor, {policy->policy});
  if (policy->archived && !request.archived) {
    if (auto refused = check_policy_name(work, policy->name, policy->policy)) return *refused;
    if (auto refused = check_room(work)) return *refused;
  }
  policy->archived = request.archived;
  return written(work, actor, *policy);
}

}  // namespace tw::services
