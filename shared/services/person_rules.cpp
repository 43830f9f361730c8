#include "services/person_rules.h"

#include <string>

#include "core/text.h"
#include "core/zone.h"

namespace tw::services {

namespace {

bool has_control(std::string_view s) {
  for (const char c : s)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return true;
  return false;
}

}  // namespace

Refusal check_login(std::string_view path, std::string_view login) {
  if (text::trim(login) != login || has_control(login) || login.find(' ') != std::string_view::npos)
    return field_error(std::string(path), text_key("field.no_spaces"));
  return {};
}

Refusal check_name(std::string_view path, std::string_view name) {
  if (text::trim(name).empty()) return field_error(std::string(path), text_key("field.missing"));
  if (text::trim(name) != name || has_control(name))
    return field_error(std::string(path), text_key("field.spaces_at_ends"));
  return {};
}

Refusal check_language(std::string_view path, std::string_view language) {
  if (language == "zh-CN" || language == "en") return {};
  return field_error(std::string(path), text_key("field.unknown_choice"), {param("value", std::string(language))});
}

Refusal check_zone(std::string_view path, std::string_view zone) {
  if (Zone::find(zone)) return {};
  return field_error(std::string(path), text_key("field.unknown_zone"), {param("value", std::string(zone))});
}

}  // namespace tw::services
