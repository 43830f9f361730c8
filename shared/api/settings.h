// What a company decides for all of its batches.
#pragma once

#include <optional>

#include "api/endpoint.h"

namespace tw::api {

inline constexpr std::int64_t longest_setting_hours = 8760;  // a year

struct CompanySettings {
  bool forbids_own_confirmation = false;   // whoever executed an item may not confirm it
  std::int64_t return_minimum_hours = 24;  // what a returned item has left at least, or its whole limit if that is less
  std::int64_t allocation_undo_hours = 72;  // how long an allocation can be undone
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("forbids_own_confirmation", s.forbids_own_confirmation);
    v("return_minimum_hours", s.return_minimum_hours);
    v("allocation_undo_hours", s.allocation_undo_hours);
  }
};

struct ViewSettings {
  static constexpr Endpoint endpoint{
      .name = "settings.view", .path = "/api/v1/settings", .permission = domain::access::Permission::signed_in};
  struct Request {
    template <class S, class V>
    static void describe(S&, V&&) {}
  };
  using Response = CompanySettings;
};

// Absent fields stay.
struct UpdateSettings {
  static constexpr Endpoint endpoint{.name = "settings.update",
                                     .method = Method::patch,
                                     .path = "/api/v1/settings",
                                     .permission = domain::access::Permission::manage_settings,
                                     .effect = Effect::changes};
  struct Request {
    std::optional<bool> forbids_own_confirmation;
    std::optional<std::int64_t> return_minimum_hours = {};
    std::optional<std::int64_t> allocation_undo_hours = {};
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("forbids_own_confirmation", s.forbids_own_confirmation);
      v("return_minimum_hours", s.return_minimum_hours, rule::range(1, longest_setting_hours));
      v("allocation_undo_hours", s.allocation_undo_hours, rule::range(1, longest_setting_hours));
    }
  };
  using Response = CompanySettings;
};

using SettingsOperations = Operations<ViewSettings, UpdateSettings>;

}  // namespace tw::api
