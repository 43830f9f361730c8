// Canned models for stories and view tests: a store whose transport answers nothing, people, a batch with items, a long
// list. The same call gives the same model every time: pixels and tests depend on it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "client/commands/commands.h"
#include "client/store/store.h"

namespace tw::storybook {

inline constexpr Instant canned_now{1'800'000'000'000};  // 2027-01-15 08:00 UTC, a Friday

// Keeps what was sent; a test answers by hand, or not at all.
class SilentTransport final : public transport::Transport {
 public:
  transport::Ticket send(transport::Request request, std::function<void(transport::Reply)> done) override {
    sent.push_back(std::move(request));
    waiting.push_back(std::move(done));
    return static_cast<transport::Ticket>(sent.size());
  }
  void cancel(transport::Ticket) override {}
  bool pump(Instant) override { return false; }
  std::optional<Instant> next_due() const override { return std::nullopt; }
  void set_csrf(std::string) override {}
  void set_language(std::string) override {}
  void answer(std::size_t index, int status, std::string body) { waiting[index]({status, std::move(body)}); }

  std::vector<transport::Request> sent;
  std::vector<std::function<void(transport::Reply)>> waiting;
};

// A dialog of each kind about what add_everything() makes; a test compares them with commands::Dialog.
std::vector<std::pair<std::string, commands::Dialog>> all_dialogs();

struct CannedStore {
  explicit CannedStore(domain::access::Role role = domain::access::Role::manager);

  SilentTransport transport;
  store::Store store{transport};
  commands::Queue queue;

  // The commands of type C that were pushed since the last look.
  template <class C>
  std::vector<C> pushed() {
    std::vector<C> found;
    for (const commands::Command& command : queue.take())
      if (const C* one = commands::get_command<C>(command)) found.push_back(*one);
    return found;
  }

  void add_batch();  // batch 7 with seven executors
  void add_items(const api::QueryItems::Request& request, int count, domain::batch::ItemState state);
  void add_plan();  // of batch 7
  // What of batch 7 can be claimed, by somebody who executes in it; no rows: everything is taken.
  void add_claimable(domain::batch::ClaimMode mode, int count, bool open = true);
  void add_customers(const api::QueryCustomers::Request& request, std::int64_t total);
  void add_my_item();  // item 31 of batch 7, with its detail
  void add_why();      // of that item
  void add_workbench();
  void add_notifications();
  void add_batches(const api::ListBatches::Request& request, int count);
  void add_customer();                                                   // customer 901 with a timeline
  void add_import(api::ImportState state = api::ImportState::uploaded);  // import 3, its columns guessed
  void add_log();                                                        // of batch 7
  void add_system(bool offline = false, bool cut_off = false);
  void add_audit();         // as its page opens
  void take_server_away();  // as the local backend of the demo: what is declared server_only is not there
  void add_everything();    // what stands behind any dialog: batch 7, its plan, item 31, customer 901, import 3
};

}  // namespace tw::storybook
