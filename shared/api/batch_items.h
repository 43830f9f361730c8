// Items of a batch as its managers see and move them: the list, and remove, designate, confirm, return, reset on ticked
// rows or on everything that a filter selects. Partial success is a result: each row is whole and says what became of
// it.
//
// A batch shows its managers, of customers outside their scope, only name, masked phone and the item.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "api/batch.h"
#include "api/endpoint.h"
#include "api/page.h"
#include "core/ids.h"
#include "core/time.h"
#include "domain/allocation/policy.h"
#include "domain/batch/state.h"

namespace tw::api {

using domain::access::Permission;

struct ItemRow {
  ItemId item;
  Version version;
  BatchId batch;
  std::string subject;  // of the batch
  CustomerId customer;
  std::string customer_name;
  std::string customer_key;  // the external key, which stands for a missing name; empty where there is a name
  std::string phone;         // masked
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
  PersonId barred;                  // who gave it up last, and gets it only by hand
  std::string last_text;            // of the last action that had one
  std::optional<Instant> end_date;  // of the batch: open items are overdue after it
  bool completed_late = false;      // after that date
  Instant changed;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("item", s.item);
    v("version", s.version);
    v("batch", s.batch);
    v("subject", s.subject);
    v("customer", s.customer);
    v("customer_name", s.customer_name);
    v("customer_key", s.customer_key);
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
    v("barred", s.barred);
    v("last_text", s.last_text);
    v("end_date", s.end_date);
    v("completed_late", s.completed_late);
    v("changed", s.changed);
  }
};

// The items of a batch, latest changed first; sort columns: changed, due_at, customer_name, score, state, executor (by
// name, those whom nobody has last). Not the phone, whose order would tell the digits that are hidden, and not the
// text, for which no index earns its place.
struct QueryItems {
  static constexpr Endpoint endpoint{.name = "batch.query-items",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/items/query",
                                     .permission = Permission::manage_batch};
  struct Request {
    BatchId batch;
    std::vector<domain::batch::ItemState> states;  // empty: all
    std::vector<PersonId> executors;               // empty: whoever, or nobody
    std::string search;                            // customer name contains
    std::vector<ItemId> items;                     // only these, whatever else is asked for; in this order, on one page
    bool due_soon = false;                         // due within the batch's threshold
    bool held_by_disabled = false;                 // their executor is disabled
    Sort sort;
    Page page;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("states", s.states, rule::list(0, 6));
      v("executors", s.executors, rule::list(0, most_values));
      v("search", s.search, rule::text(0, 100));
      v("items", s.items, rule::list(0, 200));
      v("due_soon", s.due_soon);
      v("held_by_disabled", s.held_by_disabled);
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

// Row 9, "return": back to the executor with a reason. Where that person receives no more (disabled, or taken off the
// batch) it goes to `executor`, rows 9 and 12 in one; without one such a row is refused. `confirmed` as in
// DesignateItems.
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
    PersonId executor = {};
    std::vector<domain::allocation::Obstacle> confirmed = {};
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("rows", s.rows, rule::list(1, most_rows_at_once));
      v("reason", s.reason, rule::text(1, 1000));
      v("executor", s.executor);
      v("confirmed", s.confirmed, rule::list(0, 10));
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

// Row 15: taken from who executes them and given to somebody else, in one step. `confirmed` as in DesignateItems.
struct ReassignItems {
  static constexpr Endpoint endpoint{.name = "batch.reassign-items",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/reassign",
                                     .permission = Permission::manage_batch,
                                     .effect = Effect::changes};
  struct Request {
    BatchId batch;
    PersonId executor;
    std::vector<ItemVersion> rows;
    std::vector<domain::allocation::Obstacle> confirmed;
    std::string reason;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("executor", s.executor, rule::required);
      v("rows", s.rows, rule::list(1, most_rows_at_once));
      v("confirmed", s.confirmed, rule::list(0, 10));
      v("reason", s.reason, rule::text(0, 1000));
    }
  };
  using Response = RowOutcomes;
};

// Every item that a list shows under this filter, on all its pages, without those that were unticked.
struct ItemSelection {
  std::vector<domain::batch::ItemState> states;  // as in QueryItems
  std::vector<PersonId> executors;
  std::string search;
  bool due_soon = false;
  bool held_by_disabled = false;
  std::vector<ItemId> except;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("states", s.states, rule::list(0, 6));
    v("executors", s.executors, rule::list(0, most_values));
    v("search", s.search, rule::text(0, 100));
    v("due_soon", s.due_soon);
    v("held_by_disabled", s.held_by_disabled);
    v("except", s.except, rule::list(0, 10'000));
  }
};

// What a draft plan holds at most of entries by hand.
inline constexpr std::int64_t most_entries_by_hand = 100'000;

// The items that a selection means now and that need an executor, in order of id: "all of the query" of a draft plan.
// Refused where there are more than a draft holds.
struct SelectItems {
  static constexpr Endpoint endpoint{.name = "batch.select-items",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/items/select",
                                     .permission = Permission::manage_batch};
  struct Request {
    BatchId batch;
    ItemSelection selection;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("selection", s.selection, rule::required);
    }
  };
  struct Response {
    std::vector<ItemVersion> items;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("items", s.items);
    }
  };
};

// Rows 1, 3, 8, 9, 10 and 15 for a whole selection, as a long operation: remove, designate, confirm, return, reset or
// reassign. The
// selection is frozen with the items' versions; outcomes count the rows by RowResult, so an item in a state that does
// not allow the action is a "conflict" and nothing is half done.
struct ChangeSelectedItems {
  static constexpr Endpoint endpoint{.name = "batch.change-items",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/items/change",
                                     .permission = Permission::manage_batch,
                                     .effect = Effect::changes};
  struct Request {
    BatchId batch;
    ItemSelection selection;
    domain::batch::Action action = domain::batch::Action::reset;
    std::string reason;  // of a return (required), a reset or a reassignment
    PersonId executor;   // of a designation or a reassignment; of a return as in ReturnItems
    std::vector<domain::allocation::Obstacle> confirmed;  // by these
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("selection", s.selection, rule::required);
      v("action", s.action, rule::required);
      v("reason", s.reason, rule::text(0, 1000));
      v("executor", s.executor);
      v("confirmed", s.confirmed, rule::list(0, 10));
    }
  };
  using Response = Accepted;
};

using BatchItemOperations = Operations<QueryItems, RemoveItems, DesignateItems, ConfirmItems, ReturnItems, ResetItems,
                                       ReassignItems, ChangeSelectedItems, SelectItems>;

}  // namespace tw::api
