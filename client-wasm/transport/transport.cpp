#include "client/transport/transport.h"

#include <algorithm>
#include <vector>

namespace tw::transport::detail {

namespace {

std::string percent_encoded(std::string_view text) {
  static constexpr char hex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '_' || c == '.' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += hex[byte >> 4];
      out += hex[byte & 15];
    }
  }
  return out;
}

// Scalars only: a field that is a list or an object belongs into a body.
std::optional<std::string> scalar(json::Value value) {
  if (const auto number = value.integer()) return std::to_string(*number);
  if (const auto words = value.string()) return std::string(*words);
  if (const auto flag = value.boolean()) return std::string(*flag ? "true" : "false");
  return std::nullopt;
}

}  // namespace

Address address_of(const api::Endpoint& endpoint, std::string_view body) {
  Address address;
  const auto document = json::Document::parse(body);
  const json::Value root = document ? document->root() : json::Value();
  std::string_view pattern = endpoint.path;
  std::vector<std::string> used;
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    address.path += pattern.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = pattern.find('}', open);
    const std::string_view name = pattern.substr(open + 1, close - open - 1);
    address.path += percent_encoded(scalar(root.find(name)).value_or(""));
    used.emplace_back(name);
    pattern.remove_prefix(close + 1);
  }
  const bool in_query = endpoint.method == api::Method::get || endpoint.method == api::Method::remove ||
                        endpoint.body == api::Body::upload;
  if (!in_query) {
    address.body = body;
    return address;
  }
  char separator = '?';
  for (const std::string& name : root.keys()) {
    if (std::find(used.begin(), used.end(), name) != used.end()) continue;
    const auto value = scalar(root.find(name));
    if (!value || value->empty()) continue;
    address.path += separator;
    address.path += name;
    address.path += '=';
    address.path += percent_encoded(*value);
    separator = '&';
  }
  return address;
}

}  // namespace tw::transport::detail
