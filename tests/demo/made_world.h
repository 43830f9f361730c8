// A demo world as the tests look at it: made once, then asked through the door and with SQL.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/catalogs.h"
#include "demo/demo_world.h"
#include "services/dispatcher.h"
#include "support/api_door.h"
#include "support/fakes.h"

namespace tw::demo {

// A Thursday morning in Shanghai, with no statutory holiday in the weeks before.
inline constexpr Instant usual_now{1'797'474'600'000};

class MadeWorld final : public test::ApiDoor {
 public:
  explicit MadeWorld(WorldOptions options = {}, Instant now = usual_now);

  // All steps; what went wrong, or nothing. `progress`: after each.
  std::string make(std::vector<Progress>* progress = nullptr);
  // What goes on while the visitor is there, to its end: the file of customers that arrives late.
  void let_the_late_file_arrive();

  services::Reply send(const services::Call& call) override { return dispatcher.handle(call); }
  template <class O>
  test::Answer<typename O::Response> call(const test::Caller& who, const typename O::Request& request) {
    return test::call<O>(*this, who, request);
  }
  test::Caller act(PersonId person);
  std::int64_t count(std::string_view sql) { return database->prepare_once(sql).integer_or(-1); }
  // Every row of every table, as text; instants as distances from `now` when `moved`.
  std::string content(bool moved);

  test::FakeClock clock;
  test::SeededRandom random;  // another one in each: nothing of the machine's chance may get into the world
  test::FastHasher passwords;
  test::FakeDigest digest;
  test::MemorySpool spool;
  test::MemoryLog log;
  Catalogs catalogs;
  Env env{clock, random, passwords, digest, spool, log, &catalogs};
  std::unique_ptr<db::Database> database;
  services::DirectRunner runner;
  services::Dispatcher dispatcher;
  std::unique_ptr<DemoWorld> world;
};

// The usual one, with all its customers, made by the first test that asks: for tests that only look.
struct TheWorld {
  MadeWorld made;
  std::vector<Progress> progress;
  std::string problem;
  std::string content;  // as it was before anybody looked
  std::string moved;
};
TheWorld& the_world();

}  // namespace tw::demo
