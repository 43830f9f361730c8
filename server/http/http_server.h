// The HTTP adapter: makes a Call of each request under /api/, hands it to the dispatcher and sends the Reply; serves
// the embedded web files and the addresses that machines watch (/healthz, /readyz, /metrics).
//
// What must stay true: no operation is known here; bodies are bounded before they are read; an upload is admitted
// before its first byte is spooled; every reply carries the security headers and a request id; logs hold no query, no
// body and no secret.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/catalogs.h"
#include "core/env.h"
#include "server/event_bell.h"
#include "server/http/certificate.h"
#include "server/http/event_streams.h"
#include "server/http/forwarded.h"
#include "server/metrics.h"
#include "services/dispatcher.h"

namespace tw::server {

// What `tidewater check` of a running server answers through the socket (server/database_check.h has the findings).
struct CheckReply {
  bool whole = false;
  bool counts_agree = false;
  std::string text;  // in the caller's language
};

struct HttpParts {
  services::Dispatcher& dispatcher;
  Env& env;
  const Catalogs& catalogs;
  Metrics& metrics;
  EventBell& bell;
  std::function<bool()> is_ready;
  std::function<Sizes()> sizes;
  // The command line's socket only.
  std::function<CheckReply(std::string_view language)> check;
  std::function<bool(std::string_view)> backup_made;  // a BackupNote (server/audit_notes.h); false: it is none
};

struct HttpSettings {
  ProxyRules proxies;
  std::shared_ptr<ssl_ctx_st> certificate;  // of read_certificate(); null: plain HTTP
  std::chrono::milliseconds longest_handshake = std::chrono::seconds(10);
  std::int64_t largest_body = 8 * 1024 * 1024;
  std::int64_t largest_upload = std::int64_t{4} * 1024 * 1024 * 1024;
  std::size_t least_threads = 16;
  std::size_t most_threads = 256;
  EventStreamSettings events{};  // at most a quarter of the threads
};

class HttpServer {
 public:
  explicit HttpServer(HttpParts parts, HttpSettings settings = {});
  ~HttpServer();  // stops
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // Binds and serves on threads of its own; answers false when the address is taken or does not exist. Port 0: any.
  bool listen(const std::string& host, int port);
  // The command line's door: every call acts as the local operator. Who may connect is the file's mode.
  bool listen_on_socket(const std::string& path);
  int port() const;

  // From here on new connections get this one, which has a context. Any thread.
  void use(const Certificate& certificate);

  // Accepts no more, finishes the requests that are running, and returns.
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tw::server
