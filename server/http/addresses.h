// Internet addresses and ranges of them, as texts and as what they mean: "::ffff:192.0.2.1" and "192.0.2.1" are the
// same caller. Pure; knows no sockets.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tw::server {

// Sixteen bytes; an IPv4 address stands in them as ::ffff:a.b.c.d.
class Address {
 public:
  // "192.0.2.1", "2001:db8::1"; without port and brackets. A zone ("fe80::1%eth0") is left out.
  static std::optional<Address> read(std::string_view text);
  std::string text() const;
  friend bool operator==(const Address& a, const Address& b) { return a.bytes_ == b.bytes_; }

 private:
  friend class AddressRange;
  std::array<unsigned char, 16> bytes_{};
};

class AddressRange {
 public:
  // "10.0.0.0/8", "2001:db8::/32", or one address. What stands behind the prefix does not count.
  static std::optional<AddressRange> read(std::string_view text);
  bool holds(const Address& address) const;

 private:
  Address first_;
  int bits_ = 128;
};

// Separated by commas. None: one of them is no range.
std::optional<std::vector<AddressRange>> read_ranges(std::string_view text);

}  // namespace tw::server
