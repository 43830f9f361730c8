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

#include "api/customer.h"
#include "api/customer_timeline.h"
#include "core/ids.h"
#include "core/time.h"
#include "domain/access/access.h"
#include "domain/customer/customer.h"
#include "services/work.h"

namespace tw::services {

// --- what other areas ask --------------------------------------------------------------------------------------------

// What a batch list or an executor's screen shows of a customer.
struct CustomerCard {
  CustomerId customer;
  std::string name;          // as stored: may be empty
  std::string external_key;  // stands for a missing name
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

// False also when there is no such customer.
bool in_scope(Work& work, const domain::access::Actor& actor, CustomerId customer);

// Somebody spoke with the customer, or tried to. Not an edit: neither `version` nor `changed` move. Emits the event.
void mark_followed_up(Work& work, CustomerId customer, Instant at);

// Sets or clears the flag; writes the timeline and emits the event when it changes.
void set_number_error(Work& work, const domain::access::Actor& actor, CustomerId customer, bool number_error);

// --- a customer ------------------------------------------------------------------------------------------------------

struct Customer {
  CustomerId id;
  Version version;
  domain::customer::Kind kind = domain::customer::Kind::person;
  std::string name;
  std::string contact;
  std::string phone;
  std::string email;
  std::string city;
  std::string address;
  std::string source;
  PersonId owner;
  DepartmentId department;
  std::optional<std::int64_t> score;
  std::string note;
  std::string external_key;
  bool do_not_contact = false;
  bool number_error = false;
  std::optional<Instant> last_follow_up;
  ImportId import;  // that made it
  Instant created;
  Instant changed;
};

std::optional<Customer> load_customer(Work& work, CustomerId customer);

// Each keeps row, search entry and kept counters together. `created` and `changed` are work.now.
CustomerId insert_customer(Work& work, const Customer& customer);
// `before` is the row as it was loaded in this Work: nobody else writes meanwhile, so the caller has compared versions.
void update_customer(Work& work, const Customer& customer, const Customer& before);

// The row alone, for imports, which collect the counters of a step: add its search entry and its count yourself.
CustomerId insert_customer_row(Work& work, const Customer& customer);
// Likewise: the row alone, with its version counted up.
void update_customer_row(Work& work, const Customer& customer);

// The first customer in the actor's scope with this phone key or external key; none for an empty key. What lies outside
// the scope is no duplicate: saying so would tell that it exists.
CustomerId customer_by_phone(Work& work, const domain::access::Actor& actor, std::string_view phone_key);
CustomerId customer_by_external_key(Work& work, const domain::access::Actor& actor, std::string_view external_key);

// As a list shows them: phone and e-mail masked, names of owner and department joined, the items in active batches that
// are not ended counted, without custom values. Who is not there any more is left out.
std::vector<api::CustomerRow> customer_rows(Work& work, std::span<const CustomerId> customers);

// --- its log ---------------------------------------------------------------------------------------------------------

void insert_customer_log(Work& work, const domain::access::Actor& actor, CustomerId customer, api::TimelineKind kind,
                         std::string_view text);

struct CustomerLogEntry {
  api::TimelineEntry entry;
  std::int64_t id = 0;
};
// Entries before (at, id), newest first.
std::vector<CustomerLogEntry> customer_log(Work& work, CustomerId customer, Instant at, std::int64_t id,
                                           std::int64_t limit);

}  // namespace tw::services
