// import customers: the same upload, check and write as in the web client, from a terminal.
#include "api/import.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <thread>

#include "api/customer_field.h"
#include "api/people.h"
#include "core/catalog.h"
#include "core/text.h"
#include "server/commands/commands.h"
#include "server/words/layout.h"
#include "server/words/reasons.h"

namespace tw::server {
namespace {

constexpr auto look_again_after = std::chrono::milliseconds(100);

constexpr std::size_t count_column = 10;

enum ExitCode : int { all_written = 0, failed = 1, rows_refused = 3 };

std::string number(std::int64_t value) { return with_thousands(std::to_string(value)); }

// One line on standard error that is written over and over.
class Progress {
 public:
  explicit Progress(Streams& streams) : to_(streams.err), words_(streams.words) {}
  ~Progress() { end(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // `what`: a text with {done}.
  void show(TextKey what, std::int64_t done, std::int64_t total) {
    const std::vector<Param> params = {param("done", done), param("total", total)};
    const Message how_far = total > 0 ? said("import.of_total", params) : said("import.so_far", params);
    const std::string line = words_(message_of(what).with("done", how_far));
    // A hundred times at most: a log file keeps every one of them.
    const std::int64_t hundredth = total > 0 ? done * 100 / total : done;
    if (hundredth == last_hundredth_ && !last_.empty() && done != total) return;
    last_hundredth_ = hundredth;
    if (line == last_) return;
    to_ << "\r" << line << "   " << std::flush;
    last_ = line;
  }
  void end() {
    if (!last_.empty()) to_ << "\n";
    last_.clear();
  }

 private:
  std::ostream& to_;
  const Words words_;
  std::string last_;
  std::int64_t last_hundredth_ = -1;
};

class Import {
 public:
  Import(Door& door, const Options& options, Streams& streams)
      : door_(door), options_(options), streams_(streams), words_(streams.words), progress_(streams) {}

  int run() {
    if (!upload() || !map_columns() || !find_owner() || !check()) return leave(failed);
    const bool refused = view_.refused_rows > 0 || view_.state == api::ImportState::refused;
    if (refused && !save_refused_rows()) return leave(failed);
    if (view_.state == api::ImportState::refused || (refused && !options_.keep_good_rows)) {
      print();
      return leave(rows_refused);
    }
    if (!write()) return failed;
    print();
    return refused ? rows_refused : all_written;
  }

 private:
  bool say(const Message& problem) { return say(words_(problem)); }
  bool say(const std::string& problem) {
    progress_.end();
    streams_.err << problem << "\n";
    return false;
  }

  // What was uploaded and will not be written is thrown away.
  int leave(int code) {
    if (view_.import) call<api::DiscardImport>(door_, {view_.import});
    return code;
  }

  bool upload() {
    const std::filesystem::path file(options_.file);
    std::error_code none;
    const auto size = std::filesystem::file_size(file, none);
    if (none)
      return say(said("files.cannot_read", {param("path", options_.file)}).with("reason", reason_of(none.value())));
    const auto request = api::to_wire<api::UploadImport>({file.filename().string()});
    auto answer = decoded<api::ImportView>(door_.upload(request, file, [&](std::int64_t sent) {
      progress_.show(said_key("import.sending"), sent, static_cast<std::int64_t>(size));
    }));
    progress_.end();
    if (!answer) return say(answer.problem(words_));
    view_ = std::move(*answer.value);
    return true;
  }

  bool map_columns() {
    const auto fields = call<api::ListCustomerFields>(door_, {});
    if (!fields) return say(fields.problem(words_));
    for (const auto& column : view_.columns) mapping_.push_back(column.suggestion);
    for (const auto& [wanted, field] : options_.map) {
      const auto* column = find_column(wanted);
      if (!column) return say(said("import.no_column", {param("column", wanted)}));
      mapping_[static_cast<std::size_t>(column - view_.columns.data())] = mapping_to(*column, field, fields->rows);
    }
    return true;
  }

  const api::ImportColumn* find_column(const std::string& wanted) const {
    for (const auto& column : view_.columns)
      if (column.header == wanted) return &column;
    const auto position = text::to_integer(wanted);
    if (position && *position >= 1 && *position <= static_cast<std::int64_t>(view_.columns.size()))
      return &view_.columns[static_cast<std::size_t>(*position - 1)];
    return nullptr;
  }

  template <class Fields>
  static api::ColumnMapping mapping_to(const api::ImportColumn& column, const std::string& field, const Fields& known) {
    constexpr std::string_view custom = "custom:";
    api::ColumnMapping mapping;
    mapping.column = column.column;
    if (field == "ignore") return mapping;
    if (field.rfind(custom, 0) != 0) {
      mapping.to = api::MapTo::standard;
      mapping.standard = field;
      return mapping;
    }
    const std::string name = field.substr(custom.size());
    for (const auto& row : known) {
      if (row.name != name) continue;
      mapping.to = api::MapTo::custom;
      mapping.custom = row.field;
      return mapping;
    }
    mapping.to = api::MapTo::new_custom;
    mapping.new_name = name;
    mapping.new_type = column.guessed_type;
    return mapping;
  }

  bool find_owner() {
    if (!options_.owner.empty()) {
      api::ListPeople::Request request;
      request.search = options_.owner;
      request.limit = 500;
      const auto people = call<api::ListPeople>(door_, request);
      if (!people) return say(people.problem(words_));
      for (const auto& person : people->rows)
        if (text::lower(person.login) == text::lower(options_.owner)) owner_ = person.person;
      if (!owner_) return say(said("users.nobody", {param("login", options_.owner)}));
    }
    if (!options_.department.empty()) {
      const auto departments = call<api::ListDepartments>(door_, {});
      if (!departments) return say(departments.problem(words_));
      for (const auto& row : departments->rows)
        if (row.name == options_.department) department_ = row.department;
      if (!department_) return say(said("import.no_department", {param("name", options_.department)}));
    }
    return true;
  }

  bool check() {
    api::CheckImport::Request request;
    request.import = view_.import;
    request.version = view_.version;
    request.mapping = mapping_;
    request.key_from_row_number = options_.key_from_row_number;
    from_wire_name(options_.on_duplicate, request.on_duplicate);
    request.owner = owner_;
    request.department = department_;
    const auto accepted = call<api::CheckImport>(door_, request);
    if (!accepted) return say(accepted.problem(words_));
    return wait(said_key("import.checking"), accepted->operation);
  }

  bool write() {
    const auto accepted = call<api::WriteImport>(door_, {view_.import, view_.version, options_.keep_good_rows});
    if (!accepted) return say(accepted.problem(words_));
    return wait(said_key("import.writing"), accepted->operation);
  }

  // Until the operation has ended; then looks at the import again.
  bool wait(TextKey what, OperationId operation) {
    for (;;) {
      const auto seen = call<api::ViewOperation>(door_, {operation});
      if (!seen) return say(seen.problem(words_));
      progress_.show(what, seen->done, seen->total);
      const std::vector<Param> why = {param("problem", seen->problem)};
      if (seen->state == api::OperationState::failed) return say(said("import.failed", why));
      if (seen->state == api::OperationState::cancelled) return say(said("import.cancelled", why));
      if (seen->state == api::OperationState::done) break;
      std::this_thread::sleep_for(look_again_after);
    }
    progress_.end();
    auto view = call<api::ViewImport>(door_, {view_.import});
    if (!view) return say(view.problem(words_));
    view_ = std::move(*view.value);
    return true;
  }

  bool save_refused_rows() {
    if (options_.refused_file.empty() || !view_.has_refusals_file) return true;
    std::ofstream to(options_.refused_file, std::ios::binary | std::ios::trunc);
    const auto reply = door_.download(api::to_wire<api::DownloadRefusals>({view_.import}), to);
    to.close();
    if (reply.status != 200) return say(problem_text(reply, words_));
    if (!to) return say(said("import.cannot_write", {param("path", options_.refused_file)}));
    return true;
  }

  void print() {
    if (options_.json) {
      streams_.out << json::encode(view_) << "\n";
      return;
    }
    const auto count = [this](TextKey what, std::int64_t rows) {
      streams_.out << padded(words_(what), count_column) << number(rows) << "\n";
    };
    count(said_key("import.rows"), view_.rows);
    count(said_key("import.new"), view_.new_rows);
    count(said_key("import.updates"), view_.update_rows);
    count(said_key("import.skipped"), view_.skipped_rows);
    count(said_key("import.refused"), view_.refused_rows);
    count(said_key("import.written"), view_.written_rows);
    for (const auto& problem : view_.problems) {
      const std::vector<Param> params = {param("line", problem.line), param("column", problem.column),
                                         param("problem", problem.message), param("count", problem.count)};
      const Message what =
          problem.column.empty() ? said("import.problem", params) : said("import.problem_in_column", params);
      streams_.out << words_(problem.count > 1 ? said("import.in_many_rows", params).with("what", what) : what) << "\n";
    }
  }

  Door& door_;
  const Options& options_;
  Streams& streams_;
  const Words words_;
  Progress progress_;
  api::ImportView view_;
  std::vector<api::ColumnMapping> mapping_;
  std::optional<PersonId> owner_;
  std::optional<DepartmentId> department_;
};

}  // namespace

int import_customers(Door& door, const Options& options, Streams& streams) {
  return Import(door, options, streams).run();
}

}  // namespace tw::server
