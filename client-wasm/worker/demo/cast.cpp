#include "demo/cast.h"

#include <algorithm>

#include "services/people_list_store.h"

namespace tw::demo {

namespace {

const CastMember members[] = {
    {who::east, text_key("demo.cast.manager_east")},   {who::key_accounts, text_key("demo.cast.manager_key_accounts")},
    {who::south, text_key("demo.cast.manager_south")}, {who::telesales, text_key("demo.cast.manager_telesales")},
    {who::executor, text_key("demo.cast.executor")},   {who::claimer, text_key("demo.cast.claimer")},
    {who::caller, text_key("demo.cast.caller")},       {who::co_manager, text_key("demo.cast.co_manager")},
    {who::north, text_key("demo.cast.manager_north")}, {who::administrator, text_key("demo.cast.administrator")},
};

TextKey role_label(domain::access::Role role) {
  switch (role) {
    case domain::access::Role::administrator:
      return text_key("role.administrator");
    case domain::access::Role::manager:
      return text_key("role.manager");
    case domain::access::Role::member:
      return text_key("role.member");
  }
  return {};
}

// Whoever can sign in, as players_of_a_company has them, of the first two thousand by name.
std::vector<Player> everybody(services::Work& work) {
  constexpr std::size_t most_read = 2000;
  constexpr std::int64_t at_a_time = 200;
  std::vector<Player> players;
  services::PeopleFilter filter;
  filter.active = true;
  std::string last_name;
  PersonId last;
  for (bool more = true; more && players.size() < most_read;) {
    auto rows = services::list_people(work, filter, last_name, last, at_a_time);
    more = static_cast<std::int64_t>(rows.size()) >= at_a_time;
    for (services::ListedPerson& row : rows)
      players.push_back({row.person.person, row.person.login, row.person.name, std::move(row.department_name),
                         row.person.role, role_label(row.person.role)});
    if (rows.empty()) break;
    last_name = rows.back().person.name;
    last = rows.back().person.person;
  }
  std::stable_sort(players.begin(), players.end(), [](const Player& a, const Player& b) { return a.role < b.role; });
  return players;
}

}  // namespace

std::vector<PersonId> people_from(PersonId first, std::int64_t count) {
  std::vector<PersonId> people;
  for (std::int64_t i = 0; i < count; ++i) people.push_back({first.value + i});
  return people;
}

TextKey label(Subject subject) {
  switch (subject) {
    case Subject::ended:
    case Subject::ended_claimed:
      return text_key("demo.subject.ended");
    case Subject::terminated:
    case Subject::terminated_late:
      return text_key("demo.subject.terminated");
    case Subject::overdue:
      return text_key("demo.subject.overdue");
    case Subject::under_way:
      return text_key("demo.subject.under_way");
    case Subject::held_by_leaver:
      return text_key("demo.subject.held_by_leaver");
    case Subject::claiming_open:
      return text_key("demo.subject.claiming_open");
    case Subject::claiming_random:
      return text_key("demo.subject.claiming_random");
    case Subject::working_time:
      return text_key("demo.subject.working_time");
    case Subject::waiting:
      return text_key("demo.subject.waiting");
    case Subject::opens_tomorrow:
      return text_key("demo.subject.opens_tomorrow");
  }
  return {};
}

std::span<const CastMember> cast() { return members; }

std::vector<Player> players(services::WorkRunner& runner) {
  std::vector<Player> players;
  runner.read([&players](services::Work& work) {
    for (const CastMember& member : members) {
      const auto person = services::load_person(work, member.person);
      if (!person || !person->active) continue;
      players.push_back({person->person, person->login, person->name,
                         services::department_name_of(work, person->department), person->role, member.about});
    }
    for (Player& player : everybody(work))
      if (player.person.value > people_count) players.push_back(std::move(player));
  });
  return players;
}

std::vector<Player> players_of_a_company(services::WorkRunner& runner) {
  constexpr std::size_t most = 100;
  std::vector<Player> players;
  runner.read([&players](services::Work& work) { players = everybody(work); });
  if (players.size() > most) players.resize(most);
  return players;
}

Result<services::NewSession> act_as(services::WorkRunner& runner, PersonId person) {
  std::optional<services::NewSession> session;
  runner.change(services::Lane::people, [&](services::Work& work) {
    const auto row = services::load_person(work, person);
    if (!row || !row->active) return false;
    session = services::open_session(work, person, "demo");
    return true;
  });
  if (!session) return error(Code::not_found, text_key("error.not_found"));
  return *session;
}

}  // namespace tw::demo
