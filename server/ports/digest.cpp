#include "server/ports/digest.h"

#include <stdexcept>

#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace tw::server {
namespace {

EVP_MD* look_up_sha256() {
  // Nothing of the machine's openssl.cnf, which may name modules of another version than the one inside this program.
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
  EVP_MD* const found = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  if (!found) throw std::runtime_error("no SHA-256 in OpenSSL");
  return found;
}

}  // namespace

Sha256Digest::Sha256Digest() : sha256_(look_up_sha256()) {}
Sha256Digest::~Sha256Digest() { EVP_MD_free(sha256_); }

std::string Sha256Digest::digest(std::string_view bytes) {
  unsigned char sum[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), sum, &length, sha256_, nullptr) != 1)
    throw std::runtime_error("SHA-256 failed");
  std::string out;
  out.reserve(std::size_t{length} * 2);
  for (unsigned int i = 0; i < length; ++i) {
    out += "0123456789abcdef"[sum[i] >> 4];
    out += "0123456789abcdef"[sum[i] & 15];
  }
  return out;
}

}  // namespace tw::server
