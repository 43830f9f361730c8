#include "server/connections/readers.h"

#include <chrono>

#include "db/upkeep.h"

namespace tw::server {
namespace {

constexpr int most_connections = 4;
constexpr auto longest_wait = std::chrono::seconds(10);

}  // namespace

class Readers::Loan {
 public:
  explicit Loan(Readers& readers) : readers_(readers) {
    std::unique_lock lock(readers_.mutex_);
    if (!readers_.returned_.wait_for(lock, longest_wait, [this] { return readers_.lent_ < most_connections; }))
      throw db::busy("no reading connection was free in time");
    ++readers_.lent_;
    ++readers_.metrics_.readers_lent;
    if (readers_.free_.empty()) return;
    database_ = std::move(readers_.free_.back());
    readers_.free_.pop_back();
  }
  ~Loan() {
    {
      const std::lock_guard lock(readers_.mutex_);
      --readers_.lent_;
      --readers_.metrics_.readers_lent;
      if (database_) readers_.free_.push_back(std::move(database_));
    }
    readers_.returned_.notify_one();
  }
  Loan(const Loan&) = delete;
  Loan& operator=(const Loan&) = delete;

  db::Database& database() {
    if (!database_) database_ = db::Database::open(readers_.path_, db::OpenMode::read_only);
    return *database_;
  }
  // A connection that could not end its snapshot is not lent again.
  void discard() { database_.reset(); }

 private:
  Readers& readers_;
  std::unique_ptr<db::Database> database_;
};

void Readers::read(const std::function<void(services::Work&)>& body) {
  Loan loan(*this);
  db::Database& database = loan.database();
  database.prepare("BEGIN").run();
  try {
    services::Work work(database, env_, env_.clock.now());
    body(work);
    database.prepare("COMMIT").run();
  } catch (...) {
    loan.discard();
    throw;
  }
}

}  // namespace tw::server
