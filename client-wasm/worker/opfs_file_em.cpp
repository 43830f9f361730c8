#include "worker/opfs_file_em.h"

extern "C" {
// opfs.js. Offsets and sizes are numbers of JavaScript, which are exact up to 2^53; below zero: failed.
double tw_opfs_size(int file);
int tw_opfs_read(int file, unsigned char* into, int count, double offset);
int tw_opfs_write(int file, const unsigned char* bytes, int count, double offset);
int tw_opfs_truncate(int file, double size);
int tw_opfs_flush(int file);
}

namespace tw::worker {

std::int64_t OpfsFile::size() { return static_cast<std::int64_t>(tw_opfs_size(number_)); }

std::int64_t OpfsFile::read(std::span<unsigned char> into, std::int64_t offset) {
  return tw_opfs_read(number_, into.data(), static_cast<int>(into.size()), static_cast<double>(offset));
}

bool OpfsFile::write(std::span<const unsigned char> bytes, std::int64_t offset) {
  const int count = static_cast<int>(bytes.size());
  return tw_opfs_write(number_, bytes.data(), count, static_cast<double>(offset)) == count;
}

bool OpfsFile::truncate(std::int64_t size) { return tw_opfs_truncate(number_, static_cast<double>(size)) == 0; }

bool OpfsFile::flush() { return tw_opfs_flush(number_) == 0; }

}  // namespace tw::worker
