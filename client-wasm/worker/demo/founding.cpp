#include "demo/founding.h"

#include <algorithm>

#include "api/calendar.h"
#include "api/customer_field.h"
#include "api/people.h"
#include "api/session.h"
#include "api/settings.h"
#include "api/user_group.h"
#include "core/text.h"
#include "demo/cast.h"

namespace tw::demo {

namespace {

using domain::access::Role;
using domain::customer::FieldType;

// The departments, as they stand in their list.
enum Place : std::size_t {
  sales,
  sales_east,
  sales_south,
  sales_north,
  large_accounts,
  call_centre,
  calls_one,
  calls_two,
  customer_care,
  operations,
};

// Who is hired into which department, after the two administrators; in the order of cast.h.
struct Hired {
  std::size_t department;
  Role role;
  std::size_t people;
};
constexpr Hired hired[] = {
    {sales_east, Role::manager, 1},     {sales_south, Role::manager, 1}, {sales_north, Role::manager, 1},
    {large_accounts, Role::manager, 1}, {call_centre, Role::manager, 1}, {customer_care, Role::manager, 1},
    {sales_east, Role::member, 6},      {sales_south, Role::member, 6},  {sales_north, Role::member, 4},
    {large_accounts, Role::member, 4},  {calls_one, Role::member, 4},    {calls_two, Role::member, 4},
    {customer_care, Role::member, 3},
};

constexpr std::int64_t english_colleague_percent = 15;

const char* const office_week[] = {"09:00-12:00, 13:30-18:00",
                                   "09:00-12:00, 13:30-18:00",
                                   "09:00-12:00, 13:30-18:00",
                                   "09:00-12:00, 13:30-18:00",
                                   "09:00-12:00, 13:30-18:00",
                                   "",
                                   ""};
const char* const telesales_week[] = {"10:00-13:00, 14:00-19:00",
                                      "10:00-13:00, 14:00-19:00",
                                      "10:00-13:00, 14:00-19:00",
                                      "10:00-13:00, 14:00-19:00",
                                      "10:00-13:00, 14:00-19:00",
                                      "10:00-14:00",
                                      ""};

}  // namespace

std::vector<std::string> Company::owners() const {
  std::vector<std::string> owners;
  for (std::size_t i = 0; i < logins.size(); ++i)
    if (people[i] != who::administrator && people[i] != who::second_administrator && people[i] != who::newcomer)
      owners.push_back(logins[i]);
  return owners;
}

std::vector<std::string> Founding::in_language(const std::vector<Words>& words) const {
  std::vector<std::string> texts;
  for (const Words& each : words) texts.push_back(each.in(language_));
  return texts;
}

void Founding::found(const std::vector<std::int64_t>& years) {
  const PersonId first = add_person({}, Role::administrator, operations, true);
  if (!office_.failed() && first != who::administrator) office_.fail("the world is made in an empty database only");
  if (office_.failed()) return;
  add_departments();
  add_people();
  add_calendars(years);
  add_groups();
  add_fields();
  add_policies();
  api::UpdateSettings::Request settings;
  settings.forbids_own_confirmation = false;
  office_.tell<api::UpdateSettings>(who::administrator, settings);
}

void Founding::add_departments() {
  const auto add = [&](const Words& name, DepartmentId parent) {
    const auto row = office_.ask<api::AddDepartment>(who::administrator, {name.in(language_), parent});
    return row ? row->department : DepartmentId{};
  };
  const DepartmentId company = add(lists_.company.company, {});
  for (std::size_t i = 0; i < lists_.company.departments.size(); ++i) {
    DepartmentId parent = company;
    if (i == sales_east || i == sales_south || i == sales_north || i == large_accounts)
      parent = company_.departments[sales];
    if (i == calls_one || i == calls_two) parent = company_.departments[call_centre];
    company_.departments.push_back(add(lists_.company.departments[i], parent));
  }
}

PersonId Founding::add_person(PersonId as, Role role, std::size_t department, bool accepts) {
  Dice& dice = office_.dice;
  api::AddPerson::Request request;
  const bool english = dice.chance(english_colleague_percent);
  if (english) {
    const std::string& first = dice.pick(lists_.names.english_first_names);
    const std::string& last = dice.pick(lists_.names.english_last_names);
    request.name = first + " " + last;
    request.login = text::lower(first) + "." + text::lower(last);
  } else {
    const Words& surname = dice.pick(lists_.names.surnames);
    const Words& given = dice.pick(lists_.names.given_names);
    request.name = language_ == "en" ? given.en + " " + surname.en : surname.zh + given.zh;
    request.login = text::lower(given.en) + "." + text::lower(surname.en);
  }
  const auto taken = [this](const std::string& login) {
    return std::find(company_.logins.begin(), company_.logins.end(), login) != company_.logins.end();
  };
  if (taken(request.login)) {
    const std::string number = std::to_string(company_.people.size() + 1);
    request.login += number;
    request.name += " " + number;  // two of one name could not be told apart
  }
  request.role = role;
  request.language = language_;
  request.zone = company_zone;
  if (department < company_.departments.size()) request.department = company_.departments[department];
  const std::int64_t weights[] = {60, 80, 100, 100, 100, 120};
  request.weight = weights[dice.between(0, 5)];
  if (role == Role::member && dice.chance(40)) request.holding_cap = dice.between(12, 20) * 10;
  if (role == Role::member && dice.chance(20)) request.daily_inflow_cap = dice.between(12, 18) * 10;
  const PersonId next{static_cast<std::int64_t>(company_.people.size()) + 1};
  request.may_create_batches = next == who::co_manager;
  office_.clock.advance(seconds(20));
  const auto added = as ? office_.ask<api::AddPerson>(as, request) : office_.ask_as_operator<api::AddPerson>(request);
  if (!added) return {};
  company_.people.push_back(added->person);
  company_.logins.push_back(request.login);
  if (accepts) office_.ask<api::AcceptInvitation>({}, {added->invitation, services::new_token(office_.chance())});
  return added->person;
}

void Founding::add_people() {
  add_person(who::administrator, Role::administrator, operations, true);
  for (const Hired& group : hired)
    for (std::size_t i = 0; i < group.people; ++i) add_person(who::administrator, group.role, group.department, true);
}

void Founding::welcome_newcomer() {
  add_person(who::second_administrator, Role::member, operations, false);
  if (!office_.failed() && company_.people.back() != who::newcomer) office_.fail("people are not those of the cast");
}

void Founding::add_calendars(const std::vector<std::int64_t>& years) {
  const auto names = in_language(lists_.company.calendars);
  api::AddCalendar::Request request;
  request.content.name = names[0];
  request.content.zone = company_zone;
  request.content.week.assign(std::begin(office_week), std::end(office_week));
  request.content.everybody = true;
  for (const std::int64_t year : years)
    if (const auto statutory = office_.ask<api::StatutoryDays>(who::administrator, {year}))
      request.content.days.insert(request.content.days.end(), statutory->days.begin(), statutory->days.end());
  office_.tell<api::AddCalendar>(who::administrator, request);
  if (office_.failed()) return;

  // What a new product brings along; nobody works by it any more.
  if (const auto calendars = office_.ask<api::ListCalendars>(who::administrator, {}))
    for (const auto& calendar : calendars->rows)
      if (!calendar.everybody)
        office_.tell<api::DeleteCalendar>(who::administrator, {calendar.calendar, calendar.version});

  request.content.name = names[1];
  request.content.week.assign(std::begin(telesales_week), std::end(telesales_week));
  request.content.everybody = false;
  request.content.departments = {company_.departments[call_centre]};
  office_.tell<api::AddCalendar>(who::administrator, request);
}

void Founding::add_groups() {
  const auto names = in_language(lists_.company.groups);
  const auto group = [&](std::size_t which, std::vector<PersonId> people) {
    office_.tell<api::AddUserGroup>(who::administrator, {names[which], std::move(people)});
  };
  group(0, people_from(who::executor, 6));
  group(1, people_from(who::caller, 8));
  group(2, {who::executor, who::claimer, {who::caller.value + 1}});
  group(3, {who::claimer, {who::claimer.value + 2}, who::caller, who::key_accounts});
}

CustomerFieldId Founding::add_field(const Words& name, FieldType type, std::vector<std::string> choices,
                                    bool filterable) {
  const auto field = office_.ask<api::AddCustomerField>(who::administrator,
                                                        {name.in(language_), type, std::move(choices), filterable});
  return field ? field->field : CustomerFieldId{};
}

void Founding::add_fields() {
  const FieldNames& names = lists_.company.fields;
  company_.fields.push_back(add_field(names.level, FieldType::choice, in_language(lists_.company.levels), true));
  company_.fields.push_back(add_field(names.spending, FieldType::number, {}, true));
  company_.fields.push_back(add_field(names.contract_until, FieldType::date, {}, true));
  company_.fields.push_back(add_field(names.trade, FieldType::choice, in_language(lists_.company.trades), false));
  company_.fields.push_back(add_field(names.interest, FieldType::text, {}, false));
}

void Founding::add_policies() {
  using domain::allocation::Policy;
  const auto names = in_language(lists_.company.policies);
  api::AddPolicy::Request by_weight{names[0], {}};
  by_weight.terms.kind = Policy::weighted;
  by_weight.terms.people.push_back({who::co_manager, 50, std::nullopt});
  api::AddPolicy::Request owners_first{names[1], {}};
  owners_first.terms.kind = Policy::by_owner;
  owners_first.terms.rest = Policy::even;
  api::AddPolicy::Request levelled{names[2], {}};
  levelled.terms.kind = Policy::score_first;
  if (const auto policy = office_.ask<api::AddPolicy>(who::east, by_weight)) company_.by_weight = policy->policy;
  if (const auto policy = office_.ask<api::AddPolicy>(who::key_accounts, owners_first))
    company_.owners_first = policy->policy;
  office_.tell<api::AddPolicy>(who::administrator, levelled);
}

}  // namespace tw::demo
