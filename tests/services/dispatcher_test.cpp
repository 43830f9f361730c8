// The dispatcher with two small operations of its own, so that nothing here depends on an area.
#include "services/dispatcher.h"

#include <algorithm>
#include <stdexcept>

#include <gtest/gtest.h>

#include "api/registry.h"
#include "support/test_world.h"

namespace tw::services {
namespace {

using api::Effect;
using api::Endpoint;
using api::Method;
using domain::access::Permission;
using test::Caller;
using test::TestWorld;

struct Note {
  std::int64_t number = 0;
  std::string text;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("number", s.number, rule::required);
    v("text", s.text, rule::text(1, 10));
  }
};

struct WriteNote {
  static constexpr Endpoint endpoint{.name = "test.write",
                                     .method = Method::post,
                                     .path = "/api/v1/test/{number}",
                                     .permission = Permission::signed_in,
                                     .effect = Effect::changes};
  using Request = Note;
  using Response = Note;
};

struct ReadNote {
  static constexpr Endpoint endpoint{.name = "test.read", .path = "/api/v1/test/{number}"};
  using Request = Note;
  using Response = Note;
};

struct ReadNamed {
  static constexpr Endpoint endpoint{.name = "test.named", .path = "/api/v1/test/named"};
  using Request = Done;
  using Response = Done;
};

struct ManageNote {
  static constexpr Endpoint endpoint{
      .name = "test.manage", .path = "/api/v1/test/{number}/manage", .permission = Permission::manage_people};
  using Request = Note;
  using Response = Note;
};

Result<Note> echo(Work&, const Actor&, const Note& note) { return note; }
Result<Done> named(Work&, const Actor&, const Done&) { return Done{}; }

Result<Note> write_note(Work& work, const Actor&, const Note& note) {
  work.db.prepare("INSERT INTO settings (name, value) VALUES (:name, 'x')").bind(":name", note.text).run();
  work.emit(EventKind::customers_changed, 0);
  if (note.text == "refuse") return error(Code::conflict, text_key("error.conflict"));
  if (note.text == "throw") throw std::runtime_error("broken on purpose");
  return note;
}

class DispatcherTest : public ::testing::Test {
 protected:
  DispatcherTest() {
    register_operation<WriteNote>(world.dispatcher, &write_note);
    register_operation<ReadNote>(world.dispatcher, &echo);
    register_operation<ReadNamed>(world.dispatcher, &named);
    register_operation<ManageNote>(world.dispatcher, &echo);
  }
  std::int64_t notes() { return world.count("SELECT count(*) FROM settings"); }

  TestWorld world;
  Caller ann = world.sign_in("Ann", domain::access::Role::member);
};

TEST_F(DispatcherTest, path_and_query_are_fields_of_the_request) {
  const auto answer = world.call<ReadNote>(ann, {7, "a b&c=%"});
  ASSERT_TRUE(answer) << answer.reply.body;
  EXPECT_EQ(answer->number, 7);
  EXPECT_EQ(answer->text, "a b&c=%");
}

TEST_F(DispatcherTest, a_query_that_is_no_text_is_refused_in_words_that_can_be_read) {
  for (const auto& [name, value] :
       {std::pair<std::string, std::string>{"text", "\xe0"}, {"\xe0\xe0", "x"}, {std::string("te\0xt", 5), "x"}}) {
    auto call = test::call_of<ReadNote>(ann, {7, "x"});
    call.query.emplace_back(name, value);
    const auto reply = world.send(call);
    EXPECT_EQ(reply.status, 400) << reply.body;
    const auto problem = json::decode<test::Problem>(reply.body);
    ASSERT_TRUE(problem) << reply.body;
    EXPECT_TRUE(problem->names(name == "text" ? "text" : "query")) << reply.body;
  }
}

TEST_F(DispatcherTest, the_path_wins_over_query_and_body) {
  auto call = test::call_of<WriteNote>(ann, {7, "x"});
  call.body = R"({"number": 8, "text": "x"})";
  call.query = {{"number", "9"}};
  EXPECT_EQ(test::decoded<Note>(world.send(call)).value().number, 7);
}

TEST_F(DispatcherTest, a_literal_part_of_a_path_wins_over_a_parameter) {
  EXPECT_EQ(world.send(test::call_as(ann, "GET", "/api/v1/test/named")).operation, "test.named");
}

TEST_F(DispatcherTest, an_unknown_path_is_not_found_and_a_wrong_method_says_which_are_allowed) {
  EXPECT_EQ(world.send(test::call_as(ann, "GET", "/api/v1/nothing")).status, 404);
  EXPECT_EQ(world.send(test::call_as(ann, "GET", "/api/v1/test/%zz")).status, 404);
  EXPECT_EQ(world.send(test::call_as(ann, "GET", "/api/v1/test/7/")).status, 404);
  const auto reply = world.send(test::call_as(ann, "DELETE", "/api/v1/test/7"));
  EXPECT_EQ(reply.status, 405);
  EXPECT_EQ(reply.allow, "POST, GET");
  EXPECT_EQ(reply.content_type, "application/problem+json");
}

TEST_F(DispatcherTest, without_session_and_without_permission_the_body_is_never_looked_at) {
  EXPECT_EQ(world.send(test::call_as({}, "POST", "/api/v1/test/7", "broken")).status, 401);
  EXPECT_EQ(world.send(test::call_as(ann, "GET", "/api/v1/test/x/manage")).status, 403);
}

TEST_F(DispatcherTest, a_session_of_a_disabled_person_is_none) {
  world.database->execute("UPDATE people SET active = 0");
  EXPECT_EQ(world.call<ReadNote>(ann, {7, "x"}).status(), 401);
}

TEST_F(DispatcherTest, a_session_ends_when_it_is_not_used_and_lives_on_while_it_is) {
  for (int i = 0; i < 9; ++i) {
    world.clock.advance(days(2));
    EXPECT_EQ(world.call<ReadNote>(ann, {7, "x"}).status(), 200);
  }
  world.clock.advance(days(3));
  EXPECT_EQ(world.call<ReadNote>(ann, {7, "x"}).status(), 401);
}

TEST_F(DispatcherTest, a_session_ends_after_thirty_days_however_busy) {
  for (int i = 0; i < 15; ++i) {
    EXPECT_EQ(world.call<ReadNote>(ann, {7, "x"}).status(), 200);
    world.clock.advance(days(2));
  }
  EXPECT_EQ(world.call<ReadNote>(ann, {7, "x"}).status(), 401);
}

TEST_F(DispatcherTest, reading_writes_last_seen_every_few_minutes_only) {
  const auto writes = [&] {
    const auto before = world.database->total_changes();
    EXPECT_TRUE(world.call<ReadNote>(ann, {7, "x"}));
    return world.database->total_changes() - before;
  };
  EXPECT_EQ(writes(), 0);
  world.clock.advance(minutes(5));
  EXPECT_EQ(writes(), 2);
  EXPECT_EQ(writes(), 0);
}

// A disk without room: reading works, every write is refused.
class FullDisk final : public WorkRunner {
 public:
  explicit FullDisk(WorkRunner& runner) : runner_(runner) {}
  void read(const std::function<void(Work&)>& body) override { runner_.read(body); }
  void change(Lane, const std::function<bool(Work&)>&) override { throw db::DbError("full", 13); }

 private:
  WorkRunner& runner_;
};

TEST_F(DispatcherTest, a_full_disk_refuses_changes_for_now_and_keeps_nobody_from_reading) {
  FullDisk full(world.runner);
  Dispatcher dispatcher(full, world.env, world.catalogs);
  register_operation<WriteNote>(dispatcher, &write_note);
  register_operation<ReadNote>(dispatcher, &echo);
  world.clock.advance(minutes(10));  // last_seen would be written now
  EXPECT_EQ(dispatcher.handle(test::call_of<ReadNote>(ann, {7, "x"})).status, 200);
  const auto refused = dispatcher.handle(test::call_of<WriteNote>(ann, {7, "x"}));
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.retry_after, 1);
  EXPECT_NE(refused.body.find("error.disk_full"), std::string::npos);
}

TEST_F(DispatcherTest, a_change_without_the_csrf_token_is_refused_and_a_read_is_not) {
  const Caller without{ann.person, ann.cookie, ""};
  EXPECT_EQ(world.call<WriteNote>(without, {7, "x"}).status(), 403);
  EXPECT_EQ(world.call<WriteNote>({ann.person, ann.cookie, ann.csrf + "0"}, {7, "x"}).status(), 403);
  EXPECT_EQ(notes(), 0);
  EXPECT_EQ(world.call<ReadNote>(without, {7, "x"}).status(), 200);
  EXPECT_EQ(world.call<WriteNote>(ann, {7, "x"}).status(), 200);
}

TEST_F(DispatcherTest, the_local_operator_needs_no_session) {
  EXPECT_EQ(world.call_as_operator<ManageNote>({7, "x"}).status(), 200);
  EXPECT_EQ(world.call_as_operator<WriteNote>({7, "x"}).status(), 200);
}

TEST_F(DispatcherTest, wrong_fields_are_named_in_the_callers_language) {
  const auto answer = world.call<ReadNote>(ann, {7, "longer than ten"});
  EXPECT_EQ(answer.status(), 400);
  EXPECT_EQ(answer.problem.code, "invalid");
  ASSERT_TRUE(answer.problem.names("text"));
  EXPECT_EQ(answer.problem.fields[0].key, "field.too_long");
  EXPECT_EQ(answer.problem.fields[0].message, "At most 10 characters.");

  world.database->execute("UPDATE people SET language = 'zh-CN'");
  const auto chinese = world.call<ReadNote>(ann, {7, "longer than ten"});
  EXPECT_NE(chinese.problem.fields[0].message, answer.problem.fields[0].message);
}

TEST_F(DispatcherTest, a_body_that_is_no_object_or_no_json_is_refused) {
  for (const char* body : {"{", "[]", "7", "\"x\"", "null", "\xff"}) {
    const auto reply = world.send(test::call_as(ann, "POST", "/api/v1/test/7", body));
    EXPECT_EQ(reply.status, 400) << body << " " << reply.body;
  }
}

TEST_F(DispatcherTest, a_refusal_leaves_nothing_behind) {
  EXPECT_EQ(world.call<WriteNote>(ann, {7, "refuse"}).status(), 409);
  EXPECT_EQ(notes(), 0);
  EXPECT_EQ(world.count("SELECT count(*) FROM outbox"), 0);
}

TEST_F(DispatcherTest, an_exception_is_logged_and_answered_with_the_request_id_only) {
  const auto answer = world.call<WriteNote>(ann, {7, "throw"});
  EXPECT_EQ(answer.status(), 500);
  EXPECT_EQ(notes(), 0);
  EXPECT_TRUE(world.log.mentions("broken on purpose"));
  EXPECT_TRUE(world.log.mentions("test-request"));
  EXPECT_EQ(answer.reply.body.find("broken on purpose"), std::string::npos);
}

TEST_F(DispatcherTest, a_unique_violation_is_a_conflict) {
  EXPECT_EQ(world.call<WriteNote>(ann, {7, "x"}).status(), 200);
  EXPECT_EQ(world.call<WriteNote>(ann, {7, "x"}).status(), 409);
}

TEST_F(DispatcherTest, a_repeated_call_with_its_key_answers_the_same_and_changes_nothing) {
  auto call = test::call_of<WriteNote>(ann, {7, "once"});
  call.idempotency_key = "key-1";
  const auto first = world.send(call);
  const auto second = world.send(call);
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(second.status, 200);
  EXPECT_EQ(second.body, first.body);
  EXPECT_EQ(notes(), 1);
}

TEST_F(DispatcherTest, a_key_used_for_something_else_is_refused) {
  auto call = test::call_of<WriteNote>(ann, {7, "once"});
  call.idempotency_key = "key-1";
  world.send(call);
  auto other = test::call_of<WriteNote>(ann, {7, "twice"});
  other.idempotency_key = "key-1";
  EXPECT_EQ(world.send(other).status, 409);
  EXPECT_EQ(notes(), 1);
}

TEST_F(DispatcherTest, a_key_is_its_persons_own_and_a_refused_call_may_be_tried_again) {
  auto call = test::call_of<WriteNote>(ann, {7, "refuse"});
  call.idempotency_key = "key-1";
  EXPECT_EQ(world.send(call).status, 409);
  call.body = R"({"text": "fine"})";
  EXPECT_EQ(world.send(call).status, 200);
  auto others = test::call_of<WriteNote>(world.sign_in("Bob", domain::access::Role::member), {7, "hers"});
  others.idempotency_key = "key-1";
  EXPECT_EQ(world.send(others).status, 200);
}

// --- without a server ---

struct AskServer {
  static constexpr Endpoint endpoint{.name = "test.ask-server",
                                     .method = Method::post,
                                     .path = "/api/v1/test/server",
                                     .permission = Permission::manage_people,
                                     .effect = Effect::changes,
                                     .availability = api::Availability::server_only};
  using Request = Done;
  using Response = Done;
};
struct BringFile {
  static constexpr Endpoint endpoint{.name = "test.bring-file",
                                     .method = Method::post,
                                     .path = "/api/v1/test/file",
                                     .permission = Permission::manage_people,
                                     .effect = Effect::changes,
                                     .availability = api::Availability::server_only,
                                     .body = api::Body::upload};
  using Request = Done;
  using Response = Done;
};

TEST(WithoutAServer, what_needs_one_is_refused_by_its_name_behind_the_usual_checks) {
  for (const bool offline : {true, false}) {
    SCOPED_TRACE(offline);
    TestWorld world({.offline = offline});
    register_operation<AskServer>(world.dispatcher, &named);
    const Caller root = world.administrator(), ann = world.sign_in("Ann", domain::access::Role::member);
    EXPECT_EQ(world.call<AskServer>({}, {}).reply.status, 401);
    EXPECT_EQ(world.call<AskServer>(ann, {}).reply.status, 403);
    auto forged = test::call_of<AskServer>(root, {});
    forged.csrf = "0";
    EXPECT_EQ(world.send(forged).status, 403);
    EXPECT_EQ(world.send(test::call_as(root, "GET", "/api/v1/test/server")).status, 405);
    const auto asked = world.call<AskServer>(root, {});
    EXPECT_EQ(asked.reply.operation, "test.ask-server");
    EXPECT_EQ(asked.reply.status, offline ? 404 : 200);
    if (offline) EXPECT_EQ(asked.problem.key, "error.server_only");
    if (offline) EXPECT_NE(asked.reply.body.find(R"("operation":"test.ask-server")"), std::string::npos);
    const auto missing = world.call<api::ViewCapabilities>({}, {})->unavailable;
    EXPECT_EQ(std::count(missing.begin(), missing.end(), "test.ask-server"), offline ? 1 : 0);
  }
}

TEST(WithoutAServer, a_file_that_only_a_server_could_take_is_refused_before_it_is_read) {
  TestWorld world({.offline = true});
  register_operation<BringFile>(world.dispatcher, &named);
  const auto admission = world.dispatcher.admit_upload(test::call_of<BringFile>(world.administrator(), {}));
  ASSERT_TRUE(admission);
  EXPECT_EQ(admission->status, 404);
  EXPECT_NE(admission->body.find("error.server_only"), std::string::npos);
}

TEST(WithoutAServer, each_operation_that_needs_one_says_why_in_every_language) {
  const TestWorld world;
  api::AllOperations::each([&]<class O>() {
    if (O::endpoint.availability != api::Availability::server_only) return;
    for (const char* language : {"zh-CN", "en"}) {
      const auto said = world.catalogs.for_language(language).format(
          "error.server_only", {param("operation", std::string(O::endpoint.name))});
      EXPECT_EQ(said.find(O::endpoint.name), std::string::npos) << said;
    }
  });
}

}  // namespace
}  // namespace tw::services
