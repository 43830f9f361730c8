// cpp-httplib's server over TLS. Its own SSLServer waits for a handshake as long as bytes trickle in, changes a running
// certificate in place (a broken one stays half used) and loses the chain then; so connections are taken here, and
// httplib reads requests and writes replies over a stream of ours.
//
// What must stay true: a connection has its thread from the same bounded pool as without TLS; a handshake has one
// deadline in all; whoever waits sees the server stop; a new certificate is taken whole or not at all, by connections
// that begin after that.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "server/http/certificate.h"

namespace httplib {
class Server;
}

namespace tw::server {

// The certificate of connections that begin now. Any thread.
class CurrentCertificate {
 public:
  explicit CurrentCertificate(std::shared_ptr<ssl_ctx_st> context) : context_(std::move(context)) {}
  void use(std::shared_ptr<ssl_ctx_st> context) {
    const std::lock_guard lock(mutex_);
    context_.swap(context);
  }
  std::shared_ptr<ssl_ctx_st> context() const {
    const std::lock_guard lock(mutex_);
    return context_;
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<ssl_ctx_st> context_;
};

// `failed` hears of each connection that came to nothing, with the peer's address and why; on any thread. The
// certificate outlives the server.
using NoTls = std::function<void(const std::string& peer, const std::string& why)>;
std::unique_ptr<httplib::Server> tls_server(const CurrentCertificate& certificate,
                                            std::chrono::milliseconds longest_handshake, NoTls failed);

}  // namespace tw::server
