// The check of an import: reads every row as the write will, writes nothing but what it finds. An earlier check of the
// same import may have left findings, behind whose back the mapping has changed: they go first.
//
// Phases: 0 rows, 1 the file of refused rows, 2 forgetting the working set, 3 removing what a refused file left. A
// fault of the file itself (encoding, quotes, columns) ends phase 0 and refuses the import as a whole.
#include <map>
#include <utility>

#include "core/catalogs.h"
#include "services/import_problems.h"
#include "services/import_rows.h"
#include "services/import_step.h"

namespace tw::services {

namespace imports = domain::imports;

namespace {

constexpr std::int64_t keys_at_a_time = 5'000;

// Collects the groups of one step and writes each once.
class Findings {
 public:
  Findings(Work& work, ImportId import) : work_(work), import_(import) {}
  void add(const RowProblem& problem, std::int64_t line) {
    auto& group = groups_[{problem.kind, problem.place}];
    if (group.count++ > 0) return;
    group.line = line;
    group.value = problem.value;
  }
  void write() {
    for (const auto& group : groups_)
      add_problem(work_, import_,
                  {group.first.first, group.first.second, group.second.line, group.second.value, group.second.count});
  }

 private:
  struct Group {
    std::int64_t line = 0;
    std::string value;
    std::int64_t count = 0;
  };
  Work& work_;
  ImportId import_;
  std::map<std::pair<ProblemKind, std::int64_t>, Group> groups_;
};

// Forgets them until somebody waits.
bool keys_are_left(Work& work, ImportId import) {
  while (forget_keys(work, import, keys_at_a_time))
    if (work.budget && work.budget->used_up()) return true;
  return false;
}

enum class Fate : std::uint8_t { is_new, updates, duplicate, refused };

class Check {
 public:
  Check(Work& work, Import& import)
      : work_(work),
        import_(import),
        actor_(actor_of(work, import)),
        reader_(work, actor_, import),
        findings_(work, import.id) {}

  StepResult rows(LongOperation& operation, ImportCursor& cursor) {
    if (cursor.row == 0 && forget_earlier_check()) return StepResult::more;
    ImportReader file = open_rows(work_, import_, cursor);
    Pause pause(work_);
    imports::CsvRecord record;
    auto step = ImportReader::Step::record;
    while (!pause.due() && (step = file.next(record)) == ImportReader::Step::record) {
      ++cursor.row;
      judge(record, cursor.row, file.line_of(record));
    }
    findings_.write();
    import_.rows = cursor.row;
    import_.choices = reader_.new_choices();
    cursor.at = file.position();
    operation.done = cursor.at.byte;
    if (step == ImportReader::Step::fault) refuse(file.fault());
    if (step != ImportReader::Step::record) cursor = {import_.refused_rows > 0 && !is_refused() ? 1 : 2, {}, 0, 0};
    return StepResult::more;
  }

 private:
  // Some of it at a time; false when nothing is left.
  bool forget_earlier_check() {
    if (import_.refusals) work_.env.spool.remove(import_.refusals);
    import_.refusals = {};
    return keys_are_left(work_, import_.id);
  }

  bool is_refused() const { return import_.state == api::ImportState::refused; }

  void refuse(const imports::CsvFault& fault) {
    forget_findings(work_, import_.id);
    import_.state = api::ImportState::refused;
    import_.rows = import_.new_rows = import_.update_rows = import_.skipped_rows = import_.refused_rows = 0;
    const std::string limit = fault.params.empty() ? std::string() : fault.params[0].value;
    add_problem(work_, import_.id, {kind_of(fault.key), -1, fault.line, limit, 1});
  }

  void judge(const imports::CsvRecord& record, std::int64_t row, std::int64_t line) {
    std::vector<RowProblem> problems = reader_.read(record, row, content_);
    Fate fate = Fate::refused;
    if (problems.empty()) fate = fate_of(row, problems);
    for (const RowProblem& problem : problems) findings_.add(problem, line);
    switch (fate) {
      case Fate::is_new:
        ++import_.new_rows;
        return;
      case Fate::updates:
        ++import_.update_rows;
        return;
      case Fate::duplicate:
        ++import_.skipped_rows;
        add_exception(work_, import_.id, {row, RowVerdict::duplicate, ProblemKind::none, -1});
        return;
      case Fate::refused:
        ++import_.refused_rows;
        add_exception(work_, import_.id, {row, RowVerdict::refused, problems[0].kind, problems[0].place});
        return;
    }
  }

  // Duplicates: first in the database, then among the rows of the file that will be written.
  Fate fate_of(std::int64_t row, std::vector<RowProblem>& problems) {
    const CustomerId by_phone = customer_by_phone(work_, actor_, content_.phone_key);
    const CustomerId by_key = customer_by_external_key(work_, actor_, content_.external_key);
    const bool updates = import_.on_duplicate == api::OnDuplicate::update;
    if (by_phone && by_key && by_phone != by_key && updates) {
      problems.push_back({ProblemKind::two_customers, -1, content_.external_key});
      return Fate::refused;
    }
    if (by_phone || by_key) return duplicate(ProblemKind::duplicate_in_database, problems);
    const std::string phone = "p" + content_.phone_key;
    const std::string key = "k" + content_.external_key;
    const bool has_phone = !content_.phone_key.empty();
    const bool has_key = !content_.external_key.empty();
    const bool new_phone = !has_phone || claim_key(work_, import_.id, phone, row);
    const bool new_key = !has_key || claim_key(work_, import_.id, key, row);
    if (new_phone && new_key) return Fate::is_new;
    // A row that is not written holds no key: a later one may have it. An update keeps what it adds.
    if (!updates && has_phone && new_phone) release_key(work_, import_.id, phone);
    if (!updates && has_key && new_key) release_key(work_, import_.id, key);
    return duplicate(ProblemKind::duplicate_in_file, problems);
  }

  Fate duplicate(ProblemKind kind, std::vector<RowProblem>& problems) const {
    if (import_.on_duplicate == api::OnDuplicate::update) return Fate::updates;
    if (import_.on_duplicate == api::OnDuplicate::skip) return Fate::duplicate;
    problems.push_back({kind, -1, content_.phone.empty() ? content_.external_key : content_.phone});
    return Fate::refused;
  }

  Work& work_;
  Import& import_;
  const domain::access::Actor actor_;
  RowReader reader_;
  Findings findings_;
  RowContent content_;
};

// --- the file of refused rows
// ------------------------------------------------------------------------------------------

void append_cell(std::string& out, std::string_view cell) {
  if (!out.empty() && out.back() != '\n') out += ',';
  out += '"';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

std::string refusals_header(const Env& env, const Import& import) {
  const auto text = [&](TextKey key) {
    return env.texts ? env.texts->for_language(import.language).format(key.view(), {}) : std::string(key.view());
  };
  std::string line;
  append_cell(line, text(text_key("import.column_line")));
  append_cell(line, text(text_key("import.column_reason")));
  for (const api::ImportColumn& column : import.columns) append_cell(line, column.header);
  return "\xEF\xBB\xBF" + line + "\r\n";
}

std::string refused_line(const Env& env, const Import& import, const RowException& why,
                         const imports::CsvRecord& record, std::int64_t line) {
  const auto place = static_cast<std::size_t>(why.place);
  const bool has_place = why.place >= 0 && place < record.size();
  std::string reason =
      problem_message(env, import.language, why.kind, has_place ? std::string(record[place]) : std::string());
  if (has_place && place < import.columns.size()) reason = import.columns[place].header + ": " + reason;
  std::string out;
  append_cell(out, std::to_string(line));
  append_cell(out, reason);
  for (std::size_t i = 0; i < record.size(); ++i) append_cell(out, record[i]);
  return out + "\r\n";
}

// Files know no transactions. So the row names the file before there is one: whatever is cut off then, the file has an
// owner. And when the step that wrote the last piece did not commit, or the server ended meanwhile, the file is not as
// long as the cursor says, and it is begun anew.
StepResult write_refusals(Work& work, Import& import, ImportCursor& cursor) {
  Spool& spool = work.env.spool;
  if (!import.refusals) {
    import.refusals = spool.draw();
    return StepResult::more;
  }
  if (cursor.bytes == 0 || spool.appended(import.refusals) != cursor.bytes) {
    spool.begin(import.refusals);
    const std::string header = refusals_header(work.env, import);
    spool.append(import.refusals, header);
    cursor = {1, {}, 0, static_cast<std::int64_t>(header.size())};
  }
  ImportReader file = open_rows(work, import, cursor);
  Pause pause(work);
  imports::CsvRecord record;
  std::vector<RowException> refused;
  std::size_t next = 0;
  std::string out;
  auto step = ImportReader::Step::record;
  while (!pause.due() && (step = file.next(record)) == ImportReader::Step::record) {
    if (next == refused.size()) {
      refused = exceptions_after(work, import.id, cursor.row, 1'000);
      next = 0;
      if (refused.empty()) break;
    }
    if (++cursor.row != refused[next].row) continue;
    const RowException& why = refused[next++];
    if (why.verdict == RowVerdict::refused) out += refused_line(work.env, import, why, record, file.line_of(record));
  }
  spool.append(import.refusals, out);
  cursor.bytes += static_cast<std::int64_t>(out.size());
  cursor.at = file.position();
  const bool finished = step != ImportReader::Step::record || refused.empty();
  if (!finished) return StepResult::more;
  spool.finish(import.refusals);
  cursor = {2, {}, 0, 0};
  return StepResult::more;
}

StepResult forget_working_set(Work& work, Import& import, ImportCursor& cursor) {
  if (keys_are_left(work, import.id)) return StepResult::more;
  if (import.state == api::ImportState::refused) {
    cursor = {3, {}, 0, 0};
    return StepResult::more;
  }
  import.state = api::ImportState::checked;
  return StepResult::finished;
}

// In a step of its own: the import says "refused" durably before its file goes.
StepResult remove_file(Work& work, Import& import) {
  work.env.spool.remove(import.file);
  import.file = {};
  return StepResult::finished;
}

}  // namespace

Result<StepResult> step_check_import(Work& work, LongOperation& operation) {
  auto import = load_import(work, operation.import);
  if (!import) return error(Code::not_found, text_key("error.not_found"));
  ImportCursor cursor = read_cursor(operation);
  StepResult result = StepResult::more;
  switch (cursor.phase) {
    case 0:
      result = Check(work, *import).rows(operation, cursor);
      break;
    case 1:
      result = write_refusals(work, *import, cursor);
      break;
    case 2:
      result = forget_working_set(work, *import, cursor);
      break;
    default:
      result = remove_file(work, *import);
  }
  if (result == StepResult::finished) operation.done = operation.total;
  save_cursor(operation, cursor);
  store_import(work, *import);
  tell(work, *import);
  return result;
}

}  // namespace tw::services
