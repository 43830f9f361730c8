// Batch tasks as their creators see them: the batch, its items, allocation, confirmation, the irreversible ends.
//
// `manage_batch` opens these operations to everybody; the row rule decides: creator, co-manager, or manage_every_batch.
// A batch shows its managers, of customers outside their scope, only name, masked phone and the item.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/customer.h"
#include "api/endpoint.h"
#include "api/operation.h"
#include "api/page.h"
#include "core/ids.h"
#include "core/time.h"
#include "domain/allocation/policy.h"
#include "domain/batch/state.h"

namespace tw::api {

using domain::access::Permission;

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
  bool claiming_open = false;
  bool manages = false;   // the actor does
  bool executes = false;  // the actor is an executor of it
  OperationId running;    // a long operation at work on it, or 0
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

// Latest changed first.
struct ListBatches {
  static constexpr Endpoint endpoint{
      .name = "batch.list", .path = "/api/v1/batches", .permission = Permission::signed_in};
  struct Request {
    BatchRelation relation = BatchRelation::any;
    std::optional<domain::batch::BatchState> state;
    std::string search;  // subject contains
    std::string after;
    std::int64_t limit = 50;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("relation", s.relation);
      v("state", s.state);
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
  std::string department_name;
  bool active = true;
  StateCounts counts;     // executing, completed, ended of theirs
  std::int64_t held = 0;  // executing in all active batches
  std::optional<std::int64_t> holding_cap;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("person", s.person);
    v("name", s.name);
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
  std::int64_t limit = 0;  // 0 = none
  domain::batch::LimitUnit limit_unit = domain::batch::LimitUnit::days;
  std::int64_t due_soon_ms = 0;
  std::optional<Instant> end_date;
  bool needs_confirmation = true;
  bool allows_transfer = false;
  std::string termination_reason;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("summary", s.summary);
    v("description", s.description);
    v("executors", s.executors);
    v("co_managers", s.co_managers);
    v("limit", s.limit);
    v("limit_unit", s.limit_unit);
    v("due_soon_ms", s.due_soon_ms);
    v("end_date", s.end_date);
    v("needs_confirmation", s.needs_confirmation);
    v("allows_transfer", s.allows_transfer);
    v("termination_reason", s.termination_reason);
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
    std::optional<Instant> end_date;
    bool needs_confirmation = true;
    bool allows_transfer = false;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("subject", s.subject, rule::text(1, 120));
      v("description", s.description, rule::text(0, 4000));
      v("executors", s.executors, rule::list(0, 1000));
      v("co_managers", s.co_managers, rule::list(0, 100));
      v("limit", s.limit, rule::range(0, 525'600));
      v("limit_unit", s.limit_unit);
      v("end_date", s.end_date);
      v("needs_confirmation", s.needs_confirmation);
      v("allows_transfer", s.allows_transfer);
    }
  };
  using Response = BatchDetail;
};

// Absent fields stay. Changing the limit of a batch with executing items, and taking away an executor who holds items,
// are refused for now: the issue of the whole batch task brings their dialogs.
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
    std::optional<std::int64_t> limit;
    std::optional<domain::batch::LimitUnit> limit_unit;
    std::optional<bool> needs_confirmation;
    std::optional<bool> allows_transfer;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("version", s.version, rule::required);
      v("subject", s.subject, rule::text(1, 120));
      v("description", s.description, rule::text(0, 4000));
      v("executors", s.executors, rule::list(0, 1000));
      v("co_managers", s.co_managers, rule::list(0, 100));
      v("limit", s.limit, rule::range(0, 525'600));
      v("limit_unit", s.limit_unit);
      v("needs_confirmation", s.needs_confirmation);
      v("allows_transfer", s.allows_transfer);
    }
  };
  using Response = BatchDetail;
};

// Ticked rows (`customers`), or every row of a query in the actor's scope. Exactly one of the two.
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
    bool leave_out_if_in_other_batch = false;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("customers", s.customers, rule::list(0, 10'000));
      v("query", s.query);
      v("leave_out_if_in_other_batch", s.leave_out_if_in_other_batch);
    }
  };
  using Response = Accepted;
};

struct ItemRow {
  ItemId item;
  Version version;
  BatchId batch;
  std::string subject;  // of the batch
  CustomerId customer;
  std::string customer_name;
  std::string phone;  // masked
  std::string city;
  std::optional<std::int64_t> score;
  domain::batch::ItemState state = domain::batch::ItemState::unassigned;
  PersonId executor;
  std::string executor_name;
  std::optional<Instant> due_at;
  std::optional<Instant> next_follow_up;
  bool returned = false;
  std::int64_t rounds = 0;
  bool ever_allocated = false;
  bool do_not_contact = false;
  bool number_error = false;
  std::string last_text;  // of the last action that had one
  Instant changed;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("item", s.item);
    v("version", s.version);
    v("batch", s.batch);
    v("subject", s.subject);
    v("customer", s.customer);
    v("customer_name", s.customer_name);
    v("phone", s.phone);
    v("city", s.city);
    v("score", s.score);
    v("state", s.state);
    v("executor", s.executor);
    v("executor_name", s.executor_name);
    v("due_at", s.due_at);
    v("next_follow_up", s.next_follow_up);
    v("returned", s.returned);
    v("rounds", s.rounds);
    v("ever_allocated", s.ever_allocated);
    v("do_not_contact", s.do_not_contact);
    v("number_error", s.number_error);
    v("last_text", s.last_text);
    v("changed", s.changed);
  }
};

// The items of a batch, latest changed first; sort columns: changed, due_at, customer_name, score, state.
struct QueryItems {
  static constexpr Endpoint endpoint{.name = "batch.query-items",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/items/query",
                                     .permission = Permission::manage_batch};
  struct Request {
    BatchId batch;
    std::vector<domain::batch::ItemState> states;  // empty: all
    std::optional<PersonId> executor;
    std::string search;  // customer name contains
    Sort sort;
    Page page;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("states", s.states, rule::list(0, 6));
      v("executor", s.executor);
      v("search", s.search, rule::text(0, 100));
      v("sort", s.sort);
      v("page", s.page);
    }
  };
  struct Response {
    std::vector<ItemRow> rows;
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

// One item as the caller saw it: a write compares the version.
struct ItemVersion {
  ItemId item;
  Version version;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("item", s.item, rule::required);
    v("version", s.version, rule::required);
  }
};

enum class RowResult : std::uint8_t { done, unchanged, conflict, forbidden, gone };
inline constexpr WireName<RowResult> row_result_names[] = {{RowResult::done, "done"},
                                                           {RowResult::unchanged, "unchanged"},
                                                           {RowResult::conflict, "conflict"},
                                                           {RowResult::forbidden, "forbidden"},
                                                           {RowResult::gone, "gone"}};
constexpr std::span<const WireName<RowResult>> wire_names(RowResult) { return row_result_names; }

// A parameter of a text key, as in core/error.h: whoever shows the text formats it with its own catalogue.
struct TextParam {
  std::string name;
  std::string value;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("name", s.name);
    v("value", s.value);
  }
};

// Partial success is a result, not an error: each row is whole, and says what became of it.
struct RowOutcome {
  ItemId item;
  RowResult result = RowResult::done;
  Version version;                // now
  std::string key;                // text key of the reason when not done
  std::vector<TextParam> params;  // of that text
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("item", s.item);
    v("result", s.result);
    v("version", s.version);
    v("key", s.key);
    v("params", s.params);
  }
};

struct RowOutcomes {
  std::vector<RowOutcome> outcomes;
  StateCounts counts;  // of the batch, afterwards
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("outcomes", s.outcomes);
    v("counts", s.counts);
  }
};

inline constexpr std::int64_t most_rows_at_once = 500;

// Removes never-allocated items (row 1).
struct RemoveItems {
  static constexpr Endpoint endpoint{.name = "batch.remove-items",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/remove",
                                     .permission = Permission::manage_batch,
                                     .effect = Effect::changes};
  struct Request {
    BatchId batch;
    std::vector<ItemVersion> rows;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("rows", s.rows, rule::list(1, most_rows_at_once));
    }
  };
  using Response = RowOutcomes;
};

// By hand (row 3): these items to this person. `confirmed` names the soft obstacles that the manager has accepted.
struct DesignateItems {
  static constexpr Endpoint endpoint{.name = "batch.designate-items",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/designate",
                                     .permission = Permission::manage_batch,
                                     .effect = Effect::changes};
  struct Request {
    BatchId batch;
    PersonId executor;
    std::vector<ItemVersion> rows;
    std::vector<domain::allocation::Obstacle> confirmed;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("executor", s.executor, rule::required);
      v("rows", s.rows, rule::list(1, most_rows_at_once));
      v("confirmed", s.confirmed, rule::list(0, 10));
    }
  };
  using Response = RowOutcomes;
};

// Row 8.
struct ConfirmItems {
  static constexpr Endpoint endpoint{.name = "batch.confirm-items",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/confirm",
                                     .permission = Permission::manage_batch,
                                     .effect = Effect::changes};
  struct Request {
    BatchId batch;
    std::vector<ItemVersion> rows;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("rows", s.rows, rule::list(1, most_rows_at_once));
    }
  };
  using Response = RowOutcomes;
};

// Row 9, "return": back to the executor with a reason.
struct ReturnItems {
  static constexpr Endpoint endpoint{.name = "batch.return-items",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/return",
                                     .permission = Permission::manage_batch,
                                     .effect = Effect::changes};
  struct Request {
    BatchId batch;
    std::vector<ItemVersion> rows;
    std::string reason;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("rows", s.rows, rule::list(1, most_rows_at_once));
      v("reason", s.reason, rule::text(1, 1000));
    }
  };
  using Response = RowOutcomes;
};

// Row 10: taken back, the executor emptied.
struct ResetItems {
  static constexpr Endpoint endpoint{.name = "batch.reset-items",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/reset",
                                     .permission = Permission::manage_batch,
                                     .effect = Effect::changes};
  struct Request {
    BatchId batch;
    std::vector<ItemVersion> rows;
    std::string reason;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("rows", s.rows, rule::list(1, most_rows_at_once));
      v("reason", s.reason, rule::text(0, 1000));
    }
  };
  using Response = RowOutcomes;
};

// What allocation would do, without doing it. Numbers per person; nothing is stored.
struct PlannedPerson {
  PersonId person;
  std::string name;
  std::int64_t held_before = 0;
  std::int64_t gets = 0;
  std::optional<std::int64_t> room;                     // under the caps; none = no cap
  std::vector<domain::allocation::Obstacle> obstacles;  // why this person gets nothing, if so
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("person", s.person);
    v("name", s.name);
    v("held_before", s.held_before);
    v("gets", s.gets);
    v("room", s.room);
    v("obstacles", s.obstacles);
  }
};

struct LeftOut {
  domain::allocation::Obstacle obstacle = domain::allocation::Obstacle::none;
  std::int64_t items = 0;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("obstacle", s.obstacle);
    v("items", s.items);
  }
};

struct PlanAllocation {
  static constexpr Endpoint endpoint{.name = "batch.plan-allocation",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/plan",
                                     .permission = Permission::manage_batch};
  struct Request {
    BatchId batch;
    domain::allocation::Policy policy = domain::allocation::Policy::even;
    std::vector<PersonId> executors;  // empty: all of the batch
    std::vector<ItemId> items;        // empty: every item that needs an executor
    std::int64_t seed = 0;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("policy", s.policy);
      v("executors", s.executors, rule::list(0, 1000));
      v("items", s.items, rule::list(0, 10'000));
      v("seed", s.seed, rule::range(0, (std::int64_t{1} << 53) - 1));
    }
  };
  struct Response {
    std::int64_t items = 0;  // that need an executor
    std::int64_t placed = 0;
    std::vector<PlannedPerson> people;
    std::vector<LeftOut> left_out;
    std::int64_t jain_before_ppm = 0;  // Jain's index of held counts, parts per million
    std::int64_t jain_after_ppm = 0;
    std::int64_t spread_before = 0;  // max - min held
    std::int64_t spread_after = 0;
    std::int64_t seed = 0;
    std::string snapshot;  // hash of what the plan was made from; commit refuses another
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("items", s.items);
      v("placed", s.placed);
      v("people", s.people);
      v("left_out", s.left_out);
      v("jain_before_ppm", s.jain_before_ppm);
      v("jain_after_ppm", s.jain_after_ppm);
      v("spread_before", s.spread_before);
      v("spread_after", s.spread_after);
      v("seed", s.seed);
      v("snapshot", s.snapshot);
    }
  };
};

// Row 2 for all that needs an executor (or the ticked items), by policy, as a long operation. With `snapshot` the plan
// must still be the one that was shown.
struct AllocateItems {
  static constexpr Endpoint endpoint{.name = "batch.allocate-items",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/allocate",
                                     .permission = Permission::manage_batch,
                                     .effect = Effect::changes};
  struct Request {
    BatchId batch;
    domain::allocation::Policy policy = domain::allocation::Policy::even;
    std::vector<PersonId> executors;
    std::vector<ItemId> items;
    std::int64_t seed = 0;
    std::string snapshot;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("policy", s.policy);
      v("executors", s.executors, rule::list(0, 1000));
      v("items", s.items, rule::list(0, 10'000));
      v("seed", s.seed, rule::range(0, (std::int64_t{1} << 53) - 1));
      v("snapshot", s.snapshot, rule::text(0, 40));
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

// One transition of an item.
struct LogEntry {
  std::int64_t entry = 0;  // counts up within the item
  Instant at;
  domain::batch::Action action = domain::batch::Action::allocate;
  PersonId actor;          // 0: the system
  std::string actor_name;  // as it was then
  PersonId executor;       // afterwards; after abandon, reset and recall: whom it was taken from
  std::string executor_name;
  domain::batch::ItemState from_state = domain::batch::ItemState::unassigned;
  domain::batch::ItemState to_state = domain::batch::ItemState::unassigned;
  std::string text;
  std::vector<domain::allocation::Obstacle> overridden;  // soft obstacles that a manager's hand put aside
  std::int64_t limit = 0;                                // recall: the handling limit that had passed
  domain::batch::LimitUnit limit_unit = domain::batch::LimitUnit::days;
  OperationId operation;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("entry", s.entry);
    v("at", s.at);
    v("action", s.action);
    v("actor", s.actor);
    v("actor_name", s.actor_name);
    v("executor", s.executor);
    v("executor_name", s.executor_name);
    v("from_state", s.from_state);
    v("to_state", s.to_state);
    v("text", s.text);
    v("overridden", s.overridden);
    v("limit", s.limit);
    v("limit_unit", s.limit_unit);
    v("operation", s.operation);
  }
};

struct LogPage {
  std::vector<LogEntry> entries;  // newest first
  bool more = false;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("entries", s.entries);
    v("more", s.more);
  }
};

// One event of a batch: a bulk action is one entry with the number of its rows.
struct BatchLogEntry {
  std::int64_t entry = 0;
  Instant at;
  domain::batch::BatchEvent event = domain::batch::BatchEvent::created;
  PersonId actor;
  std::string actor_name;  // as it was then
  std::string text;        // termination: the reason; edits: the names of the changed fields, comma-separated
  std::int64_t count = 0;  // rows that were changed, so far
  OperationId operation;   // 0 when it was no long operation
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

using BatchOperations = Operations<ListBatches, ViewBatch, CreateBatch, UpdateBatch, AddCustomersToBatch, QueryItems,
                                   RemoveItems, DesignateItems, ConfirmItems, ReturnItems, ResetItems, PlanAllocation,
                                   AllocateItems, EndBatch, TerminateBatch, ViewBatchLog>;

}  // namespace tw::api
