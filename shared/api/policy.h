// Policies of allocation: how items are divided, saved. Each batch begins with one of its own, without a name; one with
// a name can be shared by several, and then people are treated fairly over all of them together: the ledger of what
// everybody was entitled to and got belongs to the policy.
//
// Row rule: those with a name are seen by whoever may allocate (makes batches, or manages one) and changed by who made
// them and by administrators; a batch's own one is its managers' business.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/endpoint.h"
#include "core/ids.h"
#include "core/time.h"
#include "domain/allocation/policy.h"

namespace tw::api {

using domain::access::Permission;

inline constexpr std::int64_t most_policies = 200;  // that can be chosen

// Instead of or beside what the person's record says.
struct PlanOverride {
  PersonId person;
  std::optional<std::int64_t> weight;  // under `weighted`
  std::optional<std::int64_t> most;    // at most so many in one plan; a person's own caps hold beside it
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("person", s.person, rule::required);
    v("weight", s.weight, rule::range(1, 10'000));
    v("most", s.most, rule::range(0, 1'000'000));
  }
};

struct PolicyTerms {
  domain::allocation::Policy kind = domain::allocation::Policy::even;
  domain::allocation::Policy rest = domain::allocation::Policy::even;  // by_owner: what divides the rest
  std::int64_t seed = 0;             // of every plan, so that equals draw the same lots; 0: each plan draws its own
  std::vector<PlanOverride> people;  // each once
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("kind", s.kind);
    v("rest", s.rest);
    v("seed", s.seed, rule::range(0, (std::int64_t{1} << 53) - 1));
    v("people", s.people, rule::list(0, 1000));
  }
};

struct PolicyView {
  PolicyId policy;
  Version version;
  std::string name;  // empty: the batch's own
  BatchId batch;     // whose own it is; 0: to be shared
  PolicyTerms terms;
  bool archived = false;     // nobody can choose it any more; who has it keeps it
  std::int64_t batches = 0;  // active ones that are allocated by it
  std::string creator_name;
  std::string changer_name;  // who changed it last
  Instant changed;
  bool may_edit = false;  // the actor may
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("policy", s.policy);
    v("version", s.version);
    v("name", s.name);
    v("batch", s.batch);
    v("terms", s.terms);
    v("archived", s.archived);
    v("batches", s.batches);
    v("creator_name", s.creator_name);
    v("changer_name", s.changer_name);
    v("changed", s.changed);
    v("may_edit", s.may_edit);
  }
};

// Those with a name, by name, without `people` (see ViewPolicy); nothing for who allocates nothing.
struct ListPolicies {
  static constexpr Endpoint endpoint{
      .name = "policies.list", .path = "/api/v1/policies", .permission = Permission::manage_batch};
  struct Request {
    bool archived = false;  // instead those that nobody can choose any more
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("archived", s.archived);
    }
  };
  struct Response {
    std::vector<PolicyView> rows;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("rows", s.rows);
    }
  };
};

struct ViewPolicy {
  static constexpr Endpoint endpoint{
      .name = "policies.view", .path = "/api/v1/policies/{policy}", .permission = Permission::manage_batch};
  struct Request {
    PolicyId policy;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("policy", s.policy, rule::required);
    }
  };
  using Response = PolicyView;
};

// To be shared. Names are unique, whatever their case, among those that can be chosen.
struct AddPolicy {
  static constexpr Endpoint endpoint{.name = "policies.add",
                                     .method = Method::post,
                                     .path = "/api/v1/policies",
                                     .permission = Permission::create_batch,
                                     .effect = Effect::changes};
  struct Request {
    std::string name;
    PolicyTerms terms;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("name", s.name, rule::text(1, 60));
      v("terms", s.terms);
    }
  };
  using Response = PolicyView;
};

// Absent fields stay. All batches that share it are allocated by the new terms from then on; the ledger stays.
struct UpdatePolicy {
  static constexpr Endpoint endpoint{.name = "policies.update",
                                     .method = Method::patch,
                                     .path = "/api/v1/policies/{policy}",
                                     .permission = Permission::manage_batch,
                                     .effect = Effect::changes};
  struct Request {
    PolicyId policy;
    Version version;
    std::optional<std::string> name;
    std::optional<PolicyTerms> terms;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("policy", s.policy, rule::required);
      v("version", s.version, rule::required);
      v("name", s.name, rule::text(1, 60));
      v("terms", s.terms);
    }
  };
  using Response = PolicyView;
};

// Batches that have it keep it; nobody can choose it any more, until it is taken out of the archive again.
struct ArchivePolicy {
  static constexpr Endpoint endpoint{.name = "policies.archive",
                                     .method = Method::post,
                                     .path = "/api/v1/policies/{policy}/archive",
                                     .permission = Permission::manage_batch,
                                     .effect = Effect::changes};
  struct Request {
    PolicyId policy;
    Version version;
    bool archived = true;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("policy", s.policy, rule::required);
      v("version", s.version, rule::required);
      v("archived", s.archived);
    }
  };
  using Response = PolicyView;
};

using PolicyOperations = Operations<ListPolicies, ViewPolicy, AddPolicy, UpdatePolicy, ArchivePolicy>;

}  // namespace tw::api
