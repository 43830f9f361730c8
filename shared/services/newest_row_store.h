// When the newest row was written, as far as rows tell: a clock that is behind it has been set back.
#pragma once

#include <optional>

#include "services/work.h"

namespace tw::services {

std::optional<Instant> newest_row(Work& work);  // none: nothing was ever written

}  // namespace tw::services
