#include "made_world.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "core/date.h"
#include "core/zone.h"
#include "services/long_operation.h"

namespace tw::demo {

namespace {

std::unique_ptr<db::Database> migrated() {
  auto database = db::Database::open(":memory:", db::OpenMode::in_memory);
  db::migrate(*database);
  return database;
}

Catalog shipped(const std::string& language) {
  std::ifstream file("assets/i18n/" + language + ".json", std::ios::binary);
  const std::string json((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  auto catalog = Catalog::read(language, json);
  if (!catalog) throw std::runtime_error("assets/i18n/" + language + ".json cannot be read from here");
  return std::move(catalog).value();
}

std::uint64_t next_seed() {
  static std::uint64_t seed = 0;
  return ++seed;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A plan's snapshot is a hash of instants among others: it moves with them, and says no more than they do.
constexpr std::string_view hash_key = "\"snapshot\":\"";

// Instants (thirteen digits; nothing else in the database looks like one) and dates, as distances from now.
std::string as_distances(std::string_view cell, Instant now) {
  if (cell.size() < 10) return std::string(cell);
  std::string out;
  const std::int64_t today = local_day("Asia/Shanghai", now);
  std::size_t copied = 0;  // up to here
  const auto replace = [&](std::size_t from, std::size_t to, std::string_view what, std::int64_t distance) {
    out += cell.substr(copied, from - copied);
    out += what;
    out += std::to_string(distance);
    copied = to;
  };
  const std::size_t snapshot = cell.find(hash_key);
  if (snapshot != std::string_view::npos) {
    out += cell.substr(0, snapshot);
    copied = std::min(cell.size(), cell.find('"', snapshot + hash_key.size()));
  }
  for (std::size_t at = copied; at < cell.size();) {
    std::size_t end = at;
    while (end < cell.size() && is_digit(cell[end])) ++end;
    if (end - at == 13) {
      replace(at, end, "now", std::stoll(std::string(cell.substr(at, 13))) - now.ms);
    } else if (const auto day = end - at == 4 ? read_day(cell.substr(at, 10)) : std::nullopt) {
      end = at + 10;
      replace(at, end, "today", *day - today);
    }
    at = end == at ? at + 1 : end;
  }
  out += cell.substr(copied);
  return out;
}

}  // namespace

MadeWorld::MadeWorld(WorldOptions options, Instant now)
    : random(next_seed()),
      database(migrated()),
      runner(*database, env),
      dispatcher(runner, env, catalogs, {"demo", true}) {
  catalogs.add(shipped("zh-CN"));
  catalogs.add(shipped("en"));
  services::register_all(dispatcher);
  clock.set(now);
  world = std::make_unique<DemoWorld>(*database, env, catalogs, std::move(options));
}

std::string MadeWorld::make(std::vector<Progress>* progress) {
  bool more = true;
  while (more) {
    more = world->step();
    if (progress) progress->push_back(world->progress());
  }
  if (!world->problem().empty()) return world->problem();
  return world->done() ? std::string() : "not done";
}

void MadeWorld::let_the_late_file_arrive() {
  runner.change(services::Lane::people, [this](services::Work& work) {
    set_late_import(work, world->late());
    return true;
  });
  class NoHurry final : public services::StepBudget {
   public:
    bool used_up() override { return false; }
  } budget;
  services::OperationRunner operations(runner, env);
  while (go_on_with_late_file(runner, dispatcher, env))
    while (operations.run_one_step(budget)) {}
}

TheWorld& the_world() {
  static const std::unique_ptr<TheWorld> world = [] {
    auto made = std::make_unique<TheWorld>();
    made->problem = made->made.make(&made->progress);
    made->content = made->made.content(false);
    made->moved = made->made.content(true);
    made->made.let_the_late_file_arrive();
    return made;
  }();
  return *world;
}

test::Caller MadeWorld::act(PersonId person) {
  const auto session = act_as(runner, person);
  EXPECT_TRUE(session);
  return session ? test::Caller{person, session->token, session->csrf} : test::Caller{};
}

std::string MadeWorld::content(bool moved) {
  const std::int64_t today = local_day("Asia/Shanghai", clock.now());
  const auto tables =
      database->prepare_once("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all([](db::Row row) {
        return row.string(0);
      });
  std::string content;
  for (const std::string& table : tables) {
    // Holidays do not move with today; what the search index packs is made of the rows that are compared.
    if (moved && (table == "calendar_days" || table.rfind("customer_search", 0) == 0)) continue;
    std::string columns;
    auto names = database->prepare_once("SELECT name FROM pragma_table_info('" + table + "')").all([](db::Row row) {
      return row.string(0);
    });
    // Hashes are of times, too.
    if (moved && table == "audit_entries")
      names.erase(std::remove_if(names.begin(), names.end(),
                                 [](const std::string& name) { return name == "hash" || name == "previous"; }),
                  names.end());
    for (const std::string& name : names) columns += (columns.empty() ? "" : ", ") + ("quote(\"" + name + "\")");
    content += "# " + table + "\n";
    std::vector<std::string> lines;
    database->prepare_once("SELECT " + columns + " FROM \"" + table + "\"").each([&](db::Row row) {
      std::string line;
      for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string_view cell = row.text(static_cast<int>(i));
        if (moved && table == "person_days" && names[i] == "day")
          line += std::to_string(std::stoll(std::string(cell)) - today);
        else
          line += moved ? as_distances(cell, clock.now()) : std::string(cell);
        line += '|';
      }
      lines.push_back(std::move(line));
    });
    std::sort(lines.begin(), lines.end());
    for (const std::string& line : lines) content += line + "\n";
  }
  return content;
}

}  // namespace tw::demo
