// CSV import, in two passes over the file spooled to disk: *check* writes nothing but its findings; *write* is a long
// operation that cannot fail on content any more.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/endpoint.h"
#include "api/operation.h"
#include "core/ids.h"
#include "core/time.h"
#include "domain/customer/customer.h"

namespace tw::api {

using domain::access::Permission;

enum class ImportState : std::uint8_t { uploaded, checking, checked, writing, done, refused, discarded };
inline constexpr WireName<ImportState> import_state_names[] = {
    {ImportState::uploaded, "uploaded"},  {ImportState::checking, "checking"}, {ImportState::checked, "checked"},
    {ImportState::writing, "writing"},    {ImportState::done, "done"},         {ImportState::refused, "refused"},
    {ImportState::discarded, "discarded"}};
constexpr std::span<const WireName<ImportState>> wire_names(ImportState) { return import_state_names; }

// What to do with a row whose phone or external key is already there (in the database or earlier in the file).
enum class OnDuplicate : std::uint8_t { skip, update, refuse };
inline constexpr WireName<OnDuplicate> on_duplicate_names[] = {
    {OnDuplicate::skip, "skip"}, {OnDuplicate::update, "update"}, {OnDuplicate::refuse, "refuse"}};
constexpr std::span<const WireName<OnDuplicate>> wire_names(OnDuplicate) { return on_duplicate_names; }

// Where one column of the file goes: nowhere, a standard field ("name", "phone", "external_key" … as in AddCustomer;
// "row_number" is not a column but may be the key), an existing custom field, or a new one.
enum class MapTo : std::uint8_t { ignore, standard, custom, new_custom };
inline constexpr WireName<MapTo> map_to_names[] = {{MapTo::ignore, "ignore"},
                                                   {MapTo::standard, "standard"},
                                                   {MapTo::custom, "custom"},
                                                   {MapTo::new_custom, "new_custom"}};
constexpr std::span<const WireName<MapTo>> wire_names(MapTo) { return map_to_names; }

struct ColumnMapping {
  std::int64_t column = 0;  // from 0
  MapTo to = MapTo::ignore;
  std::string standard;    // field name when `standard`
  CustomerFieldId custom;  // when `custom`
  std::string new_name;    // when `new_custom`
  domain::customer::FieldType new_type = domain::customer::FieldType::text;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("column", s.column, rule::range(0, 999));
    v("to", s.to, rule::required);
    v("standard", s.standard, rule::text(0, 40));
    v("custom", s.custom);
    v("new_name", s.new_name, rule::text(0, 60));
    v("new_type", s.new_type);
  }
};

struct ImportColumn {
  std::int64_t column = 0;
  std::string header;
  domain::customer::FieldType guessed_type = domain::customer::FieldType::text;
  std::vector<std::string> samples;  // the first few distinct values
  ColumnMapping suggestion;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("column", s.column);
    v("header", s.header);
    v("guessed_type", s.guessed_type);
    v("samples", s.samples);
    v("suggestion", s.suggestion);
  }
};

struct ImportProblem {
  std::int64_t line = 0;   // of the file, from 1
  std::string column;      // header, may be empty
  std::string key;         // text key
  std::string message;     // in the caller's language
  std::int64_t count = 1;  // how many rows share it (problems are grouped)
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("line", s.line);
    v("column", s.column);
    v("key", s.key);
    v("message", s.message);
    v("count", s.count);
  }
};

struct ImportView {
  ImportId import;
  Version version;
  ImportState state = ImportState::uploaded;
  std::string file_name;
  std::int64_t file_bytes = 0;
  std::string encoding;  // "UTF-8", "UTF-8 BOM", "UTF-16LE", "UTF-16BE", "GB18030"
  std::string delimiter;
  std::vector<ImportColumn> columns;
  std::vector<ColumnMapping> mapping;  // the accepted one, after check
  bool key_from_row_number = false;
  OnDuplicate on_duplicate = OnDuplicate::skip;
  std::int64_t rows = 0;  // of data, known after check
  std::int64_t new_rows = 0;
  std::int64_t update_rows = 0;
  std::int64_t skipped_rows = 0;
  std::int64_t refused_rows = 0;
  std::int64_t written_rows = 0;
  bool has_refusals_file = false;
  std::vector<ImportProblem> problems;  // the first 50 kinds
  OperationId operation;                // running or last
  PersonId actor;
  std::string actor_name;
  Instant created;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("import", s.import);
    v("version", s.version);
    v("state", s.state);
    v("file_name", s.file_name);
    v("file_bytes", s.file_bytes);
    v("encoding", s.encoding);
    v("delimiter", s.delimiter);
    v("columns", s.columns);
    v("mapping", s.mapping);
    v("key_from_row_number", s.key_from_row_number);
    v("on_duplicate", s.on_duplicate);
    v("rows", s.rows);
    v("new_rows", s.new_rows);
    v("update_rows", s.update_rows);
    v("skipped_rows", s.skipped_rows);
    v("refused_rows", s.refused_rows);
    v("written_rows", s.written_rows);
    v("has_refusals_file", s.has_refusals_file);
    v("problems", s.problems);
    v("operation", s.operation);
    v("actor", s.actor);
    v("actor_name", s.actor_name);
    v("created", s.created);
  }
};

// The body is the file. Looks at its beginning only: encoding, delimiter, header, samples, suggestions.
struct UploadImport {
  static constexpr Endpoint endpoint{.name = "imports.upload",
                                     .method = Method::post,
                                     .path = "/api/v1/imports",
                                     .permission = Permission::import_customers,
                                     .effect = Effect::changes,
                                     .body = Body::upload};
  struct Request {
    std::string file_name;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("file_name", s.file_name, rule::text(1, 255));
    }
  };
  using Response = ImportView;
};

// Row rule of all below: the actor's own import, or an administrator.
struct ViewImport {
  static constexpr Endpoint endpoint{
      .name = "imports.view", .path = "/api/v1/imports/{import}", .permission = Permission::import_customers};
  struct Request {
    ImportId import;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("import", s.import, rule::required);
    }
  };
  using Response = ImportView;
};

struct ListImports {
  static constexpr Endpoint endpoint{
      .name = "imports.list", .path = "/api/v1/imports", .permission = Permission::import_customers};
  struct Request {
    std::int64_t limit = 20;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("limit", s.limit, rule::range(1, 100));
    }
  };
  struct Response {
    std::vector<ImportView> rows;  // without columns and problems
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("rows", s.rows);
    }
  };
};

struct CheckImport {
  static constexpr Endpoint endpoint{.name = "imports.check",
                                     .method = Method::post,
                                     .path = "/api/v1/imports/{import}/check",
                                     .permission = Permission::import_customers,
                                     .effect = Effect::changes};
  struct Request {
    ImportId import;
    Version version;
    std::vector<ColumnMapping> mapping;
    bool key_from_row_number = false;  // the external key is "<row>"
    OnDuplicate on_duplicate = OnDuplicate::skip;
    std::optional<PersonId> owner;           // of rows without an owner column; absent: the actor
    std::optional<DepartmentId> department;  // of rows without a department column; absent: the owner's
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("import", s.import, rule::required);
      v("version", s.version, rule::required);
      v("mapping", s.mapping, rule::list(1, 1000));
      v("key_from_row_number", s.key_from_row_number);
      v("on_duplicate", s.on_duplicate);
      v("owner", s.owner);
      v("department", s.department);
    }
  };
  using Response = Accepted;
};

// With refused rows the caller says whether the good ones are wanted.
struct WriteImport {
  static constexpr Endpoint endpoint{.name = "imports.write",
                                     .method = Method::post,
                                     .path = "/api/v1/imports/{import}/write",
                                     .permission = Permission::import_customers,
                                     .effect = Effect::changes};
  struct Request {
    ImportId import;
    Version version;
    bool keep_good_rows = false;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("import", s.import, rule::required);
      v("version", s.version, rule::required);
      v("keep_good_rows", s.keep_good_rows);
    }
  };
  using Response = Accepted;
};

struct DiscardImport {
  static constexpr Endpoint endpoint{.name = "imports.discard",
                                     .method = Method::remove,
                                     .path = "/api/v1/imports/{import}",
                                     .permission = Permission::import_customers,
                                     .effect = Effect::changes};
  struct Request {
    ImportId import;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("import", s.import, rule::required);
    }
  };
  using Response = Done;
};

// A file instead of JSON: the dispatcher hands the spooled file to the adapter, which streams it.
struct Download {
  std::string file_name;
  std::string content_type;
  SpoolId file;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("file_name", s.file_name);
    v("content_type", s.content_type);
    v("file", s.file);
  }
};

// The refused rows as CSV (UTF-8 with BOM, so that spreadsheets read Chinese), with line number and reason in the
// language of the person who ran the check. Phones and e-mails are as in the uploader's own file.
struct DownloadRefusals {
  static constexpr Endpoint endpoint{.name = "imports.refusals",
                                     .path = "/api/v1/imports/{import}/refusals",
                                     .permission = Permission::import_customers};
  struct Request {
    ImportId import;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("import", s.import, rule::required);
    }
  };
  using Response = Download;
};

using ImportOperations =
    Operations<UploadImport, ViewImport, ListImports, CheckImport, WriteImport, DiscardImport, DownloadRefusals>;

}  // namespace tw::api
