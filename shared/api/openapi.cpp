#include "api/openapi.h"

#include <map>
#include <string_view>

#include "api/openapi_schema.h"
#include "api/registry.h"

namespace tw::api {

namespace {

using domain::access::Permission;

// Two blanks per level, so that a difference of two descriptions can be read. `json` is ours and well-formed.
std::string indented(std::string_view json) {
  std::string out;
  int level = 0;
  const auto new_line = [&] { out.append("\n").append(static_cast<std::size_t>(level) * 2, ' '); };
  bool in_text = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_text) {
      out += c;
      if (c == '\\') out += json[++i];
      if (c == '"') in_text = false;
      continue;
    }
    switch (c) {
      case '{':
      case '[':
        out += c;
        if (json[i + 1] == '}' || json[i + 1] == ']') {
          out += json[++i];
        } else {
          ++level;
          new_line();
        }
        break;
      case '}':
      case ']':
        --level;
        new_line();
        out += c;
        break;
      case ',':
        out += c;
        new_line();
        break;
      case ':':
        out += ": ";
        break;
      default:
        in_text = c == '"';
        out += c;
    }
  }
  out += '\n';
  return out;
}

// "batch.designate-items" -> "designate items"
std::string summary_of(std::string_view name) {
  std::string summary(name.substr(name.find('.') + 1));
  for (char& c : summary)
    if (c == '-') c = ' ';
  return summary;
}

std::string lower_method(Method method) {
  std::string name(name_of(method));
  for (char& c : name) c = static_cast<char>(c - 'A' + 'a');
  return name;
}

bool in_path(const Endpoint& endpoint, std::string_view field) {
  return endpoint.path.find("{" + std::string(field) + "}") != std::string_view::npos;
}

bool carries_json(const Endpoint& endpoint) {
  return endpoint.body == Body::json && (endpoint.method == Method::post || endpoint.method == Method::patch);
}

void put_parameter(json::Writer& out, std::string_view place, std::string_view name, const std::string& schema,
                   bool required) {
  out.begin_object();
  out.key("name");
  out.string(name);
  out.key("in");
  out.string(place);
  if (required) {
    out.key("required");
    out.boolean(true);
  }
  out.key("schema");
  out.raw(schema);
  out.end_object();
}

void put_content(json::Writer& out, std::string_view type, const std::string& schema) {
  out.key("content");
  out.begin_object();
  out.key(type);
  out.begin_object();
  out.key("schema");
  out.raw(schema);
  out.end_object();
  out.end_object();
}

constexpr const char* any_file = R"({"type":"string","format":"binary"})";

template <class O>
void put_input(json::Writer& out, SchemaBook& book) {
  using Request = typename O::Request;
  const Endpoint& endpoint = O::endpoint;
  ObjectSchema body;
  Request example{};
  out.key("parameters");
  out.begin_array();
  Request::describe(example, [&]<class F>(const char* name, F&, const FieldRule& rule = no_rule) {
    const std::string schema = book.schema<F>(SchemaUse::request, rule);
    if (in_path(endpoint, name)) {
      put_parameter(out, "path", name, schema, true);
    } else if (carries_json(endpoint)) {
      body.add(name, schema, rule.required && !json::detail::is_optional<F>::value);
    } else {
      put_parameter(out, "query", name, schema, rule.required);
    }
  });
  if (endpoint.effect == Effect::changes && endpoint.permission != Permission::anyone)
    put_parameter(out, "header", "Idempotency-Key", R"({"type":"string","maxLength":200})", false);
  out.end_array();

  if (endpoint.body == Body::upload) {
    out.key("requestBody");
    out.begin_object();
    put_content(out, "application/octet-stream", any_file);
    out.end_object();
  } else if (!body.empty()) {
    out.key("requestBody");
    out.begin_object();
    put_content(out, "application/json", body.take());
    out.end_object();
  }
}

void put_problem(json::Writer& out, std::string_view status) {
  out.key(status);
  out.begin_object();
  out.key("$ref");
  out.string("#/components/responses/Problem");
  out.end_object();
}

template <class O>
void put_replies(json::Writer& out, SchemaBook& book) {
  using Response = typename O::Response;
  const Endpoint& endpoint = O::endpoint;
  out.key("responses");
  out.begin_object();
  out.key(std::is_same_v<Response, Accepted> ? "202" : "200");
  out.begin_object();
  out.key("description");
  out.string(std::is_same_v<Response, Accepted> ? "A long operation has begun." : "Done.");
  if constexpr (std::is_same_v<Response, Download>) {
    put_content(out, "application/octet-stream", any_file);
  } else {
    put_content(out, "application/json", book.schema<Response>(SchemaUse::reply));
  }
  out.end_object();
  put_problem(out, "400");
  if (endpoint.permission != Permission::anyone) {
    put_problem(out, "401");
    put_problem(out, "403");
  }
  if (endpoint.path.find('{') != std::string_view::npos) put_problem(out, "404");
  if (endpoint.effect == Effect::changes) put_problem(out, "409");
  put_problem(out, "default");
  out.end_object();
}

void put_security(json::Writer& out, const Endpoint& endpoint) {
  out.key("security");
  out.begin_array();
  if (endpoint.permission != Permission::anyone) {
    out.begin_object();
    out.key("session");
    out.raw("[]");
    if (endpoint.effect == Effect::changes) {
      out.key("csrf");
      out.raw("[]");
    }
    out.end_object();
  }
  out.end_array();
}

template <class O>
std::string operation(SchemaBook& book) {
  const Endpoint& endpoint = O::endpoint;
  json::Writer out;
  out.begin_object();
  out.key("operationId");
  out.string(endpoint.name);
  out.key("summary");
  out.string(summary_of(endpoint.name));
  out.key("tags");
  out.begin_array();
  out.string(endpoint.name.substr(0, endpoint.name.find('.')));
  out.end_array();
  out.key("x-permission");
  out.string(wire_name(endpoint.permission));
  if (endpoint.availability != Availability::everywhere) {
    out.key("x-availability");
    out.string(wire_name(endpoint.availability));
  }
  put_security(out, endpoint);
  put_input<O>(out, book);
  put_replies<O>(out, book);
  out.end_object();
  return out.take();
}

constexpr const char* security_schemes = R"({"session":{"type":"apiKey","in":"cookie","name":"tidewater_session"},)"
                                         R"("csrf":{"type":"apiKey","in":"header","name":"X-CSRF-Token"}})";

// RFC 9457, as services/problem writes it.
constexpr const char* problem_schema =
    R"({"type":"object","required":["type","title","status","code","key","params","detail","fields"],"properties":{)"
    R"("type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},)"
    R"("code":{"type":"string"},"key":{"type":"string"},)"
    R"("params":{"type":"object","additionalProperties":{"type":"string"}},)"
    R"("detail":{"type":"string","description":"For people, in the caller's language."},)"
    R"("instance":{"type":"string","description":"The request's id, as in the server's log."},)"
    R"("fields":{"type":"array","items":{"type":"object","properties":{"path":{"type":"string"},)"
    R"("key":{"type":"string"},"params":{"type":"object","additionalProperties":{"type":"string"}},)"
    R"("message":{"type":"string"}}}}}})";

constexpr const char* problem_response =
    R"({"Problem":{"description":"A refusal, with its reason.","content":{"application/problem+json":)"
    R"({"schema":{"$ref":"#/components/schemas/Problem"}}}}})";

}  // namespace

std::string openapi() {
  SchemaBook book;
  // Requests first: what a request and a reply share is required as the request says.
  AllOperations::each([&]<class O>() {
    typename O::Request example{};
    O::Request::describe(example, [&]<class F>(const char*, F&, const FieldRule& rule = no_rule) {
      book.schema<F>(SchemaUse::request, rule);
    });
  });
  std::map<std::string, std::map<std::string, std::string>> paths;  // path -> method -> operation
  AllOperations::each(
      [&]<class O>() { paths[std::string(O::endpoint.path)][lower_method(O::endpoint.method)] = operation<O>(book); });

  json::Writer out;
  out.begin_object();
  out.key("openapi");
  out.string("3.1.0");
  out.key("info");
  out.raw(R"({"title":"Tidewater","version":"1"})");
  out.key("paths");
  out.begin_object();
  for (const auto& path : paths) {
    out.key(path.first);
    out.begin_object();
    for (const auto& method : path.second) {
      out.key(method.first);
      out.raw(method.second);
    }
    out.end_object();
  }
  out.end_object();
  out.key("components");
  out.begin_object();
  out.key("securitySchemes");
  out.raw(security_schemes);
  out.key("responses");
  out.raw(problem_response);
  out.key("schemas");
  out.begin_object();
  for (const auto& component : book.components()) {
    out.key(component.first);
    out.raw(component.second);
  }
  out.key("Problem");
  out.raw(problem_schema);
  out.end_object();
  out.end_object();
  out.end_object();
  return indented(out.take());
}

}  // namespace tw::api
