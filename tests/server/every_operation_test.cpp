// What must hold for every operation, asked at a real server over HTTP; tests/api asks the dispatcher the same.
#include <memory>

#include <gtest/gtest.h>

#include "api/registry.h"
#include "support/operation_checks.h"
#include "support/server/running_server.h"

namespace tw::server {
namespace {

class EveryOperationOverHttp : public ::testing::Test {
 protected:
  struct World {
    test::RunningServer server;
    test::OperationChecks checks{server, test::cast_through(server, server.administrator())};
  };
  // One server for all: starting it, and three passwords, are what costs.
  static std::unique_ptr<World>& world() {
    static std::unique_ptr<World> made;
    return made;
  }
  static void SetUpTestSuite() {
    world() = std::make_unique<World>();
    std::set<std::string> missing;  // that each has a use case is a claim of tests/api
    api::AllOperations::each([&]<class O>() { missing.insert(std::string(O::endpoint.name)); });
    for (const auto& route : world()->server.backend().dispatcher().routes())
      missing.erase(std::string(route.endpoint.name));
    world()->checks.leave_out(missing);
  }
  static void TearDownTestSuite() { world().reset(); }
  test::OperationChecks& checks = world()->checks;
};

TEST_F(EveryOperationOverHttp, needs_a_session_unless_it_is_for_anyone) { checks.without_session_is_unauthenticated(); }
TEST_F(EveryOperationOverHttp, needs_its_permission) { checks.without_permission_is_forbidden(); }
TEST_F(EveryOperationOverHttp, that_changes_something_needs_the_csrf_token) { checks.a_change_needs_the_csrf_token(); }
TEST_F(EveryOperationOverHttp, refuses_a_broken_body) { checks.a_broken_body_is_refused(); }
TEST_F(EveryOperationOverHttp, names_a_field_of_the_wrong_type) { checks.a_field_of_the_wrong_type_is_named(); }
TEST_F(EveryOperationOverHttp, names_a_field_outside_its_rule) { checks.a_field_outside_its_rule_is_named(); }
TEST_F(EveryOperationOverHttp, finds_nothing_where_nothing_is) { checks.an_id_of_nothing_is_not_found(); }
TEST_F(EveryOperationOverHttp, refuses_an_id_that_is_no_number) { checks.an_id_that_is_no_number_is_refused(); }
TEST_F(EveryOperationOverHttp, never_breaks_on_an_example) { checks.an_example_never_breaks(); }

}  // namespace
}  // namespace tw::server
