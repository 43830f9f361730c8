#include "server/care/files.h"

#include <cerrno>
#include <cstdio>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "server/words/reasons.h"

namespace tw::server {
namespace {

[[noreturn]] void fail(TextKey what, const std::filesystem::path& path) {
  const int problem = errno;
  throw Refused(message_of(what, {param("path", path.string())}).with("reason", reason_of(problem)));
}

constexpr TextKey cannot_read = said_key("files.cannot_read");
constexpr TextKey cannot_make = said_key("files.cannot_make");
constexpr TextKey cannot_write = said_key("files.cannot_write");
constexpr TextKey cannot_replace = said_key("files.cannot_replace");
constexpr TextKey cannot_make_durable = said_key("files.cannot_make_durable");
constexpr TextKey cannot_see_room = said_key("files.cannot_see_room");

constexpr int copied_at_a_time = 1024 * 1024;

}  // namespace

OpenFile::OpenFile(const std::filesystem::path& path, int flags, TextKey what)
    : path_(path), descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {
  if (descriptor_ < 0) fail(what, path);
}

OpenFile OpenFile::to_read(const std::filesystem::path& path) { return {path, O_RDONLY, cannot_read}; }

OpenFile OpenFile::new_file(const std::filesystem::path& path) {
  return {path, O_RDWR | O_CREAT | O_EXCL, cannot_make};
}

OpenFile::OpenFile(OpenFile&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

OpenFile::~OpenFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void OpenFile::make_durable() const {
  if (::fsync(descriptor_) != 0) throw Refused(said("files.cannot_make_file_durable").with("reason", reason_of(errno)));
}

void OpenFile::write_at(std::int64_t at, const char* bytes, std::size_t length) const {
  while (length > 0) {
    const ssize_t put = ::pwrite(descriptor_, bytes, length, at);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) fail(cannot_write, path_);
    at += put;
    bytes += put;
    length -= static_cast<std::size_t>(put);
  }
}

void OpenFile::reserve(std::int64_t bytes) const {
  if (bytes == 0 || ::fallocate(descriptor_, 0, 0, bytes) == 0) return;
  if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG) fail(cannot_write, path_);
}

void OpenFile::write_out(std::int64_t at, std::int64_t length) const {
  // These fail only where the file system cannot do it: then the kernel chooses when.
  ::sync_file_range(descriptor_, at, length, SYNC_FILE_RANGE_WRITE);
  if (at < length) return;
  ::sync_file_range(descriptor_, at - length, length, SYNC_FILE_RANGE_WAIT_BEFORE);
  ::posix_fadvise(descriptor_, at - length, length, POSIX_FADV_DONTNEED);
}

void OpenFile::read_into_memory(const std::function<void()>& between) const {
  std::vector<char> piece(copied_at_a_time);
  for (std::int64_t at = 0; ::pread(descriptor_, piece.data(), piece.size(), at) > 0; at += copied_at_a_time) between();
}

void OpenFile::let_memory_go() const { ::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_DONTNEED); }

void make_folder_durable(const std::filesystem::path& folder) {
  const OpenFile opened = OpenFile::to_read(folder);
  // Some network file systems do not know this of a folder; there is nothing better to do then.
  if (::fsync(opened.descriptor()) != 0 && errno != EINVAL && errno != ENOTSUP) fail(cannot_make_durable, folder);
}

bool move_into_place(const std::filesystem::path& from, const std::filesystem::path& to) {
  int code = ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE);
  if (code != 0 && errno == EINVAL) {  // a file system that cannot look and rename in one step
    if (std::filesystem::exists(std::filesystem::symlink_status(to))) return false;
    code = ::rename(from.c_str(), to.c_str());
  }
  if (code != 0 && errno == EEXIST) return false;
  if (code != 0) fail(cannot_replace, to);
  make_folder_durable(folder_of(to));
  return true;
}

void replace(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) fail(cannot_replace, to);
  make_folder_durable(folder_of(to));
}

void copy_bytes(const std::filesystem::path& from, const std::filesystem::path& to) {
  const OpenFile in = OpenFile::to_read(from);
  const OpenFile out = OpenFile::new_file(to);
  std::vector<char> bytes(copied_at_a_time);
  for (std::int64_t at = 0;;) {
    const ssize_t got = ::read(in.descriptor(), bytes.data(), bytes.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(cannot_read, from);
    if (got == 0) break;
    out.write_at(at, bytes.data(), static_cast<std::size_t>(got));
    at += got;
  }
  out.make_durable();
}

void remove_database_file(const std::filesystem::path& path) {
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
    std::error_code ignored;
    std::filesystem::remove(path.string() + suffix, ignored);
  }
}

bool has_log_beside(const std::filesystem::path& path) {
  return bytes_of(path.string() + "-wal") > 0 || bytes_of(path.string() + "-journal") > 0;
}

std::int64_t bytes_of(const std::filesystem::path& path) {
  std::error_code none;
  const auto bytes = std::filesystem::file_size(path, none);
  return none ? 0 : static_cast<std::int64_t>(bytes);
}

std::int64_t free_bytes(const std::filesystem::path& folder) {
  struct statvfs seen {};
  if (::statvfs(folder.c_str(), &seen) != 0) fail(cannot_see_room, folder);
  return static_cast<std::int64_t>(seen.f_bavail) * static_cast<std::int64_t>(seen.f_frsize);
}

Message size_message(std::int64_t bytes) {
  const char* units[] = {"", "KB", "MB", "GB", "TB"};
  double number = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; number >= 1000 && unit + 1 < std::size(units); ++unit) number /= 1000;
  if (unit == 0) return said("size.bytes", {param("number", bytes)});
  char text[40];
  std::snprintf(text, sizeof text, number >= 100 ? "%.0f %s" : "%.1f %s", number, units[unit]);
  return verbatim(text);
}

std::filesystem::path folder_of(const std::filesystem::path& file) {
  return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

}  // namespace tw::server
