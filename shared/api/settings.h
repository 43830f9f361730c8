// What a company decides for all of its batches.
#pragma once

#include <optional>

#include "api/endpoint.h"

namespace tw::api {

struct CompanySettings {
  bool forbids_own_confirmation = false;  // whoever executed an item may not confirm it
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("forbids_own_confirmation", s.forbids_own_confirmation);
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
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("forbids_own_confirmation", s.forbids_own_confirmation);
    }
  };
  using Response = CompanySettings;
};

using SettingsOperations = Operations<ViewSettings, UpdateSettings>;

}  // namespace tw::api
