// What must be true of any screen, whatever is on it: for every story, in every language and size.
#pragma once

#include <string>
#include <vector>

#include "support/ui/harness.h"

namespace tw::test {

// Each answers with what is wrong, in words; empty when nothing is.
std::vector<std::string> ids_used_twice(const Harness& page);
std::vector<std::string> drawn_but_not_said(const Harness& page);
std::vector<std::string> focus_against_reading_order(const Harness& page);
std::vector<std::string> keys_instead_of_texts(const Harness& page);

}  // namespace tw::test
