// Rows of `audit_entries` and `audit_heads`. They are appended to and read; no other statement touches them, and the
// schema refuses every other one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/audit.h"
#include "services/audit_chain.h"
#include "services/work.h"

namespace tw::services {

struct AuditHead {
  std::int64_t number = 0;  // 0: the log is empty
  Instant at;
  std::string hash;
};

AuditHead audit_head(Work& work);
void append_audit_entry(Work& work, const AuditEntry& entry);
// In the order of their numbers.
std::vector<AuditEntry> audit_entries_after(Work& work, std::int64_t number, std::int64_t limit);
std::string audit_hash_of(Work& work, std::int64_t number);  // empty: there is no such entry

struct AuditFilter {
  std::optional<api::AuditKind> kind;
  PersonId person;
  Instant from{INT64_MIN};
  Instant until{INT64_MAX};
  // Behind this place.
  Instant before_at{INT64_MAX};
  std::int64_t before_number = INT64_MAX;
};
// Newest first.
std::vector<AuditEntry> list_audit_entries(Work& work, const AuditFilter& filter, std::int64_t limit);
// Of one kind, since then and until now; no further than `at_most`.
std::int64_t count_audit_entries(Work& work, api::AuditKind kind, Instant since, std::int64_t at_most);

// The newest entry as it was noted, day by day (UTC, since 1970).
struct NotedHead {
  std::int64_t day = 0;
  AuditHead head;
  Instant noted;
};
void note_audit_head(Work& work, std::int64_t day, const AuditHead& head);
bool is_audit_head_noted(Work& work, std::int64_t day);
std::vector<NotedHead> noted_audit_heads(Work& work, std::int64_t limit);  // newest first

}  // namespace tw::services
