// Custom fields: typed columns that an installation adds to its customers. Indexed once an administrator marks them
// filterable; never a JSON blob, never a row per value.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/endpoint.h"
#include "core/ids.h"
#include "domain/customer/customer.h"

namespace tw::api {

using domain::access::Permission;

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

using CustomerFieldOperations = Operations<ListCustomerFields, AddCustomerField, UpdateCustomerField>;

}  // namespace tw::api
