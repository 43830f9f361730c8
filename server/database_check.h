// Looks for damage in a database: SQLite's own checks, and every kept counter against a recount. And the way back from
// counters that do not agree: they are sums over rows, so they can be made again from them.
#pragma once

#include <filesystem>
#include <string>

#include "server/http/http_server.h"
#include "services/work.h"

namespace tw::server {

// Changes nothing.
Checked check_database(services::Work& work);

// Makes kept counters and the search index anew from the rows. Only of a database that is whole: of rows that are
// damaged the count would be wrong for good.
void recount_database(services::Work& work);

// For whoever reads that counters do not agree.
std::string recount_advice(const std::filesystem::path& data);

}  // namespace tw::server
