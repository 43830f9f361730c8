// A first look at an uploaded file: encoding, delimiter, header, samples, and what each column is probably meant for.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "api/import.h"
#include "core/env.h"
#include "core/result.h"
#include "services/customer_field_store.h"

namespace tw::services {

struct SniffedFile {
  std::string encoding;
  std::string delimiter;
  std::vector<api::ImportColumn> columns;
};

// Refuses what is no CSV in an encoding that we read, naming the line.
Result<SniffedFile> sniff_import(Spool& spool, SpoolId file, std::span<const CustomerFieldRow> fields);

}  // namespace tw::services
