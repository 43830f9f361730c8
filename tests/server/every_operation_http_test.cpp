// What must hold for every operation, over HTTP against a real server: the registry is visited, none can be forgotten.
// The same claims about the dispatcher alone are in tests/api/every_operation_test.cpp.
#include <set>

#include <gtest/gtest.h>

#include "api/registry.h"
#include "support/example.h"
#include "support/server/running_server.h"

namespace tw::server {
namespace {

using test::Caller;

class EveryOperationOverHttp : public ::testing::Test {
 protected:
  // One server for all: starting it is what costs.
  static void SetUpTestSuite() { shared() = std::make_unique<World>(); }
  static void TearDownTestSuite() { shared().reset(); }

  struct World {
    test::RunningServer server;
    Caller root = server.administrator();
    Caller member = server.person(root, "member", domain::access::Role::member);
  };
  static std::unique_ptr<World>& shared() {
    static std::unique_ptr<World> world;
    return world;
  }
  World& world = *shared();

  // Visits each operation that has a use case; that all have one is a claim of the dispatcher's test.
  template <class F>
  void each(F&& visit) {
    std::set<std::string_view> known;
    for (const auto& route : world.server.backend().dispatcher().routes()) known.insert(route.endpoint.name);
    api::AllOperations::each([&]<class O>() {
      if (known.count(O::endpoint.name) != 0) visit.template operator()<O>();
    });
  }

  template <class O>
  static services::Call example(const Caller& who) {
    auto call = test::call_of<O>(who, test::example_of<typename O::Request>());
    if (O::endpoint.body == api::Body::upload) call.body = "name\nAnn\n";
    return call;
  }
  template <class O>
  void expect_refusal(const services::Call& call, int status) {
    const auto answer = test::decoded<Done>(world.server.send(call));
    EXPECT_EQ(answer.status(), status) << O::endpoint.name << ": " << answer.reply.body;
    EXPECT_EQ(answer.reply.content_type, "application/problem+json") << O::endpoint.name;
    EXPECT_EQ(answer.problem.status, status) << O::endpoint.name;
    EXPECT_FALSE(answer.problem.detail.empty()) << O::endpoint.name;
  }
};

TEST_F(EveryOperationOverHttp, needs_a_session_unless_it_is_for_anyone) {
  each([&]<class O>() {
    if (O::endpoint.permission == domain::access::Permission::anyone) return;
    expect_refusal<O>(example<O>({}), 401);
    Caller forged = world.root;
    forged.cookie[0] = forged.cookie[0] == 'a' ? 'b' : 'a';
    expect_refusal<O>(example<O>(forged), 401);
  });
}

TEST_F(EveryOperationOverHttp, is_refused_to_roles_that_lack_its_permission) {
  each([&]<class O>() {
    if (domain::access::holds(domain::access::Role::member, O::endpoint.permission)) return;
    expect_refusal<O>(example<O>(world.member), 403);
  });
}

TEST_F(EveryOperationOverHttp, that_changes_something_needs_the_sessions_second_secret) {
  each([&]<class O>() {
    if (O::endpoint.permission == domain::access::Permission::anyone) return;
    if (O::endpoint.effect != api::Effect::changes) return;
    auto call = example<O>(world.root);
    call.csrf.clear();
    expect_refusal<O>(call, 403);
  });
}

TEST_F(EveryOperationOverHttp, refuses_a_body_that_is_not_json) {
  each([&]<class O>() {
    const bool has_body = O::endpoint.method == api::Method::post || O::endpoint.method == api::Method::patch;
    if (!has_body || O::endpoint.body != api::Body::json) return;
    for (const char* body : {"{\"", "[]", "nonsense", "{\"a\":NaN}"}) {
      auto call = example<O>(world.root);
      call.body = body;
      expect_refusal<O>(call, 400);
    }
  });
}

}  // namespace
}  // namespace tw::server
