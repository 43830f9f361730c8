// The body of a request on its way into memory or into the spool, and why it did not get there. Bounded while it
// arrives: what is too large is broken off, never held.
#pragma once

#include <cstdint>
#include <string>

#include "core/env.h"
#include "core/error.h"

namespace httplib {
class ContentReader;
}

namespace tw::server {

enum class Arrival { whole, too_large, cut_off, disk_failed };

Arrival read_body(const httplib::ContentReader& reader, std::int64_t largest, std::string& body);

// What is answered to a body that is not whole.
struct Refusal {
  int status;
  Error error;
};
Refusal refusal_of(Arrival arrival, std::int64_t largest);

// Whole: a finished file, which is the caller's from now on; otherwise nothing of it stays.
struct SpooledBody {
  Arrival arrival = Arrival::cut_off;
  SpoolId file;
  std::string problem;  // of the disk, for the log
};
SpooledBody spool_body(const httplib::ContentReader& reader, std::int64_t largest, Spool& spool);

}  // namespace tw::server
