// Texts in the columns of a terminal, where a Chinese character takes two.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tw::server {

inline constexpr std::size_t widest_line = 120;

std::size_t display_width(std::string_view text);

// With blanks up to `width` columns; at least one behind it.
std::string padded(std::string text, std::size_t width);

// Breaks lines at blanks and beside Chinese characters, never before what closes (，。) nor behind what opens (（“).
// `text` begins at column `column`, where its further lines begin too; a line break in it stays. Ends with one.
std::string wrapped(std::string_view text, std::size_t column = 0);

}  // namespace tw::server
