// gzip of the replies of the API. httplib would compress every one with a deflater made for it, at a level meant for
// files: that took a quarter of what a page of a list costs. Here deflaters are kept, and work at the level meant for
// what is written once and read once.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tw::server {

inline constexpr std::size_t least_compressed = 1400;  // bytes: what goes in one packet anyway stays as it is

// Replies of session.* carry the CSRF token, and the length of a compressed secret tells about it whoever can choose
// what stands beside it (BREACH).
bool may_be_compressed(std::string_view operation, std::size_t bytes);

class Deflater;

// For any number of threads: as many deflaters as ever worked at once, of 96 KiB each.
class Compression {
 public:
  Compression();
  ~Compression();
  Compression(const Compression&) = delete;
  Compression& operator=(const Compression&) = delete;

  // Nothing when there is no memory for a deflater: the reply then goes as it is.
  std::optional<std::string> gzip(std::string_view body);

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<Deflater>> idle_;  // under mutex_
};

}  // namespace tw::server
