#include "server/http/request_rules.h"

#include "api/wire.h"
#include "core/text.h"

namespace tw::server {
namespace {

bool is_ascii_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

bool comes_from_another_site(std::string_view sec_fetch_site, std::string_view origin, std::string_view host) {
  if (!sec_fetch_site.empty()) return sec_fetch_site != "same-origin" && sec_fetch_site != "none";
  if (origin.empty()) return false;
  const auto scheme = origin.find("://");
  if (scheme == std::string_view::npos) return true;  // "null": a sandboxed or local page
  return text::lower(origin.substr(scheme + 3)) != text::lower(host);
}

std::string cookie_value(std::string_view header, std::string_view name) {
  for (const auto part : text::split(header, ';')) {
    const auto pair = text::trim(part);
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) return std::string(pair.substr(equals + 1));
  }
  return {};
}

bool is_request_id(std::string_view id) {
  if (id.empty() || id.size() > 64) return false;
  for (const char c : id)
    if (!is_ascii_letter_or_digit(c) && c != '.' && c != '_' && c != '-') return false;
  return true;
}

bool accepts_gzip(std::string_view accept_encoding) {
  for (const auto part : text::split(accept_encoding, ',')) {
    const auto fields = text::split(part, ';');
    const auto name = text::lower(text::trim(fields[0]));
    if (name != "gzip" && name != "*") continue;
    for (std::size_t i = 1; i < fields.size(); ++i) {
      const auto quality = text::trim(fields[i]);
      if (quality == "q=0" || quality == "q=0.0" || quality == "q=0.00" || quality == "q=0.000") return false;
    }
    return true;
  }
  return false;
}

bool names_etag(std::string_view if_none_match, std::string_view etag) {
  for (const auto part : text::split(if_none_match, ',')) {
    auto tag = text::trim(part);
    if (tag.substr(0, 2) == "W/") tag.remove_prefix(2);
    if (tag == "*" || tag == etag) return true;
  }
  return false;
}

std::string content_disposition(std::string_view file_name) {
  std::string plain;
  for (const char c : file_name)
    if (is_ascii_letter_or_digit(c) || c == '.' || c == '_' || c == '-') plain += c;
  if (plain.empty() || plain[0] == '.') plain = "file" + plain;
  return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + api::percent_encoded(file_name);
}

std::string last_forwarded(std::string_view forwarded_for) {
  const auto comma = forwarded_for.rfind(',');
  return std::string(text::trim(comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1)));
}

}  // namespace tw::server
