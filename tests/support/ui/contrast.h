// What contrast the words of a frame really have: the colour of each string against what was painted under it, read
// from ImGui's draw data. So every pair of tokens that meets on some screen is measured, whoever brought them together.
#pragma once

#include <string>
#include <vector>

#include "support/ui/harness.h"

namespace tw::test {

double contrast(ui::Color a, ui::Color b);  // WCAG 2.1, 1 to 21; both opaque

// Words below 4.5:1 (below 3:1 when large), with what they stand on. What is disabled is left out, as WCAG does.
std::vector<std::string> hard_to_read(const Harness& page);

}  // namespace tw::test
