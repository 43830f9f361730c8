// Large files on disk: DATA/spool/<id>. Ids are drawn at random, so that they never repeat over restarts.
//
// A file that was never finished (its request ended, or the server was killed) is named <id>.part and is removed when
// the spool is opened again; finished files belong to a row of the database, whose owner removes them. May be used from
// any thread; one file is written by one thread.
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

  SpoolId create() override;
  void append(SpoolId file, std::string_view bytes) override;  // throws std::system_error
  void finish(SpoolId file) override;                          // throws std::system_error
  std::optional<std::int64_t> size(SpoolId file) override;
  std::string read(SpoolId file, std::int64_t offset, std::int64_t at_most) override;
  void remove(SpoolId file) override;

 private:
  std::filesystem::path finished(SpoolId file) const;
  std::filesystem::path unfinished(SpoolId file) const;
  int descriptor(SpoolId file);

  const std::filesystem::path folder_;
  Random& random_;
  std::mutex mutex_;
  std::map<SpoolId, int> open_;  // descriptors of unfinished files
};

}  // namespace tw::server
