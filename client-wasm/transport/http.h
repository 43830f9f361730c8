// HttpTransport: requests through the page's fetch. The browser adds the session cookie; this adds the CSRF header, an
// Idempotency-Key to every write, and tries again when nobody answered or the server says "try again" (503); while the
// browser says that it is offline, for as long as that lasts.
//
// A request that comes back because the session has ended is held, not answered: a new token of the same person sends
// it again, an empty one (signed out) drops it with everything else that was asked of the server.
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
  void set_csrf(std::string token) override;
  void set_language(std::string language) override { language_ = std::move(language); }

  // The app takes the platform's events and hands these on; they are delivered by the next pump.
  void arrived(platform::HttpReply reply);
  void progressed(const platform::UploadProgress& progress);
  // What the browser knows of the network. Back online, everything that waits is sent at once.
  void set_online(bool online);
  // Something waits for the person to sign in again.
  bool holds() const { return holds_; }

 private:
  struct Waiting {
    Request request;
    std::function<void(Reply)> done;
    std::string idempotency_key;
    platform::RequestId on_wire = 0;  // 0: waits for `again_at`, or is held
    int tries = 0;
    bool held = false;  // for a new session
    std::optional<Instant> again_at;
    std::optional<Reply> reply;
  };
  void put_on_wire(Waiting& waiting);
  bool worth_another_try(const Waiting& waiting) const;
  void drop_all();
  std::string new_key();

  platform::Platform& platform_;
  std::uint64_t random_;
  Ticket last_ticket_ = 0;
  std::string csrf_;  // empty: nobody is signed in
  std::string language_;
  bool online_ = true;
  bool holds_ = false;
  std::uint32_t dropped_ = 0;  // how often everything was
  std::map<Ticket, Waiting> waiting_;
};

}  // namespace tw::transport
