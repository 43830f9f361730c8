#include "services/problem.h"

#include "core/json.h"

namespace tw::services {

namespace {

// The standard's own phrases: `type` is "about:blank", whose title is the status's.
std::string_view phrase_of(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 429:
      return "Too Many Requests";
    case 503:
      return "Service Unavailable";
    default:
      return "Internal Server Error";
  }
}

void put_params(json::Writer& out, const std::vector<Param>& params) {
  out.begin_object();
  for (const Param& param : params) {
    out.key(param.name);
    out.string(param.value);
  }
  out.end_object();
}

}  // namespace

std::string problem_document(const Error& error, int status, const Catalog& texts, std::string_view instance) {
  json::Writer out;
  out.begin_object();
  out.key("type");
  out.string("about:blank");
  out.key("title");
  out.string(phrase_of(status));
  out.key("status");
  out.integer(status);
  out.key("code");
  out.string(name_of(error.code));
  out.key("key");
  out.string(error.key.view());
  out.key("params");
  put_params(out, error.params);
  out.key("detail");
  out.string(texts.format(error.key.view(), error.params));
  if (!instance.empty()) {
    out.key("instance");
    out.string(instance);
  }
  out.key("fields");
  out.begin_array();
  for (const FieldError& field : error.fields) {
    out.begin_object();
    out.key("path");
    out.string(field.path);
    out.key("key");
    out.string(field.key.view());
    out.key("params");
    put_params(out, field.params);
    out.key("message");
    out.string(texts.format(field.key.view(), field.params));
    out.end_object();
  }
  out.end_array();
  out.end_object();
  return out.take();
}

}  // namespace tw::services
