#include "server/ports/file_spool.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include "core/text.h"

namespace tw::server {
namespace {

[[noreturn]] void fail(const char* doing) { throw std::system_error(errno, std::generic_category(), doing); }

// Makes a new or renamed entry of the folder itself durable.
void sync_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) fail("open the spool folder");
  const int code = ::fsync(descriptor);
  ::close(descriptor);
  if (code != 0) fail("fsync the spool folder");
}

}  // namespace

FileSpool::FileSpool(std::filesystem::path folder, Random& random) : folder_(std::move(folder)), random_(random) {
  std::filesystem::create_directories(folder_);
  for (const auto& entry : std::filesystem::directory_iterator(folder_))
    if (entry.path().extension() == ".part") std::filesystem::remove(entry.path());
}

FileSpool::~FileSpool() {
  for (const auto& [file, unfinished] : open_) ::close(unfinished.descriptor);
}

std::int64_t FileSpool::remove_all_but(const std::vector<SpoolId>& owned) {
  std::int64_t removed = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    const auto number = text::to_integer(entry.path().filename().string());
    if (!number || std::find(owned.begin(), owned.end(), SpoolId{*number}) != owned.end()) continue;
    removed += std::filesystem::remove(entry.path());
  }
  return removed;
}

SpoolId FileSpool::draw() {
  for (;;) {
    unsigned char drawn[6];  // 48 bits: ids stay below 2^53, and two that are drawn at once differ
    random_.fill(drawn);
    SpoolId file;
    for (const unsigned char byte : drawn) file.value = file.value * 256 + byte;
    if (file && !std::filesystem::exists(finished(file)) && !std::filesystem::exists(unfinished(file))) return file;
  }
}

void FileSpool::begin(SpoolId file) {
  remove(file);
  const int descriptor = ::open(unfinished(file).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
  if (descriptor < 0) fail("create a spool file");
  const std::lock_guard lock(mutex_);
  open_[file] = {descriptor, 0};
}

void FileSpool::append(SpoolId file, std::string_view bytes) {
  Unfinished& to = written(file);
  while (!bytes.empty()) {
    const auto part = ::write(to.descriptor, bytes.data(), bytes.size());
    if (part < 0) {
      if (errno == EINTR) continue;
      fail("append to a spool file");
    }
    to.bytes += part;
    bytes.remove_prefix(static_cast<std::size_t>(part));
  }
}

std::optional<std::int64_t> FileSpool::appended(SpoolId file) {
  const std::lock_guard lock(mutex_);
  const auto found = open_.find(file);
  return found == open_.end() ? std::nullopt : std::optional(found->second.bytes);
}

void FileSpool::finish(SpoolId file) {
  if (::fsync(written(file).descriptor) != 0) fail("fsync a spool file");
  std::filesystem::rename(unfinished(file), finished(file));
  sync_folder(folder_);
  forget(file);
}

std::optional<std::int64_t> FileSpool::size(SpoolId file) {
  std::error_code none;
  const auto bytes = std::filesystem::file_size(finished(file), none);
  if (none) return std::nullopt;
  return static_cast<std::int64_t>(bytes);
}

std::string FileSpool::read(SpoolId file, std::int64_t offset, std::int64_t at_most) {
  const int descriptor = ::open(finished(file).c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    if (errno == ENOENT) return {};
    fail("open a spool file");
  }
  std::string bytes(static_cast<std::size_t>(at_most), '\0');
  std::size_t got = 0;
  while (got < bytes.size()) {
    const auto part = ::pread(descriptor, bytes.data() + got, bytes.size() - got, offset + static_cast<off_t>(got));
    if (part < 0 && errno == EINTR) continue;
    if (part < 0) {
      const int problem = errno;
      ::close(descriptor);
      errno = problem;
      fail("read a spool file");
    }
    if (part == 0) break;
    got += static_cast<std::size_t>(part);
  }
  ::close(descriptor);
  bytes.resize(got);
  return bytes;
}

void FileSpool::remove(SpoolId file) {
  std::error_code ignored;  // fine when it is not there
  std::filesystem::remove(finished(file), ignored);
  std::filesystem::remove(unfinished(file), ignored);
  forget(file);
}

std::vector<SpoolId> FileSpool::untouched_for(Millis age) {
  std::vector<SpoolId> files;
  const auto before = std::filesystem::file_time_type::clock::now() - std::chrono::milliseconds(age.value);
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    const auto number = text::to_integer(entry.path().stem().string());
    std::error_code gone;  // removed while we look
    const auto touched = entry.last_write_time(gone);
    if (number && !gone && touched <= before) files.push_back({*number});
  }
  return files;
}

std::filesystem::path FileSpool::finished(SpoolId file) const { return folder_ / std::to_string(file.value); }

std::filesystem::path FileSpool::unfinished(SpoolId file) const {
  return folder_ / (std::to_string(file.value) + ".part");
}

FileSpool::Unfinished& FileSpool::written(SpoolId file) {
  const std::lock_guard lock(mutex_);
  const auto found = open_.find(file);
  if (found == open_.end()) throw std::logic_error("this spool file is not being written");
  return found->second;
}

void FileSpool::forget(SpoolId file) {
  const std::lock_guard lock(mutex_);
  const auto found = open_.find(file);
  if (found == open_.end()) return;
  ::close(found->second.descriptor);
  open_.erase(found);
}

}  // namespace tw::server
