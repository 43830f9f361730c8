// The audit log, for administrators: who signed in, took something out, changed what others may, or changed many rows
// at once. Entries hold ids, counts and wire names; names are added when they are shown.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/endpoint.h"
#include "core/ids.h"
#include "core/time.h"

namespace tw::api {

enum class AuditKind : std::uint8_t {
  signed_in,
  signed_out,
  sign_in_refused,        // a wrong password for an account, or one that is disabled
  unknown_login_refused,  // nobody has that login; what was typed is not kept, it may be a password
  refusals_left_out,      // more refusals than are written one by one
  password_changed,
  password_refused,  // the current one was wrong when another one was to be set
  password_reset,
  invitation_made,
  invitation_accepted,
  person_added,
  person_changed,
  permissions_changed,  // role, department, or what is granted to a single person
  person_disabled,
  person_enabled,
  department_changed,
  batch_managers_changed,
  settings_changed,
  exported,
  items_changed,  // several rows by a manager's one request
  batch_terminated,
  operation_started,
  operation_stopped,
  operation_ended,
  backup_made,
  restored,
  upgraded
};
inline constexpr WireName<AuditKind> audit_kind_names[] = {
    {AuditKind::signed_in, "signed_in"},
    {AuditKind::signed_out, "signed_out"},
    {AuditKind::sign_in_refused, "sign_in_refused"},
    {AuditKind::unknown_login_refused, "unknown_login_refused"},
    {AuditKind::refusals_left_out, "refusals_left_out"},
    {AuditKind::password_changed, "password_changed"},
    {AuditKind::password_refused, "password_refused"},
    {AuditKind::password_reset, "password_reset"},
    {AuditKind::invitation_made, "invitation_made"},
    {AuditKind::invitation_accepted, "invitation_accepted"},
    {AuditKind::person_added, "person_added"},
    {AuditKind::person_changed, "person_changed"},
    {AuditKind::permissions_changed, "permissions_changed"},
    {AuditKind::person_disabled, "person_disabled"},
    {AuditKind::person_enabled, "person_enabled"},
    {AuditKind::department_changed, "department_changed"},
    {AuditKind::batch_managers_changed, "batch_managers_changed"},
    {AuditKind::settings_changed, "settings_changed"},
    {AuditKind::exported, "exported"},
    {AuditKind::items_changed, "items_changed"},
    {AuditKind::batch_terminated, "batch_terminated"},
    {AuditKind::operation_started, "operation_started"},
    {AuditKind::operation_stopped, "operation_stopped"},
    {AuditKind::operation_ended, "operation_ended"},
    {AuditKind::backup_made, "backup_made"},
    {AuditKind::restored, "restored"},
    {AuditKind::upgraded, "upgraded"}};
constexpr std::span<const WireName<AuditKind>> wire_names(AuditKind) { return audit_kind_names; }

// What an entry is about.
enum class AuditFact : std::uint8_t {
  person,
  role,
  role_before,
  department,
  department_before,
  parent,  // of a department that was moved or added
  may_create_batches,
  fields,  // names of what changed
  batch,
  managers,  // ids
  import,
  calendar,
  customer_field,
  setting,
  value,
  operation,
  operation_kind,
  state,
  problem,
  action,
  change,  // added, changed, moved, removed
  rows,
  changed,
  outcomes,  // "assigned 12, conflict 3"
  accounts,  // refusals of sign-ins to accounts
  unknown,   // and with logins that nobody has
  bytes,
  schema,
  migrations,
  replaced,       // newest entry of the database that a restore took the place of
  replaced_hash,  // and its hash
};
inline constexpr WireName<AuditFact> audit_fact_names[] = {{AuditFact::person, "person"},
                                                           {AuditFact::role, "role"},
                                                           {AuditFact::role_before, "role_before"},
                                                           {AuditFact::department, "department"},
                                                           {AuditFact::department_before, "department_before"},
                                                           {AuditFact::parent, "parent"},
                                                           {AuditFact::may_create_batches, "may_create_batches"},
                                                           {AuditFact::fields, "fields"},
                                                           {AuditFact::batch, "batch"},
                                                           {AuditFact::managers, "managers"},
                                                           {AuditFact::import, "import"},
                                                           {AuditFact::calendar, "calendar"},
                                                           {AuditFact::customer_field, "customer_field"},
                                                           {AuditFact::setting, "setting"},
                                                           {AuditFact::value, "value"},
                                                           {AuditFact::operation, "operation"},
                                                           {AuditFact::operation_kind, "operation_kind"},
                                                           {AuditFact::state, "state"},
                                                           {AuditFact::problem, "problem"},
                                                           {AuditFact::action, "action"},
                                                           {AuditFact::change, "change"},
                                                           {AuditFact::rows, "rows"},
                                                           {AuditFact::changed, "changed"},
                                                           {AuditFact::outcomes, "outcomes"},
                                                           {AuditFact::accounts, "accounts"},
                                                           {AuditFact::unknown, "unknown"},
                                                           {AuditFact::bytes, "bytes"},
                                                           {AuditFact::schema, "schema"},
                                                           {AuditFact::migrations, "migrations"},
                                                           {AuditFact::replaced, "replaced"},
                                                           {AuditFact::replaced_hash, "replaced_hash"}};
constexpr std::span<const WireName<AuditFact>> wire_names(AuditFact) { return audit_fact_names; }

struct AuditFactValue {
  AuditFact fact = AuditFact::person;
  std::string value;  // as it is stored: an id, a count, a wire name
  std::string name;   // of a person, department or batch, as it is called today; else empty
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("fact", s.fact);
    v("value", s.value);
    v("name", s.name);
  }
};

struct AuditRow {
  std::int64_t number = 0;
  Instant at;
  PersonId person;          // who did it, or whose account was tried; none: the command line or the system
  std::string person_name;  // as they are called today
  AuditKind kind = AuditKind::signed_in;
  std::vector<AuditFactValue> facts;
  std::string address;  // empty: none is known
  std::string hash;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("number", s.number);
    v("at", s.at);
    v("person", s.person);
    v("person_name", s.person_name);
    v("kind", s.kind);
    v("facts", s.facts);
    v("address", s.address);
    v("hash", s.hash);
  }
};

// Newest first. Absent fields of the request narrow nothing.
struct ListAudit {
  static constexpr Endpoint endpoint{
      .name = "audit.list", .path = "/api/v1/audit", .permission = domain::access::Permission::manage_settings};
  struct Request {
    std::optional<AuditKind> kind = {};
    PersonId person = {};
    std::optional<Instant> from = {};   // at or after
    std::optional<Instant> until = {};  // before
    std::string after = {};             // cursor
    std::int64_t limit = 50;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("kind", s.kind);
      v("person", s.person);
      v("from", s.from);
      v("until", s.until);
      v("after", s.after, rule::text(0, 60));
      v("limit", s.limit, rule::range(1, 200));
    }
  };
  struct Response {
    std::vector<AuditRow> rows;
    std::string next;  // cursor; empty: the end
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("rows", s.rows);
      v("next", s.next);
    }
  };
};

using AuditOperations = Operations<ListAudit>;

}  // namespace tw::api
