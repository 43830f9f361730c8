// The files that a browser loads (page, client, catalogues), as they lie inside this binary.
//
// Written at build time by tools/web.py, precompressed. What must stay true: a file is `immutable` exactly when its
// path carries the hash of its content, so that a browser may keep it for ever; all views point into static storage.
// The list lacks the client when the program was built without the wasm tree (server tests need no browser).
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace tw::server {

struct WebFile {
  std::string_view path;          // as requested: "/", "/client.3f2a9c01.js"
  std::string_view name;          // as written in the source tree, without the hash: "client.js", "i18n/en.json"
  std::string_view content_type;  // with its charset
  std::string_view etag;          // with its quotes; of the uncompressed content
  std::span<const unsigned char> raw;
  std::span<const unsigned char> gzip;  // empty where compression does not pay
  bool immutable = false;
};

const std::vector<WebFile>& web_files();

}  // namespace tw::server
