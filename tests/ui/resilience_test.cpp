// What people do survives: a network that is away, a session that has ended, a page that is loaded again, a connection
// that comes back; and what is one person's stays theirs.
#include <gtest/gtest.h>

#include "client/views/drafts.h"
#include "support/ui/app_page.h"

namespace tw::test {
namespace {

using a11y::Role;

std::string key_of(const platform::HttpRequest& request) {
  for (const auto& one : request.headers)
    if (one.first == "Idempotency-Key") return one.second;
  return {};
}

std::string csrf_of(const platform::HttpRequest& request) {
  for (const auto& one : request.headers)
    if (one.first == "X-CSRF-Token") return one.second;
  return {};
}

// A new customer, half written.
void write_customer(AppPage& it, const std::string& name) {
  it.answer("/api/v1/customer-fields", 200, R"({"rows":[]})");
  it.harness.click(Role::button, "New customer");
  it.frame();
  it.harness.click(Role::text_box, "Name");
  it.harness.type(name);
  it.frame();
}

std::string value_of(const AppPage& it, Role role, std::string_view name) {
  const a11y::Node* node = it.harness.find(role, name);
  return node ? std::string(node->value) : "(not there)";
}

TEST(LostNetwork, shows_at_once_and_goes_away_by_itself) {
  AppPage it("/customers");
  it.greet(5);
  it.happen(platform::Online{false});
  EXPECT_NE(it.harness.find(Role::status, ""), nullptr);
  EXPECT_TRUE(
      it.harness.shows("The connection is lost. You see what was known before; it updates by itself when the "
                       "connection is back."));
  it.answer("/api/", 0, "");
  const int before = it.unanswered("/api/v1/events");
  it.happen(platform::Online{true});
  EXPECT_GT(it.unanswered("/api/v1/events"), before);
  it.answer("/api/v1/events", 200, R"({"newest":1,"forgotten":false,"events":[]})");
  EXPECT_EQ(it.app->store().connection, store::Connection::fine);
}

TEST(LostNetwork, a_write_waits_for_it_as_long_as_it_takes_and_is_then_sent_under_the_same_key) {
  AppPage it("/customers");
  it.greet(5);
  write_customer(it, "Li");
  it.happen(platform::Online{false});
  it.harness.click(Role::button, "Save");
  it.frame();
  const std::string key = key_of(*it.last("/api/v1/customers"));
  for (int i = 0; i < 12; ++i) {
    it.answer("/api/v1/customers", 0, "");
    it.later(30'000);
  }
  EXPECT_NE(it.harness.find(Role::dialog, "New customer"), nullptr);
  it.answer("/api/v1/customers", 0, "");
  it.happen(platform::Online{true});
  ASSERT_EQ(key_of(*it.last("/api/v1/customers")).size(), 32u);
  bool sent_again = false;
  for (const auto& one : it.page.sent)
    sent_again |= !it.done.count(one.first) && one.second.path == "/api/v1/customers" && key_of(one.second) == key;
  EXPECT_TRUE(sent_again);
}

TEST(LostNetwork, the_first_question_is_asked_until_somebody_answers) {
  AppPage it("/customers");
  for (int i = 0; i < 8; ++i) {
    it.answer("/api/", 0, "");
    it.later(4000);
  }
  it.greet(5);
  EXPECT_NE(it.harness.find(Role::link, "Customers"), nullptr);
}

TEST(LostNetwork, a_list_that_is_known_stays_without_a_complaint_of_its_own) {
  AppPage it("/people");
  it.greet(5);
  it.answer("/api/v1/people", 200,
            R"({"rows":[{"person":9,"name":"Wang","login":"wang","role":"member","active":true}]})");
  ASSERT_NE(it.harness.find(Role::row, "Wang"), nullptr);
  it.app->store().people.stale = true;
  for (int i = 0; i < 5; ++i) {
    it.answer("/api/v1/people", 0, "");
    it.later(5000);
  }
  EXPECT_TRUE(it.app->store().people.failed());
  EXPECT_NE(it.harness.find(Role::row, "Wang"), nullptr);
  EXPECT_FALSE(it.harness.shows("The server does not answer. Check your network."));
}

TEST(EndedSession, asks_for_the_password_over_the_work_and_goes_on_with_what_was_refused) {
  AppPage it("/customers");
  it.greet(5, "old");
  write_customer(it, "Li");
  it.harness.click(Role::button, "Save");
  it.frame();
  const std::string key = key_of(*it.last("/api/v1/customers"));
  it.end_session("/api/v1/customers");
  ASSERT_NE(it.harness.find(Role::dialog, "Sign in again"), nullptr);
  EXPECT_EQ(value_of(it, Role::text_box, "Login"), "p5");
  it.harness.click(Role::text_box, "Password");
  it.harness.type("low tide 2026");
  it.frame();
  it.harness.click(Role::button, "Sign in");
  it.frame();
  it.answer("/api/v1/session", 200, AppPage::person(5, "new"));
  EXPECT_EQ(it.harness.find(Role::dialog, "Sign in again"), nullptr);
  bool sent_again = false;
  for (const auto& one : it.page.sent)
    sent_again |= one.second.path == "/api/v1/customers" && key_of(one.second) == key && csrf_of(one.second) == "new";
  EXPECT_TRUE(sent_again);
  it.answer("/api/v1/customers", 200, R"({"row":{"customer":77,"name":"Li"}})");
  EXPECT_EQ(it.harness.find(Role::dialog, "New customer"), nullptr);
}

TEST(EndedSession, a_wrong_password_is_told_and_nothing_is_held_for_it) {
  AppPage it("/customers");
  it.greet(5, "old");
  it.end_session("/api/v1/events");
  it.harness.click(Role::text_box, "Password");
  it.harness.type("wrong");
  it.frame();
  it.harness.click(Role::button, "Sign in");
  it.frame();
  it.answer("/api/v1/session", 401,
            R"({"code":"unauthenticated","key":"session.wrong_login","detail":"Wrong login."})");
  EXPECT_TRUE(it.harness.shows("Wrong login."));
}

TEST(EndedSession, somebody_else_starts_with_nothing_of_the_first_person) {
  AppPage it("/customers?q=secret");
  it.greet(5, "old");
  it.answer("/api/v1/customer-fields", 200, R"({"rows":[]})");
  write_customer(it, "Li");
  it.end_session("/api/v1/events");
  it.harness.click(Role::button, "I am somebody else");
  it.frame();
  EXPECT_EQ(it.address(), "/sign-in");
  EXPECT_EQ(it.page.kept, "");
  EXPECT_EQ(it.page.reloads, 1);  // whatever views held is gone with the page
  it.answer("/api/v1/customers/query", 200,
            R"({"rows":[{"customer":1,"name":"Old"}],"total":{"count":1,"exact":true}})");
  it.harness.click(Role::text_box, "Login");
  it.harness.type("p6");
  it.frame();
  it.harness.click(Role::text_box, "Password");
  it.harness.type("low tide 2026");
  it.frame();
  it.harness.click(Role::button, "Sign in");
  it.frame();
  it.answer("/api/v1/session", 200, AppPage::person(6, "new"));
  EXPECT_EQ(it.address(), "/");
  EXPECT_EQ(it.harness.find(Role::dialog, "New customer"), nullptr);
  EXPECT_FALSE(it.app->store().customers.show("").window);
}

TEST(OtherPages, a_new_session_of_the_same_person_is_taken_over) {
  AppPage it("/customers");
  it.greet(5, "old");
  it.end_session("/api/v1/events");
  it.happen(platform::SignedInElsewhere{"5 4711"});
  it.greet(5, "new");
  EXPECT_EQ(it.harness.find(Role::dialog, "Sign in again"), nullptr);
  EXPECT_EQ(it.page.reloads, 0);
}

TEST(OtherPages, signing_out_or_another_person_leaves_nothing_here) {
  for (const char* session : {"", "6 4711", "55 4711"}) {
    AppPage it("/customers");
    it.greet(5);
    write_customer(it, "Li");
    ASSERT_NE(it.page.kept, "");
    it.happen(platform::SignedInElsewhere{session});
    EXPECT_EQ(it.page.reloads, 1) << session;
    EXPECT_EQ(it.page.kept, "") << session;
  }
}

TEST(Unsent, a_dialog_survives_a_reload_with_what_was_typed_and_says_so) {
  AppPage it("/customers");
  it.greet(5);
  write_customer(it, "客户甲");
  ASSERT_NE(it.page.kept, "");
  AppPage again("/customers", &it.page);
  again.greet(5);
  again.answer("/api/v1/customer-fields", 200, R"({"rows":[]})");
  EXPECT_EQ(value_of(again, Role::text_box, "Name"), "客户甲");
  EXPECT_TRUE(again.harness.shows("What you were writing is back."));
}

TEST(Unsent, is_nothing_while_nothing_was_typed) {
  AppPage it("/customers");
  it.greet(5);
  it.answer("/api/v1/customer-fields", 200, R"({"rows":[]})");
  it.harness.click(Role::button, "New customer");
  it.frame();
  ASSERT_NE(it.harness.find(Role::text_box, "Name"), nullptr);
  EXPECT_EQ(it.page.kept, "");
}

TEST(Unsent, is_gone_after_success_and_after_giving_up) {
  AppPage it("/customers");
  it.greet(5);
  write_customer(it, "Li");
  it.harness.click(Role::button, "Cancel");
  it.frame();
  EXPECT_EQ(it.page.kept, "");
  write_customer(it, "Li");
  it.harness.click(Role::button, "Save");
  it.frame();
  EXPECT_NE(it.page.kept, "");
  it.answer("/api/v1/customers", 200, R"({"row":{"customer":77,"name":"Li"}})");
  EXPECT_EQ(it.page.kept, "");
}

TEST(Unsent, is_read_by_its_writer_only) {
  AppPage it("/customers");
  it.greet(5);
  write_customer(it, "Li");
  AppPage other("/customers", &it.page);
  other.greet(6);
  EXPECT_EQ(other.harness.find(Role::dialog, "New customer"), nullptr);
  EXPECT_EQ(other.page.kept, "");
}

TEST(Unsent, a_note_comes_back_with_its_customer) {
  const std::string customer = R"({"row":{"customer":901,"name":"Li"},"may_edit":true})";
  AppPage it("/customers/901");
  it.greet(5);
  it.answer("/api/v1/customers/901", 200, customer);
  it.harness.click(Role::text_box, "Note");
  it.harness.type("called twice");
  it.frame();
  AppPage again("/customers/901", &it.page);
  again.greet(5);
  again.answer("/api/v1/customers/901", 200, customer);
  EXPECT_EQ(value_of(again, Role::text_box, "Note"), "called twice");
}

TEST(Unsent, what_is_written_while_the_words_before_are_being_saved_stays) {
  AppPage it("/customers/901");
  it.greet(5);
  it.answer("/api/v1/customers/901", 200, R"({"row":{"customer":901,"name":"Li"},"may_edit":true})");
  const auto write = [&](std::string_view words) {
    it.harness.click(Role::text_box, "Note");
    it.harness.key(ui::Key::end);
    it.harness.type(words);
    it.frame();
  };
  write("called twice");
  it.harness.click(Role::button, "Save note");
  it.frame();
  write(", and once more");
  ASSERT_EQ(it.answer("/api/v1/customers/901/notes", 200, "{}"), 1);
  EXPECT_EQ(value_of(it, Role::text_box, "Note"), "called twice, and once more");
  it.harness.click(Role::button, "Save note");
  it.frame();
  ASSERT_EQ(it.answer("/api/v1/customers/901/notes", 200, "{}"), 1);
  EXPECT_EQ(value_of(it, Role::text_box, "Note"), "") << "nothing new was written";
}

TEST(Unsent, an_answer_about_one_customer_leaves_the_words_about_another_alone) {
  AppPage it("/customers/901");
  it.greet(5);
  it.answer("/api/v1/customers/901", 200, R"({"row":{"customer":901,"name":"Li"},"may_edit":true})");
  it.harness.click(Role::text_box, "Note");
  it.harness.type("called twice");
  it.frame();
  it.harness.click(Role::button, "Save note");
  it.frame();
  it.page.history.push_back("/customers/902");
  it.page.steps.push_back(platform::Step::screen);
  it.happen(platform::PathChanged{"/customers/902"});
  it.answer("/api/v1/customers/902", 200, R"({"row":{"customer":902,"name":"Wu"},"may_edit":true})");
  it.harness.click(Role::text_box, "Note");
  it.harness.type("never at home");
  it.frame();
  ASSERT_EQ(it.answer("/api/v1/customers/901/notes", 200, "{}"), 1);
  EXPECT_EQ(value_of(it, Role::text_box, "Note"), "never at home");
}

// Somebody works on an item of theirs, and 32 is the next one.
struct AtWork : AppPage {
  AtWork() : AppPage("/my-tasks/31") {
    greet(5);
    answer("/api/v1/customer-fields", 200, R"({"rows":[]})");
    answer("/api/v1/items/query", 200, R"({"rows":[)" + row(31) + "," + row(32) + R"(],"counts":{"to_do":2}})");
    answer("/api/v1/items/31", 200,
           R"({"row":)" + row(31) + R"(,"allowed":["save_progress","complete","abandon","transfer"]})");
  }
  static std::string row(int item) {
    const std::string id = std::to_string(item);
    return R"({"item":)" + id + R"(,"version":3,"batch":7,"subject":"Spring","customer":9)" + id +
           R"(,"customer_name":"C)" + id + R"(","state":"executing","executor":5})";
  }
};

void write_record(AppPage& it, const char* words) {
  it.harness.click(Role::text_box, "Record of this contact");
  it.harness.type(words);
  it.frame();
}

int answer_about_31(AppPage& it, const std::string& path) {
  return it.answer("/api/v1/items/31/" + path, 200, R"({"row":{"item":31,"version":4,"state":"completed"}})");
}

TEST(Unsent, an_item_that_is_done_opens_the_next_one) {
  AtWork it;
  write_record(it, "will come");
  it.harness.click(Role::button, "Complete");
  it.frame();
  ASSERT_EQ(answer_about_31(it, "complete"), 1);
  EXPECT_EQ(it.address(), "/my-tasks/32");
}

TEST(Unsent, an_item_that_is_done_pulls_nobody_back_from_the_page_they_went_to) {
  AtWork it;
  write_record(it, "will come");
  it.harness.click(Role::button, "Complete");
  it.frame();
  it.harness.click(Role::link, "Customers");
  it.frame();
  write_customer(it, "Li");
  ASSERT_EQ(it.address(), "/customers");
  ASSERT_EQ(answer_about_31(it, "complete"), 1);
  EXPECT_EQ(it.address(), "/customers");
  EXPECT_EQ(value_of(it, Role::text_box, "Name"), "Li");
}

TEST(Unsent, an_item_that_is_done_leaves_a_dialog_open_that_somebody_writes_in) {
  AtWork it;
  write_record(it, "will come");
  it.harness.click(Role::button, "Complete");
  it.frame();
  it.harness.click(Role::button, "Account menu");
  it.frame();
  it.harness.click(Role::menu_item, "Change password");
  it.frame();
  it.harness.click(Role::text_box, "Current password");
  it.harness.type("low");
  it.frame();
  const std::string address = it.address();
  ASSERT_EQ(answer_about_31(it, "complete"), 1);
  EXPECT_EQ(it.address(), address);
  EXPECT_EQ(value_of(it, Role::text_box, "Current password"), "low");
}

TEST(Unsent, words_that_a_quick_result_does_not_carry_stay) {
  AtWork it;
  write_record(it, "call her sister instead");
  it.harness.click(Role::button, "No answer");
  it.frame();
  ASSERT_EQ(it.last("/api/v1/items/31/quick-result")->body.find("sister"), std::string::npos);
  const char* still_hers =
      R"({"row":{"item":31,"version":4,"state":"executing","executor":5},"allowed":["save_progress","complete"]})";
  ASSERT_EQ(it.answer("/api/v1/items/31/quick-result", 200, still_hers), 1);
  EXPECT_EQ(it.address(), "/my-tasks/32");
  it.page.history.push_back("/my-tasks/31");
  it.page.steps.push_back(platform::Step::screen);
  it.happen(platform::PathChanged{"/my-tasks/31"});
  it.answer("/api/v1/items/31", 200, still_hers);
  EXPECT_EQ(value_of(it, Role::text_box, "Record of this contact"), "call her sister instead");
}

TEST(Unsent, a_batch_that_is_being_made_for_a_selection_keeps_the_selection) {
  commands::AddToBatch named, found;
  named.count = 2;
  named.customers = {{3}, {5}};
  found.count = 45'210;
  found.except = {{7}};
  found.query.emplace();
  found.query->view = api::CustomerView::department;
  found.query->search = "北\"斗";
  found.query->filter.combine = api::Combine::any;
  found.query->filter.conditions = {{"city", api::Operator::contains, "上海", {}},
                                    {"score", api::Operator::one_of, "", {"1", "2"}}};
  for (const commands::AddToBatch& add : {named, found}) {
    views::CustomerState customer;
    views::MyTasksState my_tasks;
    std::vector<views::DialogState> dialogs(1);
    views::BatchDraft draft;
    draft.filled = true;
    dialogs[0].what = commands::NewBatch{add};
    dialogs[0].draft = draft;
    views::write_drafts({5}, {customer, my_tasks, dialogs});
    std::get<views::BatchDraft>(dialogs[0].draft).subject = "Spring";
    const std::string words = views::write_drafts({5}, {customer, my_tasks, dialogs});
    std::vector<views::DialogState> again;
    store::FormId last_form = 100;
    ASSERT_TRUE(views::read_drafts(words, {5}, {customer, my_tasks, again}, last_form));
    ASSERT_EQ(again.size(), 1u);
    EXPECT_EQ(std::get<views::BatchDraft>(again[0].draft).subject, "Spring");
    const auto& kept = std::get<commands::NewBatch>(again[0].what).then_add;
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->count, add.count);
    EXPECT_EQ(kept->customers, add.customers);
    EXPECT_EQ(kept->except, add.except);
    ASSERT_EQ(kept->query.has_value(), add.query.has_value());
    if (add.query) {
      EXPECT_EQ(json::encode(*kept->query), json::encode(*add.query));
    }
  }
}

TEST(Unsent, words_that_make_no_sense_are_left_alone) {
  for (const char* words :
       {"[", "{}", "[2,5", "[2,5,1]", "[1,5,0,0,0]", "[2,5,1,\"[]\",0,0]", "[2,5,0,0,0,7]", "[2,5,-1,99999999,0]"}) {
    AppPage before("/customers");
    before.page.kept = words;
    AppPage it("/customers", &before.page);
    it.greet(5);
    EXPECT_FALSE(it.harness.shows("What you were writing is back.")) << words;
    EXPECT_EQ(it.page.kept, "") << words;
  }
}

TEST(Unsent, no_password_is_ever_kept) {
  const std::string secret = "low tide 2026";
  const auto knows_it = [&](const AppPage& it) {
    bool knows = it.page.kept.find(secret) != std::string::npos;
    for (const auto& one : it.page.preferences) knows |= one.second.find(secret) != std::string::npos;
    return knows;
  };
  AppPage it("/customers");
  it.greet(5);
  it.harness.click(Role::button, "Account menu");
  it.frame();
  it.harness.click(Role::menu_item, "Change password");
  it.frame();
  for (const char* field : {"Current password", "New password", "New password again"}) {
    it.harness.click(Role::text_box, field);
    it.harness.type(secret);
    it.frame();
    EXPECT_EQ(value_of(it, Role::text_box, field), secret);
    EXPECT_EQ(it.page.kept, "") << field;
  }
  it.harness.key(ui::Key::escape);
  it.frame();

  // Nor beside what is kept: the password that goes on with a half-written customer.
  write_customer(it, "Li");
  it.end_session("/api/v1/events");
  it.harness.click(Role::text_box, "Password");
  it.harness.type(secret);
  it.frame();
  EXPECT_EQ(value_of(it, Role::text_box, "Password"), secret);
  EXPECT_NE(it.page.kept.find("Li"), std::string::npos);
  EXPECT_FALSE(knows_it(it));

  AppPage guest("/sign-in");
  guest.greet(0);
  guest.harness.click(Role::text_box, "Password");
  guest.harness.type(secret);
  guest.frame();
  EXPECT_EQ(value_of(guest, Role::text_box, "Password"), secret);
  EXPECT_FALSE(knows_it(guest));
}

}  // namespace
}  // namespace tw::test
