// What must stay true: nothing but the hand that picks knows groups, so that a change of one changes nothing else.
#include "services/user_groups.h"

#include <set>

#include "services/audit.h"
#include "services/people_store.h"
#include "services/person_rules.h"
#include "services/setting_store.h"
#include "services/user_group_store.h"

namespace tw::services {

namespace {

constexpr std::string_view most_setting = "user_groups.most";
constexpr std::int64_t usual_most = 50;

Result<api::UserGroupRow> row_now(Work& work, UserGroupId id) {
  const auto group = load_user_group(work, id);
  if (!group) return error(Code::not_found, text_key("error.not_found"));
  return api::UserGroupRow{group->group, group->version, group->name, people_of(work, id)};
}

Refusal check_group_name(Work& work, std::string_view name, UserGroupId own) {
  if (auto refused = check_name("name", name)) return refused;
  const auto same = user_group_by_name(work, name);
  if (!same || same->group == own) return {};
  Error taken = error(Code::conflict, text_key("user_groups.name_is_taken"), {param("name", same->name)});
  taken.fields.push_back({"name", taken.key, taken.params});
  return taken;
}

// Everybody who is new to it must be there to be picked. `before`: who was in it already, disabled or not.
Refusal check_people(Work& work, const std::vector<PersonId>& people, const std::set<PersonId>& before) {
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (before.count(people[i]) > 0) continue;
    const std::string path = "people[" + std::to_string(i) + "]";
    const auto person = load_person(work, people[i]);
    if (!person) return field_error(path, text_key("field.unknown_person"));
    if (!person->active) return field_error(path, text_key("field.disabled_person"), {param("who", person->name)});
  }
  return {};
}

}  // namespace

Result<api::ListUserGroups::Response> list_user_groups(Work& work, const Actor&, const api::ListUserGroups::Request&) {
  api::ListUserGroups::Response answer;
  answer.most = setting(work, most_setting, usual_most);
  for (const UserGroup& group : list_user_groups(work))
    answer.rows.push_back({group.group, group.version, group.name, people_of(work, group.group)});
  return answer;
}

Result<api::UserGroupRow> add_user_group(Work& work, const Actor&, const api::AddUserGroup::Request& request) {
  if (auto refused = check_group_name(work, request.name, {})) return *refused;
  if (auto refused = check_people(work, request.people, {})) return *refused;
  const std::int64_t most = setting(work, most_setting, usual_most);
  if (count_user_groups(work) >= most)
    return error(Code::conflict, text_key("user_groups.too_many"), {param("maximum", most)});
  const UserGroupId group = insert_user_group(work, request.name);
  for (const PersonId person : request.people) put_into_user_group(work, group, person);
  work.emit(EventKind::user_group_changed, group.value);
  return row_now(work, group);
}

Result<api::UserGroupRow> update_user_group(Work& work, const Actor&, const api::UpdateUserGroup::Request& request) {
  auto group = load_user_group(work, request.group);
  if (!group) return error(Code::not_found, text_key("error.not_found"));
  group->version = request.version;
  if (request.name) {
    if (auto refused = check_group_name(work, *request.name, group->group)) return *refused;
    group->name = *request.name;
  }
  std::set<PersonId> before;
  for (const api::PersonName& person : people_of(work, group->group)) before.insert(person.person);
  if (request.people)
    if (auto refused = check_people(work, *request.people, before)) return *refused;
  if (!update_user_group(work, *group)) return error(Code::conflict, text_key("error.changed_meanwhile"));
  if (request.people) {
    const std::set<PersonId> after(request.people->begin(), request.people->end());
    for (const PersonId person : before)
      if (after.count(person) == 0) take_out_of_user_group(work, group->group, person);
    for (const PersonId person : after) put_into_user_group(work, group->group, person);
  }
  work.emit(EventKind::user_group_changed, group->group.value);
  return row_now(work, group->group);
}

Result<Done> delete_user_group(Work& work, const Actor&, const api::DeleteUserGroup::Request& request) {
  const auto group = load_user_group(work, request.group);
  if (!group) return error(Code::not_found, text_key("error.not_found"));
  if (group->version != request.version) return error(Code::conflict, text_key("error.changed_meanwhile"));
  delete_user_group(work, group->group);
  work.emit(EventKind::user_group_changed, group->group.value);
  return Done{};
}

Result<Done> set_most_user_groups(Work& work, const Actor& actor, const api::SetMostUserGroups::Request& request) {
  set_setting(work, most_setting, request.most);
  audit(work, actor.person, api::AuditKind::settings_changed,
        AuditFacts().text(api::AuditFact::setting, most_setting).number(api::AuditFact::value, request.most));
  work.emit(EventKind::user_group_changed, 0);
  return Done{};
}

}  // namespace tw::services
