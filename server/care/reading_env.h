// The ports of core/env.h for whoever only reads a database: nothing is spooled, and no files of a server that runs on
// the folder are touched.
#pragma once

#include <functional>
#include <stdexcept>

#include "core/env.h"
#include "server/ports/clock_and_random.h"
#include "server/ports/digest.h"
#include "server/ports/passwords.h"
#include "services/work.h"

namespace tw::server {

class ReadingEnv {
 public:
  ReadingEnv(Clock& clock, Log& log) : env_{clock, random_, passwords_, digest_, spool_, log} {}
  ReadingEnv(const ReadingEnv&) = delete;
  ReadingEnv& operator=(const ReadingEnv&) = delete;

  void read(db::Database& database, const std::function<void(services::Work&)>& body) {
    services::DirectRunner(database, env_).read(body);
  }
  void change(db::Database& database, const std::function<bool(services::Work&)>& body) {
    services::DirectRunner(database, env_).change(services::Lane::people, body);
  }
  // In a transaction that is the caller's.
  void within(db::Database& database, const std::function<void(services::Work&)>& body) {
    services::DirectRunner(database, env_).read(body);
  }

 private:
  class NoSpool final : public Spool {
   public:
    SpoolId draw() override { refuse(); }
    void begin(SpoolId) override { refuse(); }
    void append(SpoolId, std::string_view) override { refuse(); }
    std::optional<std::int64_t> appended(SpoolId) override { return std::nullopt; }
    void finish(SpoolId) override { refuse(); }
    std::optional<std::int64_t> size(SpoolId) override { return std::nullopt; }
    std::string read(SpoolId, std::int64_t, std::int64_t) override { return {}; }
    void remove(SpoolId) override { refuse(); }
    std::vector<SpoolId> untouched_for(Millis) override { return {}; }

   private:
    [[noreturn]] static void refuse() { throw std::logic_error("nothing is spooled here"); }
  };

  SystemRandom random_;
  Argon2Hasher passwords_{random_};
  Sha256Digest digest_;
  NoSpool spool_;
  Env env_;
};

}  // namespace tw::server
