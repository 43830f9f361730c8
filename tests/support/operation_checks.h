// What must hold for every operation of the registry, asked at any door: tests/api asks the dispatcher, tests/server a
// running server. Each check visits all operations and reports with gtest's expectations.
#pragma once

#include <set>
#include <string>

#include "support/api_door.h"

namespace tw::test {

// Somebody of each role, made through the door itself: added, invited, signed in by the invitation.
struct Cast {
  Caller administrator;
  Caller manager;
  Caller member;
};
Cast cast_through(ApiDoor& door, const Caller& administrator);

// The session that a reply's cookie opens.
Caller caller_of(const services::Reply& reply);

class OperationChecks {
 public:
  OperationChecks(ApiDoor& door, Cast cast) : door_(door), cast_(std::move(cast)) {}

  // Operations that do not exist behind this door.
  void leave_out(std::set<std::string> names) { left_out_ = std::move(names); }

  void without_session_is_unauthenticated();
  void without_permission_is_forbidden();
  void a_change_needs_the_csrf_token();
  void a_broken_body_is_refused();
  void a_field_of_the_wrong_type_is_named();
  void a_field_outside_its_rule_is_named();
  void an_id_of_nothing_is_not_found();
  void an_id_that_is_no_number_is_refused();
  void an_example_never_breaks();
  void call_every_reading_operation();  // for the caller to see that nothing was written

 private:
  ApiDoor& door_;
  Cast cast_;
  std::set<std::string> left_out_;
};

}  // namespace tw::test
