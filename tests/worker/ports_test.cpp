// The ports of the local backend keep the promises of core/env.h.
#include "worker/ports.h"

#include <set>

#include <gtest/gtest.h>

namespace tw::worker {
namespace {

TEST(LocalPorts, a_password_is_argon2id_and_only_the_right_one_matches) {
  LocalRandom random;
  LocalHasher hasher(random);
  const auto stored = hasher.hash("correct horse");
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->rfind("$argon2id$", 0), 0U) << *stored;
  EXPECT_EQ(hasher.verify("correct horse", *stored), PasswordHasher::Verdict::match);
  EXPECT_EQ(hasher.verify("correct house", *stored), PasswordHasher::Verdict::mismatch);
  EXPECT_EQ(hasher.verify("correct horse", "no hash"), PasswordHasher::Verdict::mismatch);
  EXPECT_NE(hasher.hash("correct horse"), stored) << "salted";
}

// Made with the system's library at the server's cost: whoever brings a database along can still sign in.
TEST(LocalPorts, a_hash_of_another_cost_matches) {
  LocalRandom random;
  LocalHasher hasher(random);
  const std::string vector =  // of the reference implementation's own tests: version 0x13, "password", "somesalt"
      "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
  EXPECT_EQ(hasher.verify("password", vector), PasswordHasher::Verdict::match);
  EXPECT_EQ(hasher.verify("passwore", vector), PasswordHasher::Verdict::mismatch);
}

TEST(LocalPorts, the_digest_is_blake2b) {
  LocalDigest digest;
  // BLAKE2b-256 of "abc".
  EXPECT_EQ(digest.digest("abc"), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST(LocalPorts, random_bytes_differ_also_beyond_what_the_system_gives_at_once) {
  LocalRandom random;
  std::string bytes(600, '\0');
  random.fill({reinterpret_cast<unsigned char*>(bytes.data()), bytes.size()});
  EXPECT_NE(bytes.substr(0, 256), bytes.substr(256, 256));
  EXPECT_NE(bytes.substr(568), std::string(32, '\0'));
}

TEST(LocalPorts, the_clock_moves_forward_and_never_back) {
  LocalClock clock;
  const Instant before = clock.now();
  clock.move(hours(5));
  const Instant after = clock.now();
  EXPECT_GE((after - before).value, hours(5).value);
  EXPECT_LT((after - before).value, hours(6).value);
  clock.move({-hours(9).value});
  EXPECT_GE(clock.now(), after);
}

TEST(LocalPorts, a_spooled_file_is_read_only_once_it_is_whole) {
  LocalClock clock;
  LocalRandom random;
  LocalSpool spool(clock, random);
  const SpoolId file = spool.create();
  spool.append(file, "abc");
  spool.append(file, "def");
  EXPECT_EQ(spool.appended(file), 6);
  EXPECT_FALSE(spool.size(file));
  EXPECT_EQ(spool.read(file, 0, 10), "");
  spool.finish(file);
  EXPECT_EQ(spool.size(file), 6);
  EXPECT_EQ(spool.read(file, 2, 3), "cde");
  EXPECT_EQ(spool.read(file, 4, 100), "ef");
  EXPECT_EQ(spool.read(file, 6, 100), "");
  EXPECT_THROW(spool.append(file, "x"), std::logic_error);
  EXPECT_TRUE(spool.untouched_for(hours(1)).empty());
  clock.move(hours(2));
  EXPECT_EQ(spool.untouched_for(hours(1)).size(), 1U);
  spool.remove(file);
  EXPECT_FALSE(spool.size(file));
}

}  // namespace
}  // namespace tw::worker
