// The lower half of the client: transport, read model, addresses.
#include <gtest/gtest.h>

#include "client/commands/route.h"
#include "client/platform/still.h"
#include "client/store/store.h"
#include "client/transport/http.h"
#include "support/ui/canned.h"

namespace tw::test {
namespace {

std::string header(const platform::HttpRequest& request, std::string_view name) {
  for (const auto& one : request.headers)
    if (one.first == name) return one.second;
  return {};
}

TEST(HttpTransport, answers_in_a_later_frame_only) {
  platform::StillPlatform page;
  transport::HttpTransport http(page, 1);
  bool answered = false;
  transport::call<api::ListImports>(http, {}, [&](auto) { answered = true; });
  http.arrived({page.sent[0].first, 200, {}, R"({"rows":[]})"});
  EXPECT_FALSE(answered);
  http.pump({page.now});
  EXPECT_TRUE(answered);
}

TEST(HttpTransport, sends_a_write_again_under_the_same_key_when_nobody_answered) {
  platform::StillPlatform page;
  transport::HttpTransport http(page, 1);
  http.set_csrf("token");
  int answers = 0;
  transport::call<api::AddDepartment>(http, {"客服部", {}}, [&](auto answer) {
    ++answers;
    EXPECT_TRUE(static_cast<bool>(answer));
  });
  const std::string key = header(page.sent[0].second, "Idempotency-Key");
  EXPECT_EQ(key.size(), 32u);
  EXPECT_EQ(header(page.sent[0].second, "X-CSRF-Token"), "token");
  http.arrived({page.sent[0].first, 0, {}, {}});
  http.pump({page.now});
  EXPECT_EQ(answers, 0);
  ASSERT_TRUE(http.next_due().has_value());
  http.pump(*http.next_due());
  ASSERT_EQ(page.sent.size(), 2u);
  EXPECT_EQ(header(page.sent[1].second, "Idempotency-Key"), key);
  http.arrived({page.sent[1].first, 200, {}, R"({"department":1,"name":"客服部"})"});
  http.pump({page.now});
  EXPECT_EQ(answers, 1);
}

TEST(HttpTransport, two_writes_never_share_a_key) {
  platform::StillPlatform page;
  transport::HttpTransport http(page, 1);
  transport::call<api::AddDepartment>(http, {"a", {}}, [](auto) {});
  transport::call<api::AddDepartment>(http, {"b", {}}, [](auto) {});
  EXPECT_NE(header(page.sent[0].second, "Idempotency-Key"), header(page.sent[1].second, "Idempotency-Key"));
}

TEST(HttpTransport, a_refusal_keeps_its_fields) {
  platform::StillPlatform page;
  transport::HttpTransport http(page, 1);
  transport::Problem problem;
  transport::call<api::AddDepartment>(http, {"", {}}, [&](auto answer) { problem = answer.problem; });
  http.arrived({page.sent[0].first,
                400,
                {},
                R"({"code":"invalid","detail":"wrong","fields":[{"path":"name","message":"too short"}]})"});
  http.pump({page.now});
  EXPECT_EQ(problem.code, Code::invalid);
  EXPECT_EQ(problem.field("name"), "too short");
}

TEST(Address, values_of_a_read_go_into_path_and_query) {
  platform::StillPlatform page;
  transport::HttpTransport http(page, 1);
  transport::call<api::ViewBatchLog>(http, {.batch = {7}, .before = 3, .limit = 50}, [](auto) {});
  EXPECT_EQ(page.sent[0].second.path, "/api/v1/batches/7/log?before=3&limit=50");
}

TEST(Remote, an_older_answer_does_not_overwrite_a_newer_one) {
  store::Remote<int> remote;
  const auto first = remote.ask(), second = remote.ask();
  remote.answer(second, 2);
  remote.answer(first, 1);
  EXPECT_EQ(*remote, 2);
}

TEST(Store, what_changed_is_stale_but_stays_visible) {
  CannedStore canned;
  canned.add_batch();
  canned.store.happened(EventKind::batch_changed, 7);
  EXPECT_TRUE(canned.store.batch.at(7).ready());
  EXPECT_TRUE(canned.store.batch.at(7).wanted());
}

TEST(Store, an_open_record_asks_again_when_its_customer_may_no_longer_be_contacted) {
  CannedStore canned;
  canned.add_everything();
  ASSERT_FALSE(canned.store.item.at(31).wanted());
  canned.store.happened(EventKind::customer_changed, 901);
  EXPECT_TRUE(canned.store.item.at(31).ready()) << "it stays visible";
  EXPECT_TRUE(canned.store.item.at(31).wanted());
}

TEST(Store, a_poll_that_brings_nothing_is_no_reason_to_draw) {
  CannedStore canned;
  canned.store.take_changed();
  canned.store.poll({1000});
  canned.transport.answer(0, 200, R"({"newest":5,"forgotten":false,"events":[]})");
  EXPECT_FALSE(canned.store.take_changed());
  canned.store.poll({9000});
  canned.transport.answer(1, 200, R"({"newest":6,"forgotten":false,"events":[{"kind":"batch_changed","entity":7}]})");
  EXPECT_TRUE(canned.store.take_changed());
}

TEST(Store, an_ended_session_is_noticed_and_nothing_is_forgotten) {
  CannedStore canned;
  canned.add_batch();
  canned.store.load_workbench();
  canned.transport.answer(0, 401, R"({"code":"unauthenticated","key":"error.unauthenticated"})");
  EXPECT_TRUE(canned.store.session_ended);
  EXPECT_TRUE(canned.store.batch.at(7).ready());
}

TEST(Store, a_wrong_password_does_not_end_the_session_it_is_typed_in) {
  CannedStore canned;
  canned.store.load_workbench();
  canned.transport.answer(0, 401, R"({"code":"unauthenticated","key":"session.wrong_login"})");
  EXPECT_FALSE(canned.store.session_ended);
}

TEST(Window, asks_for_the_visible_pages_once) {
  store::Window<int> window;
  EXPECT_EQ(window.wanted(0, 50), (std::vector<std::int64_t>{0}));
  const auto question = window.slot(0).rows.ask();
  EXPECT_TRUE(window.wanted(0, 50).empty());
  window.answered(0, question, std::vector<int>(100, 1), {}, api::Total{1000, true});
  EXPECT_EQ(window.wanted(450, 520), (std::vector<std::int64_t>{4, 5}));
  EXPECT_EQ(window.at(450), nullptr);
  EXPECT_NE(window.at(99), nullptr);
}

TEST(Window, that_is_empty_or_has_become_shorter_is_asked_again_when_something_changed) {
  store::Window<int> window;
  EXPECT_EQ(window.wanted(0, 0), std::vector<std::int64_t>{0});
  window.answered(0, window.slot(0).rows.ask(), {}, {}, api::Total{0, true});
  EXPECT_TRUE(window.wanted(0, 0).empty()) << "once is enough";
  window.mark_stale();
  EXPECT_EQ(window.wanted(0, 0), std::vector<std::int64_t>{0});
  EXPECT_EQ(window.wanted(700, 730), std::vector<std::int64_t>{0}) << "where one had scrolled before";
}

TEST(Route, every_address_reads_back_as_itself) {
  for (const char* address :
       {"/", "/customers", "/customers/42", "/batches", "/batches/7", "/batches/7/allocate", "/my-tasks",
        "/my-tasks/123", "/imports/3", "/people", "/sign-in", "/batches/7?state=executing"})
    EXPECT_EQ(commands::address_of(commands::parse_route(address)), address);
  EXPECT_EQ(commands::parse_route("/setup#abc").token, "abc");
  EXPECT_EQ(commands::parse_route("/customers/x").page, commands::Page::not_found);
  EXPECT_EQ(commands::parse_route("/nothing").page, commands::Page::not_found);
}

}  // namespace
}  // namespace tw::test
