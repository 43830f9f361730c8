// The demo's world, 800 customers and ninety days of work, made in memory through the dispatcher, beside bare SQLite
// that writes the rows of the finished database into an empty one with the same indexes. Then the file of 4,200
// customers that arrives while the visitor is there.
#include <cstdio>
#include <memory>
#include <string>

#include "core/catalogs.h"
#include "demo/demo_world.h"
#include "services/long_operation.h"
#include "support/bench.h"
#include "support/fakes.h"

namespace tw::bench {
namespace {

// In memory by its name: with OpenMode::in_memory, what it attaches or vacuums into would be in memory too.
std::unique_ptr<db::Database> memory() { return db::Database::open(":memory:", db::OpenMode::read_write); }

std::unique_ptr<db::Database> empty_database() {
  auto database = memory();
  db::migrate(*database);
  return database;
}

// Tables and indexes of the attached `source`: also the columns that a company adds, which no migration knows.
void copy_schema(db::Database& database) {
  struct Part {
    std::string name, sql;
  };
  const auto parts = database
                         .prepare_once(
                             "SELECT name, sql FROM source.sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE "
                             "'sqlite_%' ORDER BY type <> 'table', sql NOT LIKE 'CREATE VIRTUAL%', rowid")
                         .all([](db::Row row) {
                           return Part{row.string(0), row.string(1)};
                         });
  for (const Part& part : parts) {
    const bool there = database.prepare("SELECT 1 FROM main.sqlite_master WHERE name = :name")
                           .bind(":name", part.name)
                           .integer_or(0) != 0;  // what belongs to the search table comes with it
    if (!there) database.execute(part.sql.c_str());
  }
}

double bare_seconds(db::Database& made, const std::string& file) {
  made.prepare_once("VACUUM INTO :file").bind(":file", file).run();
  const auto database = memory();
  database->execute("PRAGMA foreign_keys = OFF");  // tables are written in the order of their names
  database->prepare_once("ATTACH :file AS source").bind(":file", file).run();
  copy_schema(*database);
  const auto tables = database
                          ->prepare_once(
                              "SELECT name FROM source.sqlite_master WHERE type = 'table' AND sql IS NOT NULL "
                              "AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name")
                          .all([](db::Row row) { return row.string(0); });
  return seconds_of([&] {
    db::Transaction transaction(*database);
    for (const std::string& table : tables) {
      if (table.rfind("sqlite_", 0) == 0) continue;
      const std::string name = "\"" + table + "\"";
      // What migrations and the search table's own parts put there.
      database->execute(("DELETE FROM main." + name).c_str());
      database->execute(("INSERT INTO main." + name + " SELECT * FROM source." + name).c_str());
    }
    transaction.commit();
  });
}

class NoHurry final : public services::StepBudget {
 public:
  bool used_up() override { return false; }
};

double late_seconds(db::Database& database, Env& env, const Catalogs& catalogs, const demo::LateImport& late) {
  services::DirectRunner runner(database, env);
  services::Dispatcher dispatcher(runner, env, catalogs);
  services::register_all(dispatcher);
  services::OperationRunner operations(runner, env);
  NoHurry budget;
  return seconds_of([&] {
    runner.change(services::Lane::people, [&late](services::Work& work) {
      demo::set_late_import(work, late);
      return true;
    });
    while (demo::go_on_with_late_file(runner, dispatcher, env))
      while (operations.run_one_step(budget)) {}
  });
}

int run() {
  ScratchFolder folder;
  test::FakeClock clock;
  test::SeededRandom random;
  test::FastHasher passwords;
  test::FakeDigest digest;
  test::MemorySpool spool;
  test::MemoryLog log;
  const Catalogs catalogs;
  Env env{clock, random, passwords, digest, spool, log, nullptr};
  Table table("The demo's world");
  std::vector<double> samples, late;
  double bare = 0;
  std::int64_t requests = 0;
  for (int round = 0; round < 3; ++round) {
    const auto database = empty_database();
    demo::DemoWorld world(*database, env, catalogs);
    samples.push_back(seconds_of([&world] {
      while (world.step()) {}
    }));
    if (!world.done()) {
      std::printf("the world was not made: %s\n", world.problem().c_str());
      return 1;
    }
    requests = world.requests();
    bare = bare_seconds(*database, folder.file("made" + std::to_string(round) + ".db"));
    late.push_back(late_seconds(*database, env, catalogs, world.late()));
  }
  table.milliseconds("make the world, " + std::to_string(requests) + " requests", percentile(samples, 0.5), bare, 586);
  table.plain("  then import the customers who come late", percentile(late, 0.5));
  return 0;
}

}  // namespace
}  // namespace tw::bench

int main() { return tw::bench::run(); }
