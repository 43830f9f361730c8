#include "server/program.h"

#include <filesystem>
#include <ostream>

#include "api/openapi.h"
#include "server/commands/commands.h"
#include "server/database_check.h"
#include "server/words/reasons.h"

namespace tw::server {
namespace {

std::string address_of(const std::string& host, int port, bool tls) {
  // What a browser on this machine can open.
  std::string shown = host;
  if (host == "0.0.0.0") shown = "127.0.0.1";
  if (host == "::") shown = "::1";
  if (shown.find(':') != std::string::npos) shown = "[" + shown + "]";
  return (tls ? "https://" : "http://") + shown + ":" + std::to_string(port);
}

}  // namespace

Program::Program(Streams streams, std::string version) : streams_(std::move(streams)), version_(std::move(version)) {}

Program::~Program() { close(); }

std::optional<int> Program::parse(const std::vector<std::string>& arguments, const Environment& environment) {
  auto parsed = server::parse(arguments, environment);
  streams_.words = Words(parsed.language);
  if (!parsed.options) {
    streams_.err << lines_of(parsed.problems, streams_.words) << streams_.words(said("options.see_help")) << "\n";
    return 2;
  }
  options_ = std::move(*parsed.options);
  if (options_.command == Command::help) {
    streams_.out << help_text(options_.help_on, streams_.words);
    return 0;
  }
  return std::nullopt;
}

int Program::run() {
  try {
    return run_command();
  } catch (const std::exception& problem) {
    streams_.err << streams_.words(told(problem)) << "\n";
    return 1;
  }
}

int Program::run_command() {
  log_ = std::make_unique<StreamLog>(clock_, options_.log, streams_.log, Log::Level::error);
  // What programs read is the same in every language.
  const std::string language(options_.json ? Words("en").language() : streams_.words.language());
  const auto door = [&] { return open_door(Folder(options_.data), clock_, *log_, version_, language); };
  switch (options_.command) {
    case Command::user_add:
      return add_user(*door(), options_, streams_);
    case Command::user_passwd:
      return set_password(*door(), options_, streams_);
    case Command::user_list:
      return list_users(*door(), options_, streams_);
    case Command::import_customers:
      return import_customers(*door(), options_, streams_);
    case Command::check:
      return check_folder(options_, version_, streams_, clock_, *log_);
    case Command::backup:
      return backup_database(options_, streams_, clock_, *log_);
    case Command::restore:
      return restore_database(options_, streams_, clock_, *log_);
    case Command::upgrade:
      return upgrade_database(options_, streams_, clock_, *log_);
    case Command::doctor:
      return see_doctor(options_, streams_, clock_, *log_);
    case Command::config_check:
      return check_configuration(options_, streams_, clock_);
    case Command::audit_verify:
      return verify_audit(options_, streams_, clock_, *log_);
    case Command::openapi:
      streams_.out << api::openapi();
      return 0;
    case Command::permissions:
      return print_permissions(streams_.out);
    case Command::schema:
      return print_schema(streams_.out);
    case Command::transitions:
      return print_transitions(streams_.out);
    case Command::version:
      streams_.out << "tidewater " << version_ << "\n";
      return 0;
    case Command::serve:
    case Command::help:
      break;
  }
  return 2;
}

bool Program::start() {
  try {
    log_ = std::make_unique<StreamLog>(clock_, options_.log, streams_.log,
                                       options_.verbose ? Log::Level::debug : Log::Level::info);
    for (const auto& variable : options_.not_settings)
      log_->write(Log::Level::warning, "a variable names no setting", {param("variable", variable)});
    HttpSettings settings;
    settings.proxies = options_.proxies;
    if (serves_tls()) {
      const auto certificate = checked_certificate();
      if (!certificate.context) throw Refused(certificate.problem);
      settings.certificate = certificate.context;
    }
    Folder folder(options_.data);
    if (!folder.lock()) {
      say(said("start.folder_is_taken", {param("folder", folder.path().string())}));
      return false;
    }
    const std::string socket = folder.socket();
    BackupPlan plan;
    plan.folder = options_.backups;
    plan.hours = options_.backup_hours;
    plan.retention = {options_.keep_daily, options_.keep_weekly};
    backend_ = std::make_unique<Backend>(std::move(folder), clock_, *log_, version_, std::move(plan));
    HttpParts parts{backend_->dispatcher(),
                    backend_->env(),
                    backend_->catalogs(),
                    backend_->metrics(),
                    backend_->bell(),
                    [this] { return backend_->is_ready(); },
                    [this] { return backend_->sizes(); },
                    [this](std::string_view language) { return backend_->check(language); },
                    [this](std::string_view note) { return backend_->backup_made(note); }};
    http_ = std::make_unique<HttpServer>(parts, settings);
    if (!http_->listen(options_.host, options_.port)) {
      say(said("start.cannot_listen", {param("host", options_.host), param("port", std::int64_t{options_.port})}));
      close();
      return false;
    }
    HttpSettings few;
    few.least_threads = 1;
    few.most_threads = 8;
    control_ = std::make_unique<HttpServer>(parts, few);
    std::filesystem::remove(backend_->folder().path() /
                            "control.sock");  // of a server that was killed; we hold the lock
    if (!control_->listen_on_socket(socket))
      throw Refused(said("start.cannot_make_socket", {param("folder", backend_->folder().path().string())}));
    backend_->start_jobs();

    const auto address = address_of(options_.host, http_->port(), serves_tls());
    const auto& words = streams_.words;
    std::string greeting = words(said("start.serves", {param("version", version_), param("address", address)})) + "\n";
    if (const auto token = backend_->new_set_up_token())
      greeting += words(said("start.nobody_yet")) + "\n" + address + "/setup#" + *token + "\n";
    streams_.out << greeting << std::flush;
    log_->write(Log::Level::info, "started", {param("address", address), param("version", version_)});
    return true;
  } catch (const std::exception& problem) {
    say(said("start.cannot").with("problem", told(problem)));
    close();
    return false;
  }
}

void Program::say(const Message& problem) { streams_.err << streams_.words(problem) << "\n"; }

void Program::close() {
  if (!backend_) return;
  if (log_) log_->write(Log::Level::info, "stopping", {});
  if (http_) http_->stop();
  if (control_) {
    control_->stop();
    std::error_code ignored;
    std::filesystem::remove(backend_->folder().path() / "control.sock", ignored);
  }
  backend_->stop();
  http_.reset();
  control_.reset();
  backend_.reset();
  if (log_) log_->write(Log::Level::info, "stopped", {});
}

Certificate Program::checked_certificate() {
  auto certificate = read_certificate({options_.certificate, options_.key});
  if (!certificate.context) return certificate;
  const bool valid = certificate.is_valid(clock_.now());
  log_->write(valid ? Log::Level::info : Log::Level::warning,
              valid ? "certificate read" : "the certificate is not valid now",
              {param("names", certificate.names), param("from", as_utc_text(certificate.valid_from)),
               param("until", as_utc_text(certificate.valid_until))});
  return certificate;
}

void Program::reload() {
  if (!http_ || !serves_tls()) return log_->write(Log::Level::info, "nothing to read anew: no certificate is used", {});
  const auto certificate = checked_certificate();
  if (certificate.context) return http_->use(certificate);
  log_->write(Log::Level::error, "the certificate stays as it is: the new one cannot be used",
              {param("problem", Words("en")(certificate.problem))});
}

int Program::port() const { return http_ ? http_->port() : 0; }

}  // namespace tw::server
