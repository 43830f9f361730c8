// Writing the audit log: a use case calls `audit` in its own Work, so that what was done and its entry are one commit,
// and what is rolled back leaves none. An entry holds ids, counts and wire names: no secret, nothing that a customer is
// known by, nothing that somebody typed.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/audit.h"
#include "core/json.h"
#include "services/work.h"

namespace tw::services {

// Facts of one entry, in the order in which they are added. Ids of none and empty texts are left out.
class AuditFacts {
 public:
  AuditFacts& number(api::AuditFact fact, std::int64_t value);
  AuditFacts& text(api::AuditFact fact, std::string_view value);
  template <class Tag>
  AuditFacts& id(api::AuditFact fact, Id<Tag> value) {
    return value ? number(fact, value.value) : *this;
  }
  template <class E>
  AuditFacts& named(api::AuditFact fact, E value) {
    return text(fact, wire_name(value));
  }
  template <class Tag>
  AuditFacts& ids(api::AuditFact fact, const std::vector<Id<Tag>>& values) {
    std::string all;
    for (const auto& value : values) all += (all.empty() ? "" : ",") + std::to_string(value.value);
    return text(fact, all);
  }
  std::string json() const;

 private:
  std::vector<std::pair<api::AuditFact, std::string>> facts_;  // the value as JSON
};

// `person`: who did it, or whose account was tried; none for the command line and the system.
void audit(Work& work, PersonId person, api::AuditKind kind, const AuditFacts& facts = {});

// A refused password: an entry each, as long as there are not too many within an hour; the rest is counted, and the
// count becomes an entry when the hour is over. So nobody outside can fill the disk with refusals, and those of logins
// that nobody has do not push out those of accounts.
inline constexpr std::int64_t most_refusals_of_accounts = 600;  // an hour
inline constexpr std::int64_t most_refusals_of_unknown = 60;
void audit_refusal(Work& work, PersonId account, api::AuditKind kind);

}  // namespace tw::services
