#include "api/openapi_schema.h"

#include <limits>

namespace tw::api {

std::string SchemaBook::reference(const std::string& name) {
  json::Writer out;
  out.begin_object();
  out.key("$ref");
  out.string("#/components/schemas/" + name);
  out.end_object();
  return out.take();
}

std::string SchemaBook::integer(const FieldRule& rule, std::string_view description) {
  json::Writer out;
  out.begin_object();
  out.key("type");
  out.string("integer");
  out.key("format");
  out.string("int64");
  if (rule.minimum != std::numeric_limits<std::int64_t>::min()) {
    out.key("minimum");
    out.integer(rule.minimum);
  }
  if (rule.maximum != std::numeric_limits<std::int64_t>::max()) {
    out.key("maximum");
    out.integer(rule.maximum);
  }
  if (!description.empty()) {
    out.key("description");
    out.string(description);
  }
  out.end_object();
  return out.take();
}

std::string SchemaBook::text(const FieldRule& rule) {
  json::Writer out;
  out.begin_object();
  out.key("type");
  out.string("string");
  if (rule.secret) {
    out.key("format");
    out.string("password");
  }
  if (rule.min_length > 0) {
    out.key("minLength");
    out.integer(rule.min_length);
  }
  out.key("maxLength");
  out.integer(rule.max_length);
  out.end_object();
  return out.take();
}

std::string SchemaBook::list(const std::string& items, const FieldRule& rule) {
  json::Writer out;
  out.begin_object();
  out.key("type");
  out.string("array");
  out.key("items");
  out.raw(items);
  if (rule.min_length > 0) {
    out.key("minItems");
    out.integer(rule.min_length);
  }
  if (rule.max_length != no_rule.max_length) {
    out.key("maxItems");
    out.integer(rule.max_length);
  }
  out.end_object();
  return out.take();
}

void ObjectSchema::add(std::string_view name, const std::string& schema, bool required) {
  if (!begun_) properties_.begin_object();
  begun_ = true;
  properties_.key(name);
  properties_.raw(schema);
  if (required) required_.emplace_back(name);
  ++count_;
}

std::string ObjectSchema::take() {
  if (!begun_) properties_.begin_object();
  properties_.end_object();
  json::Writer out;
  out.begin_object();
  out.key("type");
  out.string("object");
  if (!required_.empty()) {
    out.key("required");
    json::put(out, required_);
  }
  out.key("properties");
  out.raw(properties_.take());
  out.end_object();
  return out.take();
}

}  // namespace tw::api
