// Long operations (architecture §3.11): work too large for one transaction. The operation that starts one answers 202
// with its id at once; progress is looked at here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/endpoint.h"
#include "core/ids.h"
#include "core/time.h"

namespace tw::api {

enum class OperationKind : std::uint8_t {
  check_import,
  write_import,
  add_to_batch,
  allocate,
  end_all,
  change_items,
  change_limit,
  undo_allocation,
  hand_over,
  change_calendar
};
inline constexpr WireName<OperationKind> operation_kind_names[] = {
    {OperationKind::check_import, "check_import"}, {OperationKind::write_import, "write_import"},
    {OperationKind::add_to_batch, "add_to_batch"}, {OperationKind::allocate, "allocate"},
    {OperationKind::end_all, "end_all"},           {OperationKind::change_items, "change_items"},
    {OperationKind::change_limit, "change_limit"}, {OperationKind::undo_allocation, "undo_allocation"},
    {OperationKind::hand_over, "hand_over"},       {OperationKind::change_calendar, "change_calendar"}};
constexpr std::span<const WireName<OperationKind>> wire_names(OperationKind) { return operation_kind_names; }

enum class OperationState : std::uint8_t { queued, running, done, cancelled, failed };
inline constexpr WireName<OperationState> operation_state_names[] = {{OperationState::queued, "queued"},
                                                                     {OperationState::running, "running"},
                                                                     {OperationState::done, "done"},
                                                                     {OperationState::cancelled, "cancelled"},
                                                                     {OperationState::failed, "failed"}};
constexpr std::span<const WireName<OperationState>> wire_names(OperationState) { return operation_state_names; }

// How many rows met which fate: "assigned", "conflict", "already_in", "do_not_contact", "number_error"…
struct OutcomeCount {
  std::string outcome;
  std::int64_t count = 0;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("outcome", s.outcome);
    v("count", s.count);
  }
};

struct OperationView {
  OperationId operation;
  OperationKind kind = OperationKind::allocate;
  OperationState state = OperationState::queued;
  PersonId actor;
  std::string actor_name;
  BatchId batch;           // 0 when it has none
  ImportId import;         // 0 when it has none
  std::int64_t done = 0;   // rows
  std::int64_t total = 0;  // rows, as known at its start; bytes for a file
  std::vector<OutcomeCount> outcomes;
  std::string problem;  // text key when failed
  bool may_cancel = false;
  Instant created;
  std::optional<Instant> finished;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("operation", s.operation);
    v("kind", s.kind);
    v("state", s.state);
    v("actor", s.actor);
    v("actor_name", s.actor_name);
    v("batch", s.batch);
    v("import", s.import);
    v("done", s.done);
    v("total", s.total);
    v("outcomes", s.outcomes);
    v("problem", s.problem);
    v("may_cancel", s.may_cancel);
    v("created", s.created);
    v("finished", s.finished);
  }
};

// The answer of everything that starts a long operation; the dispatcher answers it with 202.
struct Accepted {
  OperationId operation;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("operation", s.operation);
  }
};

// Row rule: one's own, or the batch is visible to the actor.
struct ViewOperation {
  static constexpr Endpoint endpoint{.name = "operations.view",
                                     .path = "/api/v1/operations/{operation}",
                                     .permission = domain::access::Permission::signed_in};
  struct Request {
    OperationId operation;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("operation", s.operation, rule::required);
    }
  };
  using Response = OperationView;
};

// The actor's own, newest first: what runs, and what ended in the last day.
struct ListOperations {
  static constexpr Endpoint endpoint{
      .name = "operations.list", .path = "/api/v1/operations", .permission = domain::access::Permission::signed_in};
  struct Request {
    std::int64_t limit = 20;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("limit", s.limit, rule::range(1, 100));
    }
  };
  struct Response {
    std::vector<OperationView> rows;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("rows", s.rows);
    }
  };
};

// Stops after the step that is running; what is done stays. Refused for end_all.
struct CancelOperation {
  static constexpr Endpoint endpoint{.name = "operations.cancel",
                                     .method = Method::post,
                                     .path = "/api/v1/operations/{operation}/cancel",
                                     .permission = domain::access::Permission::signed_in,
                                     .effect = Effect::changes};
  struct Request {
    OperationId operation;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("operation", s.operation, rule::required);
    }
  };
  using Response = OperationView;
};

// Goes on where a failed one stood. Of those that hold for all or for none (ending a batch, a limit, a calendar):
// others are asked for again with what is true by then.
struct RetryOperation {
  static constexpr Endpoint endpoint{.name = "operations.retry",
                                     .method = Method::post,
                                     .path = "/api/v1/operations/{operation}/retry",
                                     .permission = domain::access::Permission::signed_in,
                                     .effect = Effect::changes};
  struct Request {
    OperationId operation;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("operation", s.operation, rule::required);
    }
  };
  using Response = OperationView;
};

using OperationOperations = Operations<ViewOperation, ListOperations, CancelOperation, RetryOperation>;

}  // namespace tw::api
