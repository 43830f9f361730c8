// The application as a web page: what is shown has an address, back and forward work, a link survives signing in, files
// may be dropped, the tab says what is open and how much waits.
#include <gtest/gtest.h>

#include "support/ui/app_page.h"

namespace tw::test {
namespace {

using a11y::Role;

constexpr const char* two_people =
    R"({"rows":[{"person":9,"name":"Wang","login":"wang","role":"member","active":true},
                {"person":10,"name":"Sun","login":"sun","role":"member","active":false}]})";

// People, with the list on the screen.
struct PeoplePage : AppPage {
  explicit PeoplePage(const std::string& address = "/people") : AppPage(address) {
    greet(5);
    answer("/api/v1/people", 200, two_people);
    answer("/api/v1/departments", 200, R"({"rows":[]})");
  }
};

TEST(Addresses, a_record_over_a_list_has_one_and_back_closes_it) {
  PeoplePage it;
  it.harness.activate(Role::row, "Wang");
  it.frame();
  EXPECT_EQ(it.address(), "/people?person=9");
  EXPECT_NE(it.harness.find(Role::dialog, "Edit person"), nullptr);
  it.page.go_back();
  it.frame();
  EXPECT_EQ(it.address(), "/people");
  EXPECT_EQ(it.harness.find(Role::dialog, "Edit person"), nullptr);
}

TEST(Addresses, a_record_that_was_closed_is_no_stop_on_the_way_back) {
  AppPage it("/batches");
  it.greet(5);
  it.harness.click(Role::link, "People");
  it.frame();
  it.answer("/api/v1/people", 200, two_people);
  it.harness.activate(Role::row, "Wang");
  it.frame();
  it.harness.click(Role::button, "Cancel");
  it.frame();
  EXPECT_EQ(it.address(), "/people");
  it.page.go_back();
  it.frame();
  it.frame();
  EXPECT_EQ(it.address(), "/batches");
}

TEST(Addresses, a_record_that_was_opened_by_its_address_closes_in_place) {
  PeoplePage it("/people?person=9");
  ASSERT_NE(it.harness.find(Role::dialog, "Edit person"), nullptr);
  it.harness.click(Role::button, "Cancel");
  it.frame();
  EXPECT_EQ(it.address(), "/people");
  EXPECT_EQ(it.page.history.size(), 1u);
}

TEST(Addresses, what_is_being_changed_in_a_record_survives_a_reload_of_its_address) {
  PeoplePage it("/people?person=9");
  it.harness.click(Role::text_box, "Name");
  it.harness.type("!");
  it.frame();
  AppPage again("/people?person=9", &it.page);
  again.greet(5);
  again.answer("/api/v1/people", 200, two_people);
  ASSERT_EQ(again.harness.count(Role::dialog), 1);
  EXPECT_NE(again.harness.get(Role::text_box, "Name").value.find('!'), std::string_view::npos);
}

TEST(Addresses, tabs_and_filters_are_steps_and_typing_is_not) {
  PeoplePage it;
  it.harness.activate(Role::checkbox, "Show disabled");
  it.frame();
  EXPECT_EQ(it.address(), "/people?disabled=1");
  EXPECT_NE(it.harness.find(Role::row, "Sun"), nullptr);
  const std::size_t steps = it.page.history.size();
  it.harness.click(Role::search_box, "Search name, login or department");
  it.harness.type("su");
  it.frame();
  it.later(400);
  it.frame();
  EXPECT_EQ(it.address(), "/people?disabled=1&q=su");
  EXPECT_EQ(it.page.history.size(), steps);
  it.page.go_back();
  it.frame();
  EXPECT_EQ(it.harness.find(Role::row, "Sun"), nullptr);
}

TEST(Addresses, back_closes_a_dialog_without_leaving_its_screen) {
  AppPage it("/");
  it.greet(5);
  it.harness.click(Role::link, "Customers");
  it.frame();
  it.answer("/api/v1/customer-fields", 200, R"({"rows":[]})");
  it.harness.click(Role::button, "New customer");
  it.frame();
  ASSERT_NE(it.harness.find(Role::dialog, "New customer"), nullptr);
  it.page.go_back();
  it.frame();
  EXPECT_EQ(it.harness.find(Role::dialog, "New customer"), nullptr);
  EXPECT_EQ(it.address(), "/customers");
  it.page.go_back();
  it.frame();
  EXPECT_EQ(it.address(), "/");
}

TEST(Addresses, a_dialog_that_was_closed_is_no_stop_on_the_way_back) {
  AppPage it("/");
  it.greet(5);
  it.harness.click(Role::link, "Customers");
  it.frame();
  it.answer("/api/v1/customer-fields", 200, R"({"rows":[]})");
  for (int i = 0; i < 2; ++i) {
    it.harness.click(Role::button, "New customer");
    it.frame();
    it.harness.click(Role::button, "Cancel");
    it.frame();
  }
  EXPECT_EQ(it.page.history.size(), 3u);
  it.page.go_back();
  it.frame();
  it.frame();
  EXPECT_EQ(it.address(), "/");
}

TEST(Addresses, a_dialog_that_was_closed_is_no_stop_on_the_way_back_after_a_reload_either) {
  AppPage it("/");
  it.greet(5);
  it.harness.click(Role::link, "Customers");
  it.frame();
  it.answer("/api/v1/customer-fields", 200, R"({"rows":[]})");
  it.harness.click(Role::button, "New customer");
  it.frame();
  AppPage open("/customers", &it.page);  // nothing was typed: it does not come back
  it.harness.click(Role::button, "Cancel");
  it.frame();
  AppPage closed("/customers", &it.page);
  for (AppPage* again : {&open, &closed}) {
    again->greet(5);
    ASSERT_EQ(again->harness.count(Role::dialog), 0);
    ASSERT_EQ(again->page.history.size(), 3u);
    again->page.go_back();
    again->frame();
    again->frame();
    EXPECT_EQ(again->address(), "/");
  }
}

TEST(Addresses, a_record_that_is_closed_after_a_reload_is_no_stop_on_the_way_back) {
  PeoplePage it;
  it.page.push_path("/people", platform::Step::screen);  // as if from elsewhere
  it.page.history.front() = "/batches";
  it.harness.activate(Role::row, "Wang");
  it.frame();
  AppPage again("/people?person=9", &it.page);
  again.greet(5);
  again.answer("/api/v1/people", 200, two_people);
  again.answer("/api/v1/departments", 200, R"({"rows":[]})");
  again.harness.click(Role::button, "Cancel");
  again.frame();
  ASSERT_EQ(again.address(), "/people");
  again.page.go_back();
  again.frame();
  again.frame();
  EXPECT_EQ(again.address(), "/batches");
}

TEST(Addresses, what_a_dialog_leads_to_takes_its_step) {
  AppPage it("/customers");
  it.greet(5);
  it.answer("/api/v1/customer-fields", 200, R"({"rows":[]})");
  it.harness.click(Role::button, "New customer");
  it.frame();
  EXPECT_EQ(it.page.history.size(), 2u);
  it.harness.click(Role::button, "Save");
  it.frame();
  it.answer("/api/v1/customers", 200, R"({"row":{"customer":77,"name":"Li"}})");
  EXPECT_EQ(it.page.history, (std::vector<std::string>{"/customers", "/customers/77"}));
  EXPECT_EQ(it.harness.find(Role::dialog, "New customer"), nullptr);
}

TEST(Addresses, a_link_survives_signing_in_and_a_reload_on_the_way) {
  AppPage it("/customers?q=li");
  it.greet(0);
  EXPECT_EQ(it.address(), "/sign-in?next=%2Fcustomers%3Fq%3Dli");
  AppPage again(it.address(), &it.page);
  again.greet(0);
  again.harness.click(Role::text_box, "Login");
  again.harness.type("p5");
  again.frame();
  again.harness.click(Role::text_box, "Password");
  again.harness.type("low tide 2026");
  again.frame();
  again.harness.click(Role::button, "Sign in");
  again.frame();
  again.answer("/api/v1/session", 200, AppPage::person(5, "t"));
  EXPECT_EQ(again.address(), "/customers?q=li");
}

TEST(Addresses, no_link_leads_away_from_here_after_signing_in) {
  for (const char* next : {"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)",
                           "/sign-in?next=/people", "/setup", "/nothing", "", "/%2f/evil.example"}) {
    const commands::Route route = commands::parse_route(commands::path_with("/sign-in", "next", next));
    const std::string there = commands::address_of(commands::wanted_after_sign_in(route));
    EXPECT_EQ(there, "/") << next;
  }
  const commands::Route route = commands::parse_route("/sign-in?next=/batches/7/confirm");
  EXPECT_EQ(commands::address_of(commands::wanted_after_sign_in(route)), "/batches/7/confirm");
}

TEST(Title, says_what_is_open_and_how_much_waits_for_this_person) {
  AppPage it("/customers/901");
  it.greet(5);
  EXPECT_EQ(it.page.title, "Customer · Tidewater");
  it.answer("/api/v1/workbench", 200, R"({"to_confirm":4,"new_for_me":2,"returned_to_me":1})");
  EXPECT_EQ(it.page.title, "(7) Customer · Tidewater");
  it.answer("/api/v1/customers/901", 200, R"({"row":{"customer":901,"name":"Li"}})");
  EXPECT_EQ(it.page.title, "(7) Li · Tidewater");
}

TEST(Title, the_browser_paints_around_the_page_in_the_colour_of_the_theme) {
  AppPage it("/");
  const std::string light = it.page.bar;
  EXPECT_EQ(light.size(), 7u);
  it.page.look.dark = true;
  it.happen(platform::SystemLook{true});
  EXPECT_NE(it.page.bar, light);
}

// --- files -----------------------------------------------------------------------------------------------------------

TEST(Drop, a_csv_file_anywhere_on_the_customer_list_is_uploaded) {
  AppPage it("/customers");
  it.greet(5);
  it.happen(platform::FileEvent{0, 3, "客户.CSV", 100});
  EXPECT_EQ(it.address(), "/imports");
  ASSERT_NE(it.last("/api/v1/imports"), nullptr);
  bool uploaded = false;
  for (const auto& one : it.page.sent) uploaded |= one.second.file == 3;
  EXPECT_TRUE(uploaded);
}

TEST(Drop, elsewhere_and_of_another_kind_it_is_refused_with_a_reason) {
  const std::pair<const char*, std::pair<const char*, const char*>> cases[] = {
      {"/batches", {"a.csv", "Files cannot be dropped here. Drop CSV files on Customers or Import."}},
      {"/customers", {"a.xlsx", "a.xlsx is not a CSV file, so it was not taken."}}};
  for (const auto& one : cases) {
    AppPage it(one.first);
    it.greet(5);
    it.happen(platform::FileEvent{0, 3, one.second.first, 100});
    EXPECT_EQ(it.page.released, (std::vector<platform::FileId>{3}));
    EXPECT_TRUE(it.harness.shows(one.second.second)) << one.second.first;
    EXPECT_EQ(it.address(), one.first);
  }
}

TEST(Drop, of_several_files_the_first_is_taken) {
  AppPage it("/customers");
  it.greet(5);
  it.page.events.push_back(platform::FileEvent{0, 3, "a.csv", 100});
  it.page.events.push_back(platform::FileEvent{0, 4, "b.csv", 100});
  it.frame();
  EXPECT_EQ(it.page.released, (std::vector<platform::FileId>{4}));
  EXPECT_TRUE(it.harness.shows("One file at a time: b.csv was not taken."));
}

TEST(Drop, while_files_hover_the_page_says_what_would_become_of_them) {
  AppPage it("/customers");
  it.greet(5);
  it.harness.inside().files_over = true;
  it.frame();
  EXPECT_TRUE(it.harness.shows("Drop the CSV file to import customers"));
  EXPECT_TRUE(it.harness.inside().page_takes_files);
}

// --- the program in two parts ----------------------------------------------------------------------------------------

TEST(TwoParts, the_second_is_asked_for_when_the_sign_in_form_stands_and_not_before) {
  AppPage it("/customers");
  it.page.whole = false;
  it.frame();
  EXPECT_EQ(it.page.asked_for_the_rest, 0);
  it.greet(0);
  EXPECT_TRUE(it.harness.shows("Welcome back"));
  EXPECT_GT(it.page.asked_for_the_rest, 0);
}

TEST(TwoParts, who_is_signed_in_waits_for_the_second_and_then_stands_where_they_wanted_to) {
  AppPage it("/customers");
  it.page.whole = false;
  it.greet(5);
  EXPECT_TRUE(it.harness.shows("Opening your work…"));
  EXPECT_GT(it.page.asked_for_the_rest, 0);
  EXPECT_EQ(it.page.sent.size(), 1u);  // who is there; nothing of a screen yet
  it.page.whole = true;
  it.frame();
  EXPECT_FALSE(it.harness.shows("Opening your work…"));
  EXPECT_EQ(it.address(), "/customers");
  EXPECT_EQ(it.unanswered("/api/v1/customer-fields"), 1);
}

// --- links -----------------------------------------------------------------------------------------------------------

TEST(Links, what_is_under_the_pointer_is_known_for_the_browsers_own_menu) {
  AppPage it("/");
  it.greet(5);
  const a11y::Node& link = it.harness.get(Role::link, "Customers");
  it.harness.move_to({link.x + link.w / 2, link.y + link.h / 2});
  it.frame();
  EXPECT_EQ(it.harness.inside().hovered_path, "/customers");
  it.harness.move_to({700, 30});
  it.frame();
  EXPECT_EQ(it.harness.inside().hovered_path, "");
}

}  // namespace
}  // namespace tw::test
