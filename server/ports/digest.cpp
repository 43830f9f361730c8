#include "server/ports/digest.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>

namespace tw::server {

// Nothing of the machine's openssl.cnf, which may name modules of another version than the one inside this program.
Sha256Digest::Sha256Digest() { OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr); }

std::string Sha256Digest::digest(std::string_view bytes) {
  unsigned char sum[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), sum);
  std::string out;
  out.reserve(sizeof(sum) * 2);
  for (const unsigned char byte : sum) {
    out += "0123456789abcdef"[byte >> 4];
    out += "0123456789abcdef"[byte & 15];
  }
  return out;
}

}  // namespace tw::server
