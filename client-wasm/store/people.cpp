// What pickers of people know: found page by page, never all of a company at once.
#include "client/store/store.h"
#include "core/json.h"

namespace tw::store {

namespace {

constexpr std::size_t most_searches = 24;  // what was typed before is not asked for again at each letter taken back

api::PersonName name_of(const api::PersonRow& row) { return {row.person, row.name, row.department_name, row.active}; }

}  // namespace

std::string Store::key_of(const api::ListPeople::Request& request) {
  const std::string_view among = request.active.value_or(false) ? ":" : ":*:";
  return std::to_string(request.department.value).append(among) + request.search;
}

const Remote<FoundPeople>& Store::found(const std::string& key) const {
  static const Remote<FoundPeople> nothing{};
  const auto known = found_people.find(key);
  return known == found_people.end() ? nothing : known->second;
}

const api::PersonName* Store::named(PersonId id) const {
  const auto known = names_.find(id.value);
  return known == names_.end() ? nullptr : &known->second;
}

void Store::load_notifications() {
  read<api::ListNotifications>(
      {}, [this] { return &notifications; }, [](api::ListNotifications::Response reply) { return reply; });
}

void Store::load_held(PersonId id) {
  held.open(id.value);
  read<api::ViewHeld>(
      {id}, [this, id] { return held.find(id.value); }, [](api::ViewHeld::Response reply) { return reply; });
}

void Store::load_settings() {
  read<api::ViewSettings>(
      {}, [this] { return &settings; }, [](api::CompanySettings reply) { return reply; });
}

void Store::load_user_groups() {
  read<api::ListUserGroups>(
      {}, [this] { return &user_groups; },
      [this](api::ListUserGroups::Response reply) {
        for (const api::UserGroupRow& group : reply.rows)
          for (const api::PersonName& person : group.people) learn(person);
        return reply;
      });
}

std::int64_t Store::key_of(const api::PreviewCalendar::Request& request) { return hash_of(json::encode(request)); }

void Store::load_system() {
  read<api::ViewSystem>(
      {}, [this] { return &system; }, [](api::ViewSystem::Response reply) { return reply; });
}

void Store::load_audit(const std::string& address, const api::ListAudit::Request& request) {
  if (audit_address_ != address) audit.forget();
  audit_address_ = address;
  audit_request_ = request;
  read<api::ListAudit>(
      request, [this] { return &audit; }, [](api::ListAudit::Response reply) { return reply; });
}

void Store::load_more_audit() {
  if (!audit.ready() || audit.loading() || audit->next.empty()) return;
  api::ListAudit::Request request = audit_request_;
  request.after = audit->next;
  read<api::ListAudit>(
      request, [this] { return &audit; },
      [this](api::ListAudit::Response reply) {
        reply.rows.insert(reply.rows.begin(), audit->rows.begin(), audit->rows.end());
        return reply;
      });
}

void Store::load_calendars() {
  read<api::ListCalendars>(
      {}, [this] { return &calendars; }, [](api::ListCalendars::Response reply) { return reply; });
}

void Store::load_calendar(CalendarId id) {
  read<api::ViewCalendar>(
      {id}, [this, id] { return calendar.find(id.value); },
      [this](api::ViewCalendar::Response reply) {
        for (const api::CalendarUser& person : reply.row.people)
          if (!named({person.id})) learn({{person.id}, person.name, {}, true});
        return reply;
      });
}

void Store::load_statutory(int year) {
  read<api::StatutoryDays>(
      {year}, [this, year] { return statutory.find(year); }, [](api::StatutoryDays::Response reply) { return reply; });
}

void Store::read_icalendar(std::uint32_t file) {
  const std::uint32_t question = icalendar.ask();
  transport::Request request;
  request.method = api::ReadICalendar::endpoint.method;
  request.path = std::string(api::ReadICalendar::endpoint.path);
  request.file = file;
  transport_.send(std::move(request), [this, question](transport::Reply reply) {
    touch();
    auto read = json::decode<api::ReadICalendar::Response>(reply.body);
    if (reply.status == 0 || reply.status >= 300 || !read) {
      icalendar.fail(question, reply.status == 0 ? transport::unreached()
                                                 : transport::read_problem(read ? reply.status : 500, reply.body));
      return heard(&icalendar.problem);
    }
    icalendar.answer(question, std::move(*read));
    heard(nullptr);
  });
}

void Store::load_found(const api::ListPeople::Request& request) {
  const std::string key = key_of(request);
  if (found_people.size() >= most_searches && found_people.count(key) == 0) found_people.clear();
  found_people[key];
  read<api::ListPeople>(
      request,
      [this, key] {
        const auto known = found_people.find(key);
        return known == found_people.end() ? nullptr : &known->second;
      },
      [this, key, goes_on = !request.after.empty()](api::ListPeople::Response reply) {
        FoundPeople all;
        if (const auto& before = found(key); goes_on && before.ready()) all.rows = before->rows;
        for (api::PersonRow& row : reply.rows) {
          learn(name_of(row));
          all.rows.push_back(std::move(row));
        }
        all.next = std::move(reply.next);
        all.total = reply.total;
        return all;
      });
}

void Store::load_picked(const api::PickPeople::Request& request, const std::string& key) {
  picked.value.reset();
  picked_key = key;
  read<api::PickPeople>(
      request, [this] { return &picked; },
      [this](api::PickPeople::Response reply) {
        for (const api::PersonName& person : reply.rows) learn(person);
        return reply;
      });
}

void Store::load_names(const std::vector<PersonId>& wanted) {
  api::PickPeople::Request request;
  for (const PersonId one : wanted)
    if (!named(one) && names_asked_.insert(one.value).second) request.people.push_back(one);
  if (request.people.empty()) return;
  transport::call<api::PickPeople>(transport_, request, [this, epoch = epoch_](auto answer) {
    heard(answer ? nullptr : &answer.problem);
    if (epoch != epoch_) return;
    if (!answer) return;  // asked again when the connection is back
    for (const api::PersonName& person : answer->rows) learn(person);
  });
}

}  // namespace tw::store
