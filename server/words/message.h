// What a person at the terminal is told, as a value: a key of assets/terminal with its parameters. It is made where
// something is found out, and becomes text in one place (words.h), in the language of whoever reads.
//
// What must stay true: a key stands as a literal at said() or said_key(), so that tools/keys.py finds every one of
// them; whatever is thrown for a person to read is a Refused.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "core/error.h"

namespace tw::server {

struct Inner;

struct Message {
  TextKey key;  // none: the only parameter is the text, see verbatim()
  std::vector<Param> params;
  std::vector<Inner> inner;    // parameters that are messages themselves
  std::vector<Message> lines;  // below it, each in a line of its own

  bool empty() const { return key.view().empty() && params.empty(); }
  Message with(std::string name, Message part) &&;
  Message over(std::vector<Message> below) &&;
};

struct Inner {
  std::string name;
  Message message;
};

// A key in a table. Otherwise said().
constexpr TextKey said_key(const char* literal) { return text_key(literal); }

Message message_of(TextKey key, std::vector<Param> params = {});
inline Message said(const char* literal, std::vector<Param> params = {}) {
  return message_of(text_key(literal), std::move(params));
}
// What is not ours to translate: names of files, words of SQLite or OpenSSL.
Message verbatim(std::string text);

// Nothing was done, or not all, for a reason that a person can do something about. what() is English, for logs.
class Refused : public std::runtime_error {
 public:
  explicit Refused(Message message);
  const Message& message() const { return message_; }

 private:
  Message message_;
};

}  // namespace tw::server
