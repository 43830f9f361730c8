// Large files on disk: DATA/spool/<id>. Ids are drawn at random, so that they never repeat over restarts.
//
// A file that was never finished (its request ended, or the server was killed) is named <id>.part and is removed when
// the spool is opened again; finished files belong to a row of the database, whose owner removes them (server/README).
// May be used from any thread; one file is written by one thread.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>

#include "core/env.h"

namespace tw::server {

class FileSpool final : public Spool {
 public:
  FileSpool(std::filesystem::path folder, Random& random);  // removes unfinished files
  ~FileSpool() override;

  // Removes every finished file that is not among these; answers how many. Only while starting: nobody else uses it.
  std::int64_t remove_all_but(const std::vector<SpoolId>& owned);

  SpoolId draw() override;
  void begin(SpoolId file) override;                           // throws std::system_error
  void append(SpoolId file, std::string_view bytes) override;  // throws std::system_error
  std::optional<std::int64_t> appended(SpoolId file) override;
  void finish(SpoolId file) override;  // throws std::system_error
  std::optional<std::int64_t> size(SpoolId file) override;
  std::string read(SpoolId file, std::int64_t offset, std::int64_t at_most) override;
  void remove(SpoolId file) override;
  std::vector<SpoolId> untouched_for(Millis age) override;

 private:
  struct Unfinished {
    int descriptor = -1;
    std::int64_t bytes = 0;
  };

  std::filesystem::path finished(SpoolId file) const;
  std::filesystem::path unfinished(SpoolId file) const;
  Unfinished& written(SpoolId file);  // the map's elements stay where they are; this one is its writer's
  void forget(SpoolId file);

  const std::filesystem::path folder_;
  Random& random_;
  std::mutex mutex_;
  std::map<SpoolId, Unfinished> open_;
};

}  // namespace tw::server
