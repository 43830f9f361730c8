#include "demo/office.h"

#include <gtest/gtest.h>

#include "made_world.h"

namespace tw::demo {
namespace {

// Nothing of a scene is taken back alone, so nothing that has to be may happen in one.
TEST(SceneRunner, refuses_to_go_on_when_something_written_is_not_wanted) {
  MadeWorld made;
  db::Transaction scene(*made.database);
  SceneRunner runner(*made.database, made.env);
  const auto write = [](services::Work& work) {
    work.db.prepare("INSERT INTO settings (name, value) VALUES ('demo.test', '1')").run();
  };
  EXPECT_NO_THROW(runner.change(services::Lane::people, [](services::Work&) { return false; }));
  EXPECT_THROW(runner.change(services::Lane::people,
                             [&](services::Work& work) {
                               write(work);
                               return false;
                             }),
               std::logic_error);
}

}  // namespace
}  // namespace tw::demo
