// GB18030 (and so GBK and GB2312), the encoding of most Chinese spreadsheets, to UTF-8. Pure: the tables are compiled
// in, because neither a static server nor wasm has the system's iconv.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tw {

struct Gb18030Read {
  std::size_t bytes = 0;  // how many were decoded; fewer than given when the last character is not complete yet
  bool broken = false;    // at that place stands something that is no character
};

// Appends the text to `utf8`. Decodes as far as it can: a file read in pieces passes the undecoded rest in front of the
// next piece. At the end of the file, a rest means that the last character is cut off.
Gb18030Read gb18030_to_utf8(std::string_view bytes, std::string& utf8);

}  // namespace tw
