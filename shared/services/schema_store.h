// What the database says of its own schema.
#pragma once

#include <string>

#include "services/work.h"

namespace tw::services {

std::string newest_migration(Work& work);

}  // namespace tw::services
