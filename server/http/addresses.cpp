#include "server/http/addresses.h"

#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "core/text.h"

namespace tw::server {
namespace {

constexpr std::array<unsigned char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

}  // namespace

std::optional<Address> Address::read(std::string_view text) {
  const std::string plain(text.substr(0, text.find('%')));
  Address address;
  if (::inet_pton(AF_INET6, plain.c_str(), address.bytes_.data()) == 1) return address;
  std::memcpy(address.bytes_.data(), mapped.data(), mapped.size());
  if (::inet_pton(AF_INET, plain.c_str(), address.bytes_.data() + mapped.size()) == 1) return address;
  return std::nullopt;
}

std::string Address::text() const {
  char text[INET6_ADDRSTRLEN] = {};
  if (std::memcmp(bytes_.data(), mapped.data(), mapped.size()) == 0) {
    ::inet_ntop(AF_INET, bytes_.data() + mapped.size(), text, sizeof text);
  } else {
    ::inet_ntop(AF_INET6, bytes_.data(), text, sizeof text);
  }
  return text;
}

std::optional<AddressRange> AddressRange::read(std::string_view text) {
  const auto slash = text.find('/');
  const auto first = text.substr(0, slash);
  const auto address = Address::read(first);
  if (!address) return std::nullopt;
  AddressRange range;
  range.first_ = *address;
  if (slash == std::string_view::npos) return range;
  const bool short_one = first.find(':') == std::string_view::npos;
  const auto bits = text::to_integer(text.substr(slash + 1));
  if (!bits || *bits < 0 || *bits > (short_one ? 32 : 128)) return std::nullopt;
  range.bits_ = static_cast<int>(*bits) + (short_one ? 96 : 0);
  return range;
}

bool AddressRange::holds(const Address& address) const {
  int left = bits_;
  for (std::size_t i = 0; left > 0; ++i, left -= 8) {
    const int mask = left >= 8 ? 0xff : 0xff << (8 - left) & 0xff;
    if ((first_.bytes_[i] & mask) != (address.bytes_[i] & mask)) return false;
  }
  return true;
}

std::optional<std::vector<AddressRange>> read_ranges(std::string_view text) {
  std::vector<AddressRange> ranges;
  for (const auto part : text::split(text, ',')) {
    const auto range = AddressRange::read(text::trim(part));
    if (!range) return std::nullopt;
    ranges.push_back(*range);
  }
  return ranges;
}

}  // namespace tw::server
