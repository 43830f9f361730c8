#include "server/http/request_rules.h"

#include "core/text.h"

namespace tw::server {
namespace {

// "crm.example:443" is "crm.example" to a browser that came by HTTPS.
std::string without_usual_port(std::string_view host, bool secure) {
  const std::string_view usual = secure ? ":443" : ":80";
  if (host.size() > usual.size() && host.substr(host.size() - usual.size()) == usual) host.remove_suffix(usual.size());
  return text::lower(host);
}

}  // namespace

bool comes_from_another_site(std::string_view sec_fetch_site, std::string_view origin, std::string_view host,
                             bool secure) {
  if (!sec_fetch_site.empty()) return sec_fetch_site != "same-origin" && sec_fetch_site != "none";
  if (origin.empty()) return false;
  const auto end = origin.find("://");
  if (end == std::string_view::npos) return true;  // "null": a sandboxed or local page
  const auto scheme = text::lower(origin.substr(0, end));
  // A page that came without TLS may be anybody's, and is another site to one that came with it. The other way round it
  // is a proxy that does not say that it speaks TLS.
  if (secure && scheme != "https") return true;
  const bool https = scheme == "https";
  return without_usual_port(origin.substr(end + 3), https) != without_usual_port(host, https);
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

}  // namespace tw::server
