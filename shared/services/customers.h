// Use cases of customers (api/customer.h). Scope first, always: what lies outside it is not_found, exactly as if it
// were not there.
#pragma once

#include "api/customer.h"
#include "api/customer_field.h"
#include "api/customer_timeline.h"
#include "core/result.h"
#include "services/work.h"

namespace tw::services {

using domain::access::Actor;

Result<api::QueryCustomers::Response> query_customers(Work& work, const Actor& actor,
                                                      const api::QueryCustomers::Request& request);
Result<api::Total> count_query(Work& work, const Actor& actor, const api::CountCustomers::Request& request);
Result<api::CustomerDetail> view_customer(Work& work, const Actor& actor, const api::ViewCustomer::Request& request);
Result<api::CustomerDetail> add_customer(Work& work, const Actor& actor, const api::AddCustomer::Request& request);
Result<api::CustomerDetail> change_customer(Work& work, const Actor& actor,
                                            const api::UpdateCustomer::Request& request);
Result<api::CustomerTimeline::Response> customer_timeline(Work& work, const Actor& actor,
                                                          const api::CustomerTimeline::Request& request);
Result<Done> add_customer_note(Work& work, const Actor& actor, const api::AddCustomerNote::Request& request);

Result<api::ListCustomerFields::Response> list_customer_fields(Work& work, const Actor& actor,
                                                               const api::ListCustomerFields::Request& request);
Result<api::CustomerField> add_customer_field(Work& work, const Actor& actor,
                                              const api::AddCustomerField::Request& request);
Result<api::CustomerField> change_customer_field(Work& work, const Actor& actor,
                                                 const api::UpdateCustomerField::Request& request);

}  // namespace tw::services
