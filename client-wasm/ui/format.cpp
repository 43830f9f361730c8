// See format.h.
#include "client/ui/format.h"

#include <cstdio>

#include "client/ui/inside.h"
#include "core/catalog.h"

namespace tw::ui {

std::string number(std::int64_t value) { return with_thousands(std::to_string(value)); }

std::string percent(std::int64_t part, std::int64_t whole) {
  return whole <= 0 ? std::string("0%") : std::to_string((part * 100 + whole / 2) / whole) + "%";
}

std::string bytes(std::int64_t count) {
  constexpr const char* units[] = {"B", "KB", "MB", "GB", "TB"};
  std::int64_t tenths = count * 10;
  std::size_t unit = 0;
  while (tenths >= 10'000 && unit + 1 < std::size(units)) tenths /= 1000, ++unit;
  std::string out = std::to_string(tenths / 10);
  if (unit > 0 && tenths < 1000) out += "." + std::to_string(tenths % 10);
  return out + " " + units[unit];
}

namespace {

constexpr std::int64_t minute_ms = 60'000, hour_ms = 60 * minute_ms, day_ms = 24 * hour_ms;

std::string_view formatted(Ui& ui, TextKey pattern, Instant at) { return ui.tr(pattern, {param("at", at.ms)}); }

}  // namespace

std::string_view date(Ui& ui, Instant at) { return formatted(ui, text_key("ui.date"), at); }
std::string_view date_time(Ui& ui, Instant at) { return formatted(ui, text_key("ui.date_time"), at); }

// On paper and in a spreadsheet "3 min ago" says nothing: what is copied says the moment.
// Words change once a minute at most: that is when the next frame is due.
std::string_view relative_time(Ui& ui, Instant at) {
  if (ui.inside().copying) return date_time(ui, at);
  const std::int64_t past = ui.now().ms - at.ms;
  const std::int64_t distance = past < 0 ? -past : past;
  if (distance < hour_ms) ui.request_frame_in(minute_ms - distance % minute_ms);
  if (distance < minute_ms) return ui.tr("ui.time.now");
  const std::int64_t days = ui.clock().day(ui.now()) - ui.clock().day(at);
  if (past > 0) {
    if (distance < hour_ms) return ui.tr("ui.time.minutes_ago", {param("n", distance / minute_ms)});
    if (days == 0) return ui.tr("ui.time.hours_ago", {param("n", distance / hour_ms)});
    if (days == 1) return ui.tr("ui.time.yesterday");
    if (days < 30) return ui.tr("ui.time.days_ago", {param("n", days)});
    return date(ui, at);
  }
  if (distance < hour_ms) return ui.tr("ui.time.in_minutes", {param("n", distance / minute_ms)});
  if (days == 0) return ui.tr("ui.time.in_hours", {param("n", distance / hour_ms)});
  if (days == -1) return ui.tr("ui.time.tomorrow");
  if (days > -30) return ui.tr("ui.time.in_days", {param("n", -days)});
  return date(ui, at);
}

std::string_view day_time(Ui& ui, Instant at) {
  const std::int64_t day = ui.clock().day(at), ahead = day - ui.clock().day(ui.now());
  if (ahead < 0 || ahead > 6) return date_time(ui, at);
  if (ahead == 0) return formatted(ui, text_key("ui.time.today_at"), at);
  if (ahead == 1) return formatted(ui, text_key("ui.time.tomorrow_at"), at);
  // Days count from a Thursday; 0 is a Monday.
  return ui.tr("ui.time.weekday_at", {param("day", (day + 3) % 7), param("at", at.ms)});
}

std::string_view time_left(Ui& ui, Instant due) {
  if (ui.inside().copying) return date_time(ui, due);
  const std::int64_t left = due.ms - ui.now().ms;
  const std::int64_t distance = left < 0 ? -left : left;
  if (distance < hour_ms) ui.request_frame_in(minute_ms - distance % minute_ms);
  const std::int64_t days = distance / day_ms, hours = distance % day_ms / hour_ms,
                     minutes = distance % hour_ms / minute_ms;
  const std::string_view span = days > 0 ? ui.tr("ui.time.days_hours", {param("days", days), param("hours", hours)})
                                : hours > 0
                                    ? ui.tr("ui.time.hours_minutes", {param("hours", hours), param("minutes", minutes)})
                                    : ui.tr("ui.time.minutes", {param("minutes", minutes)});
  return ui.tr(left >= 0 ? text_key("ui.time.left") : text_key("ui.time.overdue"), {param("span", std::string(span))});
}

}  // namespace tw::ui
