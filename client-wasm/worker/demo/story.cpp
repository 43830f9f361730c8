#include "demo/story.h"

#include <algorithm>

#include "api/notification.h"
#include "api/people.h"
#include "core/date.h"

namespace tw::demo {

namespace {

constexpr int first_day = 64;  // a working day ninety days ago, and a little less
constexpr std::int64_t one_by_one_percent = 2;

}  // namespace

Story::Story(Office& office, const Lists& lists, std::string language, Instant now, std::int64_t customers,
             std::int64_t late_customers)
    : office_(office),
      lists_(lists),
      language_(std::move(language)),
      now_(now),
      zone_(Zone::find(company_zone).value_or(Zone())),
      today_(local_day(company_zone, now)),
      customers_(customers),
      late_{{}, customers, late_customers},
      founding_(office, lists, language_, company_),
      maker_(lists, language_, office.dice, today_),
      batches_(office, lists, language_) {
  for (std::int64_t day = today_ - 1; static_cast<int>(working_days_.size()) < first_day; --day)
    if (weekday_of(day) < 5) working_days_.push_back(day);
}

Instant Story::on(int working_day, int hour, int minute) const {
  const std::int64_t day = working_days_[static_cast<std::size_t>(working_day - 1)];
  return zone_.at_wall((day * 24 + hour) * 3'600'000 + std::int64_t{minute} * 60'000);
}

void Story::scene(Instant at, std::int64_t weight, std::function<void()> play) {
  scenes_.push_back({at, weight, std::move(play)});
}

std::vector<Scene> Story::scenes() {
  scenes_.clear();
  tell_founding();
  tell_imports();
  tell_customers();
  tell_ended();
  tell_terminated();
  tell_claimed();
  tell_overdue();
  tell_under_way();
  tell_held_by_leaver();
  tell_claiming();
  tell_working_time();
  tell_waiting();
  tell_evenings();
  std::stable_sort(scenes_.begin(), scenes_.end(), [](const Scene& a, const Scene& b) { return a.at < b.at; });
  return std::move(scenes_);
}

// --- the company and its customers
// ------------------------------------------------------------------------------------

void Story::tell_founding() {
  scene(on(first_day, 8), 110, [this] {
    const std::int64_t first = date_of(working_days_.back()).year;
    const std::int64_t last = date_of(today_).year;
    std::vector<std::int64_t> years;
    for (std::int64_t year = first; year <= last; ++year) years.push_back(year);
    founding_.found(years);
  });
  scene(on(3, 14), 5, [this] { disable(who::leaver); });
  scene(on(2, 9, 5), 2, [this] { founding_.welcome_newcomer(); });
}

void Story::tell_imports() {
  const std::int64_t one_by_one = customers_ * one_by_one_percent / 100;
  const std::int64_t in_files = customers_ - one_by_one;
  const std::int64_t second = in_files * 28 / 100;
  const std::int64_t third = in_files * 14 / 100;
  const std::int64_t first = in_files - second - third;
  scene(on(first_day, 11), first / 4, [this, first] { import(0, first); });
  scene(on(41, 10, 20), second / 4, [this, second] { import(1, second); });
  scene(on(16, 15, 40), third / 4, [this, third] { import(2, third); });
}

void Story::import(std::size_t file, std::int64_t rows) {
  const PersonId who = file == 1 ? who::second_administrator : who::administrator;
  const auto uploaded =
      office_.upload(who, lists_.company.files[file].in(language_), maker_.file(rows, company_.owners()));
  if (!uploaded) return;
  api::CheckImport::Request check;
  check.import = uploaded->import;
  check.version = uploaded->version;
  check.mapping = mapping_of_file(company_.fields);
  if (!office_.tell<api::CheckImport>(who, check)) return;
  office_.clock.advance(seconds(9));
  office_.run_operations();
  const auto checked = office_.ask<api::ViewImport>(who, {uploaded->import});
  if (!checked) return;
  if (checked->new_rows != rows) return office_.fail("the demo's own file has rows that cannot be imported");
  office_.clock.advance(minutes(2));
  if (!office_.ask<api::WriteImport>(who, {checked->import, checked->version, false})) return;
  office_.clock.advance(seconds(12));
  office_.run_operations();
}

// Somebody adds a customer, and somebody corrects what they know, on most days.
void Story::tell_customers() {
  const std::int64_t wanted = customers_ * one_by_one_percent / 100;
  const int last = first_day - 1;
  for (int day = last; day >= 1; --day) {
    const std::int64_t until = wanted * (last - day + 1) / last;
    const std::int64_t today = until - added_one_by_one_;
    added_one_by_one_ = until;
    scene(on(day, 17, 30), today + 2, [this, today] {
      for (std::int64_t i = 0; i < today; ++i) add_customer({office_.dice.between(who::executor.value, 38)});
      update_customer({office_.dice.between(who::claimer.value, 38)});
    });
  }
}

void Story::add_customer(PersonId person) {
  const MadeUpCustomer made = maker_.make();
  if (person == who::leaver) person = who::executor;
  api::AddCustomer::Request request;
  request.kind = made.kind;
  request.name = made.name;
  request.contact = made.contact;
  request.phone = made.phone;
  request.email = made.email;
  request.city = made.city;
  request.address = made.address;
  request.source = made.source;
  request.note = made.note;
  request.external_key = made.external_key;
  request.do_not_contact = made.do_not_contact;
  const std::string* values[] = {&made.level, &made.spending, &made.contract_until, &made.trade, &made.interest};
  for (std::size_t i = 0; i < company_.fields.size(); ++i)
    if (!values[i]->empty()) request.values.push_back({company_.fields[i], *values[i]});
  office_.tell<api::AddCustomer>(person, request);
  office_.clock.advance(minutes(1));
}

void Story::update_customer(PersonId person) {
  api::QueryCustomers::Request query;
  query.page.offset = office_.dice.between(0, 60);
  query.page.limit = 1;
  const auto page = office_.ask<api::QueryCustomers>(person, query);
  if (!page || page->rows.empty()) return;
  api::UpdateCustomer::Request request;
  request.customer = page->rows[0].customer;
  request.version = page->rows[0].version;
  if (office_.dice.chance(50))
    request.note = office_.dice.pick(lists_.notes.customer).in(language_);
  else
    request.values.push_back({company_.fields[0], office_.dice.pick(lists_.company.levels).in(language_)});
  office_.tell<api::UpdateCustomer>(person, request);
  office_.clock.advance(minutes(1));
}

void Story::disable(PersonId person) {
  const auto row = office_.ask<api::ViewPerson>(who::administrator, {person});
  if (!row) return;
  api::SetPersonActive::Request request;
  request.person = person;
  request.version = row->version;
  office_.tell<api::SetPersonActive>(who::administrator, request);
  office_.run_operations();
}

// --- batches that are over
// --------------------------------------------------------------------------------------------

void Story::work_days(Subject subject, int from, int to, int hour, const Effort& effort, const Review& review) {
  for (int day = from; day >= to; --day)
    scene(on(day, hour), effort.items * 14, [this, subject, effort, review] {
      batches_.work_all(subject, effort);
      batches_.review(subject, review);
    });
}

void Story::tell_ended() {
  scene(on(60, 9, 30), 6, [this] {
    api::CreateBatch::Request request;
    request.executors = people_from(who::executor, 6);
    request.limit = 15;
    batches_.create(Subject::ended, who::east, request);
    batches_.add_some(Subject::ended, 80);
    batches_.allocate(Subject::ended);
  });
  work_days(Subject::ended, 59, 55, 10, {.items = 3, .complete = 45}, {});
  scene(on(46, 16), 3, [this] { batches_.end(Subject::ended); });
}

void Story::tell_terminated() {
  scene(on(52, 9, 30), 6, [this] {
    api::CreateBatch::Request request;
    request.executors = people_from(who::claimer, 6);
    request.limit = 10;
    batches_.create(Subject::terminated, who::south, request);
    batches_.add_some(Subject::terminated, 60);
    batches_.allocate(Subject::terminated);
  });
  work_days(Subject::terminated, 51, 50, 11, {.items = 3, .complete = 30}, {.confirm = 50});
  scene(on(47, 15, 30), 3, [this] { batches_.terminate(Subject::terminated, lists_.notes.terminate[0]); });

  scene(on(34, 9, 30), 6, [this] {
    api::CreateBatch::Request request;
    request.executors = people_from({who::caller.value + 8}, 3);
    request.needs_confirmation = false;
    batches_.create(Subject::terminated_late, who::service, request);
    batches_.add_some(Subject::terminated_late, 45);
    batches_.allocate(Subject::terminated_late);
  });
  work_days(Subject::terminated_late, 33, 32, 14, {.items = 4, .complete = 60}, {});
  scene(on(13, 10), 3, [this] { batches_.terminate(Subject::terminated_late, lists_.notes.terminate[1]); });
}

void Story::tell_claimed() {
  scene(on(44, 9, 30), 6, [this] {
    api::CreateBatch::Request request;
    request.executors = people_from(who::caller, 8);
    request.claim_open = true;
    request.limit = 20;
    batches_.create(Subject::ended_claimed, who::telesales, request);
    batches_.add_some(Subject::ended_claimed, 70);
  });
  for (int day = 43; day >= 41; --day)
    scene(on(day, 9, 40), 60, [this] {
      for (const PersonId person : people_from(who::caller, 8)) {
        batches_.claim(Subject::ended_claimed, person, 3);
        batches_.work(Subject::ended_claimed, person, {.items = 3, .complete = 55});
      }
      batches_.review(Subject::ended_claimed, {.confirm = 90, .send_back = 4});
    });
  scene(on(36, 12), 3, [this] { batches_.open_claiming(Subject::ended_claimed, false); });
  scene(on(30, 16, 30), 3, [this] { batches_.end(Subject::ended_claimed); });
}

// Every evening the recall has run anyway; now and then people read what they were told.
void Story::tell_evenings() {
  for (const int day : {38, 6}) {
    scene(on(day, 18, 30), people_count, [this] {
      for (const CastMember& member : cast())
        office_.tell<api::ReadNotifications>(member.person, api::ReadNotifications::Request{});
    });
  }
}

}  // namespace tw::demo
