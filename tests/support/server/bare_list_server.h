// The least that can answer a page of a list over HTTP: a handler of the same library, on a connection of its thread,
// that runs a page's statement and its total's and prints the rows. What a server may cost is measured against it.
#pragma once

#include <memory>
#include <string>

namespace tw::test {

class BareListServer {
 public:
  // Serves `GET /` on a free port of this machine until it goes. The database is only read.
  explicit BareListServer(std::string database);
  ~BareListServer();
  BareListServer(const BareListServer&) = delete;
  BareListServer& operator=(const BareListServer&) = delete;
  int port() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace tw::test
