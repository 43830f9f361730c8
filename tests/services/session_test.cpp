// Setting up, signing in and out, passwords and invitations, through the door.
#include "services/session.h"

#include <gtest/gtest.h>

#include "api/people.h"
#include "core/zone.h"
#include "services/people_store.h"
#include "services/session_store.h"
#include "services/sessions.h"
#include "support/test_world.h"

namespace tw::services {
namespace {

using test::Caller;
using test::Role;
using test::TestWorld;

constexpr const char* good_password = "correct horse";

class SessionTest : public ::testing::Test {
 protected:
  // The session that a reply's cookie opens.
  Caller holder_of(const test::Answer<api::SessionPerson>& answer) {
    const std::string& cookie = answer.reply.set_cookie;
    const auto from = cookie.find('=') + 1;
    return {answer->person, cookie.substr(from, cookie.find(';') - from), answer->csrf};
  }
  test::Answer<api::SessionPerson> sign_in(std::string login, std::string password, std::string peer = "192.0.2.1") {
    auto call = test::call_of<api::SignIn>({}, {std::move(login), std::move(password)});
    call.peer = std::move(peer);
    return test::decoded<api::SessionPerson>(world.send(call));
  }
  std::string invite(PersonId person) {
    return world.change([&](Work& work) {
      const std::string token = new_token(work.env.random);
      const std::string digest = token_digest(work.env, token);
      insert_token(work, TokenPurpose::invitation, person, digest, work.now + days(7));
      return token;
    });
  }
  std::string set_up_token() {
    return world.change([](Work& work) { return new_set_up_token(work); }).value_or("");
  }

  TestWorld world;
};

TEST_F(SessionTest, an_empty_product_says_that_it_must_be_set_up) {
  const auto answer = world.call<api::ViewCapabilities>({}, {});
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->needs_setup);
  EXPECT_FALSE(answer->session);
  world.add_person("Ann");
  EXPECT_FALSE(world.call<api::ViewCapabilities>({}, {})->needs_setup);
}

TEST_F(SessionTest, the_set_up_token_makes_the_first_administrator_and_signs_them_in) {
  const auto answer = world.call<api::SetUp>({}, {set_up_token(), "root", "Root", good_password, "en"});
  ASSERT_TRUE(answer) << answer.reply.body;
  EXPECT_EQ(answer->role, Role::administrator);
  const auto view = world.call<api::ViewSession>(holder_of(answer), {});
  ASSERT_TRUE(view);
  EXPECT_EQ(view->login, "root");
  EXPECT_TRUE(sign_in("root", good_password));
}

TEST_F(SessionTest, setting_up_works_once_and_with_the_newest_token_only) {
  const auto older = set_up_token();
  const auto newer = set_up_token();
  EXPECT_EQ(world.call<api::SetUp>({}, {older, "root", "Root", good_password, "en"}).status(), 403);
  EXPECT_EQ(world.call<api::SetUp>({}, {newer, "root", "Root", good_password, "en"}).status(), 200);
  EXPECT_EQ(world.call<api::SetUp>({}, {newer, "other", "Other", good_password, "en"}).status(), 410);
  EXPECT_EQ(set_up_token(), "");
}

TEST_F(SessionTest, a_short_password_is_refused_by_name) {
  const auto answer = world.call<api::SetUp>({}, {set_up_token(), "root", "Root", "tiny-one", "en"});
  EXPECT_EQ(answer.status(), 400);
  EXPECT_TRUE(answer.problem.names("password"));
  EXPECT_EQ(answer.reply.body.find("tiny-one"), std::string::npos);
}

TEST_F(SessionTest, the_cookie_is_out_of_reach_for_scripts_and_other_sites) {
  world.add_person("Ann", Role::member, {}, good_password);
  auto call = test::call_of<api::SignIn>({}, {"ann", good_password});
  const auto plain = world.send(call).set_cookie;
  EXPECT_EQ(plain.rfind("tidewater_session=", 0), 0u);
  for (const char* part : {"; HttpOnly", "; SameSite=Strict", "; Path=/"})
    EXPECT_NE(plain.find(part), std::string::npos) << part;
  EXPECT_EQ(plain.find("Secure"), std::string::npos);
  call.secure = true;
  EXPECT_NE(world.send(call).set_cookie.find("; Secure"), std::string::npos);
}

TEST_F(SessionTest, no_secret_is_stored_as_it_is) {
  world.add_person("Ann", Role::member, {}, good_password);
  const auto ann = holder_of(sign_in("ann", good_password));
  EXPECT_EQ(world.count("SELECT count(*) FROM sessions"), 1);
  auto statement = world.database->prepare("SELECT count(*) FROM sessions WHERE digest = :token");
  EXPECT_EQ(statement.bind(":token", ann.cookie).integer_or(-1), 0);
}

TEST_F(SessionTest, a_login_is_found_whatever_its_case) {
  world.add_person("Ann", Role::member, {}, good_password);
  EXPECT_TRUE(sign_in("ANN", good_password));
}

TEST_F(SessionTest, a_wrong_login_and_a_wrong_password_look_and_cost_alike) {
  world.add_person("Ann", Role::member, {}, good_password);
  world.add_person("Invited");
  const auto disabled = world.add_person("Gone", Role::member, {}, good_password);
  world.change([&](Work& work) {
    auto person = load_person(work, disabled);
    person->active = false;
    return update_person(work, *person);
  });
  const auto expected = sign_in("ann", "wrong password").reply;
  EXPECT_EQ(expected.status, 401);
  for (const char* login : {"nobody", "invited", "gone"}) {
    const int before = world.passwords.calls;
    const auto reply = sign_in(login, good_password).reply;
    EXPECT_EQ(reply.body, expected.body) << login;
    EXPECT_EQ(world.passwords.calls - before, 1) << login;
  }
}

TEST_F(SessionTest, guessing_a_login_closes_its_door_for_longer_and_longer) {
  world.add_person("Ann", Role::member, {}, good_password);
  for (int i = 0; i < 6; ++i) EXPECT_EQ(sign_in("ann", "wrong", "peer " + std::to_string(i)).status(), 401) << i;
  const auto closed = sign_in("ann", good_password, "another peer");
  EXPECT_EQ(closed.status(), 429);
  EXPECT_EQ(closed.reply.retry_after, 2);
  world.clock.advance(seconds(2));
  EXPECT_EQ(sign_in("ann", "wrong", "yet another").status(), 401);
  EXPECT_EQ(sign_in("ann", good_password).reply.retry_after, 4);
  world.clock.advance(seconds(4));
  EXPECT_EQ(sign_in("ann", good_password).status(), 200);
  EXPECT_EQ(sign_in("ann", "wrong").status(), 401);
  EXPECT_EQ(sign_in("ann", good_password).status(), 200);
}

TEST_F(SessionTest, guessing_from_one_address_closes_it_for_every_login) {
  world.add_person("Ann", Role::member, {}, good_password);
  for (int i = 0; i < 41; ++i) EXPECT_EQ(sign_in("login " + std::to_string(i), "wrong").status(), 401) << i;
  EXPECT_EQ(sign_in("ann", good_password).status(), 429);
  EXPECT_EQ(sign_in("ann", good_password, "198.51.100.7").status(), 200);
}

TEST_F(SessionTest, a_whole_office_behind_one_address_can_sign_in) {
  world.add_person("Ann", Role::member, {}, good_password);
  for (int i = 0; i < 200; ++i) ASSERT_TRUE(sign_in("ann", good_password)) << i;
}

TEST_F(SessionTest, a_busy_machine_says_so_and_counts_no_failure) {
  world.add_person("Ann", Role::member, {}, good_password);
  world.passwords.busy = true;
  for (int i = 0; i < 20; ++i) EXPECT_EQ(sign_in("ann", good_password).status(), 503);
  world.passwords.busy = false;
  EXPECT_EQ(sign_in("ann", good_password).status(), 200);
}

TEST_F(SessionTest, signing_in_ends_the_session_that_the_browser_had) {
  world.add_person("Ann", Role::member, {}, good_password);
  const auto first = holder_of(sign_in("ann", good_password));
  auto again = test::call_of<api::SignIn>({}, {"ann", good_password});
  again.session_cookie = first.cookie;
  EXPECT_EQ(world.send(again).status, 200);
  EXPECT_EQ(world.call<api::ViewSession>(first, {}).status(), 401);
}

TEST_F(SessionTest, signing_out_ends_this_session_only) {
  const auto ann = world.add_person("Ann");
  const auto here = world.sign_in(ann);
  const auto there = world.sign_in(ann);
  const auto answer = world.call<api::SignOut>(here, {});
  EXPECT_EQ(answer.status(), 200);
  EXPECT_NE(answer.reply.set_cookie.find("Max-Age=0"), std::string::npos);
  EXPECT_EQ(world.call<api::ViewSession>(here, {}).status(), 401);
  EXPECT_EQ(world.call<api::ViewSession>(there, {}).status(), 200);
}

TEST_F(SessionTest, a_person_chooses_language_and_zone) {
  const auto ann = world.sign_in("Ann", Role::member);
  api::UpdateSession::Request request;
  request.language = "zh-CN";
  request.zone = "Europe/Berlin";
  const auto answer = world.call<api::UpdateSession>(ann, request);
  ASSERT_TRUE(answer) << answer.reply.body;
  EXPECT_EQ(answer->language, "zh-CN");
  EXPECT_EQ(answer->zone, "Europe/Berlin");
  request.language = "tlh";
  EXPECT_TRUE(world.call<api::UpdateSession>(ann, request).problem.names("language"));
}

TEST_F(SessionTest, a_zone_is_one_of_the_table) {
  const auto ann = world.sign_in("Ann", Role::member);
  for (const char* zone : {"Mars/Olympus", "europe/berlin", "UTC+8", " "}) {
    api::UpdateSession::Request request;
    request.zone = zone;
    const auto refused = world.call<api::UpdateSession>(ann, request);
    EXPECT_EQ(refused.status(), 400) << zone;
    EXPECT_TRUE(refused.problem.names("zone")) << zone;
  }
  EXPECT_EQ(world.call<api::ViewSession>(ann, {})->zone, "Asia/Shanghai");
}

TEST_F(SessionTest, a_session_says_what_the_clocks_of_its_person_show) {
  const auto ann = world.sign_in("Ann", Role::member);
  const auto shanghai = world.call<api::ViewSession>(ann, {})->clock;
  ASSERT_EQ(shanghai.size(), 1u);
  EXPECT_EQ(shanghai[0].offset, 8 * 3600);
  api::UpdateSession::Request request;
  request.zone = "Europe/Berlin";
  const auto berlin = world.call<api::UpdateSession>(ann, request)->clock;
  ASSERT_EQ(berlin.size(), 41u);  // twice a year for twenty years, and what held before
  const auto zone = *Zone::find("Europe/Berlin");
  for (std::size_t i = 1; i < berlin.size(); ++i) {
    EXPECT_GT(berlin[i].at, berlin[i - 1].at);
    EXPECT_EQ(berlin[i].offset, zone.offset_at(berlin[i].at));
    EXPECT_NE(berlin[i].offset, zone.offset_at(berlin[i].at - Millis{1}));
  }
}

TEST_F(SessionTest, who_comes_for_the_first_time_brings_the_zone_of_their_device) {
  const auto first = world.call<api::SetUp>({}, {set_up_token(), "root", "Root", good_password, "en", "Europe/Berlin"});
  EXPECT_EQ(first->zone, "Europe/Berlin");
  EXPECT_EQ(first->clock.size(), 41u);
  const auto root = holder_of(first);

  api::AddPerson::Request request;
  request.login = "ann";
  request.name = "Ann";
  const auto ann = world.call<api::AddPerson>(root, request);
  ASSERT_TRUE(ann) << ann.reply.body;
  EXPECT_EQ(world.call<api::ViewPerson>(root, {ann->person})->zone, "Europe/Berlin");  // the inviter's
  EXPECT_EQ(world.call<api::AcceptInvitation>({}, {ann->invitation, good_password, "America/New_York"})->zone,
            "America/New_York");

  request.login = "ben";
  const auto ben = world.call<api::AddPerson>(root, request);
  const auto accepted = world.call<api::AcceptInvitation>({}, {ben->invitation, good_password, "Mars/Olympus"});
  ASSERT_TRUE(accepted) << "a zone that is unknown here keeps nobody out";
  EXPECT_EQ(accepted->zone, "Europe/Berlin");
}

TEST_F(SessionTest, a_changed_password_ends_every_other_session) {
  const auto ann = world.add_person("Ann", Role::member, {}, good_password);
  const auto here = world.sign_in(ann);
  const auto there = world.sign_in(ann);
  EXPECT_TRUE(world.call<api::ChangePassword>(here, {"wrong", "a new password"}).problem.names("current"));
  EXPECT_EQ(world.call<api::ChangePassword>(here, {good_password, "a new password"}).status(), 200);
  EXPECT_EQ(world.call<api::ViewSession>(here, {}).status(), 200);
  EXPECT_EQ(world.call<api::ViewSession>(there, {}).status(), 401);
  EXPECT_EQ(sign_in("ann", good_password).status(), 401);
  EXPECT_EQ(sign_in("ann", "a new password").status(), 200);
}

TEST_F(SessionTest, a_stolen_session_cannot_guess_the_password_without_end) {
  const auto ann = world.sign_in(world.add_person("Ann", Role::member, {}, good_password));
  for (int i = 0; i < 6; ++i) world.call<api::ChangePassword>(ann, {"wrong", "a new password"});
  EXPECT_EQ(world.call<api::ChangePassword>(ann, {good_password, "a new password"}).status(), 429);
}

TEST_F(SessionTest, an_invitation_sets_the_password_once_and_signs_in) {
  const auto token = invite(world.add_person("Ann"));
  const auto invited = world.call<api::ViewInvitation>({}, {token});
  ASSERT_TRUE(invited);
  EXPECT_EQ(invited->name, "Ann");
  const auto accepted = world.call<api::AcceptInvitation>({}, {token, good_password});
  ASSERT_TRUE(accepted) << accepted.reply.body;
  EXPECT_EQ(world.call<api::ViewSession>(holder_of(accepted), {}).status(), 200);
  EXPECT_EQ(world.call<api::ViewInvitation>({}, {token}).status(), 410);
  EXPECT_EQ(world.call<api::AcceptInvitation>({}, {token, good_password}).status(), 410);
}

TEST_F(SessionTest, an_invitation_is_void_after_seven_days) {
  const auto token = invite(world.add_person("Ann"));
  world.clock.advance(days(7));
  EXPECT_EQ(world.call<api::AcceptInvitation>({}, {token, good_password}).status(), 410);
}

TEST_F(SessionTest, the_local_operator_has_no_session_to_look_at) {
  EXPECT_EQ(world.call_as_operator<api::ViewSession>({}).status(), 403);
  EXPECT_EQ(world.call_as_operator<api::SignOut>({}).status(), 403);
  EXPECT_EQ(world.call_as_operator<api::UpdateSession>({}).status(), 403);
  EXPECT_EQ(world.call_as_operator<api::ChangePassword>({good_password, good_password}).status(), 403);
}

}  // namespace
}  // namespace tw::services
