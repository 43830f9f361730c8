#include "server/database_check.h"

#include "db/upkeep.h"
#include "services/batch_store.h"
#include "services/customer_store.h"
#include "services/recount.h"

namespace tw::server {
namespace {

constexpr int most_problems = 20;  // of a kind: the first ones tell where to look

bool report(Checked& checked, std::string_view what, const std::vector<std::string>& problems,
            std::string_view all_well) {
  for (const auto& problem : problems) checked.text.append(what).append(": ").append(problem).append("\n");
  if (problems.empty()) checked.text.append(what).append(": ").append(all_well).append("\n");
  return problems.empty();
}

}  // namespace

Checked check_database(services::Work& work) {
  Checked checked;
  checked.whole = report(checked, "database", db::integrity_problems(work.db, most_problems),
                         "structure, indexes and references are whole");
  const bool customers = report(checked, "customers", services::check_customers(work),
                                "kept counters agree with a recount, all are in the search index");
  const bool batches = report(checked, "batches", services::check_batches(work), "kept counters agree with a recount");
  checked.counts_agree = customers && batches;
  return checked;
}

void recount_database(services::Work& work) {
  services::recount_customers(work);
  services::recount_batches(work);
}

std::string recount_advice(const std::filesystem::path& data) {
  return "Kept counters do not agree with the rows: pages show wrong numbers, and some changes may be refused. No row "
         "is lost. Stop the server and have them counted anew: tidewater check --repair --data " +
         data.string();
}

}  // namespace tw::server
