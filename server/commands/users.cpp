// user add | passwd | list. A password is set the way the web client does it: by an invitation that is accepted at
// once.
#include <iostream>

#include <termios.h>
#include <unistd.h>

#include "api/people.h"
#include "api/session.h"
#include "core/text.h"
#include "server/commands/commands.h"

namespace tw::server {
namespace {

// Typed characters are not shown while this lives, when standard input is a terminal.
class NoEcho {
 public:
  explicit NoEcho(bool wanted) : on_(wanted && ::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!on_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  ~NoEcho() {
    if (on_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  NoEcho(const NoEcho&) = delete;
  NoEcho& operator=(const NoEcho&) = delete;

 private:
  termios before_{};
  bool on_;
};

void say(Streams& streams, const Message& problem) { streams.err << streams.words(problem) << "\n"; }

Message role_of(const api::PersonRow& person) {
  return said("users.role", {param("role", std::string(wire_name(person.role)))});
}

Message state_of(const api::PersonRow& person) {
  if (!person.active) return said("users.disabled");
  return person.has_password ? said("users.active") : said("users.invited");
}

// One line; at a terminal typed twice.
std::optional<std::string> read_password(Streams& streams) {
  const bool typed = &streams.in == &std::cin && ::isatty(STDIN_FILENO);
  const NoEcho quiet(typed);
  std::string password;
  if (typed) streams.err << streams.words(said("users.password")) << std::flush;
  if (!std::getline(streams.in, password)) {
    say(streams, said("users.no_password"));
    return std::nullopt;
  }
  if (!password.empty() && password.back() == '\r') password.pop_back();
  if (!typed) return password;
  std::string again;
  streams.err << "\n" << streams.words(said("users.again")) << std::flush;
  std::getline(streams.in, again);
  streams.err << "\n";
  if (again == password) return password;
  say(streams, said("users.two_differ"));
  return std::nullopt;
}

// Sets the password; the local operator gets no session of that person.
int accept(Door& door, const std::string& invitation, const std::string& password, Streams& streams) {
  const auto accepted = call<api::AcceptInvitation>(door, {invitation, password});
  if (!accepted) {
    streams.err << accepted.problem(streams.words) << "\n";
    return 1;
  }
  return 0;
}

// Calls `visit` with everybody whose name or login contains `search`; false when the list was refused.
template <class F>
bool each_person(Door& door, const std::string& search, Streams& streams, F&& visit) {
  api::ListPeople::Request request;
  request.search = search;
  request.limit = 500;
  do {
    const auto page = call<api::ListPeople>(door, request);
    if (!page) {
      streams.err << page.problem(streams.words) << "\n";
      return false;
    }
    for (const auto& row : page->rows) visit(row);
    request.after = page->next;
  } while (!request.after.empty());
  return true;
}

}  // namespace

int add_user(Door& door, const Options& options, Streams& streams) {
  const auto password = read_password(streams);
  if (!password) return 2;
  api::AddPerson::Request request;
  request.login = options.name;
  request.name = options.name;
  request.role = options.role;
  const auto added = call<api::AddPerson>(door, request);
  if (!added) {
    streams.err << added.problem(streams.words) << "\n";
    return 1;
  }
  if (const int code = accept(door, added->invitation, *password, streams)) {
    say(streams, said("users.without_password", {param("name", options.name)}));
    return code;
  }
  streams.out << streams.words(said("users.can_sign_in", {param("name", options.name)})) << "\n";
  return 0;
}

int set_password(Door& door, const Options& options, Streams& streams) {
  std::optional<api::PersonRow> person;
  const std::string login = text::lower(options.name);
  if (!each_person(door, options.name, streams, [&](const api::PersonRow& row) {
        if (text::lower(row.login) == login) person = row;
      }))
    return 1;
  if (!person) {
    say(streams, said("users.nobody", {param("login", options.name)}));
    return 1;
  }
  const auto password = read_password(streams);
  if (!password) return 2;
  const auto reset = call<api::ResetPassword>(door, {person->person});
  if (!reset) {
    streams.err << reset.problem(streams.words) << "\n";
    return 1;
  }
  if (const int code = accept(door, reset->invitation, *password, streams)) return code;
  streams.out << streams.words(said("users.has_new_password", {param("login", person->login)})) << "\n";
  return 0;
}

int list_users(Door& door, const Options& options, Streams& streams) {
  std::vector<api::PersonRow> people;
  if (!each_person(door, {}, streams, [&](const api::PersonRow& row) { people.push_back(row); })) return 1;
  if (options.json) {
    json::Writer writer;
    json::put(writer, people);
    streams.out << writer.take() << "\n";
    return 0;
  }
  for (const auto& person : people)
    streams.out << person.login << "\t" << person.name << "\t" << streams.words(role_of(person)) << "\t"
                << (person.department_name.empty() ? "-" : person.department_name) << "\t"
                << streams.words(state_of(person)) << "\n";
  return 0;
}

}  // namespace tw::server
