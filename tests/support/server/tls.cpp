#include "support/server/tls.h"

#include <cstdio>
#include <stdexcept>
#include <vector>

#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace tw::test {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using X509Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

X509Certificate certificate(const MadeCertificate& made, EVP_PKEY* own, const std::string& issuer, EVP_PKEY* signer) {
  static long serial = 1;
  X509Certificate x509(X509_new(), &X509_free);
  X509_set_version(x509.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), ++serial);
  X509_gmtime_adj(X509_getm_notBefore(x509.get()), made.from_days * 86400L);
  X509_gmtime_adj(X509_getm_notAfter(x509.get()), made.until_days * 86400L);
  X509_set_pubkey(x509.get(), own);
  const auto name = [](X509_NAME* to, const std::string& common) {
    X509_NAME_add_entry_by_txt(to, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(common.c_str()), -1, -1,
                               0);
  };
  name(X509_get_subject_name(x509.get()), made.name);
  name(X509_get_issuer_name(x509.get()), issuer);
  X509_EXTENSION* names =
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, ("DNS:" + made.name + ",IP:127.0.0.1").c_str());
  X509_add_ext(x509.get(), names, -1);
  X509_EXTENSION_free(names);
  if (X509_sign(x509.get(), signer, EVP_sha256()) == 0) throw std::runtime_error("cannot sign a certificate");
  return x509;
}

void write_pem(const std::string& path, const std::vector<X509*>& certificates, EVP_PKEY* key) {
  std::FILE* file = std::fopen(path.c_str(), "w");
  if (!file) throw std::runtime_error("cannot write " + path);
  for (X509* each : certificates) PEM_write_X509(file, each);
  if (key) PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(file);
}

}  // namespace

server::CertificateFiles make_certificate(const std::filesystem::path& folder, const MadeCertificate& made) {
  server::CertificateFiles files{(folder / "certificate.pem").string(), (folder / "key.pem").string()};
  const Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
  if (made.signed_by_another) {
    const Key signer(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    const auto issuer = certificate({"Issuer", -1, 300, false}, signer.get(), "Root", signer.get());
    const auto own = certificate(made, key.get(), "Issuer", signer.get());
    write_pem(files.certificate, {own.get(), issuer.get()}, nullptr);
  } else {
    const auto own = certificate(made, key.get(), made.name, key.get());
    write_pem(files.certificate, {own.get()}, nullptr);
  }
  write_pem(files.key, {}, key.get());
  return files;
}

TlsConnection::TlsConnection(int port) : TlsConnection(port, Wishes{}) {}

TlsConnection::TlsConnection(int port, Wishes wishes) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
    throw std::runtime_error("nobody listens");
  const timeval patience{20, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_security_level(context, 0);  // what the server refuses is to be refused by the server
  if (wishes.least_version) SSL_CTX_set_min_proto_version(context, wishes.least_version);
  if (wishes.most_version) SSL_CTX_set_max_proto_version(context, wishes.most_version);
  session_ = SSL_new(context);
  SSL_CTX_free(context);
  const unsigned char offered[] = "\x02h2\x08http/1.1";
  SSL_set_alpn_protos(session_, offered, sizeof offered - 1);
  SSL_set_tlsext_host_name(session_, "crm.example");
  SSL_set_fd(session_, socket_);
  made_ = SSL_connect(session_) == 1;
  ERR_clear_error();
}

TlsConnection::~TlsConnection() {
  SSL_free(session_);
  ::close(socket_);
}

std::string TlsConnection::version() const { return SSL_get_version(session_); }

std::string TlsConnection::protocol() const {
  const unsigned char* chosen = nullptr;
  unsigned length = 0;
  SSL_get0_alpn_selected(session_, &chosen, &length);
  return {reinterpret_cast<const char*>(chosen), length};
}

std::string TlsConnection::server_name() const {
  char common[256] = {};
  X509_NAME_get_text_by_NID(X509_get_subject_name(SSL_get0_peer_certificate(session_)), NID_commonName, common,
                            sizeof common);
  return common;
}

int TlsConnection::chain_length() const { return sk_X509_num(SSL_get_peer_cert_chain(session_)); }

void TlsConnection::send(const std::string& bytes) {
  SSL_write(session_, bytes.data(), static_cast<int>(bytes.size()));
}

std::string TlsConnection::receive_until(const std::string& words) { return read_while(&words); }
std::string TlsConnection::receive() { return read_while(nullptr); }

std::string TlsConnection::read_while(const std::string* until) {
  std::string all;
  char part[16384];
  while (!until || all.find(*until) == std::string::npos) {
    const int got = SSL_read(session_, part, sizeof part);
    if (got <= 0) break;
    all.append(part, static_cast<std::size_t>(got));
  }
  return all;
}

std::string get_over_tls(int port, const std::string& path, const std::string& headers) {
  TlsConnection connection(port);
  connection.send("GET " + path + " HTTP/1.1\r\nHost: crm.example\r\nConnection: close\r\n" + headers + "\r\n");
  return connection.receive();
}

}  // namespace tw::test
