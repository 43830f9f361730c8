// The company's own figures, by name. What nobody has set is what the caller says.
#pragma once

#include <cstdint>
#include <string_view>

#include "services/work.h"

namespace tw::services {

std::int64_t setting(Work& work, std::string_view name, std::int64_t usual);
void set_setting(Work& work, std::string_view name, std::int64_t value);

}  // namespace tw::services
