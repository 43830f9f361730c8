// What must hold for every operation, whoever writes it: these tests visit the registry, so none can be forgotten.
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "api/registry.h"
#include "core/type_name.h"
#include "support/example.h"
#include "support/field_count.h"
#include "support/test_world.h"

namespace tw::api {
namespace {

using test::Caller;
using test::Role;
using test::TestWorld;

// --- the declarations ------------------------------------------------------------------------------------------------

TEST(EveryOperation, has_a_name_and_an_address_of_its_own) {
  std::set<std::string> names;
  std::set<std::string> addresses;
  AllOperations::each([&]<class O>() {
    EXPECT_TRUE(names.insert(std::string(O::endpoint.name)).second) << O::endpoint.name;
    // Two patterns that differ only in the names of their parameters are one address.
    std::string address = std::string(name_of(O::endpoint.method)) + " ";
    bool inside = false;
    for (const char c : O::endpoint.path) {
      if (!inside) address += c;
      inside = inside ? c != '}' : c == '{';
    }
    EXPECT_TRUE(addresses.insert(address).second) << O::endpoint.name << ": " << address;
  });
}

TEST(EveryOperation, finds_each_parameter_of_its_path_in_its_request) {
  AllOperations::each([]<class O>() {
    std::set<std::string> fields;
    typename O::Request request{};
    O::Request::describe(request, [&](const char* name, auto&, const FieldRule& = no_rule) { fields.insert(name); });
    std::string_view rest = O::endpoint.path;
    for (auto open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
      rest = rest.substr(open + 1);
      const std::string name(rest.substr(0, rest.find('}')));
      EXPECT_EQ(fields.count(name), 1u) << O::endpoint.name << " has no field " << name;
    }
  });
}

// Follows a struct into the structs of its fields.
class FieldLists {
 public:
  template <class T>
  void check() {
    if constexpr (json::detail::is_optional<T>::value || json::detail::is_vector<T>::value) {
      check<typename T::value_type>();
    } else if constexpr (Described<T>) {
      if (!seen_.insert(type_name<T>()).second) return;
      std::size_t fields = 0;
      T value{};
      T::describe(value, [&]<class F>(const char*, F&, const FieldRule& = no_rule) {
        ++fields;
        check<F>();
      });
      EXPECT_EQ(fields, test::member_count<T>()) << type_name<T>() << " has a member that it does not describe";
    }
  }
  std::size_t count() const { return seen_.size(); }

 private:
  std::set<std::string> seen_;
};

TEST(EveryOperation, describes_each_member_of_its_structs) {
  FieldLists lists;
  AllOperations::each([&]<class O>() {
    lists.check<typename O::Request>();
    lists.check<typename O::Response>();
  });
  EXPECT_GT(lists.count(), 80u);
}

struct Forgetful {
  std::string name;
  std::optional<bool> flag;
  std::vector<int> numbers;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("name", s.name);
    v("numbers", s.numbers);
  }
};

TEST(FieldCount, sees_a_member_that_is_not_described) {
  EXPECT_EQ(test::member_count<Forgetful>(), 3u);
  EXPECT_EQ(test::member_count<Done>(), 0u);
}

TEST(EveryOperation, reads_back_what_it_writes) {
  AllOperations::each([]<class O>() {
    const auto request = test::example_of<typename O::Request>();
    const auto request_again = json::decode<typename O::Request>(json::encode(request));
    ASSERT_TRUE(request_again.ok()) << O::endpoint.name << ": " << json::encode(request);
    EXPECT_EQ(json::encode(*request_again), json::encode(request)) << O::endpoint.name;

    const auto reply = test::example_of<typename O::Response>();
    const auto reply_again = json::decode<typename O::Response>(json::encode(reply));
    ASSERT_TRUE(reply_again.ok()) << O::endpoint.name << ": " << json::encode(reply);
    EXPECT_EQ(json::encode(*reply_again), json::encode(reply)) << O::endpoint.name;
  });
}

// --- through the door ------------------------------------------------------------------------------------------------

class EveryOperationCall : public ::testing::Test {
 protected:
  EveryOperationCall() {
    for (const auto& route : world.dispatcher.routes()) known.insert(std::string(route.endpoint.name));
  }

  // Visits each operation that has a use case.
  template <class F>
  void each(F&& visit) {
    AllOperations::each([&]<class O>() {
      if (known.count(std::string(O::endpoint.name)) == 0) return;
      SCOPED_TRACE(std::string(O::endpoint.name));
      visit.template operator()<O>();
    });
  }

  template <class O>
  services::Call example(const Caller& who) {
    auto call = test::call_of<O>(who, test::example_of<typename O::Request>());
    if (O::endpoint.body == Body::upload) call.upload = world.spool.put("name\nAnn\n");
    return call;
  }

  TestWorld world;
  Caller root = world.sign_in("Root", Role::administrator);
  Caller manager = world.sign_in("Manager", Role::manager);
  Caller member = world.sign_in("Member", Role::member);
  std::set<std::string> known;
};

TEST_F(EveryOperationCall, exists) {
  std::string missing;
  AllOperations::each([&]<class O>() {
    if (known.count(std::string(O::endpoint.name)) == 0) missing += " " + std::string(O::endpoint.name);
  });
  if (!missing.empty()) GTEST_SKIP() << "declared, without a use case yet:" << missing;
}

TEST_F(EveryOperationCall, without_session_is_unauthenticated) {
  each([&]<class O>() {
    if (O::endpoint.permission == Permission::anyone) return;
    EXPECT_EQ(world.send(example<O>({})).status, 401);
    EXPECT_EQ(world.send(example<O>({root.person, "no such session", root.csrf})).status, 401);
  });
}

TEST_F(EveryOperationCall, of_a_role_without_its_permission_is_forbidden) {
  each([&]<class O>() {
    if (!domain::access::holds(Role::member, O::endpoint.permission)) {
      EXPECT_EQ(world.send(example<O>(member)).status, 403);
    }
    if (!domain::access::holds(Role::manager, O::endpoint.permission)) {
      EXPECT_EQ(world.send(example<O>(manager)).status, 403);
    }
  });
}

TEST_F(EveryOperationCall, that_changes_needs_the_csrf_token) {
  each([&]<class O>() {
    if (O::endpoint.effect != Effect::changes || O::endpoint.permission == Permission::anyone) return;
    const auto before = world.database->total_changes();
    EXPECT_EQ(world.send(example<O>({root.person, root.cookie, ""})).status, 403);
    EXPECT_EQ(world.send(example<O>({root.person, root.cookie, manager.csrf})).status, 403);
    EXPECT_EQ(world.database->total_changes(), before);
  });
}

TEST_F(EveryOperationCall, with_a_broken_body_is_refused) {
  each([&]<class O>() {
    auto call = example<O>(root);
    if (call.body.empty()) return;
    for (const char* body : {"{", "[]", "\"text\"", "7", "{\"a\":1,}", "\xff\xfe", "nul"}) {
      call.body = body;
      const auto reply = world.send(call);
      EXPECT_EQ(reply.status, 400) << body << " -> " << reply.body;
      EXPECT_EQ(reply.content_type, "application/problem+json");
    }
  });
}

// A value that no field of this type takes.
template <class F>
const char* wrong_value() {
  constexpr bool holds_parts = json::detail::is_vector<F>::value || (Described<F> && !std::is_enum_v<F>);
  return holds_parts ? "7" : "{\"x\":[]}";
}

TEST_F(EveryOperationCall, with_a_field_of_the_wrong_type_names_it) {
  each([&]<class O>() {
    auto call = example<O>(root);
    if (call.body.empty()) return;
    typename O::Request request{};
    O::Request::describe(request, [&]<class F>(const char* name, F&, const FieldRule& = no_rule) {
      if (O::endpoint.path.find("{" + std::string(name) + "}") != std::string_view::npos) return;
      call.body = std::string("{\"") + name + "\":" + wrong_value<F>() + "}";
      const auto answer = test::decoded<Done>(world.send(call));
      EXPECT_EQ(answer.status(), 400) << call.body;
      EXPECT_TRUE(answer.problem.names(name)) << call.body << " -> " << answer.reply.body;
    });
  });
}

TEST_F(EveryOperationCall, with_a_field_outside_its_rule_names_it) {
  each([&]<class O>() {
    const auto refuse = [&](const char* name, const std::string& value, bool is_text) {
      auto call = example<O>(root);
      if (call.body.empty()) {
        call.query.emplace_back(name, value);  // the last one counts
      } else {
        call.body = std::string("{\"") + name + "\":" + (is_text ? "\"" + value + "\"" : value) + "}";
      }
      const auto answer = test::decoded<Done>(world.send(call));
      EXPECT_EQ(answer.status(), 400) << name << "=" << value.substr(0, 80);
      EXPECT_TRUE(answer.problem.names(name)) << name << " -> " << answer.reply.body;
    };
    typename O::Request request{};
    O::Request::describe(request, [&]<class F>(const char* name, F&, const FieldRule& rule = no_rule) {
      if (O::endpoint.path.find("{" + std::string(name) + "}") != std::string_view::npos) return;
      if constexpr (std::is_same_v<F, std::string>) {
        refuse(name, std::string(static_cast<std::size_t>(rule.max_length) + 1, 'x'), true);
        if (rule.min_length > 0) refuse(name, std::string(static_cast<std::size_t>(rule.min_length) - 1, 'x'), true);
      } else if constexpr (std::is_same_v<F, std::int64_t>) {
        if (rule.maximum != no_rule.maximum) refuse(name, std::to_string(rule.maximum + 1), false);
        if (rule.minimum != no_rule.minimum) refuse(name, std::to_string(rule.minimum - 1), false);
        refuse(name, "99999999999999999999", false);
      } else if constexpr (WireEnum<F>) {
        refuse(name, "no_such_choice", true);
      }
    });
  });
}

TEST_F(EveryOperationCall, with_an_id_of_nothing_is_not_found) {
  each([&]<class O>() {
    if (O::endpoint.path.find('{') == std::string_view::npos) return;
    for (const Caller& who : {root, manager, member}) {
      const auto reply = world.send(example<O>(who));
      if (reply.status == 403) continue;  // not for this role
      EXPECT_EQ(reply.status, 404) << reply.body;
    }
  });
}

TEST_F(EveryOperationCall, with_an_id_that_is_no_number_is_refused) {
  each([&]<class O>() {
    const auto open = O::endpoint.path.find('{');
    if (open == std::string_view::npos) return;
    for (const char* id : {"x", "-1", "0", "1.5", "99999999999999999999", "%F0%9F%98%80", "1%00"}) {
      auto call = example<O>(root);
      call.path = std::string(O::endpoint.path.substr(0, open)) + id +
                  std::string(O::endpoint.path.substr(O::endpoint.path.find('}') + 1));
      EXPECT_EQ(world.send(call).status, 400) << call.path;
    }
  });
}

TEST_F(EveryOperationCall, never_breaks_on_an_example) {
  each([&]<class O>() {
    for (const Caller& who : {root, manager, member, Caller{}}) {
      const auto reply = world.send(example<O>(who));
      EXPECT_LT(reply.status, 500) << reply.body;
      EXPECT_EQ(reply.operation, O::endpoint.name);
    }
    // Some of them sign people out.
    root = world.sign_in(root.person);
    manager = world.sign_in(manager.person);
    member = world.sign_in(member.person);
  });
}

TEST_F(EveryOperationCall, that_reads_writes_nothing) {
  each([&]<class O>() {
    if (O::endpoint.effect != Effect::reads) return;
    const auto before = world.database->total_changes();
    for (const Caller& who : {root, manager, member}) world.send(example<O>(who));
    EXPECT_EQ(world.database->total_changes(), before);
  });
}

}  // namespace
}  // namespace tw::api
