#include "support/server/bare_list_server.h"

#include <thread>

#include <httplib.h>

#include "core/json.h"
#include "db/sqlite.h"

namespace tw::test {

struct BareListServer::Parts {
  std::string database;
  httplib::Server server;
  int port = 0;
  std::thread thread;
};

namespace {

std::string page(db::Database& database) {
  json::Writer page;
  page.begin_object();
  page.key("rows");
  page.begin_array();
  database.prepare("SELECT id, name, contact, phone, email, city, score FROM customers ORDER BY name_key, id LIMIT 50")
      .each([&page](db::Row row) {
        page.begin_array();
        for (int column = 0; column < 7; ++column) page.string(row.text(column));
        page.end_array();
      });
  page.end_array();
  page.key("total");
  page.integer(database.prepare("SELECT SUM(customers) FROM customer_counts").integer_or(0));
  page.end_object();
  return page.take();
}

}  // namespace

BareListServer::BareListServer(std::string database) : parts_(std::make_unique<Parts>()) {
  parts_->database = std::move(database);
  parts_->server.new_task_queue = [] { return new httplib::ThreadPool(32); };
  parts_->server.set_keep_alive_max_count(1'000'000);
  parts_->server.set_tcp_nodelay(true);
  parts_->server.Get("/", [this](const httplib::Request&, httplib::Response& response) {
    static thread_local const auto connection = db::Database::open(parts_->database, db::OpenMode::read_only);
    response.set_content(page(*connection), "application/json");
  });
  parts_->port = parts_->server.bind_to_any_port("127.0.0.1");
  parts_->thread = std::thread([this] { parts_->server.listen_after_bind(); });
  parts_->server.wait_until_ready();
}

BareListServer::~BareListServer() {
  parts_->server.stop();
  parts_->thread.join();
}

int BareListServer::port() const { return parts_->port; }

}  // namespace tw::test
