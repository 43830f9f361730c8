// What every reply says to browsers.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tw::server {

// The content of every reply's Content-Security-Policy.
extern const std::string_view content_security_policy;

// `tls`: also that this host is never to be asked without TLS again. A proxy that ends TLS says that itself.
std::vector<std::pair<std::string, std::string>> security_headers(bool tls);

}  // namespace tw::server
