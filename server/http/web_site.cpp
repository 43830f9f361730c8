#include "server/http/web_site.h"

#include "server/http/request_rules.h"

namespace tw::server {

WebSite::WebSite(const std::vector<WebFile>& files) {
  for (const WebFile& file : files) {
    files_[file.path] = &file;
    if (file.name == "index.html") page_ = &file;
  }
  if (page_) {
    files_["/"] = page_;
    files_["/index.html"] = page_;
  }
}

PageReply WebSite::get(const PageRequest& request) const {
  PageReply reply;
  const WebFile* file = nullptr;
  if (const auto found = files_.find(request.path); found != files_.end()) {
    file = found->second;
  } else {
    const auto last = request.path.substr(request.path.rfind('/') + 1);
    const bool navigates = request.accept.find("text/html") != std::string_view::npos;
    // The client's own addresses have no dots; whoever climbs with ".." is not looking for one of them.
    const bool climbs = request.path.find("/..") != std::string_view::npos;
    if (last.find('.') == std::string_view::npos && navigates && !climbs) file = page_;
  }
  if (!file) return reply;
  reply.etag = file->etag;
  reply.content_type = file->content_type;
  reply.cache_control = file->immutable ? "public, max-age=31536000, immutable" : "no-cache";
  if (names_etag(request.if_none_match, file->etag)) {
    reply.status = 304;
    return reply;
  }
  reply.status = 200;
  reply.gzip = !file->gzip.empty() && accepts_gzip(request.accept_encoding);
  reply.content = reply.gzip ? file->gzip : file->raw;
  return reply;
}

}  // namespace tw::server
