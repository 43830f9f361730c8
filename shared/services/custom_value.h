// A custom field's value between its canonical text (on the wire, in a filter) and what its typed column holds.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tw::services {

// A decimal number of at most 15 significant digits and 9 decimals, so that it comes back as it went in: "-12.5";
// ".5", "1e3" and "1,000" are refused.
std::optional<double> decimal_value(std::string_view text);
std::string decimal_text(double value);

// "2026-02-28": a day that exists.
bool is_iso_date(std::string_view text);

}  // namespace tw::services
