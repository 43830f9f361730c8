#include "server/care/audit_notes.h"

#include "services/audit.h"

namespace tw::server {

using api::AuditFact;
using api::AuditKind;
using services::AuditFacts;

BackupNote note_of(const Backup& backup) { return {backup.bytes, backup.rows, backup.schema}; }

bool has_audit_log(db::Database& database) {
  return database.prepare_once("SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = 'audit_entries'")
             .integer_or(0) == 1;
}

void audit_backup(services::Work& work, const BackupNote& backup) {
  services::audit(work, {}, AuditKind::backup_made,
                  AuditFacts()
                      .number(AuditFact::rows, backup.rows)
                      .number(AuditFact::bytes, backup.bytes)
                      .text(AuditFact::schema, backup.schema));
}

void audit_upgrade(services::Work& work, std::string_view schema, int migrations) {
  services::audit(work, {}, AuditKind::upgraded,
                  AuditFacts().text(AuditFact::schema, schema).number(AuditFact::migrations, migrations));
}

}  // namespace tw::server
