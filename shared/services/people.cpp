// People: who may be picked, who may sign in, how much they may hold. What must stay true: there is always an active
// administrator, logins are unique whatever their case, a disabled person has no session.
#include "services/people.h"

#include "core/text.h"
#include "services/audit.h"
#include "services/batch_store.h"
#include "services/change_calendar.h"
#include "services/hand_over.h"
#include "services/people_calendars.h"
#include "services/people_list_store.h"
#include "services/person_rules.h"
#include "services/session_store.h"
#include "services/sessions.h"

namespace tw::services {

using api::AuditFact;
using api::AuditKind;
using domain::access::Permission;
using domain::access::Role;

namespace {

constexpr Millis invitation_life = days(7);

Error no_such_person() { return error(Code::not_found, text_key("error.not_found")); }

api::PersonRow row_of(Work& work, const Actor& actor, const Person& person, std::string department_name) {
  api::PersonRow row;
  row.person = person.person;
  row.version = person.version;
  row.name = person.name;
  row.department = person.department;
  row.department_name = std::move(department_name);
  row.role = person.role;
  row.zone = person.zone;
  row.language = person.language;
  row.active = person.active;
  row.has_password = person.has_password;
  row.weight = person.weight;
  row.held = held_by(work, person.person);
  if (!actor.holds(Permission::manage_people)) return row;
  row.login = person.login;
  row.holding_cap = person.holding_cap;
  row.daily_inflow_cap = person.daily_inflow_cap;
  row.last_seen = person.last_seen;
  row.may_create_batches = person.may_create_batches;
  return row;
}

Result<api::PersonRow> row_now(Work& work, const Actor& actor, PersonId id) {
  const auto person = load_person(work, id);
  if (!person) return no_such_person();
  return row_of(work, actor, *person, department_name_of(work, person->department));
}

// "12:Ann": the row before, by what the list is ordered by.
std::string cursor_of(const Person& person) { return std::to_string(person.person.value) + ":" + person.name; }

struct PeopleCursor {
  std::string_view name;
  PersonId person;
};
std::optional<PeopleCursor> read_cursor(std::string_view after) {
  if (after.empty()) return PeopleCursor{};
  const auto colon = after.find(':');
  if (colon == std::string_view::npos) return {};
  const auto id = text::to_integer(after.substr(0, colon));
  if (!id) return {};
  return PeopleCursor{after.substr(colon + 1), {*id}};
}

PeopleFilter filter_of(const Actor& actor, std::string_view search, DepartmentId department) {
  PeopleFilter filter;
  filter.search = text::lower(text::trim(search));
  filter.search_logins = actor.holds(Permission::manage_people);
  filter.department = department;
  return filter;
}

Refusal check_department(Work& work, std::string_view path, DepartmentId department) {
  if (!department || load_department(work, department)) return {};
  return field_error(std::string(path), text_key("people.unknown_department"));
}

// Would this change leave nobody to manage people?
Refusal check_administrator_left(Work& work, const Person& before, const Person& after) {
  const bool was = before.active && before.role == Role::administrator;
  const bool is = after.active && after.role == Role::administrator;
  if (!was || is || count_active_administrators(work) > 1) return {};
  return error(Code::conflict, text_key("people.last_administrator"));
}

AuditFacts about(PersonId person) { return AuditFacts().id(AuditFact::person, person); }

// One entry: of what they may, or of everything else.
void audit_change(Work& work, const Actor& actor, const Person& before, const Person& after) {
  std::string fields;
  const auto note = [&fields](bool changed, std::string_view name) {
    if (changed) fields.append(fields.empty() ? "" : ",").append(name);
  };
  note(before.name != after.name, "name");
  note(before.zone != after.zone, "zone");
  note(before.holding_cap != after.holding_cap, "holding_cap");
  note(before.daily_inflow_cap != after.daily_inflow_cap, "daily_inflow_cap");
  note(before.weight != after.weight, "weight");
  const bool role = before.role != after.role;
  const bool moved = before.department != after.department;
  const bool granted = before.may_create_batches != after.may_create_batches;
  AuditFacts facts = about(after.person);
  if (role) facts.named(AuditFact::role, after.role).named(AuditFact::role_before, before.role);
  if (moved)
    facts.number(AuditFact::department, after.department.value)
        .number(AuditFact::department_before, before.department.value);
  if (granted) facts.number(AuditFact::may_create_batches, after.may_create_batches ? 1 : 0);
  facts.text(AuditFact::fields, fields);
  if (role || moved || granted) return audit(work, actor.person, AuditKind::permissions_changed, facts);
  if (!fields.empty()) audit(work, actor.person, AuditKind::person_changed, facts);
}

std::string invite(Work& work, const Actor& actor, PersonId person) {
  delete_tokens(work, TokenPurpose::invitation, person);
  std::string token = new_token(work.env.random);
  const std::string digest = token_digest(work.env, token);
  insert_token(work, TokenPurpose::invitation, person, digest, work.now + invitation_life);
  audit(work, actor.person, AuditKind::invitation_made, about(person));
  return token;
}

}  // namespace

Result<api::ListPeople::Response> list_people(Work& work, const Actor& actor, const api::ListPeople::Request& request) {
  const auto cursor = read_cursor(request.after);
  if (!cursor) return field_error("after", text_key("field.bad_cursor"));
  PeopleFilter filter = filter_of(actor, request.search, request.department);
  filter.active = request.active;

  api::ListPeople::Response answer;
  // One more than asked for tells whether there is a next page.
  auto rows = list_people(work, filter, cursor->name, cursor->person, request.limit + 1);
  if (static_cast<std::int64_t>(rows.size()) > request.limit) {
    rows.resize(static_cast<std::size_t>(request.limit));
    answer.next = cursor_of(rows.back().person);
  }
  for (auto& row : rows) answer.rows.push_back(row_of(work, actor, row.person, std::move(row.department_name)));
  answer.total.count = count_people(work, filter);
  return answer;
}

Result<api::PickPeople::Response> pick_people(Work& work, const Actor& actor, const api::PickPeople::Request& request) {
  api::PickPeople::Response answer;
  for (const PersonId id : request.people)
    if (const auto person = load_person(work, id))
      answer.rows.push_back({id, person->name, department_name_of(work, person->department), person->active});
  if (!request.people.empty()) return answer;
  PeopleFilter filter = filter_of(actor, request.search, request.department);
  if (!request.with_disabled) filter.active = true;
  auto found = list_people(work, filter, {}, {}, api::most_picked + 1);
  answer.more = static_cast<std::int64_t>(found.size()) > api::most_picked;
  if (answer.more) found.pop_back();
  for (auto& row : found)
    answer.rows.push_back(
        {row.person.person, std::move(row.person.name), std::move(row.department_name), row.person.active});
  return answer;
}

Result<api::PersonRow> view_person(Work& work, const Actor& actor, const api::ViewPerson::Request& request) {
  return row_now(work, actor, request.person);
}

Result<api::InvitationReply> add_person(Work& work, const Actor& actor, const api::AddPerson::Request& request) {
  Person person;
  person.login = request.login;
  person.name = request.name;
  person.role = request.role;
  person.may_create_batches = request.may_create_batches;
  person.department = request.department;
  person.language = request.language;
  person.zone = request.zone.empty() ? actor.zone : request.zone;
  person.holding_cap = request.holding_cap;
  person.daily_inflow_cap = request.daily_inflow_cap;
  person.weight = request.weight;
  if (auto refused = check_login("login", person.login)) return *refused;
  if (auto refused = check_name("name", person.name)) return *refused;
  if (auto refused = check_language("language", person.language)) return *refused;
  if (auto refused = check_zone("zone", person.zone)) return *refused;
  if (auto refused = check_department(work, "department", person.department)) return *refused;
  if (person_by_login(work, person.login)) {
    Error taken = error(Code::conflict, text_key("people.login_is_taken"), {param("login", person.login)});
    taken.fields.push_back({"login", text_key("people.login_is_taken"), {param("login", person.login)}});
    return taken;
  }

  api::InvitationReply answer;
  answer.person = insert_person(work, person);
  AuditFacts facts = about(answer.person).named(AuditFact::role, person.role);
  facts.id(AuditFact::department, person.department);
  if (person.may_create_batches) facts.number(AuditFact::may_create_batches, 1);
  audit(work, actor.person, AuditKind::person_added, facts);
  answer.invitation = invite(work, actor, answer.person);
  work.emit(EventKind::person_changed, answer.person.value);
  return answer;
}

Result<api::PersonRow> update_person(Work& work, const Actor& actor, const api::UpdatePerson::Request& request) {
  const auto before = load_person(work, request.person);
  if (!before) return no_such_person();
  Person after = *before;
  after.version = request.version;
  if (request.name) after.name = *request.name;
  if (request.role) after.role = *request.role;
  if (request.may_create_batches) after.may_create_batches = *request.may_create_batches;
  if (request.department) after.department = *request.department;
  if (request.zone) after.zone = *request.zone;
  if (request.holding_cap) after.holding_cap = request.holding_cap;
  if (request.clear_holding_cap) after.holding_cap.reset();
  if (request.daily_inflow_cap) after.daily_inflow_cap = request.daily_inflow_cap;
  if (request.clear_daily_inflow_cap) after.daily_inflow_cap.reset();
  if (request.weight) after.weight = *request.weight;
  if (auto refused = check_name("name", after.name)) return *refused;
  if (request.zone)
    if (auto refused = check_zone("zone", after.zone)) return *refused;
  if (auto refused = check_department(work, "department", after.department)) return *refused;
  if (auto refused = check_administrator_left(work, *before, after)) return *refused;
  const CalendarId calendar_before = PeopleCalendars(work).which(after.person);
  if (!update_person(work, after)) return error(Code::conflict, text_key("error.changed_meanwhile"));
  if (PeopleCalendars(work).which(after.person) != calendar_before && held_by(work, after.person) > 0)
    if (auto refused = recount_after_a_move(work, actor)) return *refused;
  audit_change(work, actor, *before, after);
  work.emit(EventKind::person_changed, after.person.value);
  return row_now(work, actor, after.person);
}

Result<api::SetPersonActive::Response> set_person_active(Work& work, const Actor& actor,
                                                         const api::SetPersonActive::Request& request) {
  const auto before = load_person(work, request.person);
  if (!before) return no_such_person();
  Person after = *before;
  after.version = request.version;
  after.active = request.active;
  if (auto refused = check_administrator_left(work, *before, after)) return *refused;
  const bool leaves = before->active && !after.active;
  if (leaves)
    if (auto refused = check_leaving(work, "leaving", request.leaving, {after.person})) return *refused;
  if (!update_person(work, after)) return error(Code::conflict, text_key("error.changed_meanwhile"));
  api::SetPersonActive::Response answer;
  if (leaves) {
    if (auto refused = settle_successor(work, actor, after.person, request.successor)) return *refused;
    const auto operation = hand_over(work, actor, {}, {after.person}, request.leaving);
    if (!operation) return operation.error();
    answer.operation = *operation;
  }
  if (!after.active) {
    delete_sessions_of(work, after.person);
    delete_tokens(work, TokenPurpose::invitation, after.person);
  }
  if (before->active != after.active)
    audit(work, actor.person, after.active ? AuditKind::person_enabled : AuditKind::person_disabled,
          about(after.person).id(AuditFact::operation, answer.operation));
  work.emit(EventKind::person_changed, after.person.value);
  auto row = row_now(work, actor, after.person);
  if (!row) return row.error();
  answer.person = std::move(*row);
  return answer;
}

Result<api::InvitationReply> reset_password(Work& work, const Actor& actor,
                                            const api::ResetPassword::Request& request) {
  const auto person = load_person(work, request.person);
  if (!person) return no_such_person();
  if (!person->active) return error(Code::conflict, text_key("people.is_disabled"));
  set_password_hash(work, person->person, {});
  delete_sessions_of(work, person->person);
  api::InvitationReply answer;
  answer.person = person->person;
  audit(work, actor.person, AuditKind::password_reset, about(person->person));
  answer.invitation = invite(work, actor, person->person);
  work.emit(EventKind::person_changed, person->person.value);
  return answer;
}

}  // namespace tw::services
