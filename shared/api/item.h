// Items as their executors see them. Row rule: the actor holds the item (executing, or completed and waiting); managers
// of the batch may look, not act.
#pragma once

#include "api/batch_items.h"
#include "api/customer.h"
#include "api/item_log.h"
#include "domain/batch/quick.h"

namespace tw::api {

// Tabs of the executor's screen.
enum class MyItemsTab : std::uint8_t {
  to_do,
  following,
  returned,
  completed,
  overdue,
  within_hour,
  transferred_in,
  transferred_out,
  completed_late,
  due_soon,
};
inline constexpr WireName<MyItemsTab> my_items_tab_names[] = {{MyItemsTab::to_do, "to_do"},
                                                              {MyItemsTab::following, "following"},
                                                              {MyItemsTab::returned, "returned"},
                                                              {MyItemsTab::completed, "completed"},
                                                              {MyItemsTab::overdue, "overdue"},
                                                              {MyItemsTab::within_hour, "within_hour"},
                                                              {MyItemsTab::transferred_in, "transferred_in"},
                                                              {MyItemsTab::transferred_out, "transferred_out"},
                                                              {MyItemsTab::completed_late, "completed_late"},
                                                              {MyItemsTab::due_soon, "due_soon"}};
constexpr std::span<const WireName<MyItemsTab>> wire_names(MyItemsTab) { return my_items_tab_names; }

inline constexpr std::int64_t most_counted_items = 10'000;

struct TabCounts {
  std::int64_t to_do = 0;      // executing, nothing done yet
  std::int64_t following = 0;  // executing, something done
  std::int64_t returned = 0;
  std::int64_t completed = 0;  // waits for confirmation
  // Counted by looking, at most most_counted_items.
  std::int64_t overdue = 0;          // past its due time, or the end date of its batch
  std::int64_t within_hour = 0;      // the next follow-up is due within the hour, or past
  std::int64_t transferred_in = 0;   // by a colleague, still executing
  std::int64_t transferred_out = 0;  // to a colleague
  std::int64_t completed_late = 0;   // after the batch's end date
  std::int64_t due_soon = 0;         // within the threshold of its batch
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("to_do", s.to_do);
    v("following", s.following);
    v("returned", s.returned);
    v("completed", s.completed);
    v("overdue", s.overdue);
    v("within_hour", s.within_hour);
    v("transferred_in", s.transferred_in);
    v("transferred_out", s.transferred_out);
    v("completed_late", s.completed_late);
    v("due_soon", s.due_soon);
  }
};

// The actor's items of active batches, soonest due first, then longest held; those with a follow-up by its time; what
// was handed on latest first, and of that no more than the customer's name, to whom (executor) and when (changed).
struct QueryMyItems {
  static constexpr Endpoint endpoint{.name = "items.query-mine",
                                     .method = Method::post,
                                     .path = "/api/v1/items/query",
                                     .permission = Permission::execute_items};
  struct Request {
    MyItemsTab tab = MyItemsTab::to_do;
    BatchId batch;  // 0: of all
    Page page;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("tab", s.tab);
      v("batch", s.batch);
      v("page", s.page);
    }
  };
  struct Response {
    std::vector<ItemRow> rows;
    std::string next;
    TabCounts counts;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("rows", s.rows);
      v("next", s.next);
      v("counts", s.counts);
    }
  };
};

// The quick search among items: of every batch that the actor manages, and what they hold themselves, by the customer's
// name as the rows show it. Those they hold come first, then the newest customers.
struct SearchItems {
  static constexpr Endpoint endpoint{.name = "items.search",
                                     .method = Method::post,
                                     .path = "/api/v1/items/search",
                                     .permission = Permission::signed_in};
  struct Request {
    std::string search;  // fewer than two characters find nothing
    std::int64_t limit = 5;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("search", s.search, rule::text(0, 100));
      v("limit", s.limit, rule::range(1, 20));
    }
  };
  struct Response {
    std::vector<ItemRow> rows;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("rows", s.rows);
    }
  };
};

// The same customer in another active batch: two people may be about to call one customer.
struct OtherBatch {
  BatchId batch;
  ItemId item;
  std::string subject;
  domain::batch::ItemState state = domain::batch::ItemState::unassigned;
  PersonId executor;  // 0: nobody has it, or the reader is not told who
  std::string executor_name;
  bool may_open = false;  // the reader may look at that item
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("batch", s.batch);
    v("item", s.item);
    v("subject", s.subject);
    v("state", s.state);
    v("executor", s.executor);
    v("executor_name", s.executor_name);
    v("may_open", s.may_open);
  }
};

struct ItemDetail {
  ItemRow row;
  std::string description;    // of the batch
  std::vector<LogEntry> log;  // newest first, at most 50
  std::string return_reason;
  std::vector<domain::batch::Action> allowed;  // what the actor may do now, by the transition table
  std::optional<Instant> undo_until;           // the last action was the actor's, and until then they may take it back
  std::optional<CustomerDetail> customer;      // whole while the actor may read it
  std::vector<OtherBatch> others;              // in which the customer is too, as far as the actor may know
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("row", s.row);
    v("description", s.description);
    v("log", s.log);
    v("return_reason", s.return_reason);
    v("allowed", s.allowed);
    v("undo_until", s.undo_until);
    v("customer", s.customer);
    v("others", s.others);
  }
};

struct ViewItem {
  static constexpr Endpoint endpoint{
      .name = "items.view", .path = "/api/v1/items/{item}", .permission = Permission::signed_in};
  struct Request {
    ItemId item;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("item", s.item, rule::required);
    }
  };
  using Response = ItemDetail;
};

// Row 5: a note on the item and in the customer's timeline.
struct SaveProgress {
  static constexpr Endpoint endpoint{.name = "items.save-progress",
                                     .method = Method::post,
                                     .path = "/api/v1/items/{item}/progress",
                                     .permission = Permission::execute_items,
                                     .effect = Effect::changes};
  struct Request {
    ItemId item;
    Version version;
    std::string text;
    std::optional<Instant> next_follow_up;  // replaces the planned one; absent: nothing is planned any more
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("item", s.item, rule::required);
      v("version", s.version, rule::required);
      v("text", s.text, rule::text(1, 4000));
      v("next_follow_up", s.next_follow_up);
    }
  };
  using Response = ItemDetail;
};

// Row 6.
struct CompleteItem {
  static constexpr Endpoint endpoint{.name = "items.complete",
                                     .method = Method::post,
                                     .path = "/api/v1/items/{item}/complete",
                                     .permission = Permission::execute_items,
                                     .effect = Effect::changes};
  struct Request {
    ItemId item;
    Version version;
    std::string text;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("item", s.item, rule::required);
      v("version", s.version, rule::required);
      v("text", s.text, rule::text(1, 4000));
    }
  };
  using Response = ItemDetail;
};

// Row 7: leaves the executor's view.
struct AbandonItem {
  static constexpr Endpoint endpoint{.name = "items.abandon",
                                     .method = Method::post,
                                     .path = "/api/v1/items/{item}/abandon",
                                     .permission = Permission::execute_items,
                                     .effect = Effect::changes};
  struct Request {
    ItemId item;
    Version version;
    std::string reason;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("item", s.item, rule::required);
      v("version", s.version, rule::required);
      v("reason", s.reason, rule::text(1, 4000));
    }
  };
  using Response = Done;
};

// Rows 5 and 6 in one press. "No such number" completes the item and marks the customer, who stays out of later batches
// until somebody corrects the phone; the others plan the next follow-up for a day later.
struct SaveQuickResult {
  static constexpr Endpoint endpoint{.name = "items.quick-result",
                                     .method = Method::post,
                                     .path = "/api/v1/items/{item}/quick-result",
                                     .permission = Permission::execute_items,
                                     .effect = Effect::changes};
  struct Request {
    ItemId item;
    Version version;
    domain::batch::QuickResult result = domain::batch::QuickResult::no_answer;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("item", s.item, rule::required);
      v("version", s.version, rule::required);
      v("result", s.result, rule::required);
    }
  };
  using Response = ItemDetail;
};

// To whom the actor may transfer what they execute: the other executors of its batch.
struct ListTransferTargets {
  static constexpr Endpoint endpoint{.name = "items.transfer-targets",
                                     .path = "/api/v1/items/{item}/transfer-targets",
                                     .permission = Permission::execute_items};
  struct Target {
    PersonId person;
    std::string name;
    DepartmentId department;
    std::string department_name;
    std::string initials;                                 // of the name, to find them by
    std::vector<domain::allocation::Obstacle> obstacles;  // why it cannot go to them now
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("person", s.person);
      v("name", s.name);
      v("department", s.department);
      v("department_name", s.department_name);
      v("initials", s.initials);
      v("obstacles", s.obstacles);
    }
  };
  struct Request {
    ItemId item;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("item", s.item, rule::required);
    }
  };
  struct Response {
    std::vector<Target> targets;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("targets", s.targets);
    }
  };
};

// Row 12: to a colleague, with the clock running on.
struct TransferItem {
  static constexpr Endpoint endpoint{.name = "items.transfer",
                                     .method = Method::post,
                                     .path = "/api/v1/items/{item}/transfer",
                                     .permission = Permission::execute_items,
                                     .effect = Effect::changes};
  struct Request {
    ItemId item;
    Version version;
    PersonId target;
    std::string text;  // a word to them, optional
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("item", s.item, rule::required);
      v("version", s.version, rule::required);
      v("target", s.target, rule::required);
      v("text", s.text, rule::text(0, 1000));
    }
  };
  using Response = Done;
};

// Row 17: takes back what the actor themselves did last to these items (complete, abandon, confirm, return, reset),
// within ten minutes and while nothing has happened to them since. Row rule: whoever did it, or may look at the item.
struct UndoItems {
  static constexpr Endpoint endpoint{.name = "items.undo",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/items/undo",
                                     .permission = Permission::signed_in,
                                     .effect = Effect::changes};
  struct Request {
    BatchId batch;
    std::vector<ItemVersion> rows;  // versions right after the action
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("rows", s.rows, rule::list(1, most_rows_at_once));
    }
  };
  struct Response {
    std::vector<RowOutcome> outcomes;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("outcomes", s.outcomes);
    }
  };
};

struct ViewItemLog {
  static constexpr Endpoint endpoint{
      .name = "items.log", .path = "/api/v1/items/{item}/log", .permission = Permission::signed_in};
  struct Request {
    ItemId item;
    std::int64_t before = 0;
    std::int64_t limit = 50;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("item", s.item, rule::required);
      v("before", s.before, rule::range(0, INT64_MAX));
      v("limit", s.limit, rule::range(1, longest_page));
    }
  };
  using Response = LogPage;
};

using ItemOperations = Operations<QueryMyItems, SearchItems, ViewItem, SaveProgress, CompleteItem, AbandonItem,
                                  SaveQuickResult, ListTransferTargets, TransferItem, UndoItems, ViewItemLog>;

}  // namespace tw::api
