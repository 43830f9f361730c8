// The one error value of Tidewater: a code (what kind of refusal), a text key with parameters (what a person reads, in
// their language) and, for bad input, the fields that are wrong. Expected failures are values of this type; exceptions
// are for broken worlds only (a corrupt database, no memory) and are caught in the dispatcher, nowhere else.
//
// Adding a Code: extend `code_names` and `title_of` below, the keys "error.<name>" in both catalogues, and the
// retry table of client-wasm/transport.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tw {

enum class Code : std::uint8_t {
  invalid,          // the request is wrong and will be wrong again
  unauthenticated,  // nobody is signed in
  forbidden,        // somebody is, and may not
  not_found,        // not there, or not in the actor's scope: the two look alike on purpose
  conflict,         // it changed meanwhile, or the state does not allow it
  gone,             // it was there once
  limited,          // too many or too much; try later or smaller
  unavailable,      // try again
  internal,         // our fault; the text carries only an id to look for in the log
};

struct CodeName {
  Code code;
  std::string_view name;
  int http_status;
};

inline constexpr CodeName code_names[] = {
    {Code::invalid, "invalid", 400},     {Code::unauthenticated, "unauthenticated", 401},
    {Code::forbidden, "forbidden", 403}, {Code::not_found, "not_found", 404},
    {Code::conflict, "conflict", 409},   {Code::gone, "gone", 410},
    {Code::limited, "limited", 429},     {Code::unavailable, "unavailable", 503},
    {Code::internal, "internal", 500},
};

constexpr std::string_view name_of(Code code) { return code_names[static_cast<std::size_t>(code)].name; }
constexpr int http_status(Code code) { return code_names[static_cast<std::size_t>(code)].http_status; }

// A key of the text catalogues. Only literals convert, so that tools/keys.py can find every key in the sources: write
// text_key("batch.not_active") or tr("..."), never a concatenation.
class TextKey {
 public:
  constexpr TextKey() = default;
  constexpr std::string_view view() const { return value_; }
  friend constexpr bool operator==(TextKey a, TextKey b) { return a.value_ == b.value_; }
  friend constexpr TextKey text_key(const char* literal);

 private:
  explicit constexpr TextKey(std::string_view value) : value_(value) {}
  std::string_view value_;
};

constexpr TextKey text_key(const char* literal) { return TextKey(std::string_view(literal)); }

// What a refusal is called when there is nothing more exact to say: the title of a problem document.
constexpr TextKey title_of(Code code) {
  switch (code) {
    case Code::invalid:
      return text_key("error.invalid");
    case Code::unauthenticated:
      return text_key("error.unauthenticated");
    case Code::forbidden:
      return text_key("error.forbidden");
    case Code::not_found:
      return text_key("error.not_found");
    case Code::conflict:
      return text_key("error.conflict");
    case Code::gone:
      return text_key("error.gone");
    case Code::limited:
      return text_key("error.limited");
    case Code::unavailable:
      return text_key("error.unavailable");
    case Code::internal:
      return text_key("error.internal");
  }
  return {};
}

// A named parameter of a text. Values are already plain text; numbers and instants that need the reader's formatting
// are sent as decimal digits and formatted by the catalogue's placeholder kind ({count, number}, {at, instant}).
struct Param {
  std::string name;
  std::string value;
  friend bool operator==(const Param& a, const Param& b) { return a.name == b.name && a.value == b.value; }
};

inline Param param(std::string name, std::string value) { return {std::move(name), std::move(value)}; }
inline Param param(std::string name, std::int64_t value) { return {std::move(name), std::to_string(value)}; }

// One wrong field: `path` as in "rows[3].version".
struct FieldError {
  std::string path;
  TextKey key;
  std::vector<Param> params;
};

struct Error {
  Code code = Code::internal;
  TextKey key;
  std::vector<Param> params;
  std::vector<FieldError> fields;
};

inline Error error(Code code, TextKey key, std::vector<Param> params = {}) {
  return {code, key, std::move(params), {}};
}

// A refusal of one field by a rule that the field list cannot express.
inline Error field_error(std::string path, TextKey key, std::vector<Param> params = {}) {
  return {Code::invalid, text_key("error.invalid"), {}, {{std::move(path), key, std::move(params)}}};
}

}  // namespace tw
