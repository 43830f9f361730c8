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
};

std::optional<Import> load_import(Work& work, ImportId import);
ImportId insert_import(Work& work, const Import& import);
// Writes all that changes after the upload, and counts the version up.
void store_import(Work& work, const Import& import);
// Newest first; of everybody when `actor` is empty.
std::vector<Import> imports_of(Work& work, std::optional<PersonId> actor, std::int64_t limit);

// --- findings --------------------------------------------------------------------------------------------------------

// What the check says about a row that is not simply written. Stored as these numbers.
enum class RowVerdict : std::uint8_t {
  refused = 1,    // its content, or its duplicate under the policy "refuse"
  duplicate = 2,  // skipped
};

// What may be wrong. Stored as these numbers; texts are in imports.cpp.
enum class ProblemKind : std::uint8_t {
  too_few_cells = 1,
  too_many_cells = 2,
  broken_text = 3,  // bytes that the encoding does not know
  too_long = 4,
  not_a_number = 5,
  not_a_date = 6,
  not_a_choice = 7,
  not_a_score = 8,
  not_a_flag = 9,
  no_such_kind = 10,
  no_such_person = 11,
  no_such_department = 12,
  out_of_scope = 13,
  duplicate_in_file = 14,
  duplicate_in_database = 15,
  two_customers = 16,       // phone and external key belong to different ones
  outside_your_reach = 17,  // the duplicate is not in the actor's scope
  broken_quote = 18,        // these end the check: the file is refused
  file_is_gone = 19,
  row_too_long = 20,
  empty_file = 21,
};

void add_exception(Work& work, ImportId import, std::int64_t row, RowVerdict verdict);
struct RowException {
  std::int64_t row = 0;
  RowVerdict verdict = RowVerdict::refused;
};
std::vector<RowException> exceptions_after(Work& work, ImportId import, std::int64_t row, std::int64_t limit);

struct FoundProblem {
  ProblemKind kind = ProblemKind::broken_quote;
  std::int64_t place = -1;  // column; -1: the row as a whole
  std::int64_t line = 0;
  std::string value;
  std::int64_t count = 1;
};
// Adds `count` to the group of its kind and place; the first line and value stay.
void add_problem(Work& work, ImportId import, const FoundProblem& problem);
std::vector<FoundProblem> problems_of(Work& work, ImportId import, std::int64_t limit);

// The row that first had this key; the row itself when it is the first.
std::int64_t claim_key(Work& work, ImportId import, std::string_view key, std::int64_t row);

void forget_keys(Work& work, ImportId import, std::int64_t at_most, bool& more);
void forget_findings(Work& work, ImportId import);

}  // namespace tw::services
