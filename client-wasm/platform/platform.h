// What the client needs from the page around it, as one interface with two implementations: the browser
// (browser.cpp, the only one that ships) and `StillPlatform` for native tests. Everything is called on the one thread.
//
// Answers never come synchronously: replies, chosen files and address changes are queued as events and taken at the
// start of a later frame. What browsers allow only inside a gesture (file picker, opening a tab, copying) works because
// frames run synchronously inside the DOM handlers of presses and keys.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "client/ui/geometry.h"

namespace tw::platform {

// --- talking to the server -------------------------------------------------------------------------------------------
using RequestId = std::uint32_t;  // never 0
using FileId = std::uint32_t;     // a file the person picked or dropped; lives until released

struct HttpRequest {
  std::string method{};
  std::string path{};  // same origin only, begins with '/'
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};
  FileId file = 0;  // streamed as the body instead, with UploadProgress events
};

struct HttpReply {
  RequestId request = 0;
  int status = 0;  // 0: no answer (offline, aborted, refused by the browser)
  std::vector<std::pair<std::string, std::string>> headers{};  // lower-case names
  std::string body{};
};

struct UploadProgress {
  RequestId request = 0;
  std::int64_t sent = 0, total = 0;
};

// --- what else can happen --------------------------------------------------------------------------------------------
struct FileEvent {  // picked for or dropped on the drop zone `target`; 0: dropped anywhere else on the page
  std::uint32_t target = 0;
  FileId file = 0;
  std::string name{};
  std::int64_t size = 0;
};
// What a step of the history is: a screen, the same screen with something open over it, or a record that was opened
// from the list in the step before. The browser keeps it with the step, also over a reload.
enum class Step : std::uint8_t { screen, over, record };
struct PathChanged {  // back, forward, or an address typed by hand
  std::string path{};
  Step step = Step::screen;
};
struct SystemLook {  // the system's colour scheme, contrast or motion wish changed
  bool dark = false;
  bool reduced_motion = false;
  bool more_contrast = false;
};
struct Online {
  bool online = true;
};
struct SignedInElsewhere {  // another page of this browser has set the preference "session"
  std::string session{};
};

// The server's doorbell: there is something up to `newest`. Below 0: nobody rings any more, until it rings again.
struct Doorbell {
  std::int64_t newest = -1;
};

using Event =
    std::variant<HttpReply, UploadProgress, FileEvent, PathChanged, SystemLook, Online, SignedInElsewhere, Doorbell>;

class Platform {
 public:
  virtual ~Platform() = default;

  virtual std::vector<Event> take_events() = 0;
  virtual void wake() = 0;  // a frame soon

  virtual RequestId send(HttpRequest request) = 0;
  virtual void abort(RequestId request) = 0;

  virtual void pick_file(std::uint32_t target, std::string_view accept) = 0;
  virtual void release_file(FileId file) = 0;
  virtual void download(std::string_view path) = 0;  // a same-origin address that answers with an attachment
  virtual void open_tab(std::string_view path) = 0;
  virtual void copy(std::string_view words) = 0;  // to the clipboard; works on plain http, within a gesture

  // A served file by its plain name ("i18n/en.json"): its address with the hash, and its content when the page has
  // fetched it while it loaded.
  virtual std::string asset_path(std::string_view name) const = 0;
  virtual std::optional<std::string> preloaded(std::string_view name) const = 0;
  virtual std::uint64_t random_seed() = 0;  // unpredictable
  // The program comes in two parts: the second one is what only somebody who is signed in needs
  // (tools/split_client.py).
  virtual bool is_whole() const = 0;  // both are here; a frame follows when that becomes true
  virtual void fetch_the_rest() = 0;  // as soon as possible; may be called again

  virtual std::string origin() const = 0;  // "http://crm.example:8080", for addresses that are sent to others
  virtual std::string path() const = 0;    // path, query and fragment: "/batches/7?state=executing"
  virtual Step step() const = 0;           // that one stands on
  // A new step in the history, or another address for this one.
  virtual void push_path(std::string_view path, Step step = Step::screen) = 0;
  virtual void replace_path(std::string_view path, Step step = Step::screen) = 0;
  virtual void go_back() = 0;  // a step in the history; PathChanged follows
  virtual void reload() = 0;
  virtual void listen(bool wanted) = 0;  // for the doorbell; while the page is hidden nobody listens
  virtual void set_title(std::string_view title) = 0;
  virtual void set_language(std::string_view language) = 0;      // of the page, for screen readers and fonts
  virtual void set_colors(bool dark, std::string_view bar) = 0;  // "#f6f7f9": what the browser paints around the page

  // Small preferences of this browser ("language", "theme"); lost when the person clears them, never anything secret.
  virtual std::optional<std::string> preference(std::string_view name) const = 0;
  virtual void set_preference(std::string_view name, std::string_view value) = 0;
  // What is half written on this page, kept over a reload and a crash but not beyond this tab; empty: nothing.
  virtual std::string unsent() const = 0;
  virtual void set_unsent(std::string_view words) = 0;

  virtual std::string system_language() const = 0;  // "zh-CN", "en-GB", as the browser says
  virtual SystemLook system_look() const = 0;
  virtual std::int64_t now_ms() const = 0;        // UTC
  virtual std::int32_t zone_minutes() const = 0;  // the device's offset now, east positive
  virtual std::string zone() const = 0;           // the device's: an IANA name, or empty
  virtual bool is_touch() const = 0;              // the main pointer is coarse
  virtual bool has_apple_keys() const = 0;        // Command, Option and Shift by their signs
};

}  // namespace tw::platform
