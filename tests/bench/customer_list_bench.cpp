// Customer lists and the quick search over a million rows, as the use cases answer them on a lent reader, beside bare
// SQLite asking for a page of ids and rows of the same index. The encoding and HTTP around it are measured elsewhere.
#include <cstdio>
#include <string>
#include <vector>

#include <sqlite3.h>

#include "core/text.h"
#include "services/customer_counts_store.h"
#include "services/customer_list_store.h"
#include "services/customer_search_store.h"
#include "services/customer_store.h"
#include "services/customers.h"
#include "services/items.h"
#include "services/people_store.h"
#include "support/bench.h"
#include "support/customer_data.h"
#include "support/fakes.h"

namespace tw::bench {
namespace {

using domain::access::Actor;
using domain::access::Role;
using services::Work;

constexpr std::int64_t people = 100;
constexpr std::int64_t departments = 12;  // one on top of ten, and one apart

struct Ports {
  test::FakeClock clock;
  test::SeededRandom random;
  test::FastHasher passwords;
  test::FakeDigest digest;
  test::MemorySpool spool;
  test::MemoryLog log;
  Env env{clock, random, passwords, digest, spool, log};
};

struct Company {
  std::vector<DepartmentId> departments;
  std::vector<PersonId> people;
  Actor administrator;
  Actor manager;  // of the ten, which hold nearly everything
  Actor leader;   // of one department
  Actor member;
  PersonId importer;  // owns half of all
};

Company found_company(Work& work) {
  Company company;
  const DepartmentId top = services::insert_department(work, "Sales", {});
  company.departments.push_back(top);
  for (std::int64_t i = 1; i < departments; ++i)
    company.departments.push_back(
        services::insert_department(work, "Team " + std::to_string(i), i + 1 < departments ? top : DepartmentId{}));
  const auto hire = [&](const std::string& name, Role role, DepartmentId department) {
    services::Person person;
    person.login = text::lower(name);
    person.name = name;
    person.role = role;
    person.department = department;
    person.zone = "Asia/Shanghai";
    person.language = "zh-CN";
    return services::insert_person(work, person);
  };
  for (std::int64_t i = 0; i < people; ++i)
    company.people.push_back(hire("Person " + std::to_string(i), Role::member,
                                  company.departments[static_cast<std::size_t>(1 + i % (departments - 1))]));
  const auto actor = [&](PersonId id) { return services::actor_for(work, *services::load_person(work, id)); };
  company.administrator = actor(hire("Admin", Role::administrator, {}));
  company.manager = actor(hire("Manager", Role::manager, top));
  company.leader = actor(hire("Leader", Role::manager, company.departments[3]));
  company.member = actor(company.people[7]);
  return company;
}

void fill(Work& work, const Company& company, support::CustomerMaker& maker, std::int64_t rows) {
  services::CustomerCountMoves counts;
  for (std::int64_t number = 1; number <= rows; ++number) {
    const auto made = maker.make(number);
    services::Customer customer;
    customer.name = made.name;
    customer.contact = made.contact;
    customer.phone = made.phone;
    customer.email = made.email;
    customer.city = made.city;
    customer.address = made.address;
    customer.external_key = made.external_key;
    customer.source = "bench";
    customer.score = made.score;
    const auto place = static_cast<std::size_t>(maker.random().between(0, people - 1));
    customer.owner = company.people[place];
    customer.department = company.departments[1 + place % (departments - 1)];
    customer.do_not_contact = maker.random().one_in(100);
    const CustomerId id = services::insert_customer_row(work, customer);
    services::add_search_entry(
        work, id,
        {customer.name, customer.contact, customer.phone, customer.external_key, customer.owner, customer.department});
    counts.add(customer.owner, customer.department, 1);
  }
  counts.write(work);
}

class Bench {
 public:
  explicit Bench(std::int64_t rows) : rows_(rows) {
    std::printf("%lld customers (%s names): filling…\n", static_cast<long long>(rows),
                maker_.real() ? "real" : "made-up");
    const std::string file = folder_.file("bench.db");
    const double took = seconds_of([&] {
      const auto database = db::Database::open(file, db::OpenMode::read_write);
      db::migrate(*database);
      services::DirectRunner runner(*database, ports_.env);
      runner.change(services::Lane::jobs, [&](Work& work) {
        company_ = found_company(work);
        fill(work, company_, maker_, rows);
        return true;
      });
      sqlite3_wal_checkpoint_v2(database->handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    });
    std::printf("filled in %.1f s\n", took);
    database_ = db::Database::open(file, db::OpenMode::read_only);
  }

  // One part by name, or all.
  void run(std::string_view only) {
    const auto part = [only](std::string_view name) { return only.empty() || only == name; };
    if (part("pages")) shipped_views();
    if (part("jumps")) jumps();
    if (part("filters")) filters();
    if (part("searches")) searches();
    if (part("items")) item_searches();
  }

 private:
  template <class F>
  double p95(int times, F&& body) {
    std::vector<double> samples;
    for (int i = 0; i < times; ++i) samples.push_back(seconds_of([&] { body(i); }));
    return percentile(samples, 0.95);
  }

  api::QueryCustomers::Response ask(const Actor& actor, const api::QueryCustomers::Request& request) {
    Work work(*database_, ports_.env, ports_.clock.now());
    auto answer = services::query_customers(work, actor, request);
    if (!answer) {
      std::printf("refused: %s\n", std::string(answer.error().key.view()).c_str());
      std::exit(1);
    }
    return std::move(answer).value();
  }

  double bare_page(const std::string& sql) {
    return p95(40, [&](int) { database_->prepare_once(sql).each([](db::Row row) { (void)row.text(3); }); });
  }

  void each_view(const std::function<void(const char*, const Actor&, api::CustomerView, const char*)>& body) {
    body("all, administrator", company_.administrator, api::CustomerView::all, "");
    body("own, member", company_.member, api::CustomerView::own, " WHERE c.owner = 8");
    body("department, one", company_.leader, api::CustomerView::department, " WHERE c.department = 4");
    body("department and ten below", company_.manager, api::CustomerView::department, "");
    body("all of a manager", company_.manager, api::CustomerView::all, "");
  }

  static std::string bare_sql(const char* where, const char* column, std::int64_t offset) {
    return std::string(
               "SELECT c.id, c.phone, c.city, c.name, p.name FROM customers AS c LEFT JOIN people AS p ON "
               "p.id = c.owner") +
           where + " ORDER BY c." + column + ", c.id LIMIT 50 OFFSET " + std::to_string(offset);
  }

  void shipped_views() {
    Table table("Pages of 50 with their total, p95 (40 pages on, up and down)");
    each_view([&](const char* name, const Actor& actor, api::CustomerView view, const char* where) {
      for (const auto& [sort, column] : {std::pair{"name", "name_key"}, {"changed", "changed"}, {"score", "score"}}) {
        api::QueryCustomers::Request request;
        request.query.view = view;
        request.sort = {sort, false};
        const double took = p95(80, [&](int i) {
          if (i == 40) {
            request.sort.descending = true;
            request.page.after.clear();
          }
          request.page.after = ask(actor, request).next;
        });
        table.milliseconds(std::string(name) + ", by " + sort, took, bare_page(bare_sql(where, column, 0)), 5);
      }
    });
  }

  void jumps() {
    Table table("Jumps into the middle, p95 of 20, and the page behind it");
    each_view([&](const char* name, const Actor& actor, api::CustomerView view, const char* where) {
      for (const auto& [sort, column] : {std::pair{"name", "name_key"}, {"changed", "changed"}, {"score", "score"}}) {
        api::QueryCustomers::Request request;
        request.query.view = view;
        request.sort = {sort, false};
        const std::int64_t total = ask(actor, request).total.count;
        std::string behind;
        const double took = p95(20, [&](int i) {
          request.page.offset = total / 2 + (i % 2 == 0 ? i : -i);
          behind = ask(actor, request).next;
        });
        const std::string bare = bare_sql(where, column, total / 2);
        const double bare_took =
            p95(3, [&](int) { database_->prepare_once(bare).each([](db::Row row) { (void)row.text(3); }); });
        table.milliseconds(std::string(name) + ", by " + sort, took, bare_took, 20);
        request.page.after = behind;
        table.milliseconds(std::string(name) + ", by " + sort + ", the page behind",
                           p95(20, [&](int) { request.page.after = ask(actor, request).next; }), 0, 5);
      }
    });
  }

  void filters() {
    Table table("Filters of one and two conditions with their total, p95 of 10, first page");
    struct Case {
      const char* name;
      std::vector<api::Condition> conditions;
    };
    const std::vector<Case> cases = {
        {"city (2 %)", {{"city", api::Operator::equals, "城市7", {}}}},
        {"do_not_contact (1 %)", {{"do_not_contact", api::Operator::equals, "true", {}}}},
        {"not do_not_contact (99 %)", {{"do_not_contact", api::Operator::equals, "false", {}}}},
        {"source nobody has", {{"source", api::Operator::equals, "nowhere", {}}}},
        {"address contains", {{"address", api::Operator::contains, "道777号", {}}}},
        {"score at most 3 and city",
         {{"score", api::Operator::at_most, "3", {}}, {"city", api::Operator::equals, "城市7", {}}}},
        {"score at least 50 and not number_error",
         {{"score", api::Operator::at_least, "50", {}}, {"number_error", api::Operator::equals, "false", {}}}},
        {"phone contains", {{"phone", api::Operator::contains, "8888", {}}}},
    };
    for (const auto& [who, actor] : {std::pair{"all", company_.administrator},
                                     {"manager of ten", company_.manager},
                                     {"member", company_.member}}) {
      for (const Case& filter : cases) {
        for (const char* sort : {"name", "score"}) {
          api::QueryCustomers::Request request;
          request.query.filter.conditions = filter.conditions;
          request.sort = {sort, true};
          api::Total total;
          const double took = p95(10, [&](int) { total = ask(actor, request).total; });
          table.milliseconds(std::string(who) + ": " + filter.name + ", by " + sort + ": " +
                                 std::to_string(total.count) + (total.exact ? "" : "+"),
                             took, 0, 400);
        }
      }
    }
    api::QueryCustomers::Request request;
    for (const char* sort : {"city", "created", "last_follow_up", "external_key"}) {
      request.sort = {sort, false};
      table.milliseconds(std::string("all: no filter, by ") + sort,
                         p95(5, [&](int) { ask(company_.administrator, request); }), 0, 400);
    }
  }

  // Pieces of the names as people would type them: every text occurs as often as it is in the data.
  void searches() {
    Table table("Quick search, p95 of 400 different texts");
    for (const auto& [who, actor] : {std::pair{"all", company_.administrator},
                                     {"manager of ten", company_.manager},
                                     {"one department", company_.leader},
                                     {"member", company_.member}}) {
      for (const std::size_t length : {1, 2, 3, 4, 6}) {
        api::QueryCustomers::Request request;
        std::int64_t found = 0;
        const double took = p95(400, [&](int) {
          request.query.search = length == 6 ? phone_piece(length) : name_piece(length);
          found += ask(actor, request).total.count;
        });
        const std::string what = length == 6 ? " digits of a phone" : length == 1 ? " character" : " characters";
        table.milliseconds(std::string(who) + ": " + std::to_string(length) + what + " (" +
                               std::to_string(found / 400) + " hits on average)",
                           took, 0, length == 1 ? 400 : 20);
      }
    }
  }
  // Of nobody's batch: every customer that the index knows by these words is looked at, as far as the search goes.
  void item_searches() {
    Table table("Items by name where there are none, p95 of 100 different texts");
    for (const auto& [who, actor] : {std::pair{"all", company_.administrator}, {"member", company_.member}}) {
      for (const std::size_t length : {2, 3, 4}) {
        const double took = p95(100, [&](int) {
          Work work(*database_, ports_.env, ports_.clock.now());
          if (!services::search_items(work, actor, {name_piece(length), 5})) std::exit(1);
        });
        table.milliseconds(std::string(who) + ": " + std::to_string(length) + " characters", took, 0, 50);
      }
    }
  }
  std::string name_piece(std::size_t length) {
    for (;;) {
      const std::string& name = maker_.random().pick(maker_.names());
      const std::size_t count = text::code_points(name);
      if (count < length) continue;
      std::size_t at = 0;
      for (auto skipped = maker_.random().between(0, static_cast<std::int64_t>(count - length)); skipped > 0; --skipped)
        text::next_code_point(name, at);
      return std::string(text::prefix(std::string_view(name).substr(at), length));
    }
  }
  std::string phone_piece(std::size_t length) {
    return std::to_string(maker_.random().between(13'000'000'000, 19'999'999'999)).substr(3, length);
  }

  std::int64_t rows_;
  ScratchFolder folder_;
  Ports ports_;
  support::CustomerMaker maker_;
  Company company_;
  std::unique_ptr<db::Database> database_;
};

}  // namespace
}  // namespace tw::bench

int main(int argc, char** argv) {
  std::int64_t rows = 1'000'000;
  std::string only;
  for (int i = 1; i + 1 < argc; ++i) {
    if (std::string(argv[i]) == "--rows") rows = std::atoll(argv[i + 1]);
    if (std::string(argv[i]) == "--only") only = argv[i + 1];
  }
  tw::bench::Bench(rows).run(only);
}
