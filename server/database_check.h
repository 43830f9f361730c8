// Looks for damage in a database: SQLite's own checks, and every kept counter against a recount. And the way back from
// counters that do not agree: they are sums over rows, so they can be made again from them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "db/upkeep.h"
#include "server/words/words.h"
#include "services/work.h"

namespace tw::server {

// What `tidewater check` prints, and what it found. A file that is not whole has lost something; counts that do not
// agree were kept wrongly beside rows that are all there, and can be counted anew.
struct Checked {
  bool whole = false;         // structure, indexes, references
  bool counts_agree = false;  // kept counters with a recount, the search index with the customers
  std::vector<Message> lines;
  bool good() const { return whole && counts_agree; }
};

// Changes nothing.
Checked check_database(services::Work& work);
Message integrity_message(const db::IntegrityProblem& problem);

// Makes kept counters and the search index anew from the rows. Only of a database that is whole: of rows that are
// damaged the count would be wrong for good.
void recount_database(services::Work& work);

// For whoever reads that counters do not agree.
Message recount_advice(const std::filesystem::path& data);

// Throws Refused when `run`, the migrations of a database, are not the first ones of this program: a newer one wrote
// it.
void refuse_newer_schema(const std::vector<std::string>& run);

// Lines for a terminal, each with its end.
std::string lines_of(const std::vector<Message>& messages, const Words& words);

}  // namespace tw::server
