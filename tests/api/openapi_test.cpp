#include "api/openapi.h"

#include <gtest/gtest.h>

#include "api/registry.h"
#include "core/json.h"
#include "core/type_name.h"

namespace tw::api {
namespace {

json::Value follow(json::Value from, std::initializer_list<std::string_view> names) {
  for (const auto name : names) from = from.find(name);
  return from;
}

TEST(OpenApi, is_one_json_document_with_every_operation) {
  const auto document = json::Document::parse(openapi());
  ASSERT_TRUE(document.ok());
  std::size_t operations = 0;
  const auto paths = document->root().find("paths");
  for (const auto& path : paths.keys()) operations += paths.find(path).size();
  EXPECT_EQ(operations, AllOperations::count);
}

TEST(OpenApi, says_what_a_field_must_satisfy) {
  const std::string text = openapi();
  const auto document = json::Document::parse(text);
  const auto body = follow(document->root(),
                           {"paths", "/api/v1/people", "post", "requestBody", "content", "application/json", "schema"});
  EXPECT_EQ(follow(body, {"properties", "login", "minLength"}).integer(), 1);
  EXPECT_EQ(follow(body, {"properties", "login", "maxLength"}).integer(), 60);
  EXPECT_EQ(follow(body, {"properties", "weight", "maximum"}).integer(), 10'000);
  EXPECT_EQ(body.find("required").at(0).string(), "login");
  const auto password = follow(document->root(), {"paths", "/api/v1/setup", "post", "requestBody", "content",
                                                  "application/json", "schema", "properties", "password"});
  EXPECT_EQ(password.find("format").string(), "password");
}

TEST(OpenApi, path_fields_are_parameters_and_not_in_the_body) {
  const std::string text = openapi();
  const auto document = json::Document::parse(text);
  const auto update = follow(document->root(), {"paths", "/api/v1/people/{person}", "patch"});
  EXPECT_EQ(update.find("parameters").at(0).find("name").string(), "person");
  EXPECT_EQ(update.find("parameters").at(0).find("in").string(), "path");
  const auto body = follow(update, {"requestBody", "content", "application/json", "schema", "properties"});
  EXPECT_FALSE(body.find("person").present());
  EXPECT_TRUE(body.find("version").present());
}

TEST(OpenApi, every_reference_leads_somewhere) {
  const std::string text = openapi();
  const auto document = json::Document::parse(text);
  const auto schemas = follow(document->root(), {"components", "schemas"});
  const std::string before = "\"#/components/schemas/";
  int references = 0;
  for (auto at = text.find(before); at != std::string::npos; at = text.find(before, at + 1)) {
    const auto from = at + before.size();
    const std::string name = text.substr(from, text.find('"', from) - from);
    EXPECT_TRUE(schemas.find(name).present()) << name;
    ++references;
  }
  EXPECT_GT(references, 50);
}

TEST(TypeName, is_what_the_declaration_says_without_namespaces) {
  EXPECT_EQ(type_name<PersonRow>(), "PersonRow");
  EXPECT_EQ(type_name<ViewCapabilities::Response>(), "ViewCapabilities.Response");
  EXPECT_EQ(type_name<domain::access::Role>(), "Role");
}

}  // namespace
}  // namespace tw::api
