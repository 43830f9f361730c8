// Which standard field of a customer each column of a file is probably meant for, by its header in Chinese or English
// and, because headers lie, by its values. Proposals only: the user decides.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/imports/guess.h"

namespace tw::domain::imports {

struct ColumnSeen {
  std::string header;
  const ColumnGuesser* values = nullptr;  // never null
};

// The wire names of the fields that an import may fill.
std::span<const std::string_view> standard_fields();
bool is_standard_field(std::string_view name);

// Per column the wire name of a standard field, each at most once, or empty.
std::vector<std::string_view> suggest_fields(const std::vector<ColumnSeen>& columns);

}  // namespace tw::domain::imports
