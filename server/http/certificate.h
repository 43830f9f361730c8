// The certificate that this server shows, with its chain and its key: read from two PEM files, looked at before it is
// used. OpenSSL stays behind this header and tls_server.cpp.
#pragma once

#include <memory>
#include <string>

#include "core/time.h"
#include "server/words/message.h"

struct ssl_ctx_st;

namespace tw::server {

struct CertificateFiles {
  std::string certificate;  // the server's own first, then whoever signed it
  std::string key;          // without a password
};

struct Certificate {
  std::shared_ptr<ssl_ctx_st> context;  // what new connections are made with; null: see `problem`
  Message problem;                      // a sentence that names the file
  std::string names;                    // whom it is for: "crm.example, 192.0.2.1"
  Instant valid_from;
  Instant valid_until;

  bool is_valid(Instant now) const { return valid_from <= now && now < valid_until; }
};

// Files that cannot be read or do not belong together have no context. One that has expired, or is not valid yet, has:
// `problem` is empty then, and is_valid() says it.
Certificate read_certificate(const CertificateFiles& files);

}  // namespace tw::server
