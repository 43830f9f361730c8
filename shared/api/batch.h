// Batch tasks as their creators see them: the batch, who works on it, its customers, its log, the irreversible ends.
// Items and allocation have rooms of their own (batch_items.h, allocation.h).
//
// `manage_batch` opens these operations to everybody; the row rule decides: creator, co-manager, or manage_every_batch.
// A batch shows its managers, of customers outside their scope, only name, masked phone and the item.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/customer.h"
#include "api/endpoint.h"
#include "api/leaving.h"
#include "api/operation.h"
#include "api/page.h"
#include "api/policy.h"
#include "core/ids.h"
#include "core/time.h"
#include "domain/allocation/policy.h"
#include "domain/batch/state.h"

namespace tw::api {

using domain::access::Permission;

// How many a random claim gives at a time, unless the batch says otherwise.
inline constexpr std::int64_t usual_claim = 200;
inline constexpr std::int64_t most_claimed_at_once = 1000;

// When items can be claimed while the switch is on: from <= now < to; either may be open.
struct ClaimWindow {
  std::optional<Instant> from;
  std::optional<Instant> to;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("from", s.from);
    v("to", s.to);
  }
};

struct StateCounts {
  std::int64_t unassigned = 0;
  std::int64_t executing = 0;
  std::int64_t completed = 0;
  std::int64_t ended = 0;
  std::int64_t reset = 0;
  std::int64_t abandoned = 0;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("unassigned", s.unassigned);
    v("executing", s.executing);
    v("completed", s.completed);
    v("ended", s.ended);
    v("reset", s.reset);
    v("abandoned", s.abandoned);
  }
};

struct BatchSummary {
  BatchId batch;
  Version version;
  std::string subject;
  domain::batch::BatchState state = domain::batch::BatchState::active;
  PersonId creator;
  std::string creator_name;
  StateCounts counts;               // for an executor who does not manage it: their own items only
  std::optional<Instant> next_due;  // earliest due_at among executing items (an executor: of their own)
  bool claiming_open = false;       // now: switch, window and end date
  bool manages = false;             // the actor does
  bool executes = false;            // the actor is an executor of it
  OperationId running;              // a long operation at work on it, or 0
  Instant created;
  Instant changed;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("batch", s.batch);
    v("version", s.version);
    v("subject", s.subject);
    v("state", s.state);
    v("creator", s.creator);
    v("creator_name", s.creator_name);
    v("counts", s.counts);
    v("next_due", s.next_due);
    v("claiming_open", s.claiming_open);
    v("manages", s.manages);
    v("executes", s.executes);
    v("running", s.running);
    v("created", s.created);
    v("changed", s.changed);
  }
};

enum class BatchRelation : std::uint8_t { any, managed, executing };
inline constexpr WireName<BatchRelation> batch_relation_names[] = {
    {BatchRelation::any, "any"}, {BatchRelation::managed, "managed"}, {BatchRelation::executing, "executing"}};
constexpr std::span<const WireName<BatchRelation>> wire_names(BatchRelation) { return batch_relation_names; }

// What waits for somebody: of its managers, and of those who may claim. The blocks over lists count the same.
enum class Waiting : std::uint8_t { to_confirm, needs_executor, due_soon, held_by_disabled, claimable };
inline constexpr int waiting_kinds = 5;
inline constexpr WireName<Waiting> waiting_names[] = {{Waiting::to_confirm, "to_confirm"},
                                                      {Waiting::needs_executor, "needs_executor"},
                                                      {Waiting::due_soon, "due_soon"},
                                                      {Waiting::held_by_disabled, "held_by_disabled"},
                                                      {Waiting::claimable, "claimable"}};
constexpr std::span<const WireName<Waiting>> wire_names(Waiting) { return waiting_names; }

// Latest changed first.
struct ListBatches {
  static constexpr Endpoint endpoint{
      .name = "batch.list", .path = "/api/v1/batches", .permission = Permission::signed_in};
  struct Request {
    BatchRelation relation = BatchRelation::any;
    std::optional<domain::batch::BatchState> state;
    std::optional<Waiting> waiting;  // active ones where something waits for the actor, whatever `relation` and `state`
    std::string search;              // subject contains
    std::string after;
    std::int64_t limit = 50;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("relation", s.relation);
      v("state", s.state);
      v("waiting", s.waiting);
      v("search", s.search, rule::text(0, 100));
      v("after", s.after, rule::text(0, 400));
      v("limit", s.limit, rule::range(1, longest_page));
    }
  };
  struct Response {
    std::vector<BatchSummary> rows;
    std::string next;
    Total total;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("rows", s.rows);
      v("next", s.next);
      v("total", s.total);
    }
  };
};

// A person in a batch, with what they hold in it.
struct BatchPerson {
  PersonId person;
  std::string name;
  std::string initials;  // of the name, to find them by
  DepartmentId department;
  std::string department_name;
  bool active = true;
  StateCounts counts;     // executing, completed, ended of theirs
  std::int64_t held = 0;  // executing in all active batches
  std::optional<std::int64_t> holding_cap;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("person", s.person);
    v("name", s.name);
    v("initials", s.initials);
    v("department", s.department);
    v("department_name", s.department_name);
    v("active", s.active);
    v("counts", s.counts);
    v("held", s.held);
    v("holding_cap", s.holding_cap);
  }
};

struct BatchDetail {
  BatchSummary summary;
  std::string description;
  std::vector<BatchPerson> executors;  // only for those who manage it
  std::vector<BatchPerson> co_managers;
  std::vector<BatchPerson> gone;  // hold items and receive no more: disabled, or taken off; as `executors`
  std::int64_t limit = 0;         // 0 = none
  domain::batch::LimitUnit limit_unit = domain::batch::LimitUnit::days;
  domain::batch::LimitCounts limit_counts = domain::batch::LimitCounts::natural;
  std::int64_t due_soon_ms = 0;
  std::int64_t own_confirmed = 0;  // items that were confirmed by who had executed them
  std::optional<Instant> end_date;
  bool needs_confirmation = true;
  bool allows_transfer = false;
  std::string termination_reason;
  bool claim_open = false;  // the switch
  domain::batch::ClaimMode claim_mode = domain::batch::ClaimMode::pick;
  std::int64_t claim_count = usual_claim;
  std::optional<Instant> claim_from;  // as in ClaimWindow
  std::optional<Instant> claim_to;
  std::optional<PolicyView> policy;         // by which it is allocated; only for those who manage it
  std::int64_t allocation_undo_hours = 72;  // as the company decided
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("summary", s.summary);
    v("description", s.description);
    v("executors", s.executors);
    v("co_managers", s.co_managers);
    v("gone", s.gone);
    v("limit", s.limit);
    v("limit_unit", s.limit_unit);
    v("limit_counts", s.limit_counts);
    v("due_soon_ms", s.due_soon_ms);
    v("own_confirmed", s.own_confirmed);
    v("end_date", s.end_date);
    v("needs_confirmation", s.needs_confirmation);
    v("allows_transfer", s.allows_transfer);
    v("termination_reason", s.termination_reason);
    v("claim_open", s.claim_open);
    v("claim_mode", s.claim_mode);
    v("claim_count", s.claim_count);
    v("claim_from", s.claim_from);
    v("claim_to", s.claim_to);
    v("policy", s.policy);
    v("allocation_undo_hours", s.allocation_undo_hours);
  }
};

// Row rule: whoever manages it or executes in it.
struct ViewBatch {
  static constexpr Endpoint endpoint{
      .name = "batch.view", .path = "/api/v1/batches/{batch}", .permission = Permission::signed_in};
  struct Request {
    BatchId batch;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
    }
  };
  using Response = BatchDetail;
};

struct CreateBatch {
  static constexpr Endpoint endpoint{.name = "batch.create",
                                     .method = Method::post,
                                     .path = "/api/v1/batches",
                                     .permission = Permission::create_batch,
                                     .effect = Effect::changes};
  struct Request {
    std::string subject;
    std::string description;
    std::vector<PersonId> executors;
    std::vector<PersonId> co_managers;
    std::int64_t limit = 0;
    domain::batch::LimitUnit limit_unit = domain::batch::LimitUnit::days;
    domain::batch::LimitCounts limit_counts = domain::batch::LimitCounts::natural;
    std::optional<std::int64_t> due_soon_minutes;  // before the due time; none: a day, or a quarter of a shorter limit
    std::optional<Instant> end_date;
    bool needs_confirmation = true;
    bool allows_transfer = false;
    bool claim_open = false;
    domain::batch::ClaimMode claim_mode = domain::batch::ClaimMode::pick;
    std::int64_t claim_count = usual_claim;
    std::optional<Instant> claim_from;  // as in ClaimWindow
    std::optional<Instant> claim_to;
    PolicyId policy;  // 0: one of its own
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("subject", s.subject, rule::text(1, 120));
      v("description", s.description, rule::text(0, 4000));
      v("executors", s.executors, rule::list(0, 1000));
      v("co_managers", s.co_managers, rule::list(0, 100));
      v("limit", s.limit, rule::range(0, 525'600));
      v("limit_unit", s.limit_unit);
      v("limit_counts", s.limit_counts);
      v("due_soon_minutes", s.due_soon_minutes, rule::range(1, 525'600));
      v("end_date", s.end_date);
      v("needs_confirmation", s.needs_confirmation);
      v("allows_transfer", s.allows_transfer);
      v("claim_open", s.claim_open);
      v("claim_mode", s.claim_mode);
      v("claim_count", s.claim_count, rule::range(1, most_claimed_at_once));
      v("claim_from", s.claim_from);
      v("claim_to", s.claim_to);
      v("policy", s.policy);
    }
  };
  using Response = BatchDetail;
};

// Absent fields stay. The limit of a batch that somebody works on is batch.change-limit. Taking away executors who
// execute items needs `leaving`: what becomes of them; a long operation that the answer's summary names goes through
// them. Turning `needs_confirmation` off leaves what waits for confirmation waiting.
struct UpdateBatch {
  static constexpr Endpoint endpoint{.name = "batch.update",
                                     .method = Method::patch,
                                     .path = "/api/v1/batches/{batch}",
                                     .permission = Permission::manage_batch,
                                     .effect = Effect::changes};
  struct Request {
    BatchId batch;
    Version version;
    std::optional<std::string> subject;
    std::optional<std::string> description;
    std::optional<std::vector<PersonId>> executors;
    std::optional<std::vector<PersonId>> co_managers;
    std::optional<Leaving> leaving;
    std::optional<std::int64_t> limit;
    std::optional<domain::batch::LimitUnit> limit_unit;
    std::optional<domain::batch::LimitCounts> limit_counts;
    std::optional<std::int64_t> due_soon_minutes;
    bool clear_due_soon = false;  // as it is without anybody's word
    std::optional<bool> needs_confirmation;
    std::optional<bool> allows_transfer;
    std::optional<Instant> end_date;  // in the future
    bool clear_end_date = false;
    std::optional<bool> claim_open;
    std::optional<domain::batch::ClaimMode> claim_mode;
    std::optional<std::int64_t> claim_count;
    std::optional<ClaimWindow> claim_window;  // replaces both ends
    std::optional<PolicyId> policy;           // 0: its own
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("version", s.version, rule::required);
      v("subject", s.subject, rule::text(1, 120));
      v("description", s.description, rule::text(0, 4000));
      v("executors", s.executors, rule::list(0, 1000));
      v("co_managers", s.co_managers, rule::list(0, 100));
      v("leaving", s.leaving);
      v("limit", s.limit, rule::range(0, 525'600));
      v("limit_unit", s.limit_unit);
      v("limit_counts", s.limit_counts);
      v("due_soon_minutes", s.due_soon_minutes, rule::range(1, 525'600));
      v("clear_due_soon", s.clear_due_soon);
      v("needs_confirmation", s.needs_confirmation);
      v("allows_transfer", s.allows_transfer);
      v("end_date", s.end_date);
      v("clear_end_date", s.clear_end_date);
      v("claim_open", s.claim_open);
      v("claim_mode", s.claim_mode);
      v("claim_count", s.claim_count, rule::range(1, most_claimed_at_once));
      v("claim_window", s.claim_window);
      v("policy", s.policy);
    }
  };
  using Response = BatchDetail;
};

// Ticked rows (`customers`), or every row of a query in the actor's scope, `except` some. Exactly one of the two.
struct AddCustomersToBatch {
  static constexpr Endpoint endpoint{.name = "batch.add-customers",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/customers",
                                     .permission = Permission::manage_batch,
                                     .effect = Effect::changes};
  struct Request {
    BatchId batch;
    std::vector<CustomerId> customers;
    std::optional<CustomerQuery> query;
    std::vector<CustomerId> except;  // rows of the query that were unticked
    bool leave_out_if_in_other_batch = false;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("customers", s.customers, rule::list(0, 10'000));
      v("query", s.query);
      v("except", s.except, rule::list(0, 10'000));
      v("leave_out_if_in_other_batch", s.leave_out_if_in_other_batch);
    }
  };
  using Response = Accepted;
};

// 全部结束 (row 13): every item becomes ended, irreversibly. `subject` is typed by the person and must match.
struct EndBatch {
  static constexpr Endpoint endpoint{.name = "batch.end-all",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/end",
                                     .permission = Permission::manage_batch,
                                     .effect = Effect::changes};
  struct Request {
    BatchId batch;
    Version version;
    std::string subject;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("version", s.version, rule::required);
      v("subject", s.subject, rule::text(1, 120));
    }
  };
  using Response = Accepted;
};

// 强行终止 (row 14): every item keeps its state, the reason is recorded, irreversibly.
struct TerminateBatch {
  static constexpr Endpoint endpoint{.name = "batch.terminate",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/terminate",
                                     .permission = Permission::manage_batch,
                                     .effect = Effect::changes};
  struct Request {
    BatchId batch;
    Version version;
    std::string subject;
    std::string reason;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("version", s.version, rule::required);
      v("subject", s.subject, rule::text(1, 120));
      v("reason", s.reason, rule::text(1, 1000));
    }
  };
  using Response = BatchDetail;
};

// One event of a batch: a bulk action is one entry with the number of its rows.
struct BatchLogEntry {
  std::int64_t entry = 0;
  Instant at;
  domain::batch::BatchEvent event = domain::batch::BatchEvent::created;
  PersonId actor;
  std::string actor_name;   // as it was then
  std::string text;         // termination: the reason; edits: the names of the changed fields, comma-separated
  std::int64_t count = 0;   // rows that were changed, so far
  OperationId operation;    // 0 when it was no long operation
  bool taken_back = false;  // an undo of that operation has begun, and was neither cancelled nor failed
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("entry", s.entry);
    v("at", s.at);
    v("event", s.event);
    v("actor", s.actor);
    v("actor_name", s.actor_name);
    v("text", s.text);
    v("count", s.count);
    v("operation", s.operation);
    v("taken_back", s.taken_back);
  }
};

struct BatchLogPage {
  std::vector<BatchLogEntry> entries;  // newest first
  bool more = false;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("entries", s.entries);
    v("more", s.more);
  }
};

struct ViewBatchLog {
  static constexpr Endpoint endpoint{
      .name = "batch.log", .path = "/api/v1/batches/{batch}/log", .permission = Permission::manage_batch};
  struct Request {
    BatchId batch;
    std::int64_t before = 0;
    std::int64_t limit = 50;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("before", s.before, rule::range(0, INT64_MAX));
      v("limit", s.limit, rule::range(1, longest_page));
    }
  };
  using Response = BatchLogPage;
};

using BatchOperations = Operations<ListBatches, ViewBatch, CreateBatch, UpdateBatch, AddCustomersToBatch, EndBatch,
                                   TerminateBatch, ViewBatchLog>;

}  // namespace tw::api
