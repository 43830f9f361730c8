// Runs commands: sends what must be sent, keeps forms and pending rows, tells the outcome. One file per area, each a
// visit over that area's variant. Every outcome is handled: done (toast, dialog closed), refused (shown in the form, or
// as a toast where there is none), nobody signed in (the store notes it; sign-in opens over the work).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/commands/commands.h"
#include "client/store/store.h"

namespace tw::commands {

enum class Outcome : std::uint8_t { done, warning, refused };

struct Notice {
  TextKey key{};
  std::vector<Param> params{};
  std::string words{};  // instead of the key: already in the person's language (from the server)
  Outcome outcome = Outcome::done;
  api::UndoItems::Request undo{};  // with rows: the toast offers to take it back
  std::optional<Dialog> look{};    // else it offers to look at what became of whom, or at what an undo would do

  bool can_be_taken_back() const {
    return !undo.rows.empty() || (look && std::holds_alternative<UndoOperation>(*look));
  }
};

// What executing needs from the app around it.
// A form that was accepted.
struct Sent {
  FormId form = 0;
  std::int64_t of = 0;       // what its draft belongs to: the item, the customer
  std::string_view words{};  // what was written
};

class Host {
 public:
  virtual ~Host() = default;
  virtual void go(const std::string& path, bool replace) = 0;
  virtual void back() = 0;
  virtual void open_dialog(Dialog dialog) = 0;
  virtual void close_dialog(FormId form) = 0;  // 0: the top one
  virtual void notify(Notice notice) = 0;
  virtual void close_toast(std::int64_t toast) = 0;
  virtual void call(Id id) = 0;  // in the next frame
  virtual void set_theme(const std::string& theme) = 0;
  virtual void set_density(const std::string& density) = 0;
  virtual void toggle_mirror() = 0;
  virtual void set_language(const std::string& language) = 0;
  virtual void keep_zone(const std::string& of) = 0;  // not asked again about this pair
  virtual void copy(const std::string& words) = 0;
  virtual void download(const std::string& path) = 0;
  virtual std::string device_zone() const = 0;  // an IANA name, or empty
  virtual std::string invitation_address(const std::string& token) const = 0;
  // A text that the server named by key, in the person's language.
  virtual std::string words(const std::string& key, const std::vector<Param>& params) const = 0;
  // The draft is forgotten, unless something else has been written in it since.
  virtual void sent(const Sent& what) = 0;
  virtual void go_on_from(ItemId item, const std::string& path) = 0;  // where the page still shows that item
  // Into the draft plan of a batch; false when it would hold too many.
  virtual bool give_by_hand(BatchId batch, const std::vector<api::ItemVersion>& rows, PersonId person,
                            bool override_soft) = 0;
  virtual void plan_committed(BatchId batch) = 0;  // its draft is done with
};

// What became of the rows of a long operation that has ended.
Notice outcome_of(const api::OperationView& view, const Host& host);

class Executor {
 public:
  Executor(store::Store& store, Host& host) : store_(store), host_(host) {}
  void execute(const Command& command);

 private:
  void run(const PageCommand& command);
  void run(const SessionCommand& command);
  void run(const PeopleCommand& command);
  void run(const PickerCommand& command);
  void run(const CustomerCommand& command);
  void run(const ImportCommand& command);
  void run(const BatchCommand& command);
  void run(const ItemCommand& command);

  void retry();
  // What can be taken back is offered by its toast: `does` is what the transition table is asked about.
  template <class O>
  void change_rows(FormId form, const typename O::Request& request, domain::batch::Action does, Notice done);
  template <class O>
  void change_item(FormId form, const typename O::Request& request, Notice done, std::string then_go);

  // Sends O. On success `then(response)`, then the form's dialog closes; on refusal the form shows it, or a toast does.
  template <class O, class F>
  void send(FormId form, const typename O::Request& request, F then) {
    if (form) {
      store::FormStatus& status = store_.forms[form];
      if (status.busy) return;
      status = {.busy = true, .problem = {}};
    }
    transport::call<O>(store_.transport(), request, [this, form, then](auto answer) {
      store_.heard(answer ? nullptr : &answer.problem);
      if (answer) {
        if (form) store_.forms.erase(form);
        then(*answer);
        if (form) host_.close_dialog(form);
        store_.poll_soon();
      } else {
        refused(form, std::move(answer.problem));
      }
    });
  }
  void refused(FormId form, store::Problem problem);
  void give(const GiveByHand& what, const std::vector<api::ItemVersion>& rows);
  void happened(EventKind kind, std::int64_t entity) { store_.happened(kind, entity); }

  store::Store& store_;
  Host& host_;
};

}  // namespace tw::commands
