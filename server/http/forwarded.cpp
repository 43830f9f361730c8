#include "server/http/forwarded.h"

#include <algorithm>
#include <optional>

#include "core/text.h"

namespace tw::server {
namespace {

struct Hop {
  std::string for_whom;
  std::string scheme;
  std::string host;
};

// "192.0.2.1", "192.0.2.1:4711", "[2001:db8::1]:4711", "2001:db8::1". None: "unknown", "_hidden" and everything else.
std::optional<Address> address_in(std::string_view node) {
  if (!node.empty() && node.front() == '[') {
    const auto end = node.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    return Address::read(node.substr(1, end - 1));
  }
  if (std::count(node.begin(), node.end(), ':') == 1) node = node.substr(0, node.find(':'));
  return Address::read(node);
}

// Splits where `separator` stands outside of quotes. None: a quote that is opened and not closed, by which a client
// would swallow what the proxy wrote behind it.
std::vector<std::string_view> parts_of(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quoted && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (text[i] == separator && !quoted) {
      parts.push_back(text.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  if (quoted) return {};
  parts.push_back(text.substr(begin));
  return parts;
}

std::string without_quotes(std::string_view value) {
  value = text::trim(value);
  if (value.size() < 2 || value.front() != '"' || value.back() != '"') return std::string(value);
  std::string plain;
  for (std::size_t i = 1; i + 1 < value.size(); ++i) {
    if (value[i] == '\\' && i + 2 < value.size()) ++i;
    plain += value[i];
  }
  return plain;
}

// RFC 7239: for="[2001:db8::1]:4711";proto=https;host=crm.example, for=198.51.100.7
std::vector<Hop> hops_of_forwarded(std::string_view header) {
  std::vector<Hop> hops;
  for (const auto element : parts_of(header, ',')) {
    Hop hop;
    for (const auto pair : parts_of(element, ';')) {
      const auto equals = pair.find('=');
      if (equals == std::string_view::npos) continue;
      const auto name = text::lower(text::trim(pair.substr(0, equals)));
      const auto value = without_quotes(pair.substr(equals + 1));
      if (name == "for") hop.for_whom = value;
      if (name == "proto") hop.scheme = text::lower(value);
      if (name == "host") hop.host = value;
    }
    hops.push_back(std::move(hop));
  }
  return hops;
}

// X-Forwarded-Proto and -Host have a value for each hop, or one that the proxies pass on: both are counted from the
// right.
std::vector<Hop> hops_of_lists(const ForwardedWords& words) {
  const auto addresses = text::split(words.for_whom, ',');
  const auto schemes = text::split(words.scheme, ',');
  const auto hosts = text::split(words.host, ',');
  const auto value = [](const std::vector<std::string_view>& list, std::size_t from_right) {
    return std::string(text::trim(list[list.size() - 1 - std::min(from_right, list.size() - 1)]));
  };
  std::vector<Hop> hops(addresses.size());
  for (std::size_t i = 0; i < hops.size(); ++i) {
    const auto from_right = hops.size() - 1 - i;
    hops[i] = {std::string(text::trim(addresses[i])), text::lower(value(schemes, from_right)),
               value(hosts, from_right)};
  }
  return hops;
}

bool is_trusted(const Address& address, const ProxyRules& rules) {
  return std::any_of(rules.trusted.begin(), rules.trusted.end(),
                     [&](const AddressRange& range) { return range.holds(address); });
}

}  // namespace

Origin origin_of(Origin direct, const ForwardedWords& words, const ProxyRules& rules) {
  auto near = Address::read(direct.peer);
  if (!near) return direct;
  Origin origin = std::move(direct);
  origin.peer = near->text();
  if (!is_trusted(*near, rules)) return origin;
  const auto hops =
      rules.headers == ProxyHeaders::forwarded ? hops_of_forwarded(words.forwarded) : hops_of_lists(words);
  for (auto hop = hops.rbegin(); hop != hops.rend() && is_trusted(*near, rules); ++hop) {
    if (!hop->scheme.empty()) origin.secure = hop->scheme == "https";
    if (!hop->host.empty()) origin.host = hop->host;
    near = address_in(hop->for_whom);
    if (!near) break;  // they do not say: it is as far as we know
    origin.peer = near->text();
  }
  return origin;
}

}  // namespace tw::server
