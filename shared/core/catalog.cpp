// See catalog.h. The formatter is a small recursive reader; a text that breaks the grammar is shown as it is written
// (tests check every shipped text).
#include "core/catalog.h"

#include <cstdio>

#include "core/json.h"
#include "core/text.h"

namespace tw {

namespace {

enum class Plural { one, other };

// Chinese, Japanese, Korean and their like have no plural forms; the other languages that we ship have English's rule.
Plural plural_of(std::string_view language, std::string_view digits) {
  const std::string_view base = language.substr(0, language.find('-'));
  if (base == "zh" || base == "ja" || base == "ko") return Plural::other;
  return digits == "1" ? Plural::one : Plural::other;
}

// `wall`: what the clock on the wall shows, in milliseconds since 1970 there.
std::string local_time(std::int64_t wall, bool with_clock) {
  const std::int64_t seconds_of_day = 86'400;
  std::int64_t seconds = wall / 1000 - (wall % 1000 < 0 ? 1 : 0);
  std::int64_t day = seconds / seconds_of_day;
  std::int64_t rest = seconds % seconds_of_day;
  if (rest < 0) rest += seconds_of_day, --day;
  // Days to a civil date: shift the year to begin in March, so that the leap day is the last of it.
  day += 719'468;
  const std::int64_t era = (day >= 0 ? day : day - 146'096) / 146'097;
  const std::int64_t of_era = day - era * 146'097;
  const std::int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
  const std::int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_from_march = (5 * of_year + 2) / 153;
  const int date = static_cast<int>(of_year - (153 * month_from_march + 2) / 5 + 1);
  const int month = static_cast<int>(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
  const long long year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  char out[64];
  if (with_clock) {
    std::snprintf(out, sizeof out, "%04lld-%02d-%02d %02d:%02d", year, month, date, static_cast<int>(rest / 3600),
                  static_cast<int>(rest / 60 % 60));
  } else {
    std::snprintf(out, sizeof out, "%04lld-%02d-%02d", year, month, date);
  }
  return out;
}

class Formatter {
 public:
  Formatter(const Catalog& catalog, const std::vector<Param>& params, const WallClock& clock)
      : catalog_(catalog), params_(params), clock_(clock) {}

  std::string run(std::string_view pattern, std::string_view number = {}) const {
    std::string out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      const char c = pattern[i];
      if ((c == '{' || c == '}') && i + 1 < pattern.size() && pattern[i + 1] == c) {
        out += c;
        ++i;
      } else if (c == '{') {
        const std::size_t end = closing(pattern, i);
        if (end == std::string_view::npos) return out.append(pattern.substr(i));
        out += placeholder(pattern.substr(i + 1, end - i - 1));
        i = end;
      } else if (c == '#' && !number.empty()) {
        out += with_thousands(number);
      } else {
        out += c;
      }
    }
    return out;
  }

 private:
  static std::size_t closing(std::string_view pattern, std::size_t open) {
    int depth = 0;
    for (std::size_t i = open; i < pattern.size(); ++i) {
      if (pattern[i] == '{') ++depth;
      if (pattern[i] == '}' && --depth == 0) return i;
    }
    return std::string_view::npos;
  }

  std::string placeholder(std::string_view inside) const {
    const std::size_t comma = inside.find(',');
    const std::string_view name = text::trim(inside.substr(0, comma));
    const Param* found = nullptr;
    for (const Param& candidate : params_) {
      if (candidate.name == name) found = &candidate;
    }
    if (!found) return std::string("{").append(inside).append("}");
    if (comma == std::string_view::npos) return found->value;
    const std::string_view rest = inside.substr(comma + 1);
    const std::size_t second = rest.find(',');
    const std::string_view kind = text::trim(rest.substr(0, second));
    if (kind == "number") return with_thousands(found->value);
    if (kind == "instant" || kind == "date" || kind == "clock") {
      const auto ms = text::to_integer(found->value);
      if (!ms) return found->value;
      const std::string local = local_time(clock_.wall({*ms}), kind != "date");
      return kind == "clock" ? local.substr(local.size() - 5) : local;
    }
    if (kind == "plural" && second != std::string_view::npos) return plural(rest.substr(second + 1), found->value);
    if (kind == "name" && second != std::string_view::npos)
      return names(text::trim(rest.substr(second + 1)), found->value);
    return found->value;
  }

  std::string plural(std::string_view forms, std::string_view digits) const {
    const std::string_view wanted = plural_of(catalog_.language(), digits) == Plural::one ? "one" : "other";
    std::string_view chosen;
    for (std::size_t i = 0; i < forms.size();) {
      const std::size_t open = forms.find('{', i);
      if (open == std::string_view::npos) break;
      const std::size_t end = closing(forms, open);
      if (end == std::string_view::npos) break;
      const std::string_view name = text::trim(forms.substr(i, open - i));
      if (name == wanted || (chosen.empty() && name == "other")) chosen = forms.substr(open + 1, end - open - 1);
      i = end + 1;
    }
    return run(chosen, digits);
  }

  std::string names(std::string_view family, std::string_view values) const {
    std::string out;
    for (const std::string_view value : text::split(values, ',')) {
      if (!out.empty()) out += catalog_.raw(text_key("list.separator").view());
      const std::string key = std::string(family).append(".").append(value);
      out += catalog_.has(key) ? catalog_.raw(key) : value;
    }
    return out;
  }

  const Catalog& catalog_;
  const std::vector<Param>& params_;
  const WallClock& clock_;
};

}  // namespace

Result<Catalog> Catalog::read(std::string_view language, std::string_view json) {
  auto document = json::Document::parse(json);
  if (!document) return document.error();
  const json::Value root = document->root();
  Catalog catalog;
  catalog.language_ = language;
  for (const std::string& key : root.keys()) {
    if (const auto words = root.find(key).string()) catalog.texts_.emplace(key, *words);
  }
  return catalog;
}

std::string_view Catalog::raw(std::string_view key) const {
  const auto found = texts_.find(key);
  return found == texts_.end() ? key : std::string_view(found->second);
}

bool Catalog::is_plain(std::string_view key) const { return raw(key).find_first_of("{}") == std::string_view::npos; }

std::string Catalog::format(std::string_view key, const std::vector<Param>& params, const WallClock& clock) const {
  return Formatter(*this, params, clock).run(raw(key));
}

std::vector<std::string> Catalog::keys() const {
  std::vector<std::string> all;
  for (const auto& entry : texts_) all.push_back(entry.first);
  return all;
}

std::string with_thousands(std::string_view digits) {
  std::string out;
  const std::size_t start = !digits.empty() && digits[0] == '-' ? 1 : 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > start && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

}  // namespace tw
