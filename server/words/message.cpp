#include "server/words/message.h"

#include "server/words/words.h"

namespace tw::server {

Message Message::with(std::string name, Message part) && {
  inner.push_back({std::move(name), std::move(part)});
  return std::move(*this);
}

Message Message::over(std::vector<Message> below) && {
  lines = std::move(below);
  return std::move(*this);
}

Message message_of(TextKey key, std::vector<Param> params) { return {key, std::move(params), {}, {}}; }

Message verbatim(std::string text) { return {{}, {param("text", std::move(text))}, {}, {}}; }

Refused::Refused(Message message) : std::runtime_error(Words("en")(message)), message_(std::move(message)) {}

}  // namespace tw::server
