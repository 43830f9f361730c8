// The app around an executor, as tests want it: does nothing, keeps what it was told.
#pragma once

#include <string>
#include <vector>

#include "client/commands/execute.h"
#include "support/ui/harness.h"

namespace tw::test {

struct HearingHost final : commands::Host {
  Catalog catalog = Catalog::read("en", read_file("assets/i18n/en.json")).value();
  std::vector<commands::FormId> accepted;
  std::vector<commands::Notice> notices;
  std::vector<api::ItemVersion> by_hand;  // given to somebody in the draft plan
  BatchId committed{};

  void go(const std::string&, bool) override {}
  void back() override {}
  void open_dialog(commands::Dialog) override {}
  void close_dialog(commands::FormId) override {}
  void notify(commands::Notice notice) override { notices.push_back(std::move(notice)); }
  void close_toast(std::int64_t) override {}
  void call(commands::Id) override {}
  void set_theme(const std::string&) override {}
  void set_language(const std::string&) override {}
  void set_density(const std::string&) override {}
  void toggle_mirror() override {}
  void keep_zone(const std::string&) override {}
  void copy(const std::string&) override {}
  void download(const std::string&) override {}
  std::string device_zone() const override { return "Asia/Tokyo"; }
  std::string invitation_address(const std::string&) const override { return {}; }
  std::string words(const std::string& key, const std::vector<Param>& params) const override {
    return catalog.format(key, params);
  }
  void sent(const commands::Sent& what) override { accepted.push_back(what.form); }
  void go_on_from(ItemId, const std::string&) override {}
  bool give_by_hand(BatchId, const std::vector<api::ItemVersion>& rows, PersonId, bool) override {
    if (rows.size() > 3) return false;
    by_hand.insert(by_hand.end(), rows.begin(), rows.end());
    return true;
  }
  void plan_committed(BatchId batch) override { committed = batch; }
  std::string say(const commands::Notice& notice) const { return words(std::string(notice.key.view()), notice.params); }
};

}  // namespace tw::test
