// Initials of names, for finding people by a few keys: "wtm" finds 吴天明, "ab" Anna Berg. Kept beside each name
// (people.initials), so that the client carries no table of readings.
#pragma once

#include <string>
#include <string_view>

namespace tw::services {

// In lower case: the first letter of each Chinese character's reading and of each other word. A surname that is read
// differently as a surname gives two, with a space between: 曾国 is "zg cg".
std::string initials_of(std::string_view name);

// Can these words be meant as initials at all?
bool may_be_initials(std::string_view words);

}  // namespace tw::services
