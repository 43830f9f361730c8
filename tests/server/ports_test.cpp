// The ports on the real machine: spooled files, password hashes, log lines.
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "core/json.h"
#include "server/ports/clock_and_random.h"
#include "server/ports/digest.h"
#include "server/ports/file_spool.h"
#include "server/ports/passwords.h"
#include "server/ports/stream_log.h"
#include "support/fakes.h"
#include "support/server/running_server.h"

namespace tw::server {
namespace {

class SpoolTest : public ::testing::Test {
 protected:
  std::size_t files() const {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path())) ++count;
    return count;
  }
  test::TempFolder folder;
  SystemRandom random;
};

TEST_F(SpoolTest, a_file_is_written_finished_read_in_parts_and_removed) {
  FileSpool spool(folder.path(), random);
  const auto file = spool.create();
  EXPECT_FALSE(spool.size(file)) << "not finished yet";
  spool.append(file, "0123");
  spool.append(file, "456789");
  spool.finish(file);
  EXPECT_EQ(spool.size(file), 10);
  EXPECT_EQ(spool.read(file, 0, 4), "0123");
  EXPECT_EQ(spool.read(file, 8, 100), "89");
  EXPECT_EQ(spool.read(file, 10, 4), "");
  spool.remove(file);
  EXPECT_FALSE(spool.size(file));
  EXPECT_EQ(spool.read(file, 0, 4), "");
  spool.remove(file);
  EXPECT_EQ(files(), 0u);
}

TEST_F(SpoolTest, what_was_not_finished_is_gone_after_the_next_start) {
  SpoolId finished;
  {
    FileSpool spool(folder.path(), random);
    finished = spool.create();
    spool.append(finished, "whole");
    spool.finish(finished);
    spool.append(spool.create(), "half");
    EXPECT_EQ(files(), 2u);
  }
  FileSpool again(folder.path(), random);
  EXPECT_EQ(files(), 1u);
  EXPECT_EQ(again.read(finished, 0, 100), "whole");
}

TEST_F(SpoolTest, what_no_row_names_is_removed) {
  FileSpool spool(folder.path(), random);
  SpoolId made[3];
  for (auto& file : made) {
    file = spool.create();
    spool.finish(file);
  }
  EXPECT_EQ(spool.remove_all_but({made[1]}), 2);
  EXPECT_TRUE(spool.size(made[1]));
  EXPECT_FALSE(spool.size(made[0]));
}

TEST(Passwords, a_hash_matches_its_password_only_and_never_repeats) {
  SystemRandom random;
  Argon2Hasher hasher(random);
  const auto hash = hasher.hash("correct horse");
  ASSERT_TRUE(hash);
  EXPECT_EQ(hash->rfind("$argon2id$v=19$m=19456,t=2,p=1$", 0), 0u) << *hash;
  EXPECT_EQ(hasher.verify("correct horse", *hash), PasswordHasher::Verdict::match);
  EXPECT_EQ(hasher.verify("correct hors", *hash), PasswordHasher::Verdict::mismatch);
  EXPECT_EQ(hasher.verify("correct horse", "not a hash"), PasswordHasher::Verdict::mismatch);
  EXPECT_NE(hasher.hash("correct horse"), hash);
}

TEST(Passwords, whoever_would_wait_too_long_is_told_so) {
  SystemRandom random;
  HashCost none;
  none.at_once = 0;
  none.longest_wait = std::chrono::milliseconds(1);
  Argon2Hasher hasher(random, none);
  EXPECT_FALSE(hasher.hash("correct horse"));
  EXPECT_EQ(hasher.verify("correct horse", "x"), PasswordHasher::Verdict::busy);
}

TEST(Digest, is_sha_256) {
  Sha256Digest digest;
  EXPECT_EQ(digest.digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

class LogTest : public ::testing::Test {
 protected:
  LogTest() : file(std::tmpfile()) {}
  ~LogTest() override { std::fclose(file); }
  std::string written() {
    std::rewind(file);
    std::string text(4096, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), file));
    return text;
  }
  test::FakeClock clock;
  std::FILE* file;
};

TEST_F(LogTest, a_line_of_text_cannot_be_forged_by_a_value) {
  StreamLog log(clock, LogFormat::text, file);
  log.write(Log::Level::info, "request", {param("path", "/a b\n2026 error forged=1"), param("peer", "::1")});
  EXPECT_EQ(written(), "2026-01-01T02:00:00.000Z info request path=\"/a b\\n2026 error forged=1\" peer=::1\n");
}

TEST_F(LogTest, a_line_of_json_is_json) {
  StreamLog log(clock, LogFormat::json, file);
  log.write(Log::Level::warning, "odd", {param("text", "\"quoted\"\n\xff")});
  const auto line = written();
  EXPECT_TRUE(json::Document::parse(line)) << line;
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
}

TEST_F(LogTest, quiet_levels_are_left_out) {
  StreamLog log(clock, LogFormat::text, file, Log::Level::warning);
  log.write(Log::Level::info, "nothing", {});
  EXPECT_EQ(written(), "");
}

}  // namespace
}  // namespace tw::server
