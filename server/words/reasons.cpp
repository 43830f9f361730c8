#include "server/words/reasons.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "db/sqlite.h"

namespace tw::server {
namespace {

struct Reason {
  int error;
  TextKey key;
};

constexpr Reason reasons[] = {
    {ENOENT, said_key("reason.not_there")},
    {EACCES, said_key("reason.not_allowed")},
    {EPERM, said_key("reason.not_permitted")},
    {EEXIST, said_key("reason.there_already")},
    {EISDIR, said_key("reason.is_a_folder")},
    {ENOTDIR, said_key("reason.is_no_folder")},
    {ENOSPC, said_key("reason.disk_full")},
    {EDQUOT, said_key("reason.quota")},
    {EROFS, said_key("reason.read_only")},
    {EIO, said_key("reason.input_output")},
    {EBUSY, said_key("reason.busy")},
    {EMFILE, said_key("reason.too_many_open")},
    {ENFILE, said_key("reason.too_many_open_here")},
    {ENOMEM, said_key("reason.no_memory")},
    {ENAMETOOLONG, said_key("reason.long_name")},
    {ELOOP, said_key("reason.link_loop")},
    {EADDRINUSE, said_key("reason.address_in_use")},
    {EADDRNOTAVAIL, said_key("reason.address_not_here")},
};

Message reason_of_code(const std::error_code& code) {
  const bool of_the_system = code.category() == std::generic_category() || code.category() == std::system_category();
  return of_the_system ? reason_of(code.value()) : verbatim(code.message());
}

}  // namespace

Message reason_of(int error) {
  for (const auto& known : reasons)
    if (known.error == error) return message_of(known.key);
  return said("reason.other", {param("number", std::int64_t{error}), param("text", std::strerror(error))});
}

Message told(const std::exception& problem) {
  if (const auto* refused = dynamic_cast<const Refused*>(&problem)) return refused->message();
  if (const auto* of_files = dynamic_cast<const std::filesystem::filesystem_error*>(&problem))
    return said("failed.file", {param("path", of_files->path1().string())})
        .with("reason", reason_of_code(of_files->code()));
  if (const auto* of_system = dynamic_cast<const std::system_error*>(&problem))
    return said("failed.system").with("reason", reason_of_code(of_system->code()));
  if (dynamic_cast<const db::DbError*>(&problem)) return said("failed.database", {param("problem", problem.what())});
  return said("failed.otherwise", {param("problem", problem.what())});
}

}  // namespace tw::server
