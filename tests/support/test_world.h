// A whole product in memory: migrated database, fake ports, the dispatcher with every operation. Make one per test.
//
//   TestWorld world;
//   const auto north = world.add_department("North");
//   const auto ann = world.sign_in(world.add_person("Ann", Role::manager, north));
//   const auto people = world.call<api::ListPeople>(ann, {});
//   ASSERT_TRUE(people) << people.problem.detail;
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/catalogs.h"
#include "services/dispatcher.h"
#include "services/people_store.h"
#include "support/api_door.h"
#include "support/fakes.h"

namespace tw::test {

using domain::access::Role;

class TestWorld : public ApiDoor {
 public:
  explicit TestWorld(services::Product product = {});
  // Every statement that the test ran must find its rows by an index where a table is large.
  ~TestWorld() override;

  // --- ports and parts, public on purpose ---
  FakeClock clock;
  SeededRandom random;
  FastHasher passwords;
  FakeDigest digest;
  MemorySpool spool;
  MemoryLog log;
  Catalogs catalogs;  // the shipped texts
  Env env{clock, random, passwords, digest, spool, log, &catalogs};
  std::unique_ptr<db::Database> database;
  services::DirectRunner runner;
  services::Dispatcher dispatcher;

  // --- through the door ---
  // The bytes of an upload are the body, or spooled already in call.upload.
  services::Reply send(const services::Call& call) override;
  template <class O>
  Answer<typename O::Response> call(const Caller& who, const typename O::Request& request) {
    return test::call<O>(*this, who, request);
  }
  // As the command line on the server's own machine.
  template <class O>
  Answer<typename O::Response> call_as_operator(const typename O::Request& request) {
    services::Call call = call_of<O>({}, request);
    call.local_operator = true;
    return decoded<typename O::Response>(send(call));
  }

  // --- behind the door: one Work, committed ---
  template <class F>
  auto change(F&& body) {
    using Value = decltype(body(std::declval<services::Work&>()));
    if constexpr (std::is_void_v<Value>) {
      runner.change(services::Lane::people, [&](services::Work& work) {
        body(work);
        return true;
      });
    } else {
      std::optional<Value> value;
      runner.change(services::Lane::people, [&](services::Work& work) {
        value.emplace(body(work));
        return true;
      });
      return std::move(*value);
    }
  }
  // The first column of the first row; -1 when there is no row.
  std::int64_t count(std::string_view sql);

  // --- arranging ---
  DepartmentId add_department(std::string_view name, DepartmentId parent = {});
  // Login = name in lower case; no password unless one is given.
  PersonId add_person(std::string_view name, Role role = Role::member, DepartmentId department = {},
                      std::string_view password = {});
  Caller sign_in(PersonId person);  // a session, without a password
  Caller sign_in(std::string_view name, Role role, DepartmentId department = {}) {
    return sign_in(add_person(name, role, department));
  }
  Caller administrator() { return sign_in("Administrator " + std::to_string(++named_), Role::administrator); }
  domain::access::Actor actor(PersonId person);  // for calling a use case directly
  void run_long_operations();                    // all steps of all, to their ends

 private:
  int named_ = 0;
};

}  // namespace tw::test
