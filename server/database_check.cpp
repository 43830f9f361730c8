#include "server/database_check.h"

#include "db/upkeep.h"
#include "services/batch_store.h"
#include "services/customer_store.h"

namespace tw::server {
namespace {

constexpr int most_problems = 20;  // of a kind: the first ones tell where to look

void report(Checked& checked, std::string_view what, const std::vector<std::string>& problems,
            std::string_view all_well) {
  for (const auto& problem : problems) checked.text.append(what).append(": ").append(problem).append("\n");
  if (problems.empty()) checked.text.append(what).append(": ").append(all_well).append("\n");
  checked.good = checked.good && problems.empty();
}

}  // namespace

Checked check_database(services::Work& work) {
  Checked checked{true, {}};
  report(checked, "database", db::integrity_problems(work.db, most_problems),
         "structure, indexes and references are whole");
  report(checked, "customers", services::check_customers(work),
         "kept counters agree with a recount, all are in the search index");
  report(checked, "batches", services::check_batches(work), "kept counters agree with a recount");
  return checked;
}

}  // namespace tw::server
