#include "db/two_files.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <new>
#include <string_view>

#include <sqlite3.h>

namespace tw::db {

std::int64_t MemoryFile::read(std::span<unsigned char> into, std::int64_t offset) {
  if (offset >= size()) return 0;
  const auto count = std::min(static_cast<std::int64_t>(into.size()), size() - offset);
  std::memcpy(into.data(), bytes_.data() + offset, static_cast<std::size_t>(count));
  return count;
}

bool MemoryFile::write(std::span<const unsigned char> bytes, std::int64_t offset) {
  const auto end = static_cast<std::size_t>(offset) + bytes.size();
  try {
    if (bytes_.size() < end) bytes_.resize(end);
  } catch (const std::bad_alloc&) {
    return false;
  }
  std::memcpy(bytes_.data() + offset, bytes.data(), bytes.size());
  return true;
}

bool MemoryFile::truncate(std::int64_t size) {
  bytes_.resize(static_cast<std::size_t>(size));
  return true;
}

struct TwoFiles::Vfs {
  sqlite3_vfs base{};
  std::string name;
  File& database;
  File& journal;
  Clock& clock;
  Random& random;
};

namespace {

constexpr int page_bytes = 4096;  // the default of our SQLite; what a power failure may tear

// --- an open file, as SQLite sees it: it allocates szOsFile bytes and keeps no more than this in them ----------------

struct OpenFile {
  sqlite3_file base;
  File* file;
};

File& file_of(sqlite3_file* handle) { return *reinterpret_cast<OpenFile*>(handle)->file; }

int close(sqlite3_file*) { return SQLITE_OK; }  // the handles are not ours

int read(sqlite3_file* handle, void* into, int count, sqlite3_int64 offset) {
  auto* bytes = static_cast<unsigned char*>(into);
  const auto wanted = static_cast<std::size_t>(count);
  const std::int64_t got = file_of(handle).read({bytes, wanted}, offset);
  if (got < 0) return SQLITE_IOERR_READ;
  if (got == count) return SQLITE_OK;
  std::memset(bytes + got, 0, wanted - static_cast<std::size_t>(got));  // SQLite relies on zeros
  return SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* handle, const void* from, int count, sqlite3_int64 offset) {
  const auto* bytes = static_cast<const unsigned char*>(from);
  // A worker's files have a quota, and reaching it is the likely reason.
  return file_of(handle).write({bytes, static_cast<std::size_t>(count)}, offset) ? SQLITE_OK : SQLITE_FULL;
}

int truncate(sqlite3_file* handle, sqlite3_int64 size) {
  return file_of(handle).truncate(size) ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

int sync(sqlite3_file* handle, int) { return file_of(handle).flush() ? SQLITE_OK : SQLITE_IOERR_FSYNC; }

int file_size(sqlite3_file* handle, sqlite3_int64* size) {
  const std::int64_t bytes = file_of(handle).size();
  if (bytes < 0) return SQLITE_IOERR_FSTAT;
  *size = bytes;
  return SQLITE_OK;
}

// Nobody else has the handles.
int lock(sqlite3_file*, int) { return SQLITE_OK; }
int is_reserved(sqlite3_file*, int* reserved) {
  *reserved = 0;
  return SQLITE_OK;
}

int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int sector_size(sqlite3_file*) { return page_bytes; }
int characteristics(sqlite3_file*) { return 0; }  // nothing is promised

constexpr sqlite3_io_methods methods = {
    1,           close,           read,    write,   truncate, sync,    file_size, lock,   lock, is_reserved, control,
    sector_size, characteristics, nullptr, nullptr, nullptr,  nullptr, nullptr,   nullptr};

// --- the file system: two names -------------------------------------------------------------------------------------

template <class Vfs>
Vfs& own(sqlite3_vfs* base) {
  return *static_cast<Vfs*>(base->pAppData);
}

bool is_journal(const char* name) {
  const std::string_view suffix = "-journal";
  const std::string_view text = name ? name : "";
  return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

template <class Vfs>
int open(sqlite3_vfs* base, const char*, sqlite3_file* handle, int flags, int* used) {
  auto* opened = reinterpret_cast<OpenFile*>(handle);
  opened->base.pMethods = nullptr;
  if (flags & SQLITE_OPEN_MAIN_DB) {
    opened->file = &own<Vfs>(base).database;
  } else if (flags & SQLITE_OPEN_MAIN_JOURNAL) {
    opened->file = &own<Vfs>(base).journal;
  } else {
    return SQLITE_CANTOPEN;  // temporary tables and sorters are in memory (temp_store)
  }
  opened->base.pMethods = &methods;
  if (used) *used = flags;
  return SQLITE_OK;
}

template <class Vfs>
int remove(sqlite3_vfs* base, const char* name, int) {
  if (!is_journal(name)) return SQLITE_IOERR_DELETE;
  File& journal = own<Vfs>(base).journal;
  return journal.truncate(0) && journal.flush() ? SQLITE_OK : SQLITE_IOERR_DELETE;
}

// An empty journal is none; there is no log, and no journal over several databases.
template <class Vfs>
int is_there(sqlite3_vfs* base, const char* name, int, int* answer) {
  *answer = is_journal(name) && own<Vfs>(base).journal.size() > 0;
  return SQLITE_OK;
}

int full_name(sqlite3_vfs*, const char* name, int room, char* into) {
  sqlite3_snprintf(room, into, "%s", name);
  return SQLITE_OK;
}

template <class Vfs>
int randomness(sqlite3_vfs* base, int count, char* into) {
  own<Vfs>(base).random.fill({reinterpret_cast<unsigned char*>(into), static_cast<std::size_t>(count)});
  return count;
}

int rest(sqlite3_vfs*, int microseconds) { return microseconds; }  // there is nobody to wait for

template <class Vfs>
int now(sqlite3_vfs* base, sqlite3_int64* julian_ms) {
  *julian_ms = 210'866'760'000'000 + own<Vfs>(base).clock.now().ms;  // 1970 in milliseconds of the Julian calendar
  return SQLITE_OK;
}

template <class Vfs>
int now_in_days(sqlite3_vfs* base, double* days) {
  sqlite3_int64 ms = 0;
  now<Vfs>(base, &ms);
  *days = static_cast<double>(ms) / 86'400'000.0;
  return SQLITE_OK;
}

int last_error(sqlite3_vfs*, int, char*) { return 0; }

}  // namespace

TwoFiles::TwoFiles(File& database, File& journal, Clock& clock, Random& random)
    : vfs_(new Vfs{{}, {}, database, journal, clock, random}) {
  char name[40];
  std::snprintf(name, sizeof name, "two-files-%p", static_cast<void*>(vfs_.get()));  // one each
  vfs_->name = name;
  sqlite3_vfs& base = vfs_->base;
  base.iVersion = 2;
  base.szOsFile = sizeof(OpenFile);
  base.mxPathname = 64;
  base.zName = vfs_->name.c_str();
  base.pAppData = vfs_.get();
  base.xOpen = open<Vfs>;
  base.xDelete = remove<Vfs>;
  base.xAccess = is_there<Vfs>;
  base.xFullPathname = full_name;
  base.xRandomness = randomness<Vfs>;
  base.xSleep = rest;
  base.xCurrentTime = now_in_days<Vfs>;
  base.xGetLastError = last_error;
  base.xCurrentTimeInt64 = now<Vfs>;
  // Also the default one while it lives: SQLite seeds its own random numbers from that, and a worker has no system to
  // ask.
  sqlite3_vfs_register(&base, 1);
}

TwoFiles::~TwoFiles() { sqlite3_vfs_unregister(&vfs_->base); }

const char* TwoFiles::vfs_name() const { return vfs_->name.c_str(); }

}  // namespace tw::db
