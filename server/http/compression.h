// gzip of the replies of the API. httplib would compress every one with a deflater made for it, at a level meant for
// files: that took a quarter of what a page of a list costs. Here a thread keeps its deflater and works at the level
// meant for what is written once and read once.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tw::server {

inline constexpr std::size_t least_compressed = 1400;  // bytes: what goes in one packet anyway stays as it is

// Replies of session.* carry the CSRF token, and the length of a compressed secret tells about it whoever can choose
// what stands beside it (BREACH).
bool may_be_compressed(std::string_view operation, std::size_t bytes);

// Nothing when there is no memory for a deflater: the reply then goes as it is.
std::optional<std::string> gzip(std::string_view body);

}  // namespace tw::server
