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

// What reacts to a press and is not announced there as something that can be pressed, under a name.
std::vector<std::string> pressed_but_not_said(const Harness& page);
// What a finger cannot hit: where 44 pixels around the middle of a target press something else or nothing.
std::vector<std::string> too_small_for_a_finger(const Harness& page);
// What stands on something else, beyond the page, or is cut off by what it stands in.
std::vector<std::string> beyond_its_place(const Harness& page);

}  // namespace tw::test
