#include "server/http/certificate.h"

#include <cerrno>
#include <ctime>
#include <fstream>
#include <optional>

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "server/words/reasons.h"

namespace tw::server {
namespace {

// Also for what TLS 1.2 clients offer: forward secrecy and authenticated encryption, nothing else.
constexpr const char* older_ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

int no_password(char*, int, int, void*) { return -1; }  // never ask on a terminal

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* offered,
                    unsigned int count, void*) {
  static const unsigned char ours[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* found = nullptr;
  const int answer = SSL_select_next_proto(&found, length, ours, sizeof ours, offered, count);
  *chosen = found;
  return answer == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

std::string last_reason() {
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  ERR_clear_error();
  return reason ? reason : "unknown reason";
}

std::optional<Message> cannot_open(const std::string& file) {
  std::ifstream in(file);
  if (in.is_open()) return std::nullopt;
  const int problem = errno;
  return said("files.cannot_read", {param("path", file)}).with("reason", reason_of(problem));
}

Message not_its_key(const CertificateFiles& files) {
  return said("certificate.not_its_key", {param("key", files.key), param("certificate", files.certificate)});
}

Instant as_instant(const ASN1_TIME* time) {
  std::tm parts{};
  if (!time || ASN1_TIME_to_tm(time, &parts) != 1) return {};
  return {static_cast<std::int64_t>(::timegm(&parts)) * 1000};
}

std::string address_text(const ASN1_OCTET_STRING* bytes) {
  char text[INET6_ADDRSTRLEN] = {};
  const int length = ASN1_STRING_length(bytes);
  if (length == 4 || length == 16)
    ::inet_ntop(length == 4 ? AF_INET : AF_INET6, ASN1_STRING_get0_data(bytes), text, sizeof text);
  return text;
}

std::string names_of(X509* certificate) {
  std::string names;
  auto* all = static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
  for (int i = 0; i < sk_GENERAL_NAME_num(all); ++i) {
    const GENERAL_NAME* each = sk_GENERAL_NAME_value(all, i);
    std::string name;
    if (each->type == GEN_DNS)
      name.assign(reinterpret_cast<const char*>(ASN1_STRING_get0_data(each->d.dNSName)),
                  static_cast<std::size_t>(ASN1_STRING_length(each->d.dNSName)));
    if (each->type == GEN_IPADD) name = address_text(each->d.iPAddress);
    if (!name.empty()) names += (names.empty() ? "" : ", ") + name;
  }
  GENERAL_NAMES_free(all);
  if (!names.empty()) return names;
  char common[256] = {};
  X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, common, sizeof common);
  return common;
}

std::shared_ptr<SSL_CTX> new_context() {
  // Nothing of the machine's openssl.cnf: what a connection is worth is said here. Library and settings belong
  // together, too, and ours may be inside this program.
  OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
  if (!context) return nullptr;
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                         SSL_OP_PRIORITIZE_CHACHA);
  SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_clear_mode(context.get(), SSL_MODE_AUTO_RETRY);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);  // tickets do it without memory of ours
  SSL_CTX_set_default_passwd_cb(context.get(), no_password);
  SSL_CTX_set_alpn_select_cb(context.get(), choose_protocol, nullptr);
  if (SSL_CTX_set_cipher_list(context.get(), older_ciphers) != 1) return nullptr;
  return context;
}

}  // namespace

Certificate read_certificate(const CertificateFiles& files) {
  Certificate certificate;
  const auto refused = [&certificate](Message problem) {
    certificate.problem = std::move(problem);
    return certificate;
  };
  for (const auto& file : {files.certificate, files.key})
    if (auto problem = cannot_open(file)) return refused(std::move(*problem));
  ERR_clear_error();
  auto context = new_context();
  if (!context) return refused(said("certificate.no_tls", {param("reason", last_reason())}));
  if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate.c_str()) != 1)
    return refused(said("certificate.is_none", {param("file", files.certificate), param("reason", last_reason())}));
  if (SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM) != 1) {
    const auto reason = last_reason();
    if (reason.find("mismatch") != std::string::npos) return refused(not_its_key(files));
    return refused(said("certificate.no_key", {param("file", files.key), param("reason", reason)}));
  }
  if (SSL_CTX_check_private_key(context.get()) != 1) {
    ERR_clear_error();
    return refused(not_its_key(files));
  }
  X509* own = SSL_CTX_get0_certificate(context.get());
  certificate.names = names_of(own);
  certificate.valid_from = as_instant(X509_get0_notBefore(own));
  certificate.valid_until = as_instant(X509_get0_notAfter(own));
  certificate.context = std::move(context);
  return certificate;
}

}  // namespace tw::server
