// Who a visitor of the demo can be, and what there is to see: people and batches with a place of their own in the
// story.
//
// What must stay true: the tables hold for every world of this version, whatever its seed, day and language, because
// people and batches are made in the order of these numbers. So they are known of a stored world too, without making it
// again. Whoever changes that order counts `world_version` up, and stored worlds of before are made anew.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/ids.h"
#include "core/result.h"
#include "domain/access/access.h"
#include "services/sessions.h"
#include "services/work.h"

namespace tw::demo {

inline constexpr int world_version = 5;

// Ids are counted from 1, in the order of making.
inline constexpr std::int64_t people_count = 40;
namespace who {
inline constexpr PersonId administrator{1}, second_administrator{2}, east{3}, south{4}, north{5}, key_accounts{6},
    telesales{7}, service{8}, executor{9}, co_manager{11}, leaver{14}, claimer{15}, caller{29}, newcomer{40};
}
// So many of them, in the order of making.
std::vector<PersonId> people_from(PersonId first, std::int64_t count);

// Batches. `ended` and `terminated` are the first of two each.
enum class Subject : std::uint8_t {
  ended,            // everything was ended, after a life of two weeks
  terminated,       // broken off, with its reason
  ended_claimed,    // was worked on by claiming alone
  terminated_late,  // broken off half a month ago
  overdue,          // its end date has passed, and some of it is still open
  under_way,        // in every state at once: to confirm, returned, handed on, taken back, due soon
  held_by_leaver,   // somebody who was disabled holds some of it
  claiming_open,    // its executors pick whom they want, for some days more
  claiming_random,  // its executors draw
  working_time,     // its limit counts working hours
  waiting,          // nothing is allocated yet: to try the board
  opens_tomorrow,   // claiming opens a day from now
};
inline constexpr std::int64_t batch_count = 12;
constexpr BatchId batch_of(Subject subject) { return {static_cast<std::int64_t>(subject) + 1}; }
constexpr std::size_t place_of(BatchId batch) { return static_cast<std::size_t>(batch.value - 1); }
TextKey label(Subject subject);

struct CastMember {
  PersonId person;
  TextKey about;  // what is to be seen with their eyes
};
std::span<const CastMember> cast();

// A member of the cast as the database knows them now.
struct Player {
  PersonId person;
  std::string login;
  std::string name;
  std::string department;
  domain::access::Role role = domain::access::Role::member;
  TextKey about;
};
// Without those who were disabled meanwhile; then whoever was added to the world since, as in the function below.
std::vector<Player> players(services::WorkRunner& runner);
// Whom one can be in a database that is no world of ours: administrators first, then managers, then everybody else, by
// name; of a large company the first hundred. `about` is the role.
std::vector<Player> players_of_a_company(services::WorkRunner& runner);

// A session of this person, without a password: for the local backend alone, whose database protects nothing from the
// one who owns the browser. No operation leads here, and the server does not link this library. Refused for everybody
// whom the dispatcher would not serve: unknown or disabled.
Result<services::NewSession> act_as(services::WorkRunner& runner, PersonId person);

}  // namespace tw::demo
