// What must hold for every operation, whoever writes it: these tests visit the registry, so none can be forgotten.
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "api/registry.h"
#include "core/type_name.h"
#include "support/example.h"
#include "support/field_count.h"
#include "support/operation_checks.h"
#include "support/test_world.h"

namespace tw::api {
namespace {

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
  EveryOperationCall() { checks.leave_out(missing()); }

  std::set<std::string> missing() const {
    std::set<std::string> names;
    AllOperations::each([&]<class O>() { names.insert(std::string(O::endpoint.name)); });
    for (const auto& route : world.dispatcher.routes()) names.erase(std::string(route.endpoint.name));
    return names;
  }
  std::int64_t changes() const { return world.database->total_changes(); }

  TestWorld world;
  test::OperationChecks checks{world, test::cast_through(world, world.administrator())};
};

TEST_F(EveryOperationCall, exists) {
  std::string names;
  for (const auto& name : missing()) names += " " + name;
  EXPECT_EQ(names, "") << "declared, without a use case";
}

TEST_F(EveryOperationCall, without_session_is_unauthenticated) { checks.without_session_is_unauthenticated(); }

TEST_F(EveryOperationCall, of_a_role_without_its_permission_is_forbidden) { checks.without_permission_is_forbidden(); }

TEST_F(EveryOperationCall, that_changes_needs_the_csrf_token_and_writes_nothing_without) {
  const auto before = changes();
  checks.a_change_needs_the_csrf_token();
  EXPECT_EQ(changes(), before);
}

TEST_F(EveryOperationCall, with_a_broken_body_is_refused) { checks.a_broken_body_is_refused(); }
TEST_F(EveryOperationCall, with_a_field_of_the_wrong_type_names_it) { checks.a_field_of_the_wrong_type_is_named(); }
TEST_F(EveryOperationCall, with_a_field_outside_its_rule_names_it) { checks.a_field_outside_its_rule_is_named(); }
TEST_F(EveryOperationCall, with_an_id_of_nothing_is_not_found) { checks.an_id_of_nothing_is_not_found(); }
TEST_F(EveryOperationCall, with_an_id_that_is_no_number_is_refused) { checks.an_id_that_is_no_number_is_refused(); }
TEST_F(EveryOperationCall, never_breaks_on_an_example) { checks.an_example_never_breaks(); }

TEST_F(EveryOperationCall, that_reads_writes_nothing) {
  const auto before = changes();
  checks.call_every_reading_operation();
  EXPECT_EQ(changes(), before);
}

}  // namespace
}  // namespace tw::api
