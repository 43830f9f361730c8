// What would be printed on an English terminal, for tests of the values behind it.
#pragma once

#include <string>

#include "server/options.h"
#include "server/words/words.h"

namespace tw::test {

inline std::string english(const server::Message& message) { return server::Words("en")(message); }

inline std::string english(const server::Parsed& refused) {
  std::string text;
  for (const auto& problem : refused.problems) text += (text.empty() ? "" : "\n") + english(problem);
  return text;
}

}  // namespace tw::test
