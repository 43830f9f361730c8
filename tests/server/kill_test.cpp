// kill -9 at random moments under load: what was acknowledged is there, every counter agrees with a recount, and every
// long operation ends after the next start. 20 kills; 100 with TIDEWATER_LONG. (During backups
// and migrations: kill_care_test.cpp.)
//
// A round: start the server, let clients write, import, allocate and (since the last round's items were made overdue)
// recall, kill it somewhere in between, and look into the database while nobody holds it. The clients write down what
// was acknowledged, and make that durable, before they go on: nothing is compared from memory.
//
// And every other long operation of a batch task, one after the other, is killed while somebody else writes: after the
// next start it goes on to the same end as without a kill. 10 kills; 50 with TIDEWATER_LONG.
#include <atomic>
#include <fstream>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include "api/allocation.h"
#include "api/allocation_undo.h"
#include "api/batch.h"
#include "api/batch_items.h"
#include "api/customer.h"
#include "api/import.h"
#include "api/item.h"
#include "api/leaving.h"
#include "api/people.h"
#include "api/session.h"
#include "core/text.h"
#include "db/sqlite.h"
#include "support/server/http_door.h"
#include "support/server/running_server.h"
#include "support/server/server_process.h"

namespace tw::test {
namespace {

// The clients' own, durable memory of what the server said was done.
class Acknowledged {
 public:
  explicit Acknowledged(const std::filesystem::path& file)
      : file_(::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)), path_(file) {
    if (file_ < 0) throw std::runtime_error("cannot open the clients' log");
  }
  ~Acknowledged() { ::close(file_); }
  Acknowledged(const Acknowledged&) = delete;
  Acknowledged& operator=(const Acknowledged&) = delete;

  // `kind`: customer, item, operation, batch. Version and text are compared where the row still has that version.
  void note(const char* kind, std::int64_t id, std::int64_t version = 0, const std::string& text = "-") {
    const std::string line =
        std::string(kind) + " " + std::to_string(id) + " " + std::to_string(version) + " " + text + "\n";
    const std::lock_guard lock(mutex_);
    if (::write(file_, line.data(), line.size()) != static_cast<ssize_t>(line.size()) || ::fdatasync(file_) != 0)
      throw std::runtime_error("cannot write the clients' log");
  }

  struct Entry {
    std::string kind;
    std::int64_t id = 0;
    std::int64_t version = 0;
    std::string text;
  };
  std::vector<Entry> all() const {
    std::vector<Entry> entries;
    std::ifstream in(path_);
    for (Entry entry; in >> entry.kind >> entry.id >> entry.version >> entry.text;) entries.push_back(entry);
    return entries;
  }

 private:
  const int file_;
  const std::filesystem::path path_;
  std::mutex mutex_;
};

struct People {
  Caller root;
  std::vector<Caller> members;
};

class KillTest : public ::testing::Test {
 protected:
  static constexpr int members = 4;
  static constexpr int imported_rows = 4000;  // of each import

  void SetUp() override {
    if (!ServerProcess::available()) GTEST_SKIP() << "TIDEWATER_BINARY names no program";
    ::signal(SIGPIPE, SIG_IGN);  // a client that is writing when the server goes hears it from its write
    const char* given = ::getenv("TIDEWATER_SEED");
    seed = given ? std::stoull(given) : std::random_device{}();
    random.seed(seed);
    std::cout << "seed " << seed << " (TIDEWATER_SEED repeats it)" << std::endl;
  }

  std::filesystem::path data() const { return parent.path() / "data"; }
  std::int64_t below(std::int64_t bound) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(bound));
  }

  void make_people() {
    HttpDoor door(process.port());
    api::SetUp::Request first;
    first.token = process.set_up_token();
    first.login = "root";
    first.name = "Root";
    first.password = "correct horse";
    const auto made = call<api::SetUp>(door, {}, first);
    ASSERT_TRUE(made) << made.reply.body;
    people.root = {made->person, session_cookie_of(made.reply), made->csrf};
    for (int i = 0; i < members; ++i) {
      api::AddPerson::Request request;
      request.login = request.name = "member" + std::to_string(i);
      const auto added = call<api::AddPerson>(door, people.root, request);
      ASSERT_TRUE(added) << added.reply.body;
      const auto accepted = call<api::AcceptInvitation>(door, {}, {added->invitation, "correct horse"});
      ASSERT_TRUE(accepted) << accepted.reply.body;
      people.members.push_back({accepted->person, session_cookie_of(accepted.reply), accepted->csrf});
    }
    imports_exist = call<api::ListImports>(door, people.root, {}).ok();
    if (!imports_exist) std::cout << "this program imports nothing yet: left out" << std::endl;
  }

  // --- the clients: each runs until the server is gone
  // -----------------------------------------------------------------

  void write_customers(HttpDoor door, std::uint64_t number) {
    for (std::int64_t i = 0;; ++i) {
      api::AddCustomer::Request add;
      add.name = "by-hand-" + std::to_string(number) + "-" + std::to_string(i);
      const auto added = call<api::AddCustomer>(door, people.root, add);
      if (!added) return unexpected(added.reply);
      const auto id = added->row.customer;
      acknowledged.note("customer", id.value, added->row.version.value, add.name);
      api::UpdateCustomer::Request change;
      change.customer = id;
      change.version = added->row.version;
      change.name = add.name + "-changed";
      const auto changed = call<api::UpdateCustomer>(door, people.root, change);
      if (!changed) return unexpected(changed.reply);
      acknowledged.note("customer", id.value, changed->row.version.value, *change.name);
    }
  }

  void import_files(HttpDoor door, std::uint64_t number) {
    for (std::int64_t i = 0;; ++i)
      if (!import_file(door, std::to_string(number) + "-" + std::to_string(i), imported_rows)) return;
  }

  // False when the server has refused something.
  bool import_file(HttpDoor& door, const std::string& name, int rows) {
    std::string file = "name,phone\n";
    for (int row = 0; row < rows; ++row)
      file += "imported-" + name + "-" + std::to_string(row) + (row % 10 == 0 ? ",\nrefused,,too many cells\n" : ",\n");
    auto upload = call_of<api::UploadImport>(people.root, {"customers.csv"});
    upload.body = file;
    const auto uploaded = decoded<api::ImportView>(door.send(upload));
    if (!uploaded) return said(uploaded.reply);
    api::CheckImport::Request check;
    check.import = uploaded->import;
    check.version = uploaded->version;
    for (const auto& column : uploaded->columns) check.mapping.push_back(column.suggestion);
    const auto checking = call<api::CheckImport>(door, people.root, check);
    if (!checking) return said(checking.reply);
    acknowledged.note("operation", checking->operation.value);
    wait_for(door, checking->operation);
    const auto view = call<api::ViewImport>(door, people.root, {uploaded->import});
    if (!view) return said(view.reply);
    const auto writing = call<api::WriteImport>(door, people.root, {view->import, view->version, true});
    if (!writing) return said(writing.reply);
    acknowledged.note("operation", writing->operation.value);
    wait_for(door, writing->operation);
    acknowledged.note("import", view->import.value, rows);
    return true;
  }

  void allocate(HttpDoor door) {
    for (;;) {
      api::CreateBatch::Request create;
      create.subject = "Batch";
      create.limit = 1;
      for (const auto& member : people.members) create.executors.push_back(member.person);
      const auto batch = call<api::CreateBatch>(door, people.root, create);
      if (!batch) return unexpected(batch.reply);
      const auto id = batch->summary.batch;
      acknowledged.note("batch", id.value);
      api::AddCustomersToBatch::Request add;
      add.batch = id;
      add.query.emplace();
      const auto adding = call<api::AddCustomersToBatch>(door, people.root, add);
      if (!adding) return unexpected(adding.reply);
      acknowledged.note("operation", adding->operation.value);
      wait_for(door, adding->operation);
      api::PlanAllocation::Request plan;
      plan.batch = id;
      const auto planned = call<api::PlanAllocation>(door, people.root, plan);
      if (!planned) return unexpected(planned.reply);
      api::AllocateItems::Request allocate;
      allocate.batch = id;
      allocate.seed = planned->seed;
      allocate.snapshot = planned->snapshot;
      const auto allocating = call<api::AllocateItems>(door, people.root, allocate);
      if (allocating.status() == 409) continue;  // customers came meanwhile: the plan is out of date
      if (!allocating) return unexpected(allocating.reply);
      acknowledged.note("operation", allocating->operation.value);
      wait_for(door, allocating->operation);
    }
  }

  void work_on_items(HttpDoor door, std::size_t member) {
    for (std::int64_t i = 0;; ++i) {
      const auto mine = call<api::QueryMyItems>(door, people.members[member], {});
      if (!mine) return unexpected(mine.reply);
      for (const auto& row : mine->rows) {
        const std::string text = "progress-" + std::to_string(i);
        const auto saved = call<api::SaveProgress>(door, people.members[member], {row.item, row.version, text, {}});
        if (saved) acknowledged.note("item", row.item.value, saved->row.version.value, text);
        // Recalled or allocated anew meanwhile: that is no fault.
        else if (saved.status() != 409 && saved.status() != 404 && saved.status() != 403)
          return unexpected(saved.reply);
      }
      if (mine->rows.empty()) std::this_thread::yield();
    }
  }

  void wait_for(HttpDoor& door, OperationId operation) {
    for (;;) {
      const auto seen = call<api::ViewOperation>(door, people.root, {operation});
      if (!seen) return unexpected(seen.reply);
      if (seen->state != api::OperationState::queued && seen->state != api::OperationState::running) return;
      ::usleep(2000);
    }
  }

  // Busy is an honest answer of a server under load; anything else that a client of this test hears is a fault.
  void unexpected(const services::Reply& reply) {
    if (reply.status == 503 || reply.status == 429) return;
    const std::lock_guard lock(mutex);
    complaints.push_back(std::to_string(reply.status) + " " + reply.body.substr(0, 300));
  }

  bool said(const services::Reply& reply) {
    unexpected(reply);
    return false;
  }

  template <class F>
  void client(F&& body) {
    threads.emplace_back([this, body = std::forward<F>(body)] {
      try {
        body(HttpDoor(process.port()));
      } catch (const NoReply&) {
        // The server was killed: that is what we are here for.
      }
    });
  }

  void round(int number) {
    process.start();
    const auto salt = random();
    client([this, salt](HttpDoor door) { write_customers(door, salt); });
    if (imports_exist) client([this, salt](HttpDoor door) { import_files(door, salt); });
    client([this](HttpDoor door) { allocate(door); });
    for (std::size_t member = 0; member < people.members.size(); ++member)
      client([this, member](HttpDoor door) { work_on_items(door, member); });
    // Most kills come early, in the recalls and the resumed operations; some later, in new imports and allocations.
    const auto pause = number % 3 == 0 ? below(60) : below(1500);
    ::usleep(static_cast<useconds_t>(pause * 1000));
    process.kill();
    for (auto& thread : threads) thread.join();
    threads.clear();
  }

  // --- one operation after the other: each is started, killed, and looked at after the next start
  // ------------------------------------------------------------------------------------------------

  // Of one batch, with `all` customers. Each begins with what the one before must have left behind.
  struct Task {
    BatchId batch;
    std::int64_t all = 0;
    PersonId leaver;  // nobody's client: their sessions would end
    OperationId allocated;
  };

  OperationId add_all(HttpDoor& door, Task& task) {
    api::CreateBatch::Request create;
    create.subject = "Batch";
    create.executors = {task.leaver};
    for (const auto& member : people.members) create.executors.push_back(member.person);
    const auto batch = call<api::CreateBatch>(door, people.root, create);
    if (!batch) return {};
    task.batch = batch->summary.batch;
    acknowledged.note("batch", task.batch.value);
    api::AddCustomersToBatch::Request add;
    add.batch = task.batch;
    add.query.emplace().search = "imported-all";
    return accepted(call<api::AddCustomersToBatch>(door, people.root, add));
  }
  OperationId give_all_to_leaver(HttpDoor& door, Task& task) {
    expect_counts(door, task,
                  [&](const api::StateCounts& counts) { EXPECT_EQ(counts.unassigned, task.all) << "added"; });
    api::ChangeSelectedItems::Request give;
    give.batch = task.batch;
    give.action = domain::batch::Action::designate;
    give.executor = task.leaver;
    return accepted(call<api::ChangeSelectedItems>(door, people.root, give));
  }
  OperationId hand_all_over(HttpDoor& door, Task& task) {
    EXPECT_EQ(held_by(door, task.leaver), task.all) << "given";
    api::Leaving leaving;
    leaving.choice = api::LeavingChoice::transfer;
    for (const auto& member : people.members) leaving.to.push_back(member.person);
    return set_active(door, task.leaver, false, leaving);
  }
  OperationId undo_all(HttpDoor& door, Task& task) {
    EXPECT_EQ(held_by(door, task.leaver), 0) << "handed over";
    for (const auto& member : people.members)
      EXPECT_EQ(held_by(door, member.person), task.all / members) << "the next one goes to whoever holds least";
    set_active(door, task.leaver, true, {});
    api::ChangeSelectedItems::Request reset;
    reset.batch = task.batch;
    reset.action = domain::batch::Action::reset;
    wait_for(door, accepted(call<api::ChangeSelectedItems>(door, people.root, reset)));
    expect_counts(door, task, [&](const api::StateCounts& counts) { EXPECT_EQ(counts.reset, task.all) << "reset"; });
    api::AllocateItems::Request allocate;
    allocate.batch = task.batch;
    task.allocated = accepted(call<api::AllocateItems>(door, people.root, allocate));
    wait_for(door, task.allocated);
    expect_counts(door, task,
                  [&](const api::StateCounts& counts) { EXPECT_EQ(counts.executing, task.all) << "allocated"; });
    return accepted(call<api::UndoAllocation>(door, people.root, {task.allocated}));
  }
  OperationId end_all(HttpDoor& door, Task& task) {
    expect_counts(door, task, [&](const api::StateCounts& counts) { EXPECT_EQ(counts.reset, task.all) << "undone"; });
    const auto detail = call<api::ViewBatch>(door, people.root, {task.batch});
    if (!detail) return {};
    return accepted(
        call<api::EndBatch>(door, people.root, {task.batch, detail->summary.version, detail->summary.subject}));
  }
  static constexpr int chain = 5;
  OperationId start(int which, HttpDoor& door, Task& task) {
    switch (which) {
      case 0:
        return add_all(door, task);
      case 1:
        return give_all_to_leaver(door, task);
      case 2:
        return hand_all_over(door, task);
      case 3:
        return undo_all(door, task);
      default:
        return end_all(door, task);
    }
  }
  void expect_ended(HttpDoor& door, const Task& task) {
    const auto detail = call<api::ViewBatch>(door, people.root, {task.batch});
    ASSERT_TRUE(detail) << detail.reply.body;
    EXPECT_EQ(detail->summary.counts.ended, task.all);
    EXPECT_EQ(detail->summary.state, domain::batch::BatchState::ended);
  }

  template <class Answered>
  OperationId accepted(const Answered& answer) {
    EXPECT_TRUE(answer) << answer.reply.body;
    if (!answer) return {};
    acknowledged.note("operation", answer->operation.value);
    return answer->operation;
  }
  OperationId set_active(HttpDoor& door, PersonId person, bool active, const api::Leaving& leaving) {
    const auto seen = call<api::ViewPerson>(door, people.root, {person});
    EXPECT_TRUE(seen) << seen.reply.body;
    if (!seen) return {};
    const auto done = call<api::SetPersonActive>(door, people.root, {person, seen->version, active, leaving, {}});
    EXPECT_TRUE(done) << done.reply.body;
    if (!done) return {};
    if (done->operation) acknowledged.note("operation", done->operation.value);
    return done->operation;
  }
  std::int64_t held_by(HttpDoor& door, PersonId person) {
    const auto held = call<api::ViewHeld>(door, people.root, {person});
    EXPECT_TRUE(held) << held.reply.body;
    return held ? held->executing : -1;
  }
  template <class F>
  void expect_counts(HttpDoor& door, const Task& task, F&& look) {
    const auto detail = call<api::ViewBatch>(door, people.root, {task.batch});
    ASSERT_TRUE(detail) << detail.reply.body;
    look(detail->summary.counts);
  }

  // Half of them a moment after they were accepted, the others when something of them is done.
  void kill_within(HttpDoor& door, OperationId operation) {
    if (below(2) == 0) {
      ::usleep(static_cast<useconds_t>(below(30'000)));
    } else {
      for (;;) {
        const auto seen = call<api::ViewOperation>(door, people.root, {operation});
        if (!seen || seen->done > 0 || seen->state == api::OperationState::done) break;
      }
    }
    process.kill();
    for (auto& thread : threads) thread.join();
    threads.clear();
  }
  // Which of them the kill has cut in two.
  void count_if_cut(OperationId operation) {
    const auto database = db::Database::open((data() / "tidewater.db").string(), db::OpenMode::read_write);
    auto statement = database->prepare("SELECT kind, state, done FROM operations WHERE id = :id");
    statement.bind(":id", operation).each([&](db::Row row) {
      if (row.string(1) == "running" && row.integer(2) > 0) ++cut[row.string(0)];
    });
  }

  // --- what must be there
  // ------------------------------------------------------------------------------------------------

  void compare() {
    const auto database = db::Database::open((data() / "tidewater.db").string(), db::OpenMode::read_write);
    const auto one = [&](std::string_view sql, std::int64_t id) {
      auto statement = database->prepare(sql);
      return statement.bind(":id", id).one([](db::Row row) { return std::pair(row.integer(0), row.string(1)); });
    };
    for (const auto& entry : acknowledged.all()) {
      std::optional<std::pair<std::int64_t, std::string>> row;
      if (entry.kind == "customer") row = one("SELECT version, name FROM customers WHERE id = :id", entry.id);
      if (entry.kind == "item") row = one("SELECT version, last_text FROM batch_items WHERE id = :id", entry.id);
      if (entry.kind == "operation") row = one("SELECT 0, '-' FROM operations WHERE id = :id", entry.id);
      if (entry.kind == "batch") row = one("SELECT 0, '-' FROM batches WHERE id = :id", entry.id);
      if (entry.kind == "import") row = one("SELECT COUNT(*), '-' FROM customers WHERE import = :id", entry.id);
      ASSERT_TRUE(row) << entry.kind << " " << entry.id << " was acknowledged and is gone";
      EXPECT_GE(row->first, entry.version) << entry.kind << " " << entry.id << " fell back";
      if (row->first == entry.version) {
        EXPECT_EQ(row->second, entry.text) << entry.kind << " " << entry.id;
      }
    }
    make_overdue(*database);
  }

  // As if the limit had passed while nobody looked: the next start begins with recalls.
  static void make_overdue(db::Database& database) {
    database.execute("UPDATE batch_items SET due_at = due_at - 86400000 WHERE due_at IS NOT NULL AND id % 3 = 0");
  }

  void check() {
    const auto result = run_command({"check", "--data", data().string()});
    ASSERT_EQ(result.code, 0) << result.out << result.err;
  }

  // With nobody writing, every operation ends and everything overdue is taken back.
  void expect_everything_ends() {
    process.start();
    HttpDoor door(process.port());
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::minutes(5);
    for (;;) {
      const auto running = call<api::ListOperations>(door, people.root, {100});
      ASSERT_TRUE(running) << running.reply.body;
      bool ended = true;
      for (const auto& operation : running->rows) {
        EXPECT_NE(operation.state, api::OperationState::failed) << operation.problem;
        if (operation.state == api::OperationState::queued || operation.state == api::OperationState::running)
          ended = false;
      }
      if (ended) break;
      ASSERT_LT(std::chrono::steady_clock::now(), give_up) << "an operation neither ended nor resumed";
      ::usleep(20'000);
    }
    process.send(SIGTERM);
    EXPECT_EQ(process.wait(), 0);
    const auto database = db::Database::open((data() / "tidewater.db").string(), db::OpenMode::read_write);
    const auto count = [&](const char* sql) {
      return database->prepare(sql).one([](db::Row row) { return row.integer(0); }).value_or(-1);
    };
    EXPECT_EQ(count("SELECT COUNT(*) FROM operations WHERE state NOT IN ('done', 'cancelled')"), 0);
    expect_spooled_files_have_owners(*database);
    std::cout << count("SELECT COUNT(*) FROM customers") << " customers, " << count("SELECT COUNT(*) FROM batch_items")
              << " items, " << count("SELECT COUNT(*) FROM operations") << " operations, " << acknowledged.all().size()
              << " acknowledged writes" << std::endl;
  }

  // And every row its file: what the kills left over is gone.
  void expect_spooled_files_have_owners(db::Database& database) {
    std::set<std::string> owned;
    database.prepare("SELECT file FROM imports WHERE file <> 0 UNION SELECT refusals FROM imports WHERE refusals <> 0")
        .each([&](db::Row row) { owned.insert(std::to_string(row.integer(0))); });
    std::set<std::string> there;
    for (const auto& entry : std::filesystem::directory_iterator(data() / "spool"))
      there.insert(entry.path().filename().string());
    EXPECT_EQ(there, owned);
    std::cout << there.size() << " spooled files" << std::endl;
  }

  TempFolder parent;
  ServerProcess process{data()};
  std::uint64_t seed = 0;
  std::mt19937_64 random;
  Acknowledged acknowledged{parent.path() / "acknowledged"};
  People people;
  bool imports_exist = false;
  std::map<std::string, int> cut;
  std::vector<std::thread> threads;
  std::mutex mutex;
  std::vector<std::string> complaints;
};

TEST_F(KillTest, loses_no_acknowledged_write_and_needs_no_repair) {
  process.start();
  make_people();
  if (HasFatalFailure()) return;
  process.kill();
  const int kills = ::getenv("TIDEWATER_LONG") ? 100 : 20;
  for (int number = 1; number <= kills; ++number) {
    SCOPED_TRACE("kill " + std::to_string(number));
    round(number);
    compare();
    check();
    if (HasFailure()) break;
  }
  if (!HasFailure()) expect_everything_ends();
  check();
  for (const auto& complaint : complaints) ADD_FAILURE() << complaint;
  if (HasFailure()) std::cout << process.log().substr(process.log().size() > 4000 ? process.log().size() - 4000 : 0);
}

TEST_F(KillTest, goes_on_with_every_long_operation_to_the_end_that_it_has_without_a_kill) {
  process.start();
  make_people();
  if (HasFatalFailure()) return;
  if (!imports_exist) GTEST_SKIP() << "this program imports nothing yet";
  Task task;
  task.all = 2000;
  {
    HttpDoor door(process.port());
    ASSERT_TRUE(import_file(door, "all", static_cast<int>(task.all)));
    api::AddPerson::Request leaver;
    leaver.login = leaver.name = "leaver";
    const auto added = call<api::AddPerson>(door, people.root, leaver);
    ASSERT_TRUE(added) << added.reply.body;
    task.leaver = added->person;
  }
  process.kill();
  const int rounds = ::getenv("TIDEWATER_LONG") ? 10 : 2;
  OperationId before;
  for (int number = 0; number < rounds * chain && !HasFailure(); ++number) {
    SCOPED_TRACE("kill " + std::to_string(number + 1));
    process.start();
    const auto salt = random();
    client([this, salt](HttpDoor door) { write_customers(door, salt); });
    HttpDoor door(process.port());
    if (before) wait_for(door, before);
    if (before && number % chain == 0) expect_ended(door, task);
    before = start(number % chain, door, task);
    kill_within(door, before);
    compare();
    check();
    count_if_cut(before);
  }
  for (const auto& [kind, times] : cut) std::cout << kind << " was cut in two " << times << " times" << std::endl;
  if (!HasFailure()) expect_everything_ends();
  check();
  for (const auto& complaint : complaints) ADD_FAILURE() << complaint;
  if (HasFailure()) std::cout << process.log().substr(process.log().size() > 4000 ? process.log().size() - 4000 : 0);
}

}  // namespace
}  // namespace tw::test
