// Addresses: every screen has a path, and what a list shows (filter, sort, search) stands in its query part, so that
// back, forward, reload and a copied address lead to the same thing.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace tw::commands {

enum class Page : std::uint8_t {
  workbench,
  customers,
  customer,
  batches,
  batch,
  my_tasks,
  imports,
  import,
  people,
  system,
  audit,
  sign_in,
  set_up,
  invitation,
  not_found,
};

enum class BatchTab : std::uint8_t { items, allocate, confirm, history, details, claim };

struct Route {
  Page page = Page::workbench;
  std::int64_t id = 0;  // of the customer, batch, item or import
  BatchTab tab = BatchTab::items;
  std::map<std::string, std::string> query{};
  std::string token{};  // behind '#': one-time, taken out of the address at once

  std::string_view asked(const std::string& name) const {
    const auto found = query.find(name);
    return found == query.end() ? std::string_view{} : std::string_view(found->second);
  }
  friend bool operator==(const Route& a, const Route& b) {
    return a.page == b.page && a.id == b.id && a.tab == b.tab && a.query == b.query && a.token == b.token;
  }
};

// Without a session one may be there, with one not.
inline bool is_public(Page page) { return page == Page::sign_in || page == Page::set_up || page == Page::invitation; }

Route parse_route(std::string_view address);
std::string address_of(const Route& route);  // without the token

// Where somebody wanted to go before they had to sign in, in the address of that page: nothing but an address of ours
// is ever read out of it, so that no link can lead away from here.
std::string sign_in_path(const Route& wanted);
Route wanted_after_sign_in(const Route& sign_in);

// The usual ones.
std::string path_to(Page page, std::int64_t id = 0, BatchTab tab = BatchTab::items);
// "/batches/7?state=executing": one query value.
std::string path_with(std::string path, std::string_view name, std::string_view value);

}  // namespace tw::commands
