#include "services/audit.h"

#include <algorithm>

#include "services/audit_entry_store.h"
#include "services/audit_upkeep.h"
#include "services/setting_store.h"

namespace tw::services {

using api::AuditFact;
using api::AuditKind;

namespace {

constexpr Millis refusals_span = hours(1);
// Counts of refusals that no entry tells yet.
constexpr std::string_view accounts_left_out = "audit_accounts_left_out";
constexpr std::string_view unknown_left_out = "audit_unknown_left_out";

// An address is one of a socket or a proxy's word: no line feed, and no longer than an address is.
std::string_view tidy(std::string_view address) {
  constexpr std::size_t longest = 100;
  return address.substr(0, std::min({address.size(), longest, address.find_first_of("\n\r")}));
}

}  // namespace

AuditFacts& AuditFacts::number(AuditFact fact, std::int64_t value) {
  facts_.emplace_back(fact, std::to_string(value));
  return *this;
}

AuditFacts& AuditFacts::text(AuditFact fact, std::string_view value) {
  if (value.empty()) return *this;
  json::Writer writer;
  writer.string(value);
  facts_.emplace_back(fact, writer.take());
  return *this;
}

std::string AuditFacts::json() const {
  json::Writer writer;
  writer.begin_object();
  for (const auto& [fact, value] : facts_) {
    writer.key(wire_name(fact));
    writer.raw(value);
  }
  writer.end_object();
  return writer.take();
}

void audit(Work& work, PersonId person, AuditKind kind, const AuditFacts& facts) {
  const AuditHead head = audit_head(work);
  AuditEntry entry;
  entry.number = head.number + 1;
  entry.at = work.now;
  entry.person = person;
  entry.kind = wire_name(kind);
  entry.address = tidy(work.address);
  entry.subject = facts.json();
  entry.previous = head.number == 0 ? before_the_first() : head.hash;
  entry.hash = audit_hash(entry);
  append_audit_entry(work, entry);
}

void audit_refusal(Work& work, PersonId account, AuditKind kind) {
  audit_left_out(work);
  const bool unknown = kind == AuditKind::unknown_login_refused;
  const std::int64_t most = unknown ? most_refusals_of_unknown : most_refusals_of_accounts;
  if (count_audit_entries(work, kind, work.now - refusals_span, most) < most) return audit(work, account, kind);
  const std::string_view left_out = unknown ? unknown_left_out : accounts_left_out;
  set_setting(work, left_out, setting(work, left_out, 0) + 1);
}

bool has_left_out_refusals(Work& work) {
  return setting(work, accounts_left_out, 0) + setting(work, unknown_left_out, 0) > 0;
}

bool audit_left_out(Work& work) {
  const std::int64_t accounts = setting(work, accounts_left_out, 0);
  const std::int64_t unknown = setting(work, unknown_left_out, 0);
  if (!has_left_out_refusals(work)) return false;
  // The hour is over when there is room again.
  const auto is_full = [&](AuditKind kind, std::int64_t most) {
    return count_audit_entries(work, kind, work.now - refusals_span, most) >= most;
  };
  if (is_full(AuditKind::sign_in_refused, most_refusals_of_accounts) ||
      is_full(AuditKind::password_refused, most_refusals_of_accounts) ||
      is_full(AuditKind::unknown_login_refused, most_refusals_of_unknown))
    return false;
  set_setting(work, accounts_left_out, 0);
  set_setting(work, unknown_left_out, 0);
  audit(work, {}, AuditKind::refusals_left_out,
        AuditFacts().number(AuditFact::accounts, accounts).number(AuditFact::unknown, unknown));
  return true;
}

}  // namespace tw::services
