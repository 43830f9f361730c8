// Dates are those of the account's zone, not of the device; who sits elsewhere is asked once which is meant.
#include <gtest/gtest.h>

#include "client/ui/format.h"
#include "client/ui/layout.h"
#include "client/views/dialogs.h"
#include "client/views/frame.h"
#include "core/date.h"
#include "core/zone.h"
#include "support/ui/app_page.h"
#include "support/ui/canned.h"
#include "support/ui/hearing_host.h"

namespace tw::test {
namespace {

using a11y::Role;

constexpr std::string_view of_berlin =
    R"("zone":"Europe/Berlin","clock":[{"at":1761440400000,"offset":3600},{"at":1774746000000,"offset":7200}],)";

std::string greeting(std::string_view extra) {
  std::string person = AppPage::person(1, "token");
  person.insert(1, extra);
  return R"({"needs_setup":false,"session":)" + person + "}";
}

struct FrameOf {
  FrameOf() : canned(domain::access::Role::manager) {
    canned.add_everything();
    page.emplace(canned, [this](ui::Ui& ui) { views::draw_zone_banner(ui, canned.store, state); });
  }
  void sit_in(const std::string& zone, std::int32_t offset) {
    page->info().device_zone = zone;
    page->info().device_offset = offset;
    page->ui().set_clock(WallClock::fixed(8 * 3600));  // Asia/Shanghai, the canned person's
    page->frames(3);
  }
  CannedStore canned;
  views::FrameState state{};
  std::optional<ViewPage> page;
};

TEST(ZoneBanner, asks_when_the_device_shows_another_time) {
  FrameOf t;
  t.sit_in("Europe/Berlin", 3600);
  t.page->click(Role::button, "Use Europe/Berlin");
  const auto pushed = t.canned.pushed<commands::ChangeZone>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].zone, "Europe/Berlin");
}

TEST(ZoneBanner, is_silent_where_the_clocks_agree_or_the_person_has_said_which) {
  FrameOf t;
  t.sit_in("Asia/Singapore", 8 * 3600);
  EXPECT_EQ(t.page->count(Role::button), 0);
  t.sit_in("", 0);
  EXPECT_EQ(t.page->count(Role::button), 0);
  t.sit_in("Europe/Berlin", 3600);
  t.page->click(Role::button, "Close");
  const auto kept = t.canned.pushed<commands::KeepZone>();
  ASSERT_EQ(kept.size(), 1u);
  t.state.zone_kept = kept[0].of;
  t.page->frames(3);
  EXPECT_EQ(t.page->count(Role::button), 0);
  t.sit_in("America/New_York", -5 * 3600);
  EXPECT_GT(t.page->count(Role::button), 0) << "another device, another question";
}

TEST(ZoneDialog, changes_the_zone_and_shows_what_the_server_refuses) {
  CannedStore canned;
  views::DialogState state{.form = 200, .what = commands::ChangeZoneDialog{}, .draft = {}};
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_dialog(ui, canned.store, state); });
  EXPECT_EQ(page.get(Role::text_box, "Time zone").value, "Asia/Shanghai");
  page.info().device_zone = "Europe/Berlin";
  page.frames(2);
  page.click(Role::button, "Use Europe/Berlin");
  page.click(Role::button, "Save");
  const auto pushed = canned.pushed<commands::ChangeZone>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].zone, "Europe/Berlin");
  EXPECT_EQ(pushed[0].form, 200u);
}

TEST(Clock, dates_near_a_change_are_those_of_their_own_day) {
  Harness page;
  const Zone zone = *Zone::find("Europe/Berlin");
  const Instant change{(day_number({2027, 3, 28}) * 24 + 1) * 3'600'000};
  page.ui().set_clock(WallClock(zone.changes(change - days(300), change + days(300))));
  page.info().now = change - days(2);
  std::vector<std::string> words;
  page.draw([&](ui::Ui& ui) {
    words = {std::string(ui::date_time(ui, change - Millis{1})), std::string(ui::date_time(ui, change)),
             std::string(ui::day_time(ui, change + hours(22))), std::string(ui::relative_time(ui, change + hours(22)))};
  });
  EXPECT_EQ(words[0], "2027-03-28 01:59");
  EXPECT_EQ(words[1], "2027-03-28 03:00");
  EXPECT_NE(words[2].find("01:00"), std::string::npos) << words[2];  // of the Monday: the Sunday has 23 hours
  EXPECT_NE(words[2].find("Mon"), std::string::npos) << words[2];
  EXPECT_EQ(words[3], "in 3 days");
}

TEST(Clock, is_that_of_the_account_and_not_of_the_device) {
  AppPage t;
  t.page.device_zone = "Asia/Tokyo";
  t.answer("/api/v1/capabilities", 200, greeting(of_berlin));
  EXPECT_EQ(t.harness.ui().clock().offset_at({1774746000000}), 7200);
  EXPECT_EQ(t.harness.ui().clock().offset_at({1774746000000 - 1}), 3600);
}

TEST(Clock, the_set_up_and_an_invitation_say_where_the_device_is) {
  CannedStore canned;
  HearingHost host;
  commands::Executor executor(canned.store, host);
  commands::SetUp set_up{.form = 1, .request = {}};
  set_up.request.name = "Root";
  executor.execute(commands::SessionCommand(set_up));
  executor.execute(commands::SessionCommand(commands::AcceptInvitation{2, {"token", "a password"}}));
  ASSERT_EQ(canned.transport.sent.size(), 2u);
  for (const auto& request : canned.transport.sent)
    EXPECT_NE(request.body.find(R"("zone":"Asia/Tokyo")"), std::string::npos) << request.body;
}

}  // namespace
}  // namespace tw::test
