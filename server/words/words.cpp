#include "server/words/words.h"

namespace tw::server {
namespace {

Catalog read_catalog(std::string_view language) {
  auto catalog = Catalog::read(language, terminal_texts(language));
  if (!catalog) throw std::logic_error("the terminal's texts cannot be read");
  return std::move(catalog).value();
}

}  // namespace

const Catalog& terminal_catalog(std::string_view language) {
  if (language == "zh-CN") {
    static const Catalog chinese = read_catalog("zh-CN");
    return chinese;
  }
  static const Catalog english = read_catalog("en");
  return english;
}

std::string Words::operator()(const Message& message) const {
  if (message.empty()) return {};
  if (message.key.view().empty()) return message.params.front().value;
  auto params = message.params;
  for (const auto& [name, part] : message.inner) params.push_back(param(name, (*this)(part)));
  std::string text = terminal_catalog(language()).format(message.key.view(), params);
  for (const auto& line : message.lines) text += "\n  " + (*this)(line);
  return text;
}

}  // namespace tw::server
