#include "api/wire.h"

#include <optional>

namespace tw::api {

namespace {

std::optional<std::string> scalar(json::Value value) {
  if (const auto text = value.string()) return std::string(*text);
  if (const auto number = value.integer()) return std::to_string(*number);
  if (const auto truth = value.boolean()) return *truth ? "true" : "false";
  return {};
}

}  // namespace

std::string percent_encoded(std::string_view text) {
  constexpr const char* digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
                       byte == '-' || byte == '_' || byte == '.' || byte == '~';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += digits[byte >> 4];
      out += digits[byte & 15];
    }
  }
  return out;
}

std::string WireRequest::target() const {
  std::string out = path;
  char separator = '?';
  for (const auto& entry : query) {
    out += separator;
    out += percent_encoded(entry.first);
    out += '=';
    out += percent_encoded(entry.second);
    separator = '&';
  }
  return out;
}

WireRequest to_wire(const Endpoint& endpoint, std::string request) {
  WireRequest wire;
  wire.method = name_of(endpoint.method);
  const auto parsed = json::Document::parse(request);
  const json::Value fields = parsed ? parsed->root() : json::Value();

  std::string_view rest = endpoint.path;
  for (auto open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
    wire.path += rest.substr(0, open);
    const auto close = rest.find('}', open);
    const std::string_view name = rest.substr(open + 1, close - open - 1);
    wire.path += percent_encoded(scalar(fields.find(name)).value_or(std::string()));
    rest = rest.substr(close + 1);
  }
  wire.path += rest;

  const bool carries_json =
      endpoint.body == Body::json && (endpoint.method == Method::post || endpoint.method == Method::patch);
  if (carries_json) {
    wire.body = std::move(request);
    return wire;
  }
  for (const std::string& name : fields.keys()) {
    if (endpoint.path.find("{" + name + "}") != std::string_view::npos) continue;
    if (auto value = scalar(fields.find(name))) wire.query.emplace_back(name, std::move(*value));
  }
  return wire;
}

}  // namespace tw::api
