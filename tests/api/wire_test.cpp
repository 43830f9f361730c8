#include "api/wire.h"

#include <gtest/gtest.h>

#include "api/people.h"
#include "api/session.h"

namespace tw::api {
namespace {

TEST(Wire, a_get_carries_its_fields_in_path_and_query) {
  ListPeople::Request request;
  request.search = "a&b=安";
  request.active = true;
  const auto wire = to_wire<ListPeople>(request);
  EXPECT_EQ(wire.method, "GET");
  EXPECT_EQ(wire.body, "");
  EXPECT_EQ(wire.target(), "/api/v1/people?active=true&after=&department=0&limit=100&search=a%26b%3D%E5%AE%89");
}

TEST(Wire, a_path_parameter_is_filled_in_and_not_in_the_query) {
  ViewPerson::Request request;
  request.person = PersonId{7};
  EXPECT_EQ(to_wire<ViewPerson>(request).target(), "/api/v1/people/7");
}

TEST(Wire, a_post_carries_json) {
  SignIn::Request request;
  request.login = "ann";
  request.password = "secret \"word\"";
  const auto wire = to_wire<SignIn>(request);
  EXPECT_EQ(wire.target(), "/api/v1/session");
  EXPECT_EQ(wire.body, R"({"login":"ann","password":"secret \"word\""})");
}

TEST(Wire, a_delete_has_no_body) { EXPECT_EQ(to_wire<SignOut>({}).body, ""); }

}  // namespace
}  // namespace tw::api
