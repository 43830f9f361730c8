#include "support/test_world.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include <gtest/gtest.h>

#include "core/text.h"
#include "services/long_operation.h"
#include "services/sessions.h"
#include "support/query_plans.h"

namespace tw::test {

namespace {

// Tests run in the repository's top folder.
Catalog shipped(const std::string& language) {
  std::ifstream file("assets/i18n/" + language + ".json", std::ios::binary);
  const std::string json((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  auto catalog = Catalog::read(language, json);
  if (!catalog) throw std::runtime_error("assets/i18n/" + language + ".json cannot be read from here");
  return std::move(catalog).value();
}

std::unique_ptr<db::Database> migrated() {
  auto database = db::Database::open(":memory:", db::OpenMode::in_memory);
  db::migrate(*database);
  return database;
}

}  // namespace

TestWorld::TestWorld(services::Product product)
    : database(migrated()), runner(*database, env), dispatcher(runner, env, catalogs, std::move(product)) {
  catalogs.add(shipped("zh-CN"));
  catalogs.add(shipped("en"));
  services::register_all(dispatcher);
}

services::Reply TestWorld::send(const services::Call& call) {
  if (call.upload) return dispatcher.handle(call);
  const auto admitted = dispatcher.admit_upload(call);
  if (!admitted) return dispatcher.handle(call);
  if (admitted->status != 100) return *admitted;
  services::Call spooled = call;
  spooled.upload = spool.put(call.body);
  spooled.body.clear();
  return dispatcher.handle(spooled);
}

TestWorld::~TestWorld() {
  for (const std::string& statement : whole_table_reads(*database)) ADD_FAILURE() << statement;
}

std::int64_t TestWorld::count(std::string_view sql) { return database->prepare_once(sql).integer_or(-1); }

DepartmentId TestWorld::add_department(std::string_view name, DepartmentId parent) {
  return change([&](services::Work& work) { return services::insert_department(work, name, parent); });
}

PersonId TestWorld::add_person(std::string_view name, Role role, DepartmentId department, std::string_view password) {
  return change([&](services::Work& work) {
    services::Person person;
    person.login = text::lower(name);
    person.name = name;
    person.role = role;
    person.department = department;
    person.zone = "Asia/Shanghai";
    person.language = "en";
    const PersonId id = services::insert_person(work, person);
    if (!password.empty()) services::set_password_hash(work, id, passwords.hash(password));
    return id;
  });
}

Caller TestWorld::sign_in(PersonId person) {
  return change([&](services::Work& work) {
    const auto session = services::open_session(work, person, "192.0.2.1");
    return Caller{person, session.token, session.csrf};
  });
}

domain::access::Actor TestWorld::actor(PersonId person) {
  domain::access::Actor actor;
  runner.read([&](services::Work& work) {
    if (const auto row = services::load_person(work, person)) actor = services::actor_for(work, *row);
  });
  return actor;
}

void TestWorld::run_long_operations() {
  class NoHurry final : public services::StepBudget {
   public:
    bool used_up() override { return false; }
  };
  NoHurry budget;
  services::OperationRunner operations(runner, env);
  while (operations.run_one_step(budget)) {}
}

}  // namespace tw::test
