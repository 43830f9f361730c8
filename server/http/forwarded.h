// Who asks, when a proxy stands in between: read from what trusted proxies say, from the nearest one outwards. Pure.
//
// What must stay true: nobody is believed but those in the list, and of their words only the part that they themselves
// wrote, which is the right end. One kind of header is read and never the other, because a proxy that writes one kind
// passes on what its client wrote in the other.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/http/addresses.h"

namespace tw::server {

enum class ProxyHeaders {
  x_forwarded,  // X-Forwarded-For, X-Forwarded-Proto, X-Forwarded-Host
  forwarded     // RFC 7239
};

struct ProxyRules {
  std::vector<AddressRange> trusted;
  ProxyHeaders headers = ProxyHeaders::x_forwarded;
};

// As they arrived; empty where a request has none. Several lines of one name have no order when they come from
// cpp-httplib: whoever reads them here leaves such a header empty.
struct ForwardedWords {
  std::string for_whom;  // X-Forwarded-For
  std::string scheme;    // X-Forwarded-Proto
  std::string host;      // X-Forwarded-Host
  std::string forwarded;
};

struct Origin {
  std::string peer;     // the address of whoever asks, as far as it is known for certain
  bool secure = false;  // their browser speaks HTTPS
  std::string host;     // what they call us: the Host header, or what a trusted proxy says it was
};

// `direct`: who is connected, over TLS or not, with the Host header they sent.
Origin origin_of(Origin direct, const ForwardedWords& words, const ProxyRules& rules);

}  // namespace tw::server
