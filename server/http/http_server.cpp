#include "server/http/http_server.h"

#include <chrono>
#include <thread>

#include <httplib.h>
#include <sys/stat.h>

#include "api/openapi.h"
#include "core/text.h"
#include "server/http/body.h"
#include "server/http/call.h"
#include "server/http/compression.h"
#include "server/http/connection_threads.h"
#include "server/http/request_rules.h"
#include "server/http/running_replies.h"
#include "server/http/security_headers.h"
#include "server/http/tls_server.h"
#include "server/http/web_site.h"
#include "server/ports/clock_and_random.h"
#include "services/problem.h"

namespace tw::server {

namespace {

constexpr std::int64_t streamed_part = 256 * 1024;
constexpr std::int64_t longest_note = 1000;                // of a command to its server
constexpr auto longest_stream = std::chrono::seconds(60);  // that a stopping server waits for

// What the access log and the metrics need of a request after its reply is made.
struct Trace {
  std::string request_id;
  std::string operation;
  std::string peer;
};
constexpr const char* trace_name = "trace";

// httplib hands its requests out as const only, and looks at them again when it writes the reply.
httplib::Request& own(const httplib::Request& request) { return const_cast<httplib::Request&>(request); }

}  // namespace

class HttpServer::Impl {
 public:
  Impl(HttpParts parts, HttpSettings settings)
      : parts_(std::move(parts)),
        settings_(std::move(settings)),
        site_(web_files()),
        owned_(new_server()),
        server_(*owned_),
        events_(parts_.dispatcher, parts_.bell, settings_.events, parts_.metrics.event_streams) {
    configure();
  }
  ~Impl() { stop(); }

  bool listen(const std::string& host, int port) {
    if (port == 0) {
      port_ = server_.bind_to_any_port(host);
      if (port_ < 0) return false;
    } else {
      if (!server_.bind_to_port(host, port)) return false;
      port_ = port;
    }
    start();
    return true;
  }

  bool listen_on_socket(const std::string& path) {
    local_operator_ = true;
    server_.set_address_family(AF_UNIX);
    if (!server_.bind_to_port(path, 1)) return false;
    start();
    return true;
  }

  void stop() {
    events_.close();
    running_.close(longest_stream);  // replies that are in memory already are always written
    server_.stop();
    if (thread_.joinable()) thread_.join();
  }

  int port() const { return port_; }

  void use(const Certificate& certificate) {
    if (certificate_) certificate_->use(certificate.context);
  }

 private:
  std::unique_ptr<httplib::Server> new_server();
  void configure();
  void start();
  void serve(const httplib::Request& request, httplib::Response& response, const httplib::ContentReader* reader);
  void serve_api(services::Call call, const Origin& origin, const httplib::Request& request,
                 httplib::Response& response, const httplib::ContentReader* reader, Trace& trace);
  void serve_site(const httplib::Request& request, httplib::Response& response);
  bool serve_watchers(const httplib::Request& request, httplib::Response& response,
                      const httplib::ContentReader* reader);
  bool take_body(const httplib::ContentReader& reader, services::Call& call, httplib::Response& response);
  bool take_upload(const httplib::ContentReader& reader, services::Call& call, httplib::Response& response);
  void refuse_body(Arrival arrival, std::int64_t largest, const services::Call& call,
                   httplib::Response& response) const;
  void send(services::Reply reply, const httplib::Request& request, httplib::Response& response);
  void send_text(services::Reply reply, const httplib::Request& request, httplib::Response& response);
  void stream(httplib::Response& response, std::size_t bytes, const std::string& content_type,
              httplib::ContentProvider provider);
  void refuse(httplib::Response& response, int status, const Error& error, const services::Call& call) const;
  void log(const httplib::Request& request, const httplib::Response& response);

  HttpParts parts_;
  const HttpSettings settings_;
  WebSite site_;
  std::unique_ptr<CurrentCertificate> certificate_;  // when it speaks TLS
  std::unique_ptr<httplib::Server> owned_;
  httplib::Server& server_;
  std::thread thread_;
  int port_ = 0;
  bool local_operator_ = false;
  RunningReplies running_;
  Compression compression_;
  EventStreams events_;
};

std::unique_ptr<httplib::Server> HttpServer::Impl::new_server() {
  if (!settings_.certificate) return std::make_unique<httplib::Server>();
  certificate_ = std::make_unique<CurrentCertificate>(settings_.certificate);
  return tls_server(
      *certificate_, settings_.longest_handshake, [this](const std::string& peer, const std::string& why) {
        parts_.env.log.write(Log::Level::debug, "no TLS with somebody", {param("peer", peer), param("problem", why)});
      });
}

void HttpServer::Impl::configure() {
  server_.new_task_queue = [this] {
    return connection_threads(settings_.least_threads, settings_.most_threads, parts_.metrics).release();
  };
  const auto headers = security_headers(certificate_ != nullptr);
  server_.set_default_headers({headers.begin(), headers.end()});
  server_.set_keep_alive_timeout(5);
  server_.set_keep_alive_max_count(1000);
  server_.set_read_timeout(10);
  server_.set_write_timeout(30);
  server_.set_tcp_nodelay(true);
  server_.set_socket_options([](socket_t socket) {
    // Not SO_REUSEPORT, httplib's default: a second server on one address must fail, not take half of its requests.
    httplib::set_socket_opt(socket, SOL_SOCKET, SO_REUSEADDR, 1);
    // A socket in the file system gets its mode from here when it is bound: nobody else can connect, at no moment.
    ::fchmod(socket, 0600);
  });
  server_.set_payload_max_length(static_cast<std::size_t>(settings_.largest_upload));
  server_.set_pre_routing_handler([](const httplib::Request& request, httplib::Response&) {
    own(request).ranges.clear();  // not offered; a request may always be answered whole (RFC 9110, 14.2)
    return httplib::Server::HandlerResponse::Unhandled;
  });
  const auto without_body = [this](const httplib::Request& request, httplib::Response& response) {
    serve(request, response, nullptr);
  };
  const auto with_body = [this](const httplib::Request& request, httplib::Response& response,
                                const httplib::ContentReader& reader) { serve(request, response, &reader); };
  server_.Get(".*", without_body);
  server_.Options(".*", without_body);
  server_.Post(".*", with_body);
  server_.Put(".*", with_body);
  server_.Patch(".*", with_body);
  server_.Delete(".*", with_body);
  server_.set_exception_handler(
      [this](const httplib::Request& request, httplib::Response& response, std::exception_ptr problem) {
        std::string what = "unknown";
        try {
          std::rethrow_exception(problem);
        } catch (const std::exception& thrown) {
          what = thrown.what();
        }
        parts_.env.log.write(Log::Level::error, "a request failed",
                             {param("path", path_of(request)), param("problem", what)});
        response.status = 500;
      });
  server_.set_logger(
      [this](const httplib::Request& request, const httplib::Response& response) { log(request, response); });
}

void HttpServer::Impl::start() {
  thread_ = std::thread([this] { server_.listen_after_bind(); });
  server_.wait_until_ready();
}

void HttpServer::Impl::serve(const httplib::Request& request, httplib::Response& response,
                             const httplib::ContentReader* reader) {
  Trace trace;
  const auto given = request.get_header_value("X-Request-Id");
  trace.request_id = is_request_id(given) ? given : random_hex(parts_.env.random, 8);
  response.set_header("X-Request-Id", trace.request_id);
  const auto path = path_of(request);
  const CallRules rules{local_operator_, certificate_ != nullptr, settings_.proxies};
  const auto origin = origin_of(request, rules);
  trace.peer = origin.peer;
  const auto call = call_of(request, trace.request_id, rules, origin);
  if (running_.is_closing()) {
    response.set_header("Retry-After", "1");
    refuse(response, 503, error(Code::unavailable, text_key("error.unavailable")), call);
  } else if (text::lower(path.substr(0, 5)) == "/api/") {
    serve_api(call, origin, request, response, reader, trace);
  } else if (serve_watchers(request, response, reader)) {
    trace.operation = "watch";
  } else if (changes_something(request.method)) {
    refuse(response, 405, error(Code::invalid, text_key("error.wrong_method")), call);
    response.set_header("Allow", "GET, HEAD");
  } else {
    serve_site(request, response);
    trace.operation = "web";
  }
  response.user_data.set(trace_name, std::move(trace));
}

void HttpServer::Impl::serve_api(services::Call call, const Origin& origin, const httplib::Request& request,
                                 httplib::Response& response, const httplib::ContentReader* reader, Trace& trace) {
  response.set_header("Cache-Control", "no-store");
  if (changes_something(call.method) && !local_operator_ &&
      comes_from_another_site(request.get_header_value("Sec-Fetch-Site"), request.get_header_value("Origin"),
                              origin.host, origin.secure))
    return refuse(response, 403, error(Code::forbidden, text_key("error.cross_site")), call);

  if (call.method == "GET" && call.path == "/api/v1/openapi.json") {
    trace.operation = "openapi";
    response.status = 200;
    return response.set_content(api::openapi(), "application/json");
  }
  if (reader) {
    // httplib would take a form apart into memory before we see it.
    if (request.is_multipart_form_data())
      return refuse(response, 415, error(Code::invalid, text_key("error.form_not_read")), call);
    if (const auto admission = parts_.dispatcher.admit_upload(call)) {
      trace.operation = admission->operation;
      if (admission->status != 100) return send(*admission, request, response);
      if (!take_upload(*reader, call, response)) return;
    } else if (!take_body(*reader, call, response)) {
      return;
    }
  }
  if (EventStreams::is_asked(call)) {
    trace.operation = "events.stream";
    const auto opened = events_.open(call, response);
    if (opened.status == 429) response.set_header("Retry-After", std::to_string(opened.retry_after));
    if (opened.status == 429)
      return refuse(response, 429, error(Code::limited, text_key("events.too_many_streams")), call);
    if (opened.status != 200) return send(opened, request, response);
    response.status = 200;
    return;
  }
  auto reply = parts_.dispatcher.handle(call);
  trace.operation = reply.operation;
  send(std::move(reply), request, response);
}

bool HttpServer::Impl::take_body(const httplib::ContentReader& reader, services::Call& call,
                                 httplib::Response& response) {
  const auto arrival = read_body(reader, settings_.largest_body, call.body);
  if (arrival == Arrival::whole) return true;
  refuse_body(arrival, settings_.largest_body, call, response);
  return false;
}

bool HttpServer::Impl::take_upload(const httplib::ContentReader& reader, services::Call& call,
                                   httplib::Response& response) {
  auto spooled = spool_body(reader, settings_.largest_upload, parts_.env.spool);
  if (spooled.arrival == Arrival::whole) {
    call.upload = spooled.file;
    return true;
  }
  if (spooled.arrival == Arrival::disk_failed)
    parts_.env.log.write(Log::Level::error, "an upload could not be spooled",
                         {param("request", call.request_id), param("problem", spooled.problem)});
  // httplib's own limit is the same number, and it may look first.
  if (response.status == 413) spooled.arrival = Arrival::too_large;
  refuse_body(spooled.arrival, settings_.largest_upload, call, response);
  return false;
}

void HttpServer::Impl::refuse_body(Arrival arrival, std::int64_t largest, const services::Call& call,
                                   httplib::Response& response) const {
  const auto refusal = refusal_of(arrival, largest);
  refuse(response, refusal.status, refusal.error, call);
}

void HttpServer::Impl::send(services::Reply reply, const httplib::Request& request, httplib::Response& response) {
  response.status = reply.status;
  if (!reply.set_cookie.empty()) response.set_header("Set-Cookie", reply.set_cookie);
  if (reply.retry_after > 0) response.set_header("Retry-After", std::to_string(reply.retry_after));
  if (!reply.allow.empty()) response.set_header("Allow", reply.allow);
  if (!reply.file) return send_text(std::move(reply), request, response);
  const SpoolId file = *reply.file;
  const auto size = parts_.env.spool.size(file);
  if (!size) {
    response.status = 410;  // swept between the reply and now
    return;
  }
  response.set_header("Content-Disposition", content_disposition(reply.file_name));
  if (*size == 0) return response.set_content("", reply.content_type);
  stream(response, static_cast<std::size_t>(*size), reply.content_type,
         [&spool = parts_.env.spool, file](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
           const auto wanted = std::min(streamed_part, static_cast<std::int64_t>(length));
           const auto part = spool.read(file, static_cast<std::int64_t>(offset), wanted);
           return !part.empty() && sink.write(part.data(), part.size());
         });
}

void HttpServer::Impl::send_text(services::Reply reply, const httplib::Request& request, httplib::Response& response) {
  const bool understood = accepts_gzip(request.get_header_value("Accept-Encoding"));
  own(request).headers.erase("Accept-Encoding");  // httplib is not to do it once more
  if (may_be_compressed(reply.operation, reply.body.size())) {
    response.set_header("Vary", "Accept-Encoding");
    if (auto packed = understood ? compression_.gzip(reply.body) : std::nullopt) {
      response.set_header("Content-Encoding", "gzip");
      return response.set_content(std::move(*packed), reply.content_type);
    }
  }
  response.set_content(std::move(reply.body), reply.content_type);
}

void HttpServer::Impl::stream(httplib::Response& response, std::size_t bytes, const std::string& content_type,
                              httplib::ContentProvider provider) {
  running_.begin();
  // httplib calls the second function when the reply is gone, sent or not.
  response.set_content_provider(bytes, content_type, std::move(provider), [this](bool) { running_.end(); });
}

void HttpServer::Impl::refuse(httplib::Response& response, int status, const Error& error,
                              const services::Call& call) const {
  response.status = status;
  response.set_content(
      services::problem_document(error, status, parts_.catalogs.for_language(call.language), call.request_id),
      std::string(services::problem_content_type));
}

void HttpServer::Impl::serve_site(const httplib::Request& request, httplib::Response& response) {
  const auto accept = request.get_header_value("Accept");
  const auto encodings = request.get_header_value("Accept-Encoding");
  const auto etags = request.get_header_value("If-None-Match");
  const auto page = site_.get({request.path, accept, encodings, etags});
  response.status = page.status;
  if (page.status == 404) return response.set_content("Not found.\n", "text/plain; charset=utf-8");
  response.set_header("ETag", std::string(page.etag));
  response.set_header("Cache-Control", std::string(page.cache_control));
  response.set_header("Vary", "Accept-Encoding");
  if (page.gzip) response.set_header("Content-Encoding", "gzip");
  if (page.content.empty()) return;
  stream(response, page.content.size(), std::string(page.content_type),
         [content = page.content](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
           return sink.write(reinterpret_cast<const char*>(content.data()) + offset, length);
         });
}

bool HttpServer::Impl::serve_watchers(const httplib::Request& request, httplib::Response& response,
                                      const httplib::ContentReader* reader) {
  const auto plain = [&](int status, std::string text) {
    response.status = status;
    response.set_header("Cache-Control", "no-store");
    response.set_content(std::move(text), "text/plain; charset=utf-8");
    return true;
  };
  if (local_operator_ && request.method == "POST" && request.path == "/check") {
    const auto checked = parts_.check(request.get_header_value("Accept-Language"));
    response.set_header("X-Whole", checked.whole ? "yes" : "no");
    response.set_header("X-Counts-Agree", checked.counts_agree ? "yes" : "no");
    return plain(200, checked.text);
  }
  if (local_operator_ && request.method == "POST" && request.path == "/backup-made") {
    std::string note;
    const bool whole = reader && read_body(*reader, longest_note, note) == Arrival::whole;
    return whole && parts_.backup_made(note) ? plain(200, "ok\n") : plain(400, "which backup?\n");
  }
  if (changes_something(request.method)) return false;
  if (request.path == "/healthz") return plain(200, "ok\n");
  if (request.path == "/readyz") return parts_.is_ready() ? plain(200, "ready\n") : plain(503, "not ready\n");
  if (request.path == "/metrics") {
    plain(200, parts_.metrics.text(parts_.sizes()));
    response.headers.erase("Content-Type");
    response.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    return true;
  }
  return false;
}

void HttpServer::Impl::log(const httplib::Request& request, const httplib::Response& response) {
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - request.start_time_).count();
  auto copy = response.user_data;
  const Trace* found = copy.get<Trace>(trace_name);
  const Trace trace = found ? *found : Trace{};
  parts_.metrics.request(trace.operation, response.status, seconds);
  // Watchers ask every few seconds and say nothing new.
  const auto level = trace.operation == "watch" ? Log::Level::debug : Log::Level::info;
  parts_.env.log.write(
      level, "request",
      {param("method", request.method), param("path", path_of(request)), param("status", std::int64_t{response.status}),
       param("microseconds", static_cast<std::int64_t>(seconds * 1e6)), param("operation", trace.operation),
       param("request", trace.request_id), param("peer", trace.peer.empty() ? request.remote_addr : trace.peer)});
}

HttpServer::HttpServer(HttpParts parts, HttpSettings settings)
    : impl_(std::make_unique<Impl>(std::move(parts), std::move(settings))) {}
HttpServer::~HttpServer() = default;
bool HttpServer::listen(const std::string& host, int port) { return impl_->listen(host, port); }
bool HttpServer::listen_on_socket(const std::string& path) { return impl_->listen_on_socket(path); }
int HttpServer::port() const { return impl_->port(); }
void HttpServer::use(const Certificate& certificate) { impl_->use(certificate); }
void HttpServer::stop() { impl_->stop(); }

}  // namespace tw::server
