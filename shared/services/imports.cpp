#include "services/imports.h"

#include <algorithm>
#include <set>

#include "core/text.h"
#include "domain/imports/mapping.h"
#include "services/audit.h"
#include "services/customer_field_store.h"
#include "services/customer_rules.h"
#include "services/import_problems.h"
#include "services/import_sniff.h"
#include "services/import_store.h"
#include "services/import_upkeep.h"
#include "services/long_operation.h"

namespace tw::services {

namespace {

using api::ImportState;

constexpr std::int64_t shown_problems = 50;

Error no_such_import() { return error(Code::not_found, text_key("error.not_found")); }

Result<Import> see_import(Work& work, const Actor& actor, ImportId id) {
  auto import = load_import(work, id);
  if (!import || import->state == ImportState::discarded) return no_such_import();
  if (import->actor != actor.person && actor.scope != domain::access::Scope::all) return no_such_import();
  import->state = settled(work, *import);
  return std::move(*import);
}

api::ImportView shown(const Import& import) {
  api::ImportView view;
  view.import = import.id;
  view.version = import.version;
  view.state = import.state;
  view.file_name = import.file_name;
  view.file_bytes = import.file_bytes;
  view.encoding = import.encoding;
  view.delimiter = import.delimiter;
  view.columns = import.columns;
  view.mapping = import.mapping;
  view.key_from_row_number = import.key_from_row_number;
  view.on_duplicate = import.on_duplicate;
  view.rows = import.rows;
  view.new_rows = import.new_rows;
  view.update_rows = import.update_rows;
  view.skipped_rows = import.skipped_rows;
  view.refused_rows = import.refused_rows;
  view.written_rows = import.written_rows;
  view.has_refusals_file = has_refusals_file(import);
  view.operation = import.operation;
  view.actor = import.actor;
  view.actor_name = import.actor_name;
  view.created = import.created;
  return view;
}

void add_problems(Work& work, const Actor& actor, const Import& import, api::ImportView& view) {
  for (const FoundProblem& found : problems_of(work, import.id, shown_problems)) {
    const auto place = static_cast<std::size_t>(found.place);
    const bool has_place = found.place >= 0 && place < import.columns.size();
    view.problems.push_back({found.line, has_place ? import.columns[place].header : std::string(),
                             std::string(text_of(found.kind).view()),
                             problem_message(work.env, actor.language, found.kind, found.value), found.count});
  }
}

// --- the mapping
// -------------------------------------------------------------------------------------------------------

class MappingCheck {
 public:
  MappingCheck(Work& work, const Import& import) : work_(work), import_(import) {}

  Refusal check(const std::vector<api::ColumnMapping>& mapping, bool key_from_row_number) {
    for (std::size_t i = 0; i < mapping.size(); ++i)
      if (auto refused = column(mapping[i], "mapping[" + std::to_string(i) + "]")) return refused;
    if (used_ == 0) return field_error("mapping", text_key("import.nothing_mapped"));
    if (key_from_row_number && standard_.contains("external_key"))
      return field_error("key_from_row_number", text_key("import.two_keys"));
    const auto fields = count_customer_fields(work_) + static_cast<std::int64_t>(new_names_.size());
    if (fields > most_customer_fields)
      return error(Code::limited, text_key("customer_field.too_many"), {param("maximum", most_customer_fields)});
    return std::nullopt;
  }

 private:
  Refusal column(const api::ColumnMapping& mapping, const std::string& path) {
    if (mapping.column >= static_cast<std::int64_t>(import_.columns.size()))
      return field_error(path + ".column", text_key("import.no_such_column"));
    if (!columns_.insert(mapping.column).second)
      return field_error(path + ".column", text_key("import.column_mapped_twice"));
    used_ += mapping.to == api::MapTo::ignore ? 0 : 1;
    switch (mapping.to) {
      case api::MapTo::ignore:
        return std::nullopt;
      case api::MapTo::standard:
        if (!domain::imports::is_standard_field(mapping.standard))
          return field_error(path + ".standard", text_key("import.no_such_field"));
        if (!standard_.insert(mapping.standard).second)
          return field_error(path + ".standard", text_key("import.field_filled_twice"));
        return std::nullopt;
      case api::MapTo::custom:
        if (!load_customer_field(work_, mapping.custom))
          return field_error(path + ".custom", text_key("customer.no_such_field"));
        if (!custom_.insert(mapping.custom.value).second)
          return field_error(path + ".custom", text_key("import.field_filled_twice"));
        return std::nullopt;
      case api::MapTo::new_custom: {
        const std::string name(text::trim(mapping.new_name));
        if (name.empty()) return field_error(path + ".new_name", text_key("field.missing"));
        if (customer_field_by_name(work_, name))
          return field_error(path + ".new_name", text_key("customer_field.name_is_taken"));
        if (!new_names_.insert(text::lower(name)).second)
          return field_error(path + ".new_name", text_key("import.field_filled_twice"));
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

  Work& work_;
  const Import& import_;
  std::set<std::int64_t> columns_;
  std::set<std::string, std::less<>> standard_;
  std::set<std::int64_t> custom_;
  std::set<std::string> new_names_;
  std::int64_t used_ = 0;
};

}  // namespace

Result<api::ImportView> upload_import(Phases& phases, const Actor* actor, const api::UploadImport::Request& request) {
  if (auto answer = answered_before<api::ImportView>(phases)) return *answer;
  const SpoolId file = *phases.call.upload;  // the dispatcher refuses a call without one
  std::vector<CustomerFieldRow> fields;
  phases.runner.read([&fields](Work& work) { fields = customer_fields(work); });
  auto sniffed = sniff_import(phases.env.spool, file, fields);
  if (!sniffed) return sniffed.error();
  Import import;
  import.actor = actor->person;
  import.actor_name = actor->name;
  import.language = actor->language;
  import.file_name = request.file_name;
  import.file = file;
  import.file_bytes = phases.env.spool.size(file).value_or(0);
  import.encoding = std::move(sniffed->encoding);
  import.delimiter = std::move(sniffed->delimiter);
  import.columns = std::move(sniffed->columns);
  return change_once<api::ImportView>(phases, [&](Work& work) -> Result<api::ImportView> {
    import.id = insert_import(work, import);
    import.version = {1};
    import.created = work.now;
    work.emit(EventKind::import_changed, import.id.value, import.actor);
    phases.keeps_upload = true;
    return shown(import);
  });
}

Result<api::ImportView> view_import(Work& work, const Actor& actor, const api::ViewImport::Request& request) {
  const auto import = see_import(work, actor, request.import);
  if (!import) return import.error();
  api::ImportView view = shown(*import);
  add_problems(work, actor, *import, view);
  return view;
}

Result<api::ListImports::Response> list_imports(Work& work, const Actor& actor,
                                                const api::ListImports::Request& request) {
  const bool everybody = actor.scope == domain::access::Scope::all;
  api::ListImports::Response response;
  for (Import& import :
       imports_of(work, everybody ? std::nullopt : std::optional<PersonId>(actor.person), request.limit)) {
    if (import.state == ImportState::discarded) continue;
    import.state = settled(work, import);
    api::ImportView view = shown(import);
    view.columns.clear();
    response.rows.push_back(std::move(view));
  }
  return response;
}

Result<api::Accepted> check_import(Work& work, const Actor& actor, const api::CheckImport::Request& request) {
  auto import = see_import(work, actor, request.import);
  if (!import) return import.error();
  if (import->version != request.version) return error(Code::conflict, text_key("error.changed_meanwhile"));
  if (import->state != ImportState::uploaded && import->state != ImportState::checked)
    return error(Code::conflict, text_key("import.cannot_be_checked_now"));
  if (auto refused = MappingCheck(work, *import).check(request.mapping, request.key_from_row_number)) return *refused;
  const PersonId owner = request.owner.value_or(actor.person);
  if (auto refused = may_own(work, actor, owner)) return *refused;
  const DepartmentId department = request.department.value_or(DepartmentId{});
  if (auto refused = may_file_under(work, actor, department, department_of(work, owner))) return *refused;

  forget_findings(work, import->id);
  import->state = ImportState::checking;
  import->mapping = request.mapping;
  for (api::ColumnMapping& mapping : import->mapping) mapping.new_name = std::string(text::trim(mapping.new_name));
  import->choices.clear();
  import->key_from_row_number = request.key_from_row_number;
  import->on_duplicate = request.on_duplicate;
  import->owner = owner;
  import->department = department;
  import->rows = import->new_rows = import->update_rows = import->skipped_rows = import->refused_rows = 0;
  const auto operation =
      start_operation(work, actor, api::OperationKind::check_import, {}, import->id, "{}", import->file_bytes);
  if (!operation) return operation.error();
  import->operation = *operation;
  store_import(work, *import);
  work.emit(EventKind::import_changed, import->id.value, import->actor);
  return api::Accepted{*operation};
}

Result<api::Accepted> write_import(Work& work, const Actor& actor, const api::WriteImport::Request& request) {
  auto import = see_import(work, actor, request.import);
  if (!import) return import.error();
  if (import->version != request.version) return error(Code::conflict, text_key("error.changed_meanwhile"));
  if (import->state != ImportState::checked) return error(Code::conflict, text_key("import.check_first"));
  if (import->refused_rows > 0 && !request.keep_good_rows)
    return error(Code::conflict, text_key("import.has_refused_rows"), {param("count", import->refused_rows)});
  import->state = ImportState::writing;
  const auto operation =
      start_operation(work, actor, api::OperationKind::write_import, {}, import->id, "{}", import->rows);
  if (!operation) return operation.error();
  import->operation = *operation;
  store_import(work, *import);
  work.emit(EventKind::import_changed, import->id.value, import->actor);
  return api::Accepted{*operation};
}

// Its rows, if any were written, stay; its files and findings go. The files go first: should the commit fail, the
// import is still there and its check says that the file is gone.
Result<Done> discard_import(Work& work, const Actor& actor, const api::DiscardImport::Request& request) {
  auto import = see_import(work, actor, request.import);
  if (!import) return import.error();
  if (import->state == ImportState::checking || import->state == ImportState::writing)
    return error(Code::conflict, text_key("import.is_running"));
  if (import->file) work.env.spool.remove(import->file);
  if (import->refusals) work.env.spool.remove(import->refusals);
  import->file = {};
  import->refusals = {};
  import->state = ImportState::discarded;
  forget_findings(work, import->id);
  store_import(work, *import);
  work.emit(EventKind::import_changed, import->id.value, import->actor);
  return Done{};
}

// Taking rows out is a change of the audit log, although nothing else changes: hence two phases.
Result<api::Download> download_refusals(Phases& phases, const Actor* actor,
                                        const api::DownloadRefusals::Request& request) {
  std::optional<Result<Import>> found;
  phases.runner.read([&](Work& work) { found.emplace(see_import(work, *actor, request.import)); });
  if (!*found) return found->error();
  const Import& import = **found;
  if (!has_refusals_file(import)) return no_such_import();
  phases.runner.change(Lane::people, [&](Work& work) {
    audit(work, actor->person, api::AuditKind::exported,
          AuditFacts().id(api::AuditFact::import, import.id).number(api::AuditFact::rows, import.refused_rows));
    return true;
  });
  std::string name = import.file_name;
  if (const std::size_t dot = name.rfind('.'); dot != std::string::npos) name.resize(dot);
  return api::Download{name + "-refused.csv", "text/csv; charset=utf-8", import.refusals};
}

}  // namespace tw::services
