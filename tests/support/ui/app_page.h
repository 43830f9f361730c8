// The whole application on a page that stands still: requests are answered by hand, frames are drawn by hand.
#pragma once

#include <string>
#include <string_view>

#include "client/app.h"
#include "client/platform/still.h"
#include "support/ui/harness.h"

namespace tw::test {

struct AppPage {
  // A reload keeps what the browser keeps: `before` is the page as it was.
  explicit AppPage(const std::string& address = "/", const platform::StillPlatform* before = nullptr) {
    if (before) {
      page.preferences = before->preferences;
      page.kept = before->kept;
      page.now = before->now;
      page.history = before->history;
      page.steps = before->steps;
    }
    page.assets["i18n/en.json"] = read_file("assets/i18n/en.json");
    page.preferences["language"] = "en";
    if (page.history.back() != address) page.history = {address}, page.steps = {platform::Step::screen};
    app.emplace(page, harness.ui());
    frame();
  }

  void frame() {
    for (int i = 0; i < 4; ++i) {
      app->update();
      harness.draw([this](ui::Ui&) { app->draw(); });
      app->execute();
    }
  }
  void happen(platform::Event event) {
    page.events.push_back(std::move(event));
    frame();
  }
  void later(std::int64_t ms) {
    page.now += ms;
    harness.info().now = {page.now};
    frame();
  }

  // Answers every request whose path begins so and that nobody has answered; how many there were.
  int answer(std::string_view path, int status, const std::string& body) {
    int answered = 0;
    for (std::size_t i = 0; i < page.sent.size(); ++i) {
      if (done.count(page.sent[i].first) || page.sent[i].second.path.rfind(path, 0) != 0) continue;
      done.insert(page.sent[i].first);
      page.events.push_back(platform::HttpReply{page.sent[i].first, status, {}, body});
      ++answered;
    }
    frame();
    return answered;
  }
  int unanswered(std::string_view path) const {
    int count = 0;
    for (const auto& one : page.sent) count += !done.count(one.first) && one.second.path.rfind(path, 0) == 0;
    return count;
  }
  const platform::HttpRequest* last(std::string_view path) const {
    const platform::HttpRequest* found = nullptr;
    for (const auto& one : page.sent)
      if (one.second.path.rfind(path, 0) == 0) found = &one.second;
    return found;
  }

  static std::string person(int id, const std::string& csrf) {
    return R"({"person":)" + std::to_string(id) + R"(,"name":"P)" + std::to_string(id) + R"(","login":"p)" +
           std::to_string(id) + R"(","role":"manager","scope":"all","language":"en","csrf":")" + csrf +
           R"(","permissions":["view_customers","edit_customers","create_batch","import_customers","execute_items","manage_people","signed_in"]})";
  }
  // The answer to the first question: who is signed in, if anybody.
  void greet(int id, const std::string& csrf = "token") {
    answer("/api/v1/capabilities", 200,
           id ? R"({"needs_setup":false,"session":)" + person(id, csrf) + "}" : R"({"needs_setup":false})");
  }
  void end_session(std::string_view path) {
    answer(path, 401, R"({"code":"unauthenticated","key":"error.unauthenticated"})");
  }
  const std::string& address() const { return page.history.back(); }

  platform::StillPlatform page;
  Harness harness{{1440, 900}};
  std::optional<App> app;
  std::set<platform::RequestId> done;
};

}  // namespace tw::test
