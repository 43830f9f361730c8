// The write of an import: rows that the check let through become customers, in steps that give way to people.
//
// Phases: 0 new custom fields, 1 rows, 2 removing the file. The database may have changed since the check: a row that
// has become a duplicate meanwhile is treated by the same policy and counted in the operation's outcomes.
#include <algorithm>

#include "services/customer_counts_store.h"
#include "services/customer_fields.h"
#include "services/customer_search_store.h"
#include "services/import_rows.h"
#include "services/import_step.h"

namespace tw::services {

namespace imports = domain::imports;

namespace {

// The rows that the check took out, in step with the rows of the file.
class Exceptions {
 public:
  Exceptions(Work& work, ImportId import, std::int64_t after) : work_(work), import_(import), after_(after) {}
  bool contains(std::int64_t row) {
    while (next_ < known_.size() && known_[next_].row < row) ++next_;
    if (next_ == known_.size() && !exhausted_) {
      known_ = exceptions_after(work_, import_, std::max(after_, row - 1), 2'000);
      next_ = 0;
      exhausted_ = known_.empty();
    }
    return next_ < known_.size() && known_[next_].row == row;
  }

 private:
  Work& work_;
  ImportId import_;
  std::int64_t after_;
  std::vector<RowException> known_;
  std::size_t next_ = 0;
  bool exhausted_ = false;
};

class Write {
 public:
  Write(Work& work, LongOperation& operation, Import& import)
      : work_(work),
        operation_(operation),
        import_(import),
        actor_(actor_of(work, import)),
        reader_(work, actor_, import) {}

  // True at the end of the file.
  bool rows(ImportCursor& cursor) {
    ImportReader file = open_rows(work_, import_, cursor);
    Exceptions exceptions(work_, import_.id, cursor.row);
    Pause pause(work_);
    imports::CsvRecord record;
    auto step = ImportReader::Step::record;
    while (!pause.due() && (step = file.next(record)) == ImportReader::Step::record) {
      ++cursor.row;
      if (!exceptions.contains(cursor.row)) write(record, cursor.row);
    }
    counts_.write(work_);
    cursor.at = file.position();
    operation_.done = cursor.row;
    work_.emit(EventKind::customers_changed, 0);
    return step != ImportReader::Step::record;
  }

 private:
  void write(const imports::CsvRecord& record, std::int64_t row) {
    // Only what changed since the check can be wrong now (a person was disabled, a choice went).
    if (!reader_.read(record, row, content_).empty()) return operation_.count("changed_meanwhile");
    CustomerId there = customer_by_phone(work_, actor_, content_.phone_key);
    const CustomerId by_key = customer_by_external_key(work_, actor_, content_.external_key);
    if (there && by_key && there != by_key) return operation_.count("two_customers");
    if (!there) there = by_key;
    if (!there) return add();
    if (import_.on_duplicate != api::OnDuplicate::update) return operation_.count("already_there");
    update(there);
  }

  void add() {
    const Customer customer = reader_.new_customer(content_);
    const CustomerId id = insert_customer_row(work_, customer);
    add_search_entry(work_, id,
                     {customer.name, customer.contact, content_.phone_key, customer.external_key, customer.owner,
                      customer.department});
    counts_.add(customer.owner, customer.department, 1);
    if (has_values()) merge_custom_values(work_, id, content_.values);
    ++import_.written_rows;
    operation_.count("added");
  }

  void update(CustomerId id) {
    const auto before = load_customer(work_, id);
    if (!before) return;
    Customer customer = *before;
    std::string names = reader_.merge(content_, customer);
    for (const CustomSet& set : content_.values)
      if (set.value) names += (names.empty() ? "" : ",") + column_of(set.field);
    ++import_.written_rows;
    if (names.empty()) return operation_.count("unchanged");
    update_customer(work_, customer, *before);
    if (has_values()) merge_custom_values(work_, id, content_.values);
    insert_customer_log(work_, actor_, id, api::TimelineKind::imported, names);
    operation_.count("updated");
  }

  bool has_values() const {
    for (const CustomSet& set : content_.values)
      if (set.value) return true;
    return false;
  }

  Work& work_;
  LongOperation& operation_;
  Import& import_;
  const domain::access::Actor actor_;
  RowReader reader_;
  CustomerCountMoves counts_;
  RowContent content_;
};

// Columns without a home get one: by the same function as the operation that adds a field. Where the name was taken
// since the check, the field of that name is used if it is of the same type.
Refusal make_fields(Work& work, Import& import) {
  for (api::ColumnMapping& mapping : import.mapping) {
    if (mapping.to != api::MapTo::new_custom) continue;
    CustomerFieldRow field{{}, {}, mapping.new_name, mapping.new_type, false, {}};
    for (const ImportChoices& known : import.choices)
      if (known.column == mapping.column) field.choices = known.choices;
    if (field.type == domain::customer::FieldType::choice && field.choices.empty()) {
      mapping.to = api::MapTo::ignore;  // a column without any value
      continue;
    }
    const auto taken = customer_field_by_name(work, field.name);
    auto made = taken && taken->type == field.type ? Result<CustomerFieldRow>(*taken) : new_customer_field(work, field);
    if (!made) return made.error();
    mapping.to = api::MapTo::custom;
    mapping.custom = made->field;
  }
  return std::nullopt;
}

}  // namespace

Result<StepResult> step_write_import(Work& work, LongOperation& operation) {
  auto import = load_import(work, operation.import);
  if (!import) return error(Code::not_found, text_key("error.not_found"));
  ImportCursor cursor = read_cursor(operation);
  StepResult result = StepResult::more;
  if (cursor.phase == 0) {
    if (auto refused = make_fields(work, *import)) return *refused;
    cursor.phase = 1;
  } else if (cursor.phase == 1) {
    if (Write(work, operation, *import).rows(cursor)) {
      import->state = api::ImportState::done;
      forget_findings(work, import->id);
      cursor = {2, {}, cursor.row, 0};
    }
  } else {
    // In a step of its own: the import is done durably before its file goes.
    work.env.spool.remove(import->file);
    import->file = {};
    operation.done = operation.total;
    result = StepResult::finished;
  }
  save_cursor(operation, cursor);
  store_import(work, *import);
  tell(work, *import);
  return result;
}

}  // namespace tw::services
