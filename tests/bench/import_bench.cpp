// Import of a million CSV rows, duplicate check by phone on, through the real program (`tidewater import customers`:
// spool, check, write), beside bare SQLite that inserts the same rows into the same tables with the same indexes and
// search index, in one transaction. The import's figure holds all of it: reading the file twice, checking every value,
// and a durable commit for each step.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "db/sqlite.h"
#include "domain/customer/search_terms.h"
#include "support/bench.h"
#include "support/customer_data.h"

namespace tw::bench {
namespace {

void write_file(const std::string& path, std::int64_t rows) {
  std::ofstream file(path, std::ios::binary);
  file << "客户名称,联系人,电话,邮箱,城市,地址,评分\n";
  support::CustomerMaker maker;
  for (std::int64_t i = 0; i < rows; ++i) {
    const support::MadeUpCustomer customer = maker.make(i + 1);
    std::string name = customer.name;
    for (char& c : name)
      if (c == '"' || c == ',') c = ' ';
    // A phone of its own for every row: the check looks each of them up, and none is skipped.
    file << name << ',' << customer.contact << ',' << 13000000000 + i * 7 << ',' << customer.email << ','
         << customer.city << ",\"" << customer.address << "\"," << customer.score << '\n';
  }
}

struct SearchRow {
  std::int64_t id;
  std::string words;
};

std::vector<SearchRow> search_rows(db::Database& database) {
  return database.prepare("SELECT id, name, contact, phone_key, external_key FROM customers ORDER BY id")
      .all([](db::Row row) {
        return SearchRow{row.integer(0),
                         domain::customer::index_terms(row.text(1), row.text(2), row.text(3), row.text(4)) + " o1 d1"};
      });
}

// The rows that the import made, once more into an empty file.
double bare_seconds(const std::string& imported, const std::string& empty) {
  const auto database = db::Database::open(empty, db::OpenMode::read_write);
  db::migrate(*database);
  database->execute("PRAGMA foreign_keys = OFF");  // the people and imports that the rows name are not copied
  database->prepare("ATTACH :file AS source").bind(":file", imported).run();
  std::vector<SearchRow> words;
  {
    const auto source = db::Database::open(imported, db::OpenMode::read_only);
    words = search_rows(*source);
  }
  return seconds_of([&] {
    db::Transaction transaction(*database);
    database->execute("INSERT INTO main.customers SELECT * FROM source.customers ORDER BY id");
    auto statement = database->prepare("INSERT INTO main.customer_search (rowid, terms) VALUES (:id, :words)");
    for (const SearchRow& row : words) {
      statement.bind(":id", row.id).bind(":words", row.words).run();
      statement.reset();
    }
    transaction.commit();
  });
}

int run(std::int64_t rows) {
  const char* program = std::getenv("TIDEWATER_BINARY");
  if (!program) {
    std::printf("TIDEWATER_BINARY names no program: the import is not measured\n");
    return 1;
  }
  ScratchFolder folder;
  write_file(folder.file("customers.csv"), rows);
  std::filesystem::create_directories(folder.file("data"));
  const std::string command = std::string("\"") + program + "\" import customers \"" + folder.file("customers.csv") +
                              "\" --data \"" + folder.file("data") + "\" >\"" + folder.file("log") + "\" 2>&1";
  int ended = 0;
  const double import = seconds_of([&] { ended = std::system(command.c_str()); });
  if (ended != 0) {
    std::ifstream log(folder.file("log"));
    std::printf("the import failed: %s\n", std::string(std::istreambuf_iterator<char>(log), {}).c_str());
    return 1;
  }
  const std::string imported = folder.file("data/tidewater.db");
  Table table("Import");
  table.ratio("import " + std::to_string(rows) + " CSV rows, check and write", import,
              bare_seconds(imported, folder.file("bare.db")), 2.5);
  return 0;
}

}  // namespace
}  // namespace tw::bench

int main(int argc, char** argv) {
  std::int64_t rows = 1'000'000;
  for (int i = 1; i + 1 < argc; ++i)
    if (std::string(argv[i]) == "--rows") rows = std::atoll(argv[i + 1]);
  return tw::bench::run(rows);
}
