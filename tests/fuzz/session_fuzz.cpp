// The header Cookie, from the bytes of a request to who is signed in: read as the HTTP adapter reads it, and asked of
// the dispatcher whose session it is.
//
// In an input @A and @B stand for the cookies of two people who are signed in, @O for one that has ended, @D for that
// of somebody who was disabled, @C for Ann's CSRF token: so that an input can come near to what nobody can guess.
//
// Claims: a second, plain reader reads the same token; whoever is signed in is the one whose whole token it is, and
// nobody is by anything else; nothing that was sent comes back in a header; a change needs the CSRF token of that very
// session.
#include "api/headers.h"
#include "api/people.h"
#include "api/session.h"
#include "core/text.h"
#include "fuzz/property.h"
#include "services/sessions.h"
#include "support/test_world.h"

namespace tw::fuzz {
namespace {

class World : public test::TestWorld {
 public:
  World() {
    const auto north = add_department("North");
    ended = sign_in(add_person("Old", test::Role::member, north));
    clock.advance(days(31));
    ann = sign_in(add_person("Ann", test::Role::member, north));
    bob = sign_in(add_person("Bob", test::Role::administrator, north));
    disabled = sign_in(add_person("Dan", test::Role::member, north));
    database->prepare("UPDATE people SET active = 0 WHERE id = :person").bind(":person", disabled.person).run();
  }

  const std::string to_a_stranger = call<api::ViewSession>(test::Caller{}, {}).reply.body;
  test::Caller ann;
  test::Caller bob;
  test::Caller ended;
  test::Caller disabled;
};

World& world() {
  static World made;
  return made;
}

std::string with_tokens(std::string_view input) {
  std::string text;
  for (std::size_t at = 0; at < input.size(); ++at) {
    const char next = input[at] == '@' && at + 1 < input.size() ? input[at + 1] : '\0';
    const std::string* token = next == 'A'   ? &world().ann.cookie
                               : next == 'B' ? &world().bob.cookie
                               : next == 'O' ? &world().ended.cookie
                               : next == 'D' ? &world().disabled.cookie
                               : next == 'C' ? &world().ann.csrf
                                             : nullptr;
    if (!token) {
      text += input[at];
      continue;
    }
    text += *token;
    ++at;
  }
  return text;
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// The first pair whose name is ours, without any of the product's own functions.
std::string plainly_read(std::string_view header) {
  const std::string name = "tidewater_session=";
  for (std::size_t at = 0; at <= header.size();) {
    std::size_t end = at;
    while (end < header.size() && header[end] != ';') ++end;
    std::size_t from = at;
    std::size_t to = end;
    while (from < to && is_blank(header[from])) ++from;
    while (to > from && is_blank(header[to - 1])) --to;
    const std::string pair(header.substr(from, to - from));
    if (pair.compare(0, name.size(), name) == 0) return pair.substr(name.size());
    at = end + 1;
  }
  return {};
}

void header(std::string_view text, std::string_view csrf) {
  const std::string token = api::cookie_value(text, services::session_cookie_name);
  must(token == plainly_read(text), "another reader reads the same", text, token, plainly_read(text));

  const test::Caller* is = token == world().ann.cookie   ? &world().ann
                           : token == world().bob.cookie ? &world().bob
                                                         : nullptr;
  test::Caller caller;
  caller.cookie = token;
  caller.csrf = csrf;
  const auto seen = world().call<api::ViewSession>(caller, {});
  must(seen.status() == (is ? 200 : 401), "only the whole token of a living session signs somebody in", text,
       seen.status());
  if (is) must(seen->person == is->person, "and it is the one whose it is", text);
  must(seen.reply.set_cookie.empty(), "looking sets no cookie", seen.reply.set_cookie);
  if (!is) must(seen.reply.body == world().to_a_stranger, "what was sent does not come back", token, seen.reply.body);

  if (is && csrf == is->csrf) return;  // would sign out
  const auto left = world().call<api::SignOut>(caller, {});
  must(left.status() == (is ? 403 : 401), "a change needs the secret of that session", text, csrf, left.status());
}

}  // namespace
}  // namespace tw::fuzz

// The first line is the CSRF token, the rest the header Cookie.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tw::fuzz;
  const std::string text = with_tokens(text_of(data, size));
  const std::size_t line = std::min(text.find('\n'), text.size());
  header(std::string_view(text).substr(std::min(line + 1, text.size())), std::string_view(text).substr(0, line));
  return 0;
}
