// The first hour of the company: departments, people, calendars, groups, custom fields, policies.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api/policy.h"
#include "core/ids.h"
#include "demo/lists.h"
#include "demo/office.h"
#include "domain/customer/customer.h"

namespace tw::demo {

inline constexpr std::string_view company_zone = "Asia/Shanghai";  // where all of them sit

struct Company {
  std::vector<DepartmentId> departments;  // in the order of the list
  std::vector<PersonId> people;           // in the order of cast.h
  std::vector<std::string> logins;        // of `people`
  std::vector<CustomerFieldId> fields;    // level, spending, contract_until, trade, interest
  PolicyId by_weight;
  PolicyId owners_first;

  // Who may own customers: managers and their people; the administrators and the newcomer do not.
  std::vector<std::string> owners() const;
};

class Founding {
 public:
  Founding(Office& office, const Lists& lists, std::string language, Company& company)
      : office_(office), lists_(lists), language_(std::move(language)), company_(company) {}

  void found(const std::vector<std::int64_t>& years);  // of which the statutory days are taken over
  void welcome_newcomer();                             // person 40, who has not accepted the invitation yet

 private:
  void add_departments();
  void add_people();
  PersonId add_person(PersonId as, domain::access::Role role, std::size_t department, bool accepts);
  void add_calendars(const std::vector<std::int64_t>& years);
  void add_groups();
  void add_fields();
  void add_policies();
  CustomerFieldId add_field(const Words& name, domain::customer::FieldType type, std::vector<std::string> choices,
                            bool filterable);
  std::vector<std::string> in_language(const std::vector<Words>& words) const;

  Office& office_;
  const Lists& lists_;
  std::string language_;
  Company& company_;
};

}  // namespace tw::demo
