// The SQL of customers: rows in and out of `customers`, `customer_log` and the search index, one statement per
// function. Other areas (batches, items) include this header for what they show and note about a customer, never
// customers.cpp.
//
// Every write here keeps four things together in the caller's transaction: the row, its search terms, the kept counters
// of owners and departments, and the event. Phones and e-mails come whole: who shows them masks them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/time.h"
#include "domain/access/access.h"
#include "domain/customer/customer.h"
#include "services/work.h"

namespace tw::services {

// What a batch list or an executor's screen shows of a customer.
struct CustomerCard {
  CustomerId customer;
  std::string name;  // as shown: without a name the external key, without that "#<id>"
  std::string contact;
  std::string phone;  // whole
  std::string city;
  std::optional<std::int64_t> score;
  PersonId owner;
  DepartmentId department;
  bool do_not_contact = false;
  bool number_error = false;
};

// In ascending order of id; ids that do not exist are left out.
std::vector<CustomerCard> customer_cards(Work& work, std::span<const CustomerId> ids);
std::optional<CustomerCard> customer_card(Work& work, CustomerId customer);

// The name that stands for a customer everywhere.
std::string shown_name(std::string_view name, std::string_view external_key, CustomerId customer);

// False also when there is no such customer.
bool in_scope(Work& work, const domain::access::Actor& actor, CustomerId customer);

// Somebody spoke with the customer, or tried to. Not an edit: neither `version` nor `changed` move. Emits the event.
void mark_followed_up(Work& work, CustomerId customer, Instant at);

// Sets or clears the flag; writes the timeline and emits the event when it changes.
void set_number_error(Work& work, const domain::access::Actor& actor, CustomerId customer, bool number_error);

}  // namespace tw::services
