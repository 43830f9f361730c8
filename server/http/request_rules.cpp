#include "server/http/request_rules.h"

#include "core/text.h"

namespace tw::server {
bool comes_from_another_site(std::string_view sec_fetch_site, std::string_view origin, std::string_view host) {
  if (!sec_fetch_site.empty()) return sec_fetch_site != "same-origin" && sec_fetch_site != "none";
  if (origin.empty()) return false;
  const auto scheme = origin.find("://");
  if (scheme == std::string_view::npos) return true;  // "null": a sandboxed or local page
  return text::lower(origin.substr(scheme + 3)) != text::lower(host);
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

std::string last_forwarded(std::string_view forwarded_for) {
  const auto comma = forwarded_for.rfind(',');
  return std::string(text::trim(comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1)));
}

}  // namespace tw::server
