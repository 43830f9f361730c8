// Which of the embedded web files answers a GET, and with which headers. Knows nothing of sockets.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "server/http/web_files.h"

namespace tw::server {

struct PageRequest {
  std::string_view path;
  std::string_view accept;
  std::string_view accept_encoding;
  std::string_view if_none_match;
};

struct PageReply {
  int status = 404;
  std::string_view content_type;
  std::string_view etag;
  std::string_view cache_control;
  std::span<const unsigned char> content;  // static storage; empty for 304 and 404
  bool gzip = false;
};

class WebSite {
 public:
  explicit WebSite(const std::vector<WebFile>& files);

  // An address that is no file and that a browser navigates to ("/batches/12") gets the page: the client reads the
  // address. Anything else that is not there is a 404, so that a missing script never arrives as HTML.
  PageReply get(const PageRequest& request) const;

 private:
  std::map<std::string_view, const WebFile*> files_;
  const WebFile* page_ = nullptr;
};

}  // namespace tw::server
