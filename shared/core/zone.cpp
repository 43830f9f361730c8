#include "core/zone.h"

#include <algorithm>
#include <utility>

#include "core/date.h"
#include "core/text.h"
#include "core/zone_table.h"

namespace tw {

namespace {

constexpr std::int64_t day_seconds = 86'400;
constexpr std::int64_t day_ms = day_seconds * 1000;

constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a >= 0 ? a / b : -((b - 1 - a) / b); }

// "+08:00", "-03:30"
std::optional<std::int32_t> written_offset(std::string_view zone) {
  if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') return std::nullopt;
  const auto hours = text::to_integer(zone.substr(1, 2));
  const auto minutes = text::to_integer(zone.substr(4, 2));
  if (!hours || !minutes || *hours < 0 || *hours > 14 || *minutes < 0 || *minutes > 59) return std::nullopt;
  const auto offset = static_cast<std::int32_t>((*hours * 60 + *minutes) * 60);
  return zone[0] == '-' ? -offset : offset;
}

// Seconds since 1970, UTC.
std::int64_t rule_change(int year, const ZoneRuleDay& rule, std::int32_t offset_before) {
  const std::int64_t first = day_number({year, rule.month, 1});
  const int weekday = (weekday_of(first) + 1) % 7;  // 0 = Sunday, as in the rule
  int day = (rule.weekday - weekday + 7) % 7 + 7 * (rule.week - 1);
  if (day >= days_in_month(year, rule.month)) day -= 7;
  return (first + day) * day_seconds + rule.seconds - offset_before;
}

struct Edges {
  std::int64_t from, to;  // seconds
  std::int32_t offset;
};

constexpr std::int64_t first_second = first_instant.ms / 1000, last_second = last_instant.ms / 1000;

// Rules are followed up to the year 8941: so far a handling limit of a thousand years does not reach.
constexpr std::int64_t rules_end = 220'000'000'000;

Edges by_rule(const ZoneData& data, std::int64_t second) {
  if (data.standard == data.summer) return {first_second, last_second, data.standard};
  if (second >= rules_end) return {rules_end, last_second, data.standard};
  const int year = date_of(floor_div(second, day_seconds)).year;
  Edges edges{first_second, rules_end, data.standard};
  // Of the changes of three years: the last one up to here, and the first one behind.
  for (int y = year - 1; y <= year + 1; ++y) {
    const std::pair<std::int64_t, std::int32_t> changes[] = {
        {rule_change(y, data.to_summer, data.standard), data.summer},
        {rule_change(y, data.to_standard, data.summer), data.standard}};
    for (const auto& [at, offset] : changes) {
      if (at <= second && at >= edges.from) {
        edges.from = at;
        edges.offset = offset;
      }
      if (at > second && at < edges.to) edges.to = at;
    }
  }
  return edges;
}

Edges edges_at(const ZoneData& data, std::int64_t second) {
  const ZoneChange* begin = zone_changes + data.first;
  const ZoneChange* end = begin + data.count;
  if (second < 0) return {first_second, begin == end ? 0 : std::int64_t{begin->at}, data.offset_1970};
  const ZoneChange* next =
      std::upper_bound(begin, end, second, [](std::int64_t at, const ZoneChange& change) { return at < change.at; });
  if (next != end)
    return {next == begin ? first_second : std::int64_t{next[-1].at}, next->at,
            next == begin ? data.offset_1970 : next[-1].offset};
  Edges edges = by_rule(data, second);
  edges.from = std::max<std::int64_t>(edges.from, next == begin ? 0 : next[-1].at);
  return edges;
}

}  // namespace

std::optional<Zone> Zone::find(std::string_view name) {
  Zone zone;
  const ZoneName* end = zone_names + zone_name_count;
  const ZoneName* found = std::lower_bound(
      zone_names, end, name, [](const ZoneName& row, std::string_view wanted) { return row.name < wanted; });
  if (found != end && found->name == name) {
    zone.data_ = zone_data + found->data;
    return zone;
  }
  const auto offset = written_offset(name);
  if (!offset) return std::nullopt;
  zone.fixed_ = *offset;
  return zone;
}

ZoneSpan Zone::span_at(Instant at) const {
  if (!data_) return {first_instant, last_instant, fixed_};
  const Edges edges = edges_at(*data_, floor_div(at.ms, 1000));
  return {edges.from == first_second ? first_instant : Instant{edges.from * 1000},
          edges.to == last_second ? last_instant : Instant{edges.to * 1000}, edges.offset};
}

Instant Zone::at_wall(std::int64_t wall) const {
  return instant_at_wall(wall, [this](Instant at) { return span_at(at); });
}

std::vector<ClockChange> Zone::changes(Instant from, Instant to) const {
  std::vector<ClockChange> out;
  ZoneSpan span = span_at(from);
  out.push_back({from, span.offset});
  while (span.to < to) {
    span = span_at(span.to);
    out.push_back({span.from, span.offset});
  }
  return out;
}

std::vector<std::string_view> all_zone_names() {
  std::vector<std::string_view> names;
  names.reserve(zone_name_count);
  for (std::size_t i = 0; i < zone_name_count; ++i) names.emplace_back(zone_names[i].name);
  return names;
}

std::int32_t zone_minutes(std::string_view zone, Instant at) {
  return Zone::find(zone).value_or(Zone{}).offset_at(at) / 60;
}

std::int64_t local_day(std::string_view zone, Instant at) {
  return floor_div(Zone::find(zone).value_or(Zone{}).wall(at), day_ms);
}

}  // namespace tw
