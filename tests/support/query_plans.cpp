#include "support/query_plans.h"

#include <array>
#include <cctype>
#include <string_view>

namespace tw::test {

namespace {

// Those that grow with the business. People, departments, batches and the like stay small.
constexpr std::array large_tables = {"customers",         "customer_field_values", "customer_log", "batch_items",
                                     "item_log",          "import_keys",           "outbox",       "sessions",
                                     "one_time_tokens",   "sign_in_attempts",      "idempotency",  "operations",
                                     "import_exceptions", "notifications",         "policies",     "operation_rows",
                                     "audit_entries"};

// How a statement says that it means to, and why: "/* whole table: a recount */".
constexpr std::string_view on_purpose = "/* whole table: ";

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// The words of a statement, so that "customers AS c" can be found whatever the line breaks.
std::vector<std::string> words_of(std::string_view sql) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : sql) {
    if (is_word(c)) {
      word += c;
    } else {
      if (!word.empty()) words.push_back(std::move(word));
      word.clear();
      if (c == ',' || c == '(' || c == ')') words.emplace_back(1, c);
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

// A plan names a table by its alias.
bool is_large(std::string_view name, const std::vector<std::string>& words) {
  for (const std::string_view table : large_tables) {
    if (name == table) return true;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      if (words[i] != table) continue;
      const std::size_t alias = words[i + 1] == "AS" ? i + 2 : i + 1;
      if (alias < words.size() && words[alias] == name) return true;
    }
  }
  return false;
}

// An INSERT of values finds no rows; what its plan shows are checks of references to the new row, which cannot be any
// yet, and SQLite does not run them.
bool is_query(std::string_view sql) {
  const auto from = sql.find_first_not_of(" \n");
  if (from == std::string_view::npos) return false;
  if (sql.substr(from, 6) == "INSERT" && sql.find("SELECT") == std::string_view::npos) return false;
  for (const std::string_view verb : {"SELECT", "UPDATE", "DELETE", "INSERT", "WITH"})
    if (sql.substr(from, verb.size()) == verb) return true;
  return false;
}

}  // namespace

std::vector<std::string> whole_table_reads(db::Database& database) {
  std::vector<std::string> found;
  for (const std::string& sql : database.statements()) {
    if (!is_query(sql) || sql.find(on_purpose) != std::string::npos) continue;
    const auto words = words_of(sql);
    const auto plan = database.prepare_once("EXPLAIN QUERY PLAN " + sql).all([](db::Row row) { return row.string(3); });
    for (const std::string& step : plan) {
      // "SCAN c" reads it all; "SCAN c USING INDEX …" goes along an index, which a list that ends early does.
      if (step.rfind("SCAN ", 0) != 0 || step.find(" USING ") != std::string::npos) continue;
      const std::string name = step.substr(5, step.find(' ', 5) - 5);
      if (is_large(name, words)) found.push_back(step + " in: " + sql);
    }
  }
  return found;
}

}  // namespace tw::test
