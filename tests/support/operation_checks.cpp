#include "support/operation_checks.h"

#include <string>

#include <gtest/gtest.h>

#include "api/registry.h"
#include "support/example.h"

namespace tw::test {

using domain::access::Permission;
using domain::access::Role;

namespace {

constexpr const char* password = "correct horse battery";

Caller add(ApiDoor& door, const Caller& administrator, const char* name, Role role) {
  api::AddPerson::Request person;
  person.login = name;
  person.name = name;
  person.role = role;
  person.language = "en";
  const auto added = call<api::AddPerson>(door, administrator, person);
  EXPECT_TRUE(added) << added.reply.body;
  if (!added) return {};
  const auto accepted = call<api::AcceptInvitation>(door, {}, {added->invitation, password});
  EXPECT_TRUE(accepted) << accepted.reply.body;
  return caller_of(accepted.reply);
}

// A request that obeys its rules; every id in it is of nothing. An upload's bytes are the body.
template <class O>
services::Call example(const Caller& who) {
  auto call = call_of<O>(who, example_of<typename O::Request>());
  if (O::endpoint.body == api::Body::upload) call.body = "name\nAnn\n";
  return call;
}

template <class O>
constexpr bool takes_json() {
  return O::endpoint.body == api::Body::json &&
         (O::endpoint.method == api::Method::post || O::endpoint.method == api::Method::patch);
}

template <class O>
bool is_in_path(std::string_view field) {
  return O::endpoint.path.find("{" + std::string(field) + "}") != std::string_view::npos;
}

// A value that no field of this type takes.
template <class F>
const char* wrong_value() {
  if constexpr (json::detail::is_optional<F>::value) {
    return wrong_value<typename F::value_type>();
  } else {
    constexpr bool holds_parts = json::detail::is_vector<F>::value || (Described<F> && !std::is_enum_v<F>);
    return holds_parts ? "7" : "{\"x\":[]}";
  }
}

void expect_named(const services::Reply& reply, const std::string& field, const std::string& asked) {
  const auto answer = decoded<Done>(reply);
  EXPECT_EQ(answer.status(), 400) << asked.substr(0, 120);
  EXPECT_TRUE(answer.problem.names(field)) << asked.substr(0, 120) << " -> " << reply.body;
}

}  // namespace

Caller caller_of(const services::Reply& reply) {
  const auto person = json::decode<api::SessionPerson>(reply.body);
  if (!person) return {};
  const auto from = reply.set_cookie.find('=') + 1;
  return {person->person, reply.set_cookie.substr(from, reply.set_cookie.find(';') - from), person->csrf};
}

Cast cast_through(ApiDoor& door, const Caller& administrator) {
  Cast cast;
  cast.administrator = administrator;
  cast.manager = add(door, administrator, "manager", Role::manager);
  cast.member = add(door, administrator, "member", Role::member);
  return cast;
}

void OperationChecks::without_session_is_unauthenticated() {
  api::AllOperations::each([&]<class O>() {
    SCOPED_TRACE(std::string(O::endpoint.name));
    if (left_out_.count(std::string(O::endpoint.name)) > 0) return;
    if (O::endpoint.permission == Permission::anyone) return;
    EXPECT_EQ(door_.send(example<O>({})).status, 401);
    EXPECT_EQ(door_.send(example<O>({{}, "no-such-session", cast_.administrator.csrf})).status, 401);
  });
}

void OperationChecks::without_permission_is_forbidden() {
  api::AllOperations::each([&]<class O>() {
    SCOPED_TRACE(std::string(O::endpoint.name));
    if (left_out_.count(std::string(O::endpoint.name)) > 0) return;
    if (!domain::access::holds(Role::member, O::endpoint.permission)) {
      EXPECT_EQ(door_.send(example<O>(cast_.member)).status, 403);
    }
    if (!domain::access::holds(Role::manager, O::endpoint.permission)) {
      EXPECT_EQ(door_.send(example<O>(cast_.manager)).status, 403);
    }
  });
}

void OperationChecks::a_change_needs_the_csrf_token() {
  api::AllOperations::each([&]<class O>() {
    SCOPED_TRACE(std::string(O::endpoint.name));
    if (left_out_.count(std::string(O::endpoint.name)) > 0) return;
    if (O::endpoint.effect != api::Effect::changes || O::endpoint.permission == Permission::anyone) return;
    Caller forged = cast_.administrator;
    forged.csrf.clear();
    EXPECT_EQ(door_.send(example<O>(forged)).status, 403);
    forged.csrf = cast_.manager.csrf;
    EXPECT_EQ(door_.send(example<O>(forged)).status, 403);
  });
}

void OperationChecks::a_broken_body_is_refused() {
  api::AllOperations::each([&]<class O>() {
    SCOPED_TRACE(std::string(O::endpoint.name));
    if (left_out_.count(std::string(O::endpoint.name)) > 0) return;
    if constexpr (takes_json<O>()) {
      auto call = example<O>(cast_.administrator);
      for (const char* body : {"{", "[]", "\"text\"", "7", "{\"a\":1,}", "\xff\xfe", "nul"}) {
        call.body = body;
        const auto reply = door_.send(call);
        EXPECT_EQ(reply.status, 400) << body << " -> " << reply.body;
        EXPECT_EQ(reply.content_type, "application/problem+json");
      }
    }
  });
}

void OperationChecks::a_field_of_the_wrong_type_is_named() {
  api::AllOperations::each([&]<class O>() {
    SCOPED_TRACE(std::string(O::endpoint.name));
    if (left_out_.count(std::string(O::endpoint.name)) > 0) return;
    if constexpr (takes_json<O>()) {
      auto call = example<O>(cast_.administrator);
      typename O::Request request{};
      O::Request::describe(request, [&]<class F>(const char* name, F&, const FieldRule& = no_rule) {
        if (is_in_path<O>(name)) return;
        call.body = std::string("{\"") + name + "\":" + wrong_value<F>() + "}";
        expect_named(door_.send(call), name, call.body);
      });
    }
  });
}

void OperationChecks::a_field_outside_its_rule_is_named() {
  api::AllOperations::each([&]<class O>() {
    SCOPED_TRACE(std::string(O::endpoint.name));
    if (left_out_.count(std::string(O::endpoint.name)) > 0) return;
    const auto refuse = [&](const char* name, const std::string& value, bool is_text) {
      auto call = example<O>(cast_.administrator);
      if constexpr (takes_json<O>()) {
        call.body = std::string("{\"") + name + "\":" + (is_text ? "\"" + value + "\"" : value) + "}";
      } else {
        for (auto& entry : call.query)
          if (entry.first == name) entry.second = value;
      }
      expect_named(door_.send(call), name, std::string(name) + "=" + value);
    };
    typename O::Request request{};
    O::Request::describe(request, [&]<class F>(const char* name, F&, const FieldRule& rule = no_rule) {
      if (is_in_path<O>(name)) return;
      if constexpr (std::is_same_v<F, std::string>) {
        refuse(name, std::string(static_cast<std::size_t>(rule.max_length) + 1, 'x'), true);
        if (rule.min_length > 0) refuse(name, std::string(static_cast<std::size_t>(rule.min_length) - 1, 'x'), true);
      } else if constexpr (std::is_same_v<F, std::int64_t>) {
        if (rule.maximum < INT64_MAX) refuse(name, std::to_string(rule.maximum + 1), false);
        if (rule.minimum > INT64_MIN) refuse(name, std::to_string(rule.minimum - 1), false);
        refuse(name, "99999999999999999999", false);
      } else if constexpr (WireEnum<F>) {
        refuse(name, "no_such_choice", true);
      }
    });
  });
}

void OperationChecks::an_id_of_nothing_is_not_found() {
  api::AllOperations::each([&]<class O>() {
    SCOPED_TRACE(std::string(O::endpoint.name));
    if (left_out_.count(std::string(O::endpoint.name)) > 0) return;
    if (O::endpoint.path.find('{') == std::string_view::npos) return;
    for (const Caller* who : {&cast_.administrator, &cast_.manager, &cast_.member}) {
      const auto reply = door_.send(example<O>(*who));
      if (reply.status == 403) continue;  // not for this role
      EXPECT_EQ(reply.status, 404) << reply.body;
    }
  });
}

void OperationChecks::an_id_that_is_no_number_is_refused() {
  api::AllOperations::each([&]<class O>() {
    SCOPED_TRACE(std::string(O::endpoint.name));
    if (left_out_.count(std::string(O::endpoint.name)) > 0) return;
    const auto open = O::endpoint.path.find('{');
    if (open == std::string_view::npos) return;
    for (const char* id : {"x", "-1", "0", "1.5", "99999999999999999999", "%F0%9F%98%80", "1%00"}) {
      auto call = example<O>(cast_.administrator);
      call.path = std::string(O::endpoint.path.substr(0, open)) + id;
      call.path += O::endpoint.path.substr(O::endpoint.path.find('}') + 1);
      EXPECT_EQ(door_.send(call).status, 400) << call.path;
    }
  });
}

void OperationChecks::an_example_never_breaks() {
  const Caller nobody;
  const Caller* everybody[] = {&nobody, &cast_.administrator, &cast_.manager, &cast_.member};
  api::AllOperations::each([&]<class O>() {
    SCOPED_TRACE(std::string(O::endpoint.name));
    if (left_out_.count(std::string(O::endpoint.name)) > 0) return;
    if (std::is_same_v<O, api::SignOut>) return;  // last, or the others would meet a session that has ended
    for (const Caller* who : everybody) {
      const auto reply = door_.send(example<O>(*who));
      EXPECT_LT(reply.status, 500) << reply.body;
    }
  });
  for (const Caller* who : everybody) EXPECT_LT(door_.send(example<api::SignOut>(*who)).status, 500);
}

void OperationChecks::call_every_reading_operation() {
  api::AllOperations::each([&]<class O>() {
    SCOPED_TRACE(std::string(O::endpoint.name));
    if (left_out_.count(std::string(O::endpoint.name)) > 0) return;
    if (O::endpoint.effect != api::Effect::reads) return;
    for (const Caller* who : {&cast_.administrator, &cast_.manager, &cast_.member}) door_.send(example<O>(*who));
  });
}

}  // namespace tw::test
