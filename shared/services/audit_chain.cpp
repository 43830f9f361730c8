#include "services/audit_chain.h"

#include "core/sha256.h"

namespace tw::services {

std::string before_the_first() { return std::string(64, '0'); }

std::string audit_hash(const AuditEntry& entry) {
  std::string lines = "tidewater audit 1\n";
  const auto line = [&lines](std::string_view text) { lines.append(text).append("\n"); };
  line(std::to_string(entry.number));
  line(std::to_string(entry.at.ms));
  line(std::to_string(entry.person.value));
  line(entry.kind);
  line(entry.address);
  line(entry.subject);
  line(entry.previous);
  return sha256(lines);
}

bool AuditWalk::take(const AuditEntry& entry) {
  if (fault_) return false;
  if (entry.number != number_ + 1) {
    fault_ = {number_ + 1, AuditFault::What::missing};
  } else if (entry.hash != audit_hash(entry)) {
    fault_ = {entry.number, AuditFault::What::changed};
  } else if (entry.previous != hash_) {
    fault_ = {entry.number, AuditFault::What::out_of_order};
  } else {
    number_ = entry.number;
    hash_ = entry.hash;
  }
  return !fault_;
}

}  // namespace tw::services
