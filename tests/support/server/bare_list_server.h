// The least that can answer a page of a list over HTTP: a handler of the same library, on a connection of its thread,
// that runs the statements of a page and of its total and prints the rows. What a server may cost is measured against
// it.
#pragma once

#include <memory>
#include <string>

namespace tw::test {

struct BareList {
  std::string page;   // 50 ids, of which `:limit` and `:offset` are asked; without `rows`, 50 whole rows
  std::string rows;   // the rows of the ids in `:customers`; empty: `page` has them
  std::string total;  // one number
};

class BareListServer {
 public:
  // Serves `GET /` on a free port of this machine until it goes. The database is only read.
  BareListServer(std::string database, BareList list);
  ~BareListServer();
  BareListServer(const BareListServer&) = delete;
  BareListServer& operator=(const BareListServer&) = delete;
  int port() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace tw::test
