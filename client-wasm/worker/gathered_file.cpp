#include "worker/gathered_file.h"

namespace tw::worker {

std::int64_t GatheredFile::size() { return pass_on() ? file_->size() : -1; }

std::int64_t GatheredFile::read(std::span<unsigned char> into, std::int64_t offset) {
  return pass_on() ? file_->read(into, offset) : -1;
}

bool GatheredFile::write(std::span<const unsigned char> bytes, std::int64_t offset) {
  const bool goes_on = offset == begin_ + std::ssize(gathered_) && gathered_.size() + bytes.size() <= most_bytes;
  if (!goes_on && !pass_on()) return false;
  if (gathered_.empty()) begin_ = offset;
  gathered_.insert(gathered_.end(), bytes.begin(), bytes.end());
  return true;
}

bool GatheredFile::truncate(std::int64_t size) { return pass_on() && file_->truncate(size); }

bool GatheredFile::flush() { return pass_on() && file_->flush(); }

bool GatheredFile::pass_on() {
  if (gathered_.empty()) return true;
  const bool written = file_->write(gathered_, begin_);
  gathered_.clear();  // what failed is told once: SQLite writes it again, or never
  return written;
}

}  // namespace tw::worker
