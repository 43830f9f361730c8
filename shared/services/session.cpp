#include "services/session.h"

#include "core/zone.h"
#include "services/audit.h"
#include "services/people_store.h"
#include "services/person_rules.h"
#include "services/sessions.h"
#include "services/sign_in_limit.h"

namespace tw::services {

using api::AuditFact;
using api::AuditKind;
using domain::access::Permission;
using domain::access::Role;

namespace {

constexpr Millis set_up_token_life = days(30);
constexpr Millis clock_span = days(10 * 365);  // how far a page knows the clocks of its person, both ways

std::vector<api::ClockStep> clock_of(const std::string& zone, Instant now) {
  std::vector<api::ClockStep> steps;
  for (const ClockChange& change : Zone::find(zone).value_or(Zone{}).changes(now - clock_span, now + clock_span))
    steps.push_back({change.at, change.offset});
  return steps;
}

// The device's zone; one that this server's table does not have keeps nobody out.
void take_zone(Person& person, const std::string& zone) {
  if (Zone::find(zone)) person.zone = zone;
}

api::SessionPerson session_person(Work& work, const Person& person, std::string csrf) {
  api::SessionPerson answer;
  answer.person = person.person;
  answer.login = person.login;
  answer.name = person.name;
  answer.role = person.role;
  answer.scope = domain::access::scope_of(person.role);
  answer.department = person.department;
  answer.department_name = department_name_of(work, person.department);
  answer.language = person.language;
  answer.zone = person.zone;
  answer.clock = clock_of(person.zone, work.now);
  const auto actor = actor_for(work, person);
  for (const auto& row : wire_names(Permission{}))
    if (actor.holds(row.value)) answer.permissions.push_back(row.value);
  answer.csrf = std::move(csrf);
  return answer;
}

Error wrong_login() { return error(Code::unauthenticated, text_key("session.wrong_login")); }
Error invitation_is_void() { return error(Code::gone, text_key("session.invitation_is_void")); }
Error needs_person() { return error(Code::forbidden, text_key("session.needs_person")); }

Error busy(Phases& phases) {
  phases.reply.retry_after = 1;
  return error(Code::unavailable, text_key("error.unavailable"));
}

// Signs the person in inside `work`: a new session, its cookie, and the end of the one that the browser had.
api::SessionPerson begin_session(Work& work, Phases& phases, const Person& person) {
  if (!phases.call.session_cookie.empty()) {
    const std::string old_digest = token_digest(work.env, phases.call.session_cookie);
    if (const auto old = session_by_digest(work, old_digest)) delete_session(work, old->session);
  }
  const NewSession session = open_session(work, person.person, phases.call.peer);
  phases.reply.set_cookie = session_cookie(session.token, phases.call.secure);
  audit(work, person.person, AuditKind::signed_in);
  return session_person(work, person, session.csrf);
}

}  // namespace

std::optional<std::string> new_set_up_token(Work& work) {
  if (has_people(work)) return {};
  delete_tokens(work, TokenPurpose::set_up, {});
  std::string token = new_token(work.env.random);
  const std::string digest = token_digest(work.env, token);
  insert_token(work, TokenPurpose::set_up, {}, digest, work.now + set_up_token_life);
  return token;
}

Result<api::ViewCapabilities::Response> view_capabilities(Phases& phases, const Actor* actor,
                                                          const api::ViewCapabilities::Request&) {
  api::ViewCapabilities::Response answer;
  answer.product = "Tidewater";
  answer.version = phases.product.version;
  answer.offline = phases.product.offline;
  answer.unavailable = phases.unavailable;
  phases.runner.read([&](Work& work) {
    answer.needs_setup = !has_people(work);
    if (!actor || !actor->person) return;
    if (const auto person = load_person(work, actor->person))
      answer.session = session_person(work, *person, csrf_of(work, actor->session));
  });
  return answer;
}

Result<api::SessionPerson> set_up(Phases& phases, const Actor*, const api::SetUp::Request& request) {
  if (auto refused = check_login("login", request.login)) return *refused;
  if (auto refused = check_name("name", request.name)) return *refused;
  if (auto refused = check_language("language", request.language)) return *refused;

  const std::string digest = token_digest(phases.env, request.token);
  const auto may = [&](Work& work) -> Refusal {
    if (has_people(work)) return error(Code::gone, text_key("session.already_set_up"));
    if (!token_by_digest(work, TokenPurpose::set_up, digest))
      return error(Code::forbidden, text_key("session.wrong_set_up_token"));
    return {};
  };
  Refusal refused;
  phases.runner.read([&](Work& work) { refused = may(work); });
  if (refused) return *refused;

  const auto hash = phases.env.passwords.hash(request.password);
  if (!hash) return busy(phases);

  std::optional<api::SessionPerson> answer;
  phases.runner.change(Lane::people, [&](Work& work) {
    refused = may(work);
    if (refused) return false;
    Person person;
    person.login = request.login;
    person.name = request.name;
    person.role = Role::administrator;
    person.language = request.language;
    person.zone = Actor{}.zone;
    take_zone(person, request.zone);
    person.person = insert_person(work, person);
    set_password_hash(work, person.person, hash);
    delete_tokens(work, TokenPurpose::set_up, {});
    work.emit(EventKind::person_changed, person.person.value);
    audit(work, person.person, AuditKind::person_added,
          AuditFacts().id(AuditFact::person, person.person).named(AuditFact::role, person.role));
    answer = begin_session(work, phases, person);
    return true;
  });
  if (refused) return *refused;
  return *answer;
}

Result<api::SessionPerson> sign_in(Phases& phases, const Actor*, const api::SignIn::Request& request) {
  const SignInLimit limit(request.login, phases.call.peer);
  std::optional<Millis> closed_for;
  std::optional<Person> person;
  std::optional<std::string> stored;
  phases.runner.change(Lane::people, [&](Work& work) {
    closed_for = limit.begin(work);
    if (closed_for) return false;
    person = person_by_login(work, request.login);
    if (person && person->active) stored = password_hash_of(work, person->person);
    return true;
  });
  if (closed_for) return too_many_attempts(*closed_for, phases.reply.retry_after);

  auto verdict = PasswordHasher::Verdict::mismatch;
  if (stored) {
    verdict = phases.env.passwords.verify(request.password, *stored);
  } else if (!phases.env.passwords.hash(request.password)) {
    // Nobody to verify against: hashing takes as long, so that the time does not tell which logins exist.
    verdict = PasswordHasher::Verdict::busy;
  }
  if (verdict == PasswordHasher::Verdict::busy) {
    phases.runner.change(Lane::people, [&](Work& work) {
      limit.take_back(work);
      return true;
    });
    return busy(phases);
  }
  const auto refuse = [&] {
    // Not what was typed as a login: it may be a password.
    phases.runner.change(Lane::people, [&](Work& work) {
      audit_refusal(work, person ? person->person : PersonId{},
                    person ? AuditKind::sign_in_refused : AuditKind::unknown_login_refused);
      return true;
    });
    return wrong_login();
  };
  if (verdict == PasswordHasher::Verdict::mismatch) return refuse();

  std::optional<api::SessionPerson> answer;
  phases.runner.change(Lane::people, [&](Work& work) {
    // Disabled, or given another password, while we were hashing?
    const auto now = load_person(work, person->person);
    if (!now || !now->active || password_hash_of(work, now->person) != stored) return false;
    limit.succeed(work);
    answer = begin_session(work, phases, *now);
    return true;
  });
  if (!answer) return refuse();
  return *answer;
}

Result<Done> sign_out(Phases& phases, const Actor* actor, const api::SignOut::Request&) {
  if (!actor->session) return needs_person();
  phases.runner.change(Lane::people, [&](Work& work) {
    delete_session(work, actor->session);
    audit(work, actor->person, AuditKind::signed_out);
    return true;
  });
  phases.reply.set_cookie = expired_session_cookie(phases.call.secure);
  return Done{};
}

Result<api::SessionPerson> view_session(Work& work, const Actor& actor, const api::ViewSession::Request&) {
  const auto person = load_person(work, actor.person);
  if (!person) return needs_person();
  return session_person(work, *person, csrf_of(work, actor.session));
}

Result<api::SessionPerson> update_session(Work& work, const Actor& actor, const api::UpdateSession::Request& request) {
  auto person = load_person(work, actor.person);
  if (!person) return needs_person();
  if (request.language) {
    if (auto refused = check_language("language", *request.language)) return *refused;
    person->language = *request.language;
  }
  if (request.zone) {
    if (auto refused = check_zone("zone", *request.zone)) return *refused;
    person->zone = *request.zone;
  }
  update_person(work, *person);  // the version is this very Work's own
  work.emit(EventKind::person_changed, person->person.value);
  return session_person(work, *person, csrf_of(work, actor.session));
}

Result<Done> change_password(Phases& phases, const Actor* actor, const api::ChangePassword::Request& request) {
  std::optional<Person> person;
  phases.runner.read([&](Work& work) { person = load_person(work, actor->person); });
  if (!person) return needs_person();

  // A stolen session must not serve for guessing the password either.
  const SignInLimit limit(person->login, phases.call.peer);
  std::optional<Millis> closed_for;
  std::optional<std::string> stored;
  phases.runner.change(Lane::people, [&](Work& work) {
    closed_for = limit.begin(work);
    stored = password_hash_of(work, person->person);
    return !closed_for;
  });
  if (closed_for) return too_many_attempts(*closed_for, phases.reply.retry_after);

  const auto verdict =
      stored ? phases.env.passwords.verify(request.current, *stored) : PasswordHasher::Verdict::mismatch;
  if (verdict == PasswordHasher::Verdict::mismatch) {
    phases.runner.change(Lane::people, [&](Work& work) {
      audit_refusal(work, person->person, AuditKind::password_refused);
      return true;
    });
    return field_error("current", text_key("session.wrong_password"));
  }
  const auto hash = verdict == PasswordHasher::Verdict::match ? phases.env.passwords.hash(request.password)
                                                              : std::optional<std::string>();
  bool changed = false;
  phases.runner.change(Lane::people, [&](Work& work) {
    if (!hash) {
      limit.take_back(work);
      return true;
    }
    if (password_hash_of(work, person->person) != stored) return false;
    limit.succeed(work);
    set_password_hash(work, person->person, hash);
    delete_tokens(work, TokenPurpose::invitation, person->person);
    delete_sessions_of(work, person->person, actor->session);
    audit(work, person->person, AuditKind::password_changed);
    changed = true;
    return true;
  });
  if (!hash) return busy(phases);
  if (!changed) return error(Code::conflict, text_key("error.conflict"));
  return Done{};
}

Result<api::ViewInvitation::Response> view_invitation(Work& work, const Actor&,
                                                      const api::ViewInvitation::Request& request) {
  const std::string digest = token_digest(work.env, request.token);
  const auto token = token_by_digest(work, TokenPurpose::invitation, digest);
  const auto person = token ? load_person(work, token->person) : std::nullopt;
  if (!person || !person->active) return invitation_is_void();
  api::ViewInvitation::Response answer;
  answer.login = person->login;
  answer.name = person->name;
  return answer;
}

Result<api::SessionPerson> accept_invitation(Phases& phases, const Actor*,
                                             const api::AcceptInvitation::Request& request) {
  const std::string digest = token_digest(phases.env, request.token);
  const auto invited = [&](Work& work) {
    const auto token = token_by_digest(work, TokenPurpose::invitation, digest);
    auto person = token ? load_person(work, token->person) : std::nullopt;
    if (person && !person->active) person.reset();
    return person;
  };
  std::optional<Person> person;
  phases.runner.read([&](Work& work) { person = invited(work); });
  if (!person) return invitation_is_void();

  const auto hash = phases.env.passwords.hash(request.password);
  if (!hash) return busy(phases);

  std::optional<api::SessionPerson> answer;
  phases.runner.change(Lane::people, [&](Work& work) {
    person = invited(work);
    if (!person) return false;
    take_zone(*person, request.zone);
    update_person(work, *person);  // the version is this very Work's own
    set_password_hash(work, person->person, hash);
    delete_tokens(work, TokenPurpose::invitation, person->person);
    delete_sessions_of(work, person->person);
    work.emit(EventKind::person_changed, person->person.value);
    audit(work, phases.call.local_operator ? PersonId{} : person->person, AuditKind::invitation_accepted,
          AuditFacts().id(AuditFact::person, person->person));
    // The command line sets passwords for others: it needs no session of theirs.
    answer = phases.call.local_operator ? session_person(work, *person, {}) : begin_session(work, phases, *person);
    return true;
  });
  if (!answer) return invitation_is_void();
  return *answer;
}

}  // namespace tw::services
