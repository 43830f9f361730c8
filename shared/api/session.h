// Sign-in, the first administrator, invitations, and what a person may change about themselves.
//
// Passwords travel here only, never come back, and are never logged. Cookies are set by the dispatcher's session layer,
// not by these replies; `csrf` must be sent back in the header X-CSRF-Token with every request that changes something.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/endpoint.h"
#include "core/ids.h"
#include "core/time.h"

namespace tw::api {

using domain::access::Permission;

inline constexpr FieldRule password_rule = rule::secret(10, 200);

// What the clocks of the person's zone show, from ten years ago to ten years ahead: the page reads and writes dates by
// them and needs no zones of its own. The first offset counts before it too, the last one for ever.
struct ClockStep {
  Instant at;
  std::int64_t offset = 0;  // seconds, east positive, from then on
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("at", s.at);
    v("offset", s.offset);
  }
};

struct SessionPerson {
  PersonId person;
  std::string login;
  std::string name;
  domain::access::Role role = domain::access::Role::member;
  domain::access::Scope scope = domain::access::Scope::own;
  DepartmentId department;
  std::string department_name;
  std::string language;
  std::string zone;  // an IANA name
  std::vector<ClockStep> clock;
  std::vector<Permission> permissions;
  std::string csrf;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("person", s.person);
    v("login", s.login);
    v("name", s.name);
    v("role", s.role);
    v("scope", s.scope);
    v("department", s.department);
    v("department_name", s.department_name);
    v("language", s.language);
    v("zone", s.zone);
    v("clock", s.clock);
    v("permissions", s.permissions);
    v("csrf", s.csrf);
  }
};

// The first reply a page asks for: is there a session, must the product be set up, which operations do not exist here.
struct ViewCapabilities {
  static constexpr Endpoint endpoint{
      .name = "session.capabilities", .path = "/api/v1/capabilities", .permission = Permission::anyone};
  struct Request {
    template <class S, class V>
    static void describe(S&, V&&) {}
  };
  struct Response {
    std::string product;
    std::string version;
    bool needs_setup = false;
    bool offline = false;                  // the demo: no server behind it
    std::vector<std::string> unavailable;  // names of operations that do not exist here
    std::optional<SessionPerson> session;  // so that a reload needs one request
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("product", s.product);
      v("version", s.version);
      v("needs_setup", s.needs_setup);
      v("offline", s.offline);
      v("unavailable", s.unavailable);
      v("session", s.session);
    }
  };
};

// Makes the first administrator; works once, with the token that the server printed at its first start.
struct SetUp {
  static constexpr Endpoint endpoint{.name = "session.set-up",
                                     .method = Method::post,
                                     .path = "/api/v1/setup",
                                     .permission = Permission::anyone,
                                     .effect = Effect::changes};
  struct Request {
    std::string token;
    std::string login;
    std::string name;
    std::string password;
    std::string language = "zh-CN";
    std::string zone = {};  // the device's; one that is unknown here counts as not said
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("token", s.token, rule::secret(1, 100));
      v("login", s.login, rule::text(1, 60));
      v("name", s.name, rule::text(1, 60));
      v("password", s.password, password_rule);
      v("language", s.language, rule::text(0, 12));
      v("zone", s.zone, rule::text(0, 60));
    }
  };
  using Response = SessionPerson;
};

struct SignIn {
  static constexpr Endpoint endpoint{.name = "session.sign-in",
                                     .method = Method::post,
                                     .path = "/api/v1/session",
                                     .permission = Permission::anyone,
                                     .effect = Effect::changes};
  struct Request {
    std::string login;
    std::string password;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("login", s.login, rule::text(1, 60));
      v("password", s.password, rule::secret(1, 200));
    }
  };
  using Response = SessionPerson;
};

// Without a server nobody has signed in: one acts as whom one chooses.
struct SignOut {
  static constexpr Endpoint endpoint{.name = "session.sign-out",
                                     .method = Method::remove,
                                     .path = "/api/v1/session",
                                     .permission = Permission::signed_in,
                                     .effect = Effect::changes,
                                     .availability = Availability::server_only};
  struct Request {
    template <class S, class V>
    static void describe(S&, V&&) {}
  };
  using Response = Done;
};

struct ViewSession {
  static constexpr Endpoint endpoint{
      .name = "session.view", .path = "/api/v1/session", .permission = Permission::signed_in};
  struct Request {
    template <class S, class V>
    static void describe(S&, V&&) {}
  };
  using Response = SessionPerson;
};

struct UpdateSession {
  static constexpr Endpoint endpoint{.name = "session.update",
                                     .method = Method::patch,
                                     .path = "/api/v1/session",
                                     .permission = Permission::signed_in,
                                     .effect = Effect::changes};
  struct Request {
    std::optional<std::string> language;  // "zh-CN" or "en"
    std::optional<std::string> zone;      // an IANA name
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("language", s.language, rule::text(1, 12));
      v("zone", s.zone, rule::text(1, 60));
    }
  };
  using Response = SessionPerson;
};

// Ends every other session of the person. Without a server nobody needs a password, and most have none to change.
struct ChangePassword {
  static constexpr Endpoint endpoint{.name = "session.change-password",
                                     .method = Method::post,
                                     .path = "/api/v1/session/password",
                                     .permission = Permission::signed_in,
                                     .effect = Effect::changes,
                                     .availability = Availability::server_only};
  struct Request {
    std::string current;
    std::string password;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("current", s.current, rule::secret(1, 200));
      v("password", s.password, password_rule);
    }
  };
  using Response = Done;
};

// Who is invited by this one-time token (made by AddPerson or ResetPassword)?
struct ViewInvitation {
  static constexpr Endpoint endpoint{.name = "session.view-invitation",
                                     .method = Method::post,
                                     .path = "/api/v1/invitations/view",
                                     .permission = Permission::anyone};
  struct Request {
    std::string token;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("token", s.token, rule::secret(1, 100));
    }
  };
  struct Response {
    std::string login;
    std::string name;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("login", s.login);
      v("name", s.name);
    }
  };
};

// Sets the invited person's password and signs them in. The token works once, for 7 days. From then on the
// person's zone is that of the device they came with, unless it is not said or unknown here.
struct AcceptInvitation {
  static constexpr Endpoint endpoint{.name = "session.accept-invitation",
                                     .method = Method::post,
                                     .path = "/api/v1/invitations/accept",
                                     .permission = Permission::anyone,
                                     .effect = Effect::changes};
  struct Request {
    std::string token;
    std::string password;
    std::string zone = {};
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("token", s.token, rule::secret(1, 100));
      v("password", s.password, password_rule);
      v("zone", s.zone, rule::text(0, 60));
    }
  };
  using Response = SessionPerson;
};

using SessionOperations = Operations<ViewCapabilities, SetUp, SignIn, SignOut, ViewSession, UpdateSession,
                                     ChangePassword, ViewInvitation, AcceptInvitation>;

}  // namespace tw::api
