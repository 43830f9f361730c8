// How entries of the audit log are chained, and how a chain is walked. Pure: the same on every side.
//
// The hash of an entry is the SHA-256, in hexadecimal digits, of these lines, each with a line feed behind:
//
//   tidewater audit 1
//   <number>            decimal
//   <at>                milliseconds since 1970, decimal
//   <person>            decimal, 0 for none
//   <kind>              wire name
//   <address>           empty for none
//   <subject>           JSON as it is stored
//   <previous>          the hash of entry number - 1; 64 zeros for the first
//
// No field contains a line feed, so that two entries never have the same lines.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/ids.h"
#include "core/time.h"

namespace tw::services {

struct AuditEntry {
  std::int64_t number = 0;
  Instant at;
  PersonId person;
  std::string kind;
  std::string address;
  std::string subject = "{}";
  std::string previous;
  std::string hash;
};

std::string before_the_first();  // 64 zeros
std::string audit_hash(const AuditEntry& entry);

struct AuditFault {
  enum class What : std::uint8_t {
    missing,      // numbers are not there
    changed,      // its content does not give its hash
    out_of_order  // it does not follow the entry before it: one of the two was exchanged
  };
  std::int64_t number = 0;  // of the first missing one, or of the entry
  What what = What::missing;
};

// Walks entries in the order of their numbers; stops at the first that is wrong.
class AuditWalk {
 public:
  AuditWalk() : hash_(before_the_first()) {}
  // False: it is wrong, or one before it was.
  bool take(const AuditEntry& entry);

  std::int64_t number() const { return number_; }    // of the last good one; as many as were walked
  const std::string& hash() const { return hash_; }  // its own
  const std::optional<AuditFault>& fault() const { return fault_; }

 private:
  std::int64_t number_ = 0;
  std::string hash_;
  std::optional<AuditFault> fault_;
};

}  // namespace tw::services
