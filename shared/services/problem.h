// An Error as a problem document (RFC 9457): {type, title, status, code, key, params, detail, instance, fields}.
// `detail` and each field's `message` are texts in the reader's language; `key` and `params` are the same for programs.
#pragma once

#include <string>
#include <string_view>

#include "core/catalogs.h"
#include "core/error.h"

namespace tw::services {

inline constexpr std::string_view problem_content_type = "application/problem+json";

// `status` differs from the code's own where HTTP has a closer word: 405, 413, 415. `instance` is the request id.
std::string problem_document(const Error& error, int status, const Catalog& texts, std::string_view instance);

}  // namespace tw::services
