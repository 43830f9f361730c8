// See compression.h.
#include "server/http/compression.h"

#include <limits>

#include <zlib.h>

namespace tw::server {
namespace {

constexpr int window_bits = 13;  // 8 KiB: what repeats in a page of rows repeats from row to row
constexpr int memory_level = 7;
constexpr int gzip_format = 16;

}  // namespace

class Deflater {
 public:
  Deflater() {
    ready_ = deflateInit2(&stream_, Z_BEST_SPEED, Z_DEFLATED, window_bits + gzip_format, memory_level,
                          Z_DEFAULT_STRATEGY) == Z_OK;
  }
  ~Deflater() {
    if (ready_) deflateEnd(&stream_);
  }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  std::optional<std::string> run(std::string_view body) {
    if (!ready_ || body.size() > std::numeric_limits<uInt>::max() || deflateReset(&stream_) != Z_OK)
      return std::nullopt;
    std::string packed(deflateBound(&stream_, static_cast<uLong>(body.size())), '\0');
    // zlib reads it only: without ZLIB_CONST its own type does not say so.
    stream_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(body.data()));
    stream_.avail_in = static_cast<uInt>(body.size());
    stream_.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream_.avail_out = static_cast<uInt>(packed.size());
    if (deflate(&stream_, Z_FINISH) != Z_STREAM_END) return std::nullopt;
    packed.resize(stream_.total_out);
    return packed;
  }

 private:
  z_stream stream_{};
  bool ready_ = false;
};

Compression::Compression() = default;
Compression::~Compression() = default;

bool may_be_compressed(std::string_view operation, std::size_t bytes) {
  return bytes >= least_compressed && operation.substr(0, 8) != "session.";
}

std::optional<std::string> Compression::gzip(std::string_view body) {
  std::unique_ptr<Deflater> deflater;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      deflater = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (!deflater) deflater = std::make_unique<Deflater>();
  auto packed = deflater->run(body);
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(deflater));
  return packed;
}

}  // namespace tw::server
