// SHA-256 (FIPS 180-4), the same function on every side of the wire: what is chained with it by a server can be checked
// by a browser. Secrets go through the port Digest of env.h, whose function is its implementation's own.
#pragma once

#include <string>
#include <string_view>

namespace tw {

std::string sha256(std::string_view bytes);  // 64 hexadecimal digits

}  // namespace tw
