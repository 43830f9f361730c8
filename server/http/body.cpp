#include "server/http/body.h"

#include <exception>

#include <httplib.h>

namespace tw::server {

Arrival read_body(const httplib::ContentReader& reader, std::int64_t largest, std::string& body) {
  bool too_large = false;
  const bool whole = reader([&](const char* bytes, std::size_t count) {
    too_large = static_cast<std::int64_t>(body.size() + count) > largest;
    if (!too_large) body.append(bytes, count);
    return !too_large;
  });
  if (whole) return Arrival::whole;
  return too_large ? Arrival::too_large : Arrival::cut_off;
}

Refusal refusal_of(Arrival arrival, std::int64_t largest) {
  if (arrival == Arrival::too_large)
    return {413, error(Code::limited, text_key("error.body_too_large"), {param("bytes", largest)})};
  if (arrival == Arrival::disk_failed) return {503, error(Code::unavailable, text_key("error.disk_full"))};
  return {400, error(Code::invalid, text_key("error.body_cut_off"))};
}

SpooledBody spool_body(const httplib::ContentReader& reader, std::int64_t largest, Spool& spool) {
  SpooledBody spooled;
  try {
    spooled.file = spool.create();
    std::int64_t received = 0;
    bool too_large = false;
    std::exception_ptr failed;  // nothing is thrown through httplib
    const bool whole = reader([&](const char* bytes, std::size_t count) {
      received += static_cast<std::int64_t>(count);
      too_large = received > largest;
      if (too_large) return false;
      try {
        spool.append(spooled.file, {bytes, count});
      } catch (const std::exception&) {
        failed = std::current_exception();
      }
      return !failed;
    });
    if (failed) std::rethrow_exception(failed);
    if (whole) spool.finish(spooled.file);
    spooled.arrival = whole ? Arrival::whole : too_large ? Arrival::too_large : Arrival::cut_off;
  } catch (const std::exception& problem) {
    spooled.arrival = Arrival::disk_failed;
    spooled.problem = problem.what();
  }
  if (spooled.arrival != Arrival::whole && spooled.file) spool.remove(spooled.file);
  return spooled;
}

}  // namespace tw::server
