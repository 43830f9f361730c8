// What services run on in the server: reads on a lent connection, changes in the writer's queue.
#pragma once

#include "server/connections/readers.h"
#include "server/connections/writer.h"
#include "services/work.h"

namespace tw::server {

class ServerRunner final : public services::WorkRunner {
 public:
  ServerRunner(Writer& writer, Readers& readers) : writer_(writer), readers_(readers) {}
  void read(const std::function<void(services::Work&)>& body) override { readers_.read(body); }
  void change(services::Lane lane, const std::function<bool(services::Work&)>& body) override {
    writer_.change(lane, body);
  }

 private:
  Writer& writer_;
  Readers& readers_;
};

}  // namespace tw::server
