// The files of an import over the life of the real program: what a kill leaves behind goes at the next start, what an
// import needs stays, and at the end nothing is left but what can still be fetched.
#include <algorithm>
#include <chrono>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "api/import.h"
#include "api/operation.h"
#include "api/session.h"
#include "core/text.h"
#include "support/server/http_door.h"
#include "support/server/running_server.h"
#include "support/server/server_process.h"

namespace tw::test {
namespace {

class ImportFilesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!ServerProcess::available()) GTEST_SKIP() << "TIDEWATER_BINARY names no program";
    process.start();
    api::SetUp::Request request;
    request.token = process.set_up_token();
    request.login = request.name = "root";
    request.password = "correct horse";
    HttpDoor door(process.port());
    const auto made = call<api::SetUp>(door, {}, request);
    ASSERT_TRUE(made) << made.reply.body;
    root = {made->person, session_cookie_of(made.reply), made->csrf};
  }

  std::filesystem::path spool() const { return parent.path() / "data" / "spool"; }
  std::size_t files() const {
    const std::filesystem::directory_iterator all(spool());
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
  }
  void leave(const std::string& name) const { std::ofstream(spool() / name) << "left over"; }

  api::ImportView upload(HttpDoor& door, const std::string& bytes) const {
    auto sent = call_of<api::UploadImport>(root, {"customers.csv"});
    sent.body = bytes;
    return *decoded<api::ImportView>(door.send(sent));
  }
  api::ImportView when_ended(HttpDoor& door, ImportId import) const {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::minutes(2);
    for (;;) {
      const auto seen = *call<api::ViewImport>(door, root, {import});
      if (seen.state != api::ImportState::checking && seen.state != api::ImportState::writing) return seen;
      if (std::chrono::steady_clock::now() > give_up) throw std::runtime_error("the import does not end");
      ::usleep(2000);
    }
  }

  TempFolder parent;
  ServerProcess process{parent.path() / "data"};
  Caller root;
};

TEST_F(ImportFilesTest, a_kill_leaves_what_an_import_needs_and_nothing_else) {
  std::string bytes = "name,phone\n";
  for (int row = 0; row < 30'000; ++row)
    bytes += "Row " + std::to_string(row) + (row % 2 == 0 ? ",\n" : ",,too many\n");
  ImportId import;
  {
    HttpDoor door(process.port());
    const auto uploaded = upload(door, bytes);
    import = uploaded.import;
    api::CheckImport::Request check;
    check.import = import;
    check.version = uploaded.version;
    for (const auto& column : uploaded.columns) check.mapping.push_back(column.suggestion);
    ASSERT_TRUE(call<api::CheckImport>(door, root, check));
  }
  // Killed again and again while it checks and writes down the refused rows; each time with leftovers of every kind.
  for (int kills = 0; kills < 4; ++kills) {
    ::usleep(static_cast<useconds_t>(20'000 * kills));
    process.kill();
    EXPECT_TRUE(std::filesystem::exists(spool()));
    leave("4711");
    leave("4712.part");
    process.start();
    EXPECT_FALSE(std::filesystem::exists(spool() / "4711")) << "a file that no row names";
    EXPECT_FALSE(std::filesystem::exists(spool() / "4712.part")) << "a file that was never finished";
  }
  HttpDoor door(process.port());
  const auto checked = when_ended(door, import);
  ASSERT_EQ(checked.state, api::ImportState::checked);
  EXPECT_EQ(checked.refused_rows, 15'000);
  EXPECT_EQ(files(), 2u) << "the upload and its refused rows";

  ASSERT_TRUE(call<api::WriteImport>(door, root, {import, checked.version, true}));
  process.kill();
  process.start();
  HttpDoor again(process.port());
  const auto done = when_ended(again, import);
  EXPECT_EQ(done.state, api::ImportState::done);
  EXPECT_EQ(done.written_rows, 15'000);
  const auto refused = again.send(call_of<api::DownloadRefusals>(root, {import}));
  EXPECT_EQ(refused.status, 200);
  EXPECT_EQ(std::count(refused.body.begin(), refused.body.end(), '\n'), 15'001);
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (files() != 1u && std::chrono::steady_clock::now() < give_up) ::usleep(2000);  // the write's own last step
  EXPECT_EQ(files(), 1u) << "only the refused rows can still be fetched";
}

}  // namespace
}  // namespace tw::test
