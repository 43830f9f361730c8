// The OpenAPI 3.1 description of every operation in the registry: nothing is written by hand, so nothing can be
// forgotten. Served as /api/v1/openapi.json; `tidewater openapi` prints it, and tests/golden/openapi.json shows what
// changes. Indented, keys in a fixed order: byte for byte the same on every machine.
#pragma once

#include <string>

namespace tw::api {

std::string openapi();

}  // namespace tw::api
