#include "worker/block_file.h"

#include <algorithm>

namespace tw::worker {

bool BlockFile::write(std::span<const unsigned char> bytes, std::int64_t offset) {
  // What lies between the old end and the new bytes is new, too.
  mark(std::min(size(), offset), offset + static_cast<std::int64_t>(bytes.size()));
  return bytes_.write(bytes, offset);
}

bool BlockFile::truncate(std::int64_t size) {
  mark(std::min(this->size(), size), std::max(this->size(), size));
  return bytes_.truncate(size);
}

void BlockFile::mark(std::int64_t from, std::int64_t to) {
  // Also the block in which the file now ends: its length has changed.
  for (std::int64_t block = std::max<std::int64_t>(from - 1, 0) / block_bytes; block * block_bytes < to; ++block)
    changed_.insert(block);
}

bool BlockFile::load(std::span<const unsigned char> block) { return bytes_.write(block, size()); }

std::vector<std::int64_t> BlockFile::take_changed() {
  std::vector<std::int64_t> numbers(changed_.begin(), changed_.end());
  changed_.clear();
  return numbers;
}

std::vector<unsigned char> BlockFile::block(std::int64_t number) {
  const std::int64_t begin = number * block_bytes;
  const std::int64_t length = std::clamp<std::int64_t>(size() - begin, 0, block_bytes);
  std::vector<unsigned char> bytes(static_cast<std::size_t>(length));
  if (length > 0) bytes_.read(bytes, begin);
  return bytes;
}

}  // namespace tw::worker
