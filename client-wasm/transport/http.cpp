#include "client/transport/http.h"

#include <algorithm>
#include <vector>

namespace tw::transport {

namespace {

// Waits before the second, third … try. A read gives up earlier: its view offers "retry".
constexpr std::int64_t waits_ms[] = {400, 1200, 3000, 6000};
constexpr int most_tries_read = 3, most_tries_write = 5;

}  // namespace

Ticket HttpTransport::send(Request request, std::function<void(Reply)> done) {
  const Ticket ticket = ++last_ticket_;
  Waiting waiting;
  if (request.changes) waiting.idempotency_key = new_key();
  waiting.request = std::move(request);
  waiting.done = std::move(done);
  put_on_wire(waiting);
  waiting_.emplace(ticket, std::move(waiting));
  return ticket;
}

void HttpTransport::cancel(Ticket ticket) {
  const auto found = waiting_.find(ticket);
  if (found == waiting_.end()) return;
  if (found->second.on_wire) platform_.abort(found->second.on_wire);
  waiting_.erase(found);
}

void HttpTransport::put_on_wire(Waiting& waiting) {
  platform::HttpRequest out;
  out.method = std::string(api::name_of(waiting.request.method));
  out.path = waiting.request.path;
  out.headers.emplace_back("Accept", "application/json");
  if (!language_.empty()) out.headers.emplace_back("Accept-Language", language_);
  if (!waiting.request.body.empty()) out.headers.emplace_back("Content-Type", "application/json");
  if (waiting.request.file) out.headers.emplace_back("Content-Type", "application/octet-stream");
  // Also with reads that are a POST: the server asks for it by the method, not by the effect.
  if (waiting.request.method != api::Method::get && !csrf_.empty()) out.headers.emplace_back("X-CSRF-Token", csrf_);
  if (!waiting.idempotency_key.empty()) out.headers.emplace_back("Idempotency-Key", waiting.idempotency_key);
  out.body = waiting.request.body;
  out.file = waiting.request.file;
  ++waiting.tries;
  waiting.again_at.reset();
  waiting.held = false;
  waiting.on_wire = platform_.send(std::move(out));
}

// Reads change nothing and writes carry a key under which the server does them once: both may be repeated.
bool HttpTransport::worth_another_try(const Waiting& waiting) const {
  if (waiting.request.file) return false;  // a file is not sent twice without the person's word
  const int status = waiting.reply->status;
  if (status != 0 && status != 502 && status != 503 && status != 504) return false;
  if (!online_) return waiting.request.changes;  // a read says what it could not know; its view asks again
  return waiting.tries < (waiting.request.changes ? most_tries_write : most_tries_read);
}

void HttpTransport::set_csrf(std::string token) {
  csrf_ = std::move(token);
  holds_ = false;
  if (csrf_.empty()) return drop_all();
  for (auto& entry : waiting_)
    if (entry.second.held) put_on_wire(entry.second);
}

void HttpTransport::drop_all() {
  ++dropped_;
  for (auto entry = waiting_.begin(); entry != waiting_.end();) {
    const bool keeps = entry->second.request.path.rfind("/api/", 0) != 0;  // a catalogue is nobody's secret
    if (!keeps && entry->second.on_wire) platform_.abort(entry->second.on_wire);
    entry = keeps ? std::next(entry) : waiting_.erase(entry);
  }
}

void HttpTransport::set_online(bool online) {
  online_ = online;
  if (!online) return;
  for (auto& entry : waiting_) {
    if (!entry.second.again_at) continue;
    entry.second.again_at = Instant{0};
    entry.second.tries = 0;  // what failed for want of a network says nothing of the server
  }
}

void HttpTransport::arrived(platform::HttpReply reply) {
  for (auto& entry : waiting_) {
    Waiting& waiting = entry.second;
    if (waiting.on_wire == reply.request) waiting.reply = Reply{reply.status, std::move(reply.body)};
  }
}

void HttpTransport::progressed(const platform::UploadProgress& progress) {
  for (auto& entry : waiting_) {
    Waiting& waiting = entry.second;
    if (waiting.on_wire == progress.request && waiting.request.on_progress)
      waiting.request.on_progress(progress.sent, progress.total);
  }
}

bool HttpTransport::pump(Instant now) {
  std::vector<std::pair<std::function<void(Reply)>, Reply>> ready;
  for (auto entry = waiting_.begin(); entry != waiting_.end();) {
    Waiting& waiting = entry->second;
    if (waiting.reply) {
      const bool held = waiting.reply->status == 401 && !csrf_.empty() &&
                        says_session_ended(read_problem(waiting.reply->status, waiting.reply->body));
      if (held || worth_another_try(waiting)) {
        const auto wait = static_cast<std::size_t>(waiting.tries - 1);
        waiting.reply.reset();
        waiting.on_wire = 0;
        waiting.held = held;
        if (held) holds_ = true, waiting.tries = 0;
        if (!held) waiting.again_at = now + Millis{waits_ms[std::min(wait, std::size(waits_ms) - 1)]};
      } else {
        ready.emplace_back(std::move(waiting.done), std::move(*waiting.reply));
        entry = waiting_.erase(entry);
        continue;
      }
    } else if (waiting.again_at && *waiting.again_at <= now) {
      put_on_wire(waiting);
    }
    ++entry;
  }
  // Outside the loop: an answer may send the next request.
  const std::uint32_t dropped = dropped_;
  for (auto& answer : ready) {
    answer.first(std::move(answer.second));
    if (dropped != dropped_) break;  // the rest was asked by who has just left
  }
  return !ready.empty();
}

std::optional<Instant> HttpTransport::next_due() const {
  std::optional<Instant> due;
  for (const auto& entry : waiting_) {
    const auto& at = entry.second.again_at;
    if (at && (!due || *at < *due)) due = at;
  }
  return due;
}

std::string HttpTransport::new_key() {
  static constexpr char hex[] = "0123456789abcdef";
  std::string key;
  for (int i = 0; i < 32; ++i) {
    if (i % 16 == 0) {  // xorshift64*: unique, not secret
      random_ ^= random_ >> 12;
      random_ ^= random_ << 25;
      random_ ^= random_ >> 27;
    }
    key += hex[(random_ * 0x2545F4914F6CDD1DULL) >> (60 - 4 * (i % 16)) & 15];
  }
  return key;
}

}  // namespace tw::transport
