#include "demo/demo_world.h"

#include <optional>
#include <vector>

#include "db/upkeep.h"
#include "demo/lists.h"
#include "demo/office.h"
#include "demo/story.h"

namespace tw::demo {

struct DemoWorld::Parts {
  Parts(db::Database& used, Env& env, const Catalogs& catalogs, const WorldOptions& options)
      : database(used),
        now(env.clock.now()),
        office(used, env, catalogs, options.language, options.seed, now - days(days_told + 10)) {}

  db::Database& database;
  Instant now;
  Office office;
  Lists lists;
  std::optional<Story> story;
  std::vector<Scene> scenes;
  std::size_t next = 0;
  Progress progress;
  bool closed = false;
};

DemoWorld::DemoWorld(db::Database& database, Env& env, const Catalogs& catalogs, WorldOptions options)
    : parts_(std::make_unique<Parts>(database, env, catalogs, options)) {
  auto lists = read_lists();
  if (!lists) {
    parts_->office.fail("the lists of assets/demo cannot be read");
    return;
  }
  parts_->lists = std::move(lists).value();
  parts_->story.emplace(parts_->office, parts_->lists, options.language, parts_->now, options.customers,
                        options.late_customers);
  parts_->scenes = parts_->story->scenes();
  parts_->progress.total = 1;  // of going home
  for (const Scene& scene : parts_->scenes) parts_->progress.total += scene.weight;
}

DemoWorld::~DemoWorld() = default;

bool DemoWorld::step() {
  Parts& parts = *parts_;
  if (parts.closed || parts.office.failed()) return false;
  std::optional<db::Savepoint> scene_or_nothing;
  if (!db::in_transaction(parts.database)) scene_or_nothing.emplace(parts.database);
  if (parts.next < parts.scenes.size()) {
    const Scene& scene = parts.scenes[parts.next++];
    parts.office.pass_until(scene.at);
    scene.play();
    parts.progress.done += scene.weight;
  } else {
    if (parts.now < parts.office.clock.now()) parts.office.fail("the story goes beyond its end");
    parts.office.pass_until(parts.now);
    parts.office.close();
    parts.progress.done = parts.progress.total;
    parts.closed = true;
  }
  if (parts.office.failed()) return false;
  if (scene_or_nothing) scene_or_nothing->release();
  return !parts.closed;
}

bool DemoWorld::done() const { return parts_->closed && problem().empty(); }
Progress DemoWorld::progress() const { return parts_->progress; }
const std::string& DemoWorld::problem() const { return parts_->office.problem(); }
const LateImport& DemoWorld::late() const { return parts_->story->late(); }
std::int64_t DemoWorld::requests() const { return parts_->office.asked(); }

}  // namespace tw::demo
