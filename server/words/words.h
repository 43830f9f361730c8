// Turns messages into text: the terminal's catalogues (assets/terminal), which lie in the server's binary alone.
#pragma once

#include <string>
#include <string_view>

#include "core/catalog.h"
#include "server/words/message.h"

namespace tw::server {

class Words {
 public:
  Words(const char* language) : Words(std::string_view(language)) {}  // implicit: streams are made with {..., "en"}
  explicit Words(std::string_view language) : is_chinese_(language == "zh-CN") {}

  std::string_view language() const { return is_chinese_ ? "zh-CN" : "en"; }
  std::string operator()(const Message& message) const;
  std::string operator()(TextKey key) const { return (*this)(message_of(key)); }

 private:
  bool is_chinese_;
};

// The texts of one language; read at the first use, for most of what the program does needs none.
const Catalog& terminal_catalog(std::string_view language);

// The JSON of assets/terminal/<language>.json. Defined in a file that tools/embed_terminal.py writes.
std::string_view terminal_texts(std::string_view language);

}  // namespace tw::server
