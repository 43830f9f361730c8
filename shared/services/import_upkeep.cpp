#include "services/import_upkeep.h"

#include <algorithm>

#include "services/operation_store.h"
#include "services/spool_store.h"

namespace tw::services {

namespace {

using api::ImportState;

constexpr Millis upload_kept = days(7);        // after the last change
constexpr Millis refusals_kept = days(30);     // after the rows were written
constexpr std::int64_t imports_at_once = 200;  // looked at
constexpr std::size_t endings_at_once = 10;    // each forgets its findings, of which there may be many
constexpr std::int64_t keys_at_once = 5'000;

bool is_running(Work& work, OperationId operation) {
  const auto row = operation ? load_operation(work, operation) : std::nullopt;
  return row && (row->state == api::OperationState::queued || row->state == api::OperationState::running);
}

void give_up(SpoolId& file, std::vector<SpoolId>& files) {
  if (file) files.push_back(file);
  file = {};
}

// True when something of the import has had its time.
bool end_what_is_over(Work& work, Import& import, std::vector<SpoolId>& files) {
  const Millis idle = work.now - import.changed;
  if (is_running(work, import.operation)) return false;
  switch (settled(work, import)) {
    case ImportState::uploaded:
    case ImportState::checked:
      if (idle < upload_kept) return false;
      import.state = ImportState::discarded;
      give_up(import.file, files);
      give_up(import.refusals, files);
      return true;
    case ImportState::done: {
      const bool was_cut_off = import.state == ImportState::writing;
      const bool refusals_are_old = import.refusals && idle >= refusals_kept;
      import.state = ImportState::done;
      if (was_cut_off) give_up(import.file, files);
      if (refusals_are_old) give_up(import.refusals, files);
      return was_cut_off || refusals_are_old;
    }
    default:  // running, refused or discarded: whoever ended it took the files along
      return false;
  }
}

}  // namespace

ImportState settled(Work& work, const Import& import) {
  if (import.state != ImportState::checking && import.state != ImportState::writing) return import.state;
  if (is_running(work, import.operation)) return import.state;
  return import.state == ImportState::checking ? ImportState::uploaded : ImportState::done;
}

bool has_refusals_file(const Import& import) {
  return import.refusals && (import.state == ImportState::checked || import.state == ImportState::writing ||
                             import.state == ImportState::done);
}

Unowned end_abandoned_imports(Work& work) {
  Unowned unowned;
  for (ImportId after{};;) {
    const auto owners = imports_with_files(work, after, imports_at_once);
    if (owners.empty()) return unowned;
    for (const ImportId id : owners) {
      after = id;
      auto import = load_import(work, id);
      if (!import || !end_what_is_over(work, *import, unowned.files)) continue;
      forget_findings(work, id);
      store_import(work, *import);
      work.emit(EventKind::import_changed, id.value, import->actor);
      unowned.more = unowned.files.size() >= endings_at_once;
      if (unowned.more) return unowned;
    }
  }
}

bool forget_leftover_keys(Work& work) {
  for (ImportId import = next_import_with_keys(work, {}); import; import = next_import_with_keys(work, import)) {
    const auto row = load_import(work, import);
    if (row && is_running(work, row->operation)) continue;
    (void)forget_keys(work, import, keys_at_once);
    return true;
  }
  return false;
}

std::vector<SpoolId> without_row(Work& work, std::vector<SpoolId> files) {
  if (files.empty()) return files;
  const auto owned = owned_spool_files(work);
  std::erase_if(files, [&](SpoolId file) { return std::find(owned.begin(), owned.end(), file) != owned.end(); });
  return files;
}

}  // namespace tw::services
