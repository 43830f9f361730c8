#include "client/commands/route.h"

#include <span>
#include <vector>

#include "core/text.h"

namespace tw::commands {

namespace {

struct Named {
  Page page;
  std::string_view path;
};
constexpr Named plain_pages[] = {
    {Page::workbench, ""},        {Page::customers, "customers"},  {Page::batches, "batches"},
    {Page::my_tasks, "my-tasks"}, {Page::imports, "imports"},      {Page::people, "people"},
    {Page::system, "status"},     {Page::audit, "audit"},          {Page::sign_in, "sign-in"},
    {Page::set_up, "setup"},      {Page::invitation, "invitation"}};
constexpr Named pages_with_id[] = {
    {Page::customer, "customers"}, {Page::batch, "batches"}, {Page::my_tasks, "my-tasks"}, {Page::import, "imports"}};

struct NamedTab {
  BatchTab tab;
  std::string_view path;
};
constexpr NamedTab tabs[] = {{BatchTab::items, ""},          {BatchTab::allocate, "allocate"},
                             {BatchTab::confirm, "confirm"}, {BatchTab::history, "history"},
                             {BatchTab::details, "details"}, {BatchTab::claim, "claim"}};

std::string percent_encoded(std::string_view text) {
  static constexpr char hex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '_' || c == '.' || c == '~' || c == ',' || c == ':';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += hex[static_cast<unsigned char>(c) >> 4];
      out += hex[static_cast<unsigned char>(c) & 15];
    }
  }
  return out;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      out += ' ';
    } else if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return text::repair_utf8(out);
}

std::map<std::string, std::string> parse_query(std::string_view query) {
  std::map<std::string, std::string> values;
  for (const std::string_view pair : text::split(query, '&')) {
    const std::size_t equals = pair.find('=');
    if (pair.empty() || equals == std::string_view::npos) continue;
    values[percent_decoded(pair.substr(0, equals))] = percent_decoded(pair.substr(equals + 1));
  }
  return values;
}

Page page_of(std::string_view path, std::span<const Named> table) {
  for (const Named& row : table)
    if (row.path == path) return row.page;
  return Page::not_found;
}

}  // namespace

Route parse_route(std::string_view address) {
  Route route;
  const std::size_t hash = address.find('#');
  if (hash != std::string_view::npos) {
    route.token = percent_decoded(address.substr(hash + 1));
    address = address.substr(0, hash);
  }
  const std::size_t question = address.find('?');
  if (question != std::string_view::npos) {
    route.query = parse_query(address.substr(question + 1));
    address = address.substr(0, question);
  }
  std::vector<std::string_view> parts;
  for (const std::string_view part : text::split(address, '/'))
    if (!part.empty()) parts.push_back(part);
  if (parts.empty()) return route;
  if (parts.size() == 1) {
    route.page = page_of(parts[0], plain_pages);
    return route;
  }
  const auto id = text::to_integer(parts[1]);
  route.page = id && *id > 0 ? page_of(parts[0], pages_with_id) : Page::not_found;
  route.id = id.value_or(0);
  if (parts.size() == 2) return route;
  if (route.page == Page::batch && parts.size() == 3) {
    for (const NamedTab& row : tabs) {
      if (row.path != parts[2] || row.path.empty()) continue;
      route.tab = row.tab;
      return route;
    }
  }
  route.page = Page::not_found;
  return route;
}

std::string path_to(Page page, std::int64_t id, BatchTab tab) {
  std::string path = "/";
  if (id) {
    for (const Named& row : pages_with_id)
      if (row.page == page) path.append(row.path).append("/").append(std::to_string(id));
  } else {
    for (const Named& row : plain_pages)
      if (row.page == page) path.append(row.path);
  }
  for (const NamedTab& row : tabs)
    if (page == Page::batch && row.tab == tab && !row.path.empty()) path.append("/").append(row.path);
  return path;
}

std::string path_with(std::string path, std::string_view name, std::string_view value) {
  path += path.find('?') == std::string::npos ? '?' : '&';
  return path.append(percent_encoded(name)).append("=").append(percent_encoded(value));
}

std::string address_of(const Route& route) {
  std::string path = path_to(route.page, route.id, route.tab);
  for (const auto& value : route.query)
    if (!value.second.empty()) path = path_with(std::move(path), value.first, value.second);
  return path;
}

std::string sign_in_path(const Route& wanted) {
  const std::string path = path_to(Page::sign_in), there = address_of(wanted);
  return there == "/" ? path : path_with(path, "next", there);
}

Route wanted_after_sign_in(const Route& sign_in) {
  Route wanted = parse_route(sign_in.asked("next"));
  if (is_public(wanted.page) || wanted.page == Page::not_found) wanted = {};
  wanted.token.clear();
  return wanted;
}

}  // namespace tw::commands
