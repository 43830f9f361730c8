// Rows of `imports` and of what their checks find. One statement per function.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/import.h"
#include "services/work.h"

namespace tw::services {

// The choices that a column brings for its new field, collected by the check.
struct ImportChoices {
  std::int64_t column = 0;
  std::vector<std::string> choices;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("column", s.column);
    v("choices", s.choices);
  }
};

struct Import {
  ImportId id;
  Version version;
  api::ImportState state = api::ImportState::uploaded;
  PersonId actor;  // none: the local operator
  std::string actor_name;
  std::string language;
  std::string file_name;
  SpoolId file;  // none when it is gone
  std::int64_t file_bytes = 0;
  SpoolId refusals;  // none: no refused rows
  std::string encoding;
  std::string delimiter;
  std::vector<api::ImportColumn> columns;
  std::vector<api::ColumnMapping> mapping;
  std::vector<ImportChoices> choices;
  bool key_from_row_number = false;
  api::OnDuplicate on_duplicate = api::OnDuplicate::skip;
  PersonId owner;
  DepartmentId department;
  std::int64_t rows = 0;
  std::int64_t new_rows = 0;
  std::int64_t update_rows = 0;
  std::int64_t skipped_rows = 0;
  std::int64_t refused_rows = 0;
  std::int64_t written_rows = 0;
  OperationId operation;
  Instant created;
  Instant changed;
};

std::optional<Import> load_import(Work& work, ImportId import);
ImportId insert_import(Work& work, const Import& import);
// Writes all that changes after the upload, and counts the version up.
void store_import(Work& work, const Import& import);
// Newest first; of everybody when `actor` is empty.
std::vector<Import> imports_of(Work& work, std::optional<PersonId> actor, std::int64_t limit);

// Those that own a file, by id from behind `after` on.
std::vector<ImportId> imports_with_files(Work& work, ImportId after, std::int64_t limit);

// The only active person, the only department of this name; none when there are several.
PersonId only_person_named(Work& work, std::string_view name);
DepartmentId only_department_named(Work& work, std::string_view name);

// --- findings --------------------------------------------------------------------------------------------------------

// What the check says about a row that is not simply written. Stored as these numbers.
enum class RowVerdict : std::uint8_t {
  refused = 1,    // its content, or its duplicate under the policy "refuse"
  duplicate = 2,  // skipped
};

// What may be wrong. Stored as these numbers; import_problems.h has the texts.
enum class ProblemKind : std::uint8_t {
  none = 0,
  // of a row, which is refused
  wrong_cells = 1,
  too_long = 2,
  not_a_number = 3,
  not_a_date = 4,
  not_a_choice = 5,
  too_many_choices = 6,
  not_a_score = 7,
  not_a_flag = 8,
  not_a_kind = 9,
  no_such_person = 10,
  no_such_department = 11,
  duplicate_in_file = 12,
  duplicate_in_database = 13,
  two_customers = 14,  // phone and external key are those of different ones
  // of the file, which is refused
  not_text = 30,
  quote_not_closed = 31,
  text_after_quote = 32,
  quote_inside_field = 33,
  too_many_columns = 34,
  record_too_long = 35,
  wrong_encoding = 36,
  file_is_gone = 37,
};

struct RowException {
  std::int64_t row = 0;
  RowVerdict verdict = RowVerdict::refused;
  ProblemKind kind = ProblemKind::none;  // the first problem of a refused row
  std::int64_t place = -1;
};
void add_exception(Work& work, ImportId import, const RowException& exception);
std::vector<RowException> exceptions_after(Work& work, ImportId import, std::int64_t row, std::int64_t limit);

struct FoundProblem {
  ProblemKind kind = ProblemKind::none;
  std::int64_t place = -1;  // column; -1: the row as a whole
  std::int64_t line = 0;
  std::string value;
  std::int64_t count = 1;
};
// Adds `count` to the group of its kind and place; the first line and value stay.
void add_problem(Work& work, ImportId import, const FoundProblem& problem);
std::vector<FoundProblem> problems_of(Work& work, ImportId import, std::int64_t limit);

// Is this the first row of the file with this key? Remembers it.
bool claim_key(Work& work, ImportId import, std::string_view key, std::int64_t row);
void release_key(Work& work, ImportId import, std::string_view key);
// The next import behind `after` that has keys; none: no more.
ImportId next_import_with_keys(Work& work, ImportId after);
// Some of them at a time; false when none is left.
bool forget_keys(Work& work, ImportId import, std::int64_t at_most);
void forget_findings(Work& work, ImportId import);

}  // namespace tw::services
