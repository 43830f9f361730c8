#include "support/server/bare_list_server.h"

#include <thread>
#include <utility>

#include <httplib.h>

#include "core/json.h"
#include "db/sqlite.h"

namespace tw::test {

struct BareListServer::Parts {
  std::string database;
  BareList list;
  httplib::Server server;
  int port = 0;
  std::thread thread;
};

namespace {

void print_rows(json::Writer& out, db::Statement statement) {
  statement.each([&out, columns = statement.columns()](db::Row row) {
    out.begin_array();
    for (int column = 0; column < columns; ++column) out.string(row.text(column));
    out.end_array();
  });
}

std::string ids_of_page(db::Database& database, const BareList& list) {
  json::Writer ids;
  ids.begin_array();
  database.prepare(list.page).bind(":limit", 50).bind(":offset", 0).each([&ids](db::Row row) {
    ids.integer(row.integer(0));
  });
  ids.end_array();
  return ids.take();
}

std::string page(db::Database& database, const BareList& list) {
  json::Writer page;
  page.begin_object();
  page.key("rows");
  page.begin_array();
  if (list.rows.empty()) {
    print_rows(page, database.prepare(list.page));
  } else {
    const std::string ids = ids_of_page(database, list);
    auto rows = database.prepare(list.rows);
    rows.bind(":customers", ids);
    print_rows(page, std::move(rows));
  }
  page.end_array();
  page.key("total");
  page.integer(database.prepare(list.total).integer_or(0));
  page.end_object();
  return page.take();
}

}  // namespace

BareListServer::BareListServer(std::string database, BareList list) : parts_(std::make_unique<Parts>()) {
  parts_->database = std::move(database);
  parts_->list = std::move(list);
  parts_->server.new_task_queue = [] { return new httplib::ThreadPool(32); };
  parts_->server.set_keep_alive_max_count(1'000'000);
  parts_->server.set_tcp_nodelay(true);
  parts_->server.Get("/", [this](const httplib::Request&, httplib::Response& response) {
    static thread_local const auto connection = db::Database::open(parts_->database, db::OpenMode::read_only);
    response.set_content(page(*connection, parts_->list), "application/json");
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
