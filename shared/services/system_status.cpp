#include "services/system_status.h"

#include "services/audit_entry_store.h"
#include "services/schema_store.h"

namespace tw::services {

namespace {

constexpr std::int64_t shown_notes = 14;  // days

api::AuditStatus audit_status(Work& work) {
  api::AuditStatus status;
  const AuditHead head = audit_head(work);
  status.number = head.number;
  status.hash = head.hash;
  if (head.number > 0) status.at = head.at;
  for (const NotedHead& noted : noted_audit_heads(work, shown_notes))
    status.noted.push_back(
        {noted.noted, noted.head.number, noted.head.hash, audit_hash_of(work, noted.head.number) == noted.head.hash});
  return status;
}

}  // namespace

Result<api::ViewSystem::Response> view_system(Phases& phases, const Actor*, const api::ViewSystem::Request&) {
  api::ViewSystem::Response status;
  status.version = phases.product.version;
  status.offline = phases.product.offline;
  phases.runner.read([&status](Work& work) {
    status.now = work.now;
    status.schema = newest_migration(work);
    status.audit = audit_status(work);
  });
  if (phases.product.system) phases.product.system->look(status);
  return status;
}

}  // namespace tw::services
