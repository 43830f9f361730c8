// The other end of TLS: certificates made for a test, and a connection without a client library.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "server/http/certificate.h"

struct ssl_st;

namespace tw::test {

struct MadeCertificate {
  std::string name = "crm.example";
  int from_days = -1;
  int until_days = 30;
  bool signed_by_another = false;  // whose certificate stands behind it in the file
};
// Writes certificate.pem and key.pem.
server::CertificateFiles make_certificate(const std::filesystem::path& folder, const MadeCertificate& made = {});

class TlsConnection {
 public:
  struct Wishes {
    int least_version = 0;  // TLS1_2_VERSION ...
    int most_version = 0;
  };
  TlsConnection(int port, Wishes wishes);
  explicit TlsConnection(int port);
  ~TlsConnection();
  TlsConnection(const TlsConnection&) = delete;
  TlsConnection& operator=(const TlsConnection&) = delete;

  bool is_made() const { return made_; }  // the handshake went well
  std::string version() const;
  std::string protocol() const;     // ALPN
  std::string server_name() const;  // the common name in its certificate
  int chain_length() const;

  void send(const std::string& bytes);
  // Reads until `words` were heard; everything since the last call. Stops when the other side does, or after 20 s.
  std::string receive_until(const std::string& words);
  std::string receive();  // until the other side closes

 private:
  std::string read_while(const std::string* until);

  int socket_ = -1;
  ssl_st* session_ = nullptr;
  bool made_ = false;
};

// A whole reply to a request without a body.
std::string get_over_tls(int port, const std::string& path, const std::string& headers = {});

}  // namespace tw::test
