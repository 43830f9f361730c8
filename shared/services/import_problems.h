// What may be wrong with an import, as texts.
#pragma once

#include <string>
#include <string_view>

#include "core/error.h"
#include "domain/imports/csv.h"
#include "services/import_store.h"
#include "services/work.h"

namespace tw::services {

TextKey text_of(ProblemKind kind);
ProblemKind kind_of(TextKey key);  // of a reader's fault

// `value` is what stood there, or the limit that was passed.
std::string problem_message(const Env& env, std::string_view language, ProblemKind kind, const std::string& value);

}  // namespace tw::services
