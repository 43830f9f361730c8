// Customers: lists, detail, adding and changing one.
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
  PersonId executor;  // to those who may know (services/customer_batches.h)
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

using CustomerOperations = Operations<QueryCustomers, CountCustomers, ViewCustomer, AddCustomer, UpdateCustomer>;

}  // namespace tw::api
