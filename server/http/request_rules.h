// What the HTTP adapter alone reads out of headers and decides by them, as pure functions of texts; api/headers.h has
// what it shares with the local backend.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/headers.h"

namespace tw::server {

using api::content_disposition;
using api::cookie_value;
using api::is_request_id;

// A request that another site's page caused (CSRF). Browsers say so in Sec-Fetch-Site, but only to secure origins;
// otherwise in Origin, which must then name this host. Programs send neither and are let through: they bring no cookie
// that somebody else could make them send. `host` and `secure`: how the browser reached us, see forwarded.h.
bool comes_from_another_site(std::string_view sec_fetch_site, std::string_view origin, std::string_view host,
                             bool secure);

// Is `gzip` among the encodings of Accept-Encoding, and not with q=0?
bool accepts_gzip(std::string_view accept_encoding);

// Does If-None-Match name this ETag (with its quotes)? Weak comparison, as RFC 9110 asks.
bool names_etag(std::string_view if_none_match, std::string_view etag);

}  // namespace tw::server
