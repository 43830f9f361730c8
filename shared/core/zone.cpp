#include "core/zone.h"

#include "core/text.h"

namespace tw {

namespace {

struct FixedZone {
  std::string_view name;
  std::int32_t minutes;
};

// Zones without summer time.
constexpr FixedZone fixed_zones[] = {
    {"Asia/Shanghai", 480}, {"Asia/Chongqing", 480}, {"Asia/Hong_Kong", 480},    {"Asia/Macau", 480},
    {"Asia/Taipei", 480},   {"Asia/Singapore", 480}, {"Asia/Kuala_Lumpur", 480}, {"Asia/Manila", 480},
    {"Asia/Tokyo", 540},    {"Asia/Seoul", 540},     {"Asia/Bangkok", 420},      {"Asia/Ho_Chi_Minh", 420},
    {"Asia/Jakarta", 420},  {"Asia/Urumqi", 360},    {"Asia/Kolkata", 330},      {"Asia/Dubai", 240},
};

// "+08:00", "-03:30"
std::int32_t written_offset(std::string_view zone) {
  if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') return 0;
  const auto hours = text::to_integer(zone.substr(1, 2));
  const auto minutes = text::to_integer(zone.substr(4, 2));
  if (!hours || !minutes || *hours > 14 || *minutes > 59) return 0;
  const auto offset = static_cast<std::int32_t>(*hours * 60 + *minutes);
  return zone[0] == '-' ? -offset : offset;
}

constexpr std::int64_t day_ms = days(1).value;

}  // namespace

std::int32_t zone_minutes(std::string_view zone, Instant) {
  for (const auto& known : fixed_zones)
    if (known.name == zone) return known.minutes;
  return written_offset(zone);
}

std::int64_t local_day(std::string_view zone, Instant at) {
  const std::int64_t local = (at + minutes(zone_minutes(zone, at))).ms;
  return local >= 0 ? local / day_ms : -((day_ms - 1 - local) / day_ms);
}

}  // namespace tw
