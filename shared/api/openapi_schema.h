// JSON schemas out of field lists. A named struct or enum becomes one component and is referred to by name.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/json.h"
#include "core/type_name.h"

namespace tw::api {

// What a component requires: a request what its rules require, a reply everything that is always there.
enum class SchemaUse : std::uint8_t { request, reply };

class SchemaBook {
 public:
  template <class T>
  std::string schema(SchemaUse use, const FieldRule& rule = no_rule);

  // name -> schema
  const std::map<std::string, std::string>& components() const { return components_; }

 private:
  template <class T>
  std::string object(SchemaUse use);
  template <class E>
  static std::string choices();
  static std::string reference(const std::string& name);
  static std::string integer(const FieldRule& rule, std::string_view description);
  static std::string text(const FieldRule& rule);
  static std::string list(const std::string& items, const FieldRule& rule);

  std::map<std::string, std::string> components_;
};

// A schema of an object, property by property.
class ObjectSchema {
 public:
  void add(std::string_view name, const std::string& schema, bool required);
  bool empty() const { return count_ == 0; }
  std::string take();

 private:
  json::Writer properties_;
  std::vector<std::string> required_;
  int count_ = 0;
  bool begun_ = false;
};

template <class T>
std::string SchemaBook::schema(SchemaUse use, const FieldRule& rule) {
  if constexpr (std::is_same_v<T, bool>) {
    return R"({"type":"boolean"})";
  } else if constexpr (std::is_integral_v<T>) {
    return integer(rule, {});
  } else if constexpr (std::is_floating_point_v<T>) {
    return R"({"type":"number"})";
  } else if constexpr (std::is_same_v<T, std::string>) {
    return text(rule);
  } else if constexpr (json::detail::is_id<T>::value) {
    return integer(rule, "An id; 0 stands for none.");
  } else if constexpr (std::is_same_v<T, Version>) {
    return integer(rule, "Counts up with every change; a write names the one it saw.");
  } else if constexpr (std::is_same_v<T, Millis>) {
    return integer(rule, "Milliseconds.");
  } else if constexpr (std::is_same_v<T, Instant>) {
    return integer(rule, "UTC milliseconds since 1970.");
  } else if constexpr (json::detail::is_optional<T>::value) {
    return schema<typename T::value_type>(use, rule);
  } else if constexpr (json::detail::is_vector<T>::value) {
    return list(schema<typename T::value_type>(use), rule);
  } else {
    const std::string name = type_name<T>();
    if (components_.count(name) == 0) {
      components_[name];  // before its fields: a tree contains itself
      std::string described;
      if constexpr (WireEnum<T>) {
        described = choices<T>();
      } else {
        described = object<T>(use);
      }
      components_[name] = std::move(described);
    }
    return reference(name);
  }
}

template <class T>
std::string SchemaBook::object(SchemaUse use) {
  ObjectSchema out;
  T example{};
  T::describe(example, [&]<class F>(const char* name, F&, const FieldRule& rule = no_rule) {
    constexpr bool may_be_absent = json::detail::is_optional<F>::value;
    out.add(name, schema<F>(use, rule), !may_be_absent && (use == SchemaUse::reply || rule.required));
  });
  return out.take();
}

template <class E>
std::string SchemaBook::choices() {
  json::Writer out;
  out.begin_object();
  out.key("type");
  out.string("string");
  out.key("enum");
  out.begin_array();
  for (const auto& row : wire_names(E{})) out.string(row.name);
  out.end_array();
  out.end_object();
  return out.take();
}

}  // namespace tw::api
