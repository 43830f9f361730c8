// Data folders as an earlier release left them: the first so many migrations, with rows.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace tw::test {

// A data folder at the schema of the first `migrations`, at least 4, with so many customers in a batch that has a
// ledger.
void make_old_folder(const std::filesystem::path& folder, std::size_t migrations, int customers);

std::size_t newest_schema();
std::size_t schema_of(const std::filesystem::path& database);  // how many migrations it has run
std::map<std::string, std::int64_t> counts_of(const std::filesystem::path& database);

}  // namespace tw::test
