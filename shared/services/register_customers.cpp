#include "services/customers.h"
#include "services/dispatcher.h"

namespace tw::services {

void register_customers(Dispatcher& dispatcher) {
  register_operation<api::QueryCustomers>(dispatcher, &query_customers);
  register_operation<api::CountCustomers>(dispatcher, &count_query);
  register_operation<api::ViewCustomer>(dispatcher, &view_customer);
  register_operation<api::AddCustomer>(dispatcher, &add_customer);
  register_operation<api::UpdateCustomer>(dispatcher, &change_customer);
  register_operation<api::CustomerTimeline>(dispatcher, &customer_timeline);
  register_operation<api::AddCustomerNote>(dispatcher, &add_customer_note);
  register_operation<api::ListCustomerFields>(dispatcher, &list_customer_fields);
  register_operation<api::AddCustomerField>(dispatcher, &add_customer_field);
  register_operation<api::UpdateCustomerField>(dispatcher, &change_customer_field);
}

}  // namespace tw::services
