// HttpTransport: requests through the page's fetch. The browser adds the session cookie; this adds the CSRF header, an
// Idempotency-Key to every write, and tries again when nobody answered or the server says "try again" (503).
#pragma once

#include <map>

#include "client/platform/platform.h"
#include "client/transport/transport.h"

namespace tw::transport {

class HttpTransport final : public Transport {
 public:
  // `seed` makes this page's idempotency keys its own; from the browser's random source.
  HttpTransport(platform::Platform& platform, std::uint64_t seed) : platform_(platform), random_(seed | 1) {}

  Ticket send(Request request, std::function<void(Reply)> done) override;
  void cancel(Ticket ticket) override;
  bool pump(Instant now) override;
  std::optional<Instant> next_due() const override;
  void set_csrf(std::string token) override { csrf_ = std::move(token); }
  void set_language(std::string language) override { language_ = std::move(language); }

  // The app takes the platform's events and hands these on; they are delivered by the next pump.
  void arrived(platform::HttpReply reply);
  void progressed(const platform::UploadProgress& progress);

 private:
  struct Waiting {
    Request request;
    std::function<void(Reply)> done;
    std::string idempotency_key;
    platform::RequestId on_wire = 0;  // 0: waits for `again_at`
    int tries = 0;
    std::optional<Instant> again_at;
    std::optional<Reply> reply;
  };
  void put_on_wire(Waiting& waiting);
  std::string new_key();

  platform::Platform& platform_;
  std::uint64_t random_;
  Ticket last_ticket_ = 0;
  std::string csrf_;
  std::string language_;
  std::map<Ticket, Waiting> waiting_;
};

}  // namespace tw::transport
