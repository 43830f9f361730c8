// Customers: lists, detail, timeline, custom fields.
//
// Every list reaches only rows in the actor's scope, and every list, search, log and export shows phones and e-mails
// masked. Whole numbers come only in the detail reply, to those whose scope reaches the customer or who hold an item of
// it (executing, or completed and waiting for confirmation).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/endpoint.h"
#include "api/page.h"
#include "core/ids.h"
#include "core/time.h"
#include "domain/customer/customer.h"

namespace tw::api {

using domain::access::Permission;

// A custom field's value in canonical text: a decimal number, an ISO date, a choice's own text.
struct CustomValue {
  CustomerFieldId field;
  std::string value;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("field", s.field, rule::required);
    v("value", s.value, rule::text(0, 1000));
  }
};

struct CustomerRow {
  CustomerId customer;
  Version version;
  domain::customer::Kind kind = domain::customer::Kind::person;
  std::string name;  // may be empty: then the external key stands for it, then "#<id>"
  std::string contact;
  std::string phone;  // masked
  std::string email;  // masked
  std::string city;
  std::string source;
  PersonId owner;
  std::string owner_name;
  DepartmentId department;
  std::string department_name;
  std::optional<std::int64_t> score;  // 0-100
  std::string external_key;
  bool do_not_contact = false;
  bool number_error = false;
  std::optional<Instant> last_follow_up;
  Instant created;
  Instant changed;
  std::int64_t open_tasks = 0;      // items in active batches that are not ended
  std::vector<CustomValue> values;  // of the requested columns
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("customer", s.customer);
    v("version", s.version);
    v("kind", s.kind);
    v("name", s.name);
    v("contact", s.contact);
    v("phone", s.phone);
    v("email", s.email);
    v("city", s.city);
    v("source", s.source);
    v("owner", s.owner);
    v("owner_name", s.owner_name);
    v("department", s.department);
    v("department_name", s.department_name);
    v("score", s.score);
    v("external_key", s.external_key);
    v("do_not_contact", s.do_not_contact);
    v("number_error", s.number_error);
    v("last_follow_up", s.last_follow_up);
    v("created", s.created);
    v("changed", s.changed);
    v("open_tasks", s.open_tasks);
    v("values", s.values);
  }
};

// The shipped views: each has an index that gives filter and order together.
enum class CustomerView : std::uint8_t { own, department, all };
inline constexpr WireName<CustomerView> customer_view_names[] = {
    {CustomerView::own, "own"}, {CustomerView::department, "department"}, {CustomerView::all, "all"}};
constexpr std::span<const WireName<CustomerView>> wire_names(CustomerView) { return customer_view_names; }

// What a list, a count and "add by query" have in common.
struct CustomerQuery {
  CustomerView view = CustomerView::all;  // never wider than the actor's scope
  std::string search;                     // any two or more characters of name, contact, phone, key
  Filter filter;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("view", s.view);
    v("search", s.search, rule::text(0, 100));
    v("filter", s.filter);
  }
};

// Sort columns: name, changed, score (the shipped orders), created, last_follow_up, city, external_key.
struct QueryCustomers {
  static constexpr Endpoint endpoint{.name = "customers.query",
                                     .method = Method::post,
                                     .path = "/api/v1/customers/query",
                                     .permission = Permission::view_customers};
  struct Request {
    CustomerQuery query;
    Sort sort;
    Page page;
    std::vector<CustomerFieldId> columns;  // custom fields to show
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("query", s.query);
      v("sort", s.sort);
      v("page", s.page);
      v("columns", s.columns, rule::list(0, 30));
    }
  };
  struct Response {
    std::vector<CustomerRow> rows;
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

// The exact count of a query whose list answered an inexact total.
struct CountCustomers {
  static constexpr Endpoint endpoint{.name = "customers.count",
                                     .method = Method::post,
                                     .path = "/api/v1/customers/count",
                                     .permission = Permission::view_customers};
  struct Request {
    CustomerQuery query;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("query", s.query);
    }
  };
  using Response = Total;
};

struct CustomerBatch {
  BatchId batch;
  ItemId item;
  std::string subject;
  std::string batch_state;  // wire names of domain::batch
  std::string item_state;
  PersonId executor;
  std::string executor_name;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("batch", s.batch);
    v("item", s.item);
    v("subject", s.subject);
    v("batch_state", s.batch_state);
    v("item_state", s.item_state);
    v("executor", s.executor);
    v("executor_name", s.executor_name);
  }
};

struct CustomerDetail {
  CustomerRow row;    // values: all custom fields that are set
  std::string phone;  // whole
  std::string email;  // whole
  std::string address;
  std::string note;
  bool may_edit = false;
  std::vector<CustomerBatch> batches;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("row", s.row);
    v("phone", s.phone);
    v("email", s.email);
    v("address", s.address);
    v("note", s.note);
    v("may_edit", s.may_edit);
    v("batches", s.batches);
  }
};

struct ViewCustomer {
  static constexpr Endpoint endpoint{
      .name = "customers.view", .path = "/api/v1/customers/{customer}", .permission = Permission::view_customers};
  struct Request {
    CustomerId customer;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("customer", s.customer, rule::required);
    }
  };
  using Response = CustomerDetail;
};

struct AddCustomer {
  static constexpr Endpoint endpoint{.name = "customers.add",
                                     .method = Method::post,
                                     .path = "/api/v1/customers",
                                     .permission = Permission::edit_customers,
                                     .effect = Effect::changes};
  struct Request {
    domain::customer::Kind kind = domain::customer::Kind::person;
    std::string name;
    std::string contact;
    std::string phone;
    std::string email;
    std::string city;
    std::string address;
    std::string source;
    std::optional<PersonId> owner;           // absent: the actor. Who may set another: scope wider than own
    std::optional<DepartmentId> department;  // absent: the owner's
    std::optional<std::int64_t> score;
    std::string note;
    std::string external_key;
    bool do_not_contact = false;
    std::vector<CustomValue> values;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("kind", s.kind);
      v("name", s.name, rule::text(0, 200));
      v("contact", s.contact, rule::text(0, 200));
      v("phone", s.phone, rule::text(0, 60));
      v("email", s.email, rule::text(0, 200));
      v("city", s.city, rule::text(0, 100));
      v("address", s.address, rule::text(0, 400));
      v("source", s.source, rule::text(0, 100));
      v("owner", s.owner);
      v("department", s.department);
      v("score", s.score, rule::range(0, 100));
      v("note", s.note, rule::text(0, 4000));
      v("external_key", s.external_key, rule::text(0, 100));
      v("do_not_contact", s.do_not_contact);
      v("values", s.values, rule::list(0, 200));
    }
  };
  using Response = CustomerDetail;
};

// Absent fields stay as they are; empty text clears; `clear_score` removes the score.
struct UpdateCustomer {
  static constexpr Endpoint endpoint{.name = "customers.update",
                                     .method = Method::patch,
                                     .path = "/api/v1/customers/{customer}",
                                     .permission = Permission::edit_customers,
                                     .effect = Effect::changes};
  struct Request {
    CustomerId customer;
    Version version;
    std::optional<domain::customer::Kind> kind;
    std::optional<std::string> name;
    std::optional<std::string> contact;
    std::optional<std::string> phone;
    std::optional<std::string> email;
    std::optional<std::string> city;
    std::optional<std::string> address;
    std::optional<std::string> source;
    std::optional<PersonId> owner;
    std::optional<DepartmentId> department;
    std::optional<std::int64_t> score;
    bool clear_score = false;
    std::optional<std::string> note;
    std::optional<std::string> external_key;
    std::optional<bool> do_not_contact;
    std::optional<bool> number_error;
    std::vector<CustomValue> values;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("customer", s.customer, rule::required);
      v("version", s.version, rule::required);
      v("kind", s.kind);
      v("name", s.name, rule::text(0, 200));
      v("contact", s.contact, rule::text(0, 200));
      v("phone", s.phone, rule::text(0, 60));
      v("email", s.email, rule::text(0, 200));
      v("city", s.city, rule::text(0, 100));
      v("address", s.address, rule::text(0, 400));
      v("source", s.source, rule::text(0, 100));
      v("owner", s.owner);
      v("department", s.department);
      v("score", s.score, rule::range(0, 100));
      v("clear_score", s.clear_score);
      v("note", s.note, rule::text(0, 4000));
      v("external_key", s.external_key, rule::text(0, 100));
      v("do_not_contact", s.do_not_contact);
      v("number_error", s.number_error);
      v("values", s.values, rule::list(0, 200));
    }
  };
  using Response = CustomerDetail;
};

// What happened to a customer, newest first: changes, imports, batch actions, execution notes.
enum class TimelineKind : std::uint8_t {
  created,
  changed,
  imported,
  note,
  execution_note,
  item_added,
  item_allocated,
  item_completed,
  item_ended,
  item_returned,
  item_reset,
  item_recalled,
  item_abandoned,
  item_removed,
};
inline constexpr WireName<TimelineKind> timeline_kind_names[] = {
    {TimelineKind::created, "created"},
    {TimelineKind::changed, "changed"},
    {TimelineKind::imported, "imported"},
    {TimelineKind::note, "note"},
    {TimelineKind::execution_note, "execution_note"},
    {TimelineKind::item_added, "item_added"},
    {TimelineKind::item_allocated, "item_allocated"},
    {TimelineKind::item_completed, "item_completed"},
    {TimelineKind::item_ended, "item_ended"},
    {TimelineKind::item_returned, "item_returned"},
    {TimelineKind::item_reset, "item_reset"},
    {TimelineKind::item_recalled, "item_recalled"},
    {TimelineKind::item_abandoned, "item_abandoned"},
    {TimelineKind::item_removed, "item_removed"},
};
constexpr std::span<const WireName<TimelineKind>> wire_names(TimelineKind) { return timeline_kind_names; }

struct TimelineEntry {
  TimelineKind kind = TimelineKind::note;
  Instant at;
  PersonId actor;
  std::string actor_name;  // as it was then
  BatchId batch;
  std::string subject;  // of the batch
  std::string text;     // notes: what was written; changes: the names of the changed fields, comma-separated
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("kind", s.kind);
    v("at", s.at);
    v("actor", s.actor);
    v("actor_name", s.actor_name);
    v("batch", s.batch);
    v("subject", s.subject);
    v("text", s.text);
  }
};

struct CustomerTimeline {
  static constexpr Endpoint endpoint{.name = "customers.timeline",
                                     .path = "/api/v1/customers/{customer}/timeline",
                                     .permission = Permission::view_customers};
  struct Request {
    CustomerId customer;
    std::string after;  // cursor; empty: from the newest
    std::int64_t limit = 50;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("customer", s.customer, rule::required);
      v("after", s.after, rule::text(0, 100));
      v("limit", s.limit, rule::range(1, longest_page));
    }
  };
  struct Response {
    std::vector<TimelineEntry> entries;
    std::string next;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("entries", s.entries);
      v("next", s.next);
    }
  };
};

// A note that a person writes into the timeline; counts as a follow-up.
struct AddCustomerNote {
  static constexpr Endpoint endpoint{.name = "customers.add-note",
                                     .method = Method::post,
                                     .path = "/api/v1/customers/{customer}/notes",
                                     .permission = Permission::edit_customers,
                                     .effect = Effect::changes};
  struct Request {
    CustomerId customer;
    std::string text;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("customer", s.customer, rule::required);
      v("text", s.text, rule::text(1, 4000));
    }
  };
  using Response = Done;
};

struct CustomerField {
  CustomerFieldId field;
  Version version;
  std::string name;  // as people read it
  domain::customer::FieldType type = domain::customer::FieldType::text;
  bool filterable = false;  // has an index
  std::vector<std::string> choices;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("field", s.field);
    v("version", s.version);
    v("name", s.name);
    v("type", s.type);
    v("filterable", s.filterable);
    v("choices", s.choices);
  }
};

struct ListCustomerFields {
  static constexpr Endpoint endpoint{
      .name = "customer-fields.list", .path = "/api/v1/customer-fields", .permission = Permission::view_customers};
  struct Request {
    template <class S, class V>
    static void describe(S&, V&&) {}
  };
  struct Response {
    std::vector<CustomerField> rows;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("rows", s.rows);
    }
  };
};

// Adds a typed column to `customer_field_values`; at most 200 fields.
struct AddCustomerField {
  static constexpr Endpoint endpoint{.name = "customer-fields.add",
                                     .method = Method::post,
                                     .path = "/api/v1/customer-fields",
                                     .permission = Permission::manage_customer_fields,
                                     .effect = Effect::changes};
  struct Request {
    std::string name;
    domain::customer::FieldType type = domain::customer::FieldType::text;
    std::vector<std::string> choices;
    bool filterable = false;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("name", s.name, rule::text(1, 60));
      v("type", s.type, rule::required);
      v("choices", s.choices, rule::list(0, 500));
      v("filterable", s.filterable);
    }
  };
  using Response = CustomerField;
};

struct UpdateCustomerField {
  static constexpr Endpoint endpoint{.name = "customer-fields.update",
                                     .method = Method::patch,
                                     .path = "/api/v1/customer-fields/{field}",
                                     .permission = Permission::manage_customer_fields,
                                     .effect = Effect::changes};
  struct Request {
    CustomerFieldId field;
    Version version;
    std::optional<std::string> name;
    std::optional<bool> filterable;
    std::vector<std::string> add_choices;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("field", s.field, rule::required);
      v("version", s.version, rule::required);
      v("name", s.name, rule::text(1, 60));
      v("filterable", s.filterable);
      v("add_choices", s.add_choices, rule::list(0, 500));
    }
  };
  using Response = CustomerField;
};

using CustomerOperations =
    Operations<QueryCustomers, CountCustomers, ViewCustomer, AddCustomer, UpdateCustomer, CustomerTimeline,
               AddCustomerNote, ListCustomerFields, AddCustomerField, UpdateCustomerField>;

}  // namespace tw::api
