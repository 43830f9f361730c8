// The demo world: a company that has worked with the product for ninety days, made in an empty, migrated database.
//
//   db::Transaction all(database);                        // all of it or nothing
//   demo::DemoWorld world(database, env, catalogs, {.language = "en"});
//   while (world.step()) show(world.progress());
//   if (world.done()) all.commit();                       // else world.problem() says what is wrong
//   auto session = demo::act_as(runner, demo::cast()[0].person);   // cast.h
//
// What must stay true
// - It is made through the dispatcher and the jobs alone, under a clock that walks from then to now: no row is written
//   here.
// - The same seed, start and language give the same database. Another day gives the same story, moved.
// - Half a world is of no use to anybody: whoever makes one in a database that stays holds a transaction around all
//   steps. Without one, each step is a transaction of its own.
// - One thread. Nobody else uses the database while it is made, and `env.clock` is not asked after the start.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/catalogs.h"
#include "core/env.h"
#include "db/sqlite.h"
#include "demo/cast.h"
#include "demo/late_file.h"

namespace tw::demo {

struct WorldOptions {
  std::string language = "zh-CN";  // of the company: departments, batches, notes; customers have names in both
  std::uint64_t seed = 20261122;
  std::int64_t customers = 800;
  std::int64_t late_customers = 4200;  // of a file that is imported when the visitor is there (late_file.h)
};

struct Progress {
  std::int64_t done = 0;
  std::int64_t total = 1;
};

class DemoWorld {
 public:
  // `catalogs`: of both languages, as the dispatcher's. All three must outlive it.
  DemoWorld(db::Database& database, Env& env, const Catalogs& catalogs, WorldOptions options = {});
  ~DemoWorld();
  DemoWorld(const DemoWorld&) = delete;
  DemoWorld& operator=(const DemoWorld&) = delete;

  // One scene more; false: it was the last one, or something went wrong. Throws what the database throws. A scene is
  // one transaction; whoever holds one around them throws it away with a world that went wrong.
  bool step();
  bool done() const;
  Progress progress() const;
  // Empty while all goes well; a sentence for developers otherwise.
  const std::string& problem() const;
  // What goes on after it is done; whoever keeps the database notes it there.
  const LateImport& late() const;
  std::int64_t requests() const;  // that the world's people have made so far

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace tw::demo
