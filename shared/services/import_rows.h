// One row of a file as a customer: reads the cells by the accepted mapping, says what is wrong with them, and merges
// what is right into a new or an existing customer. Check and write use the same code, so that they agree.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/imports/csv.h"
#include "services/customer_field_store.h"
#include "services/customer_store.h"
#include "services/import_store.h"
#include "services/work.h"

namespace tw::services {

// What the cells of a row say; blank ones say nothing.
struct RowContent {
  std::optional<domain::customer::Kind> kind;
  std::string name, contact, phone, email, city, address, source, note, external_key;
  std::optional<std::int64_t> score;
  std::optional<bool> do_not_contact;
  PersonId owner;
  DepartmentId department;
  std::vector<CustomSet> values;  // of every mapped custom field, in the order of the mapping; without value when blank
  std::string phone_key;
};

struct RowProblem {
  ProblemKind kind = ProblemKind::none;
  std::int64_t place = -1;
  std::string value;
};

class RowReader {
 public:
  // `actor` is whoever imports: owners and departments must be in their reach.
  RowReader(Work& work, const domain::access::Actor& actor, const Import& import);

  // `row` counts data rows from 1. Problems in the order of the columns; with any, the content is not to be used.
  std::vector<RowProblem> read(const domain::imports::CsvRecord& record, std::int64_t row, RowContent& content);

  Customer new_customer(const RowContent& content) const;
  // Blank never erases. Answers the names of the fields that changed, comma-separated.
  std::string merge(const RowContent& content, Customer& customer) const;

  // The values that a column which becomes a choice field has shown so far, to be kept with the import.
  std::vector<ImportChoices> new_choices() const;

 private:
  struct Column {
    std::int64_t place = 0;
    std::string_view standard;              // name of a standard field, or
    std::optional<CustomerFieldRow> field;  // without id: it will be made when the rows are written
    std::set<std::string, std::less<>> choices;
  };
  void read_standard(const Column& column, std::string_view cell, RowContent& content,
                     std::vector<RowProblem>& problems);
  void read_custom(Column& column, std::string_view cell, RowContent& content, std::vector<RowProblem>& problems);
  ProblemKind read_choice(Column& column, std::string_view cell);
  PersonId person_named(const std::string& name);
  DepartmentId department_named(const std::string& name);

  Work& work_;
  const domain::access::Actor& actor_;
  const Import& import_;
  std::size_t cells_ = 0;
  std::vector<Column> columns_;
  DepartmentId default_department_;
  std::map<std::string, PersonId> people_;
  std::map<std::string, DepartmentId> departments_;
};

}  // namespace tw::services
