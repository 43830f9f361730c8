// The quick search through the door, against a model that looks at every field of every row: any two or more characters
// of name, contact, phone or key find the row, in any script, and find nothing that the searcher does not reach.
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "api/customer.h"
#include "core/text.h"
#include "domain/customer/customer.h"
#include "support/random.h"
#include "support/test_world.h"

namespace tw::services {
namespace {

using test::Caller;
using test::Role;
using test::TestWorld;

struct Known {
  CustomerId customer;
  PersonId owner;
  std::vector<std::string> fields;
};

// Names as they come: Han, also of the rarer planes, kana, Latin with capitals and accents, full-width, digits, signs.
std::string random_text(support::Seeded& random, std::int64_t longest) {
  static const std::vector<std::string> characters = {
      "天", "海", "华", "中", "新", "东", "京", "𠮷", "㐀", "ア", "の", "A", "b", "Z", "é", "ß", "Ａ", "９",
      "0",  "1",  "7",  "-",  "&",  "（", "）", "\"", "'",  "%",  "_",  "*", "O", "R", "n", "д", "Я",  "한"};
  std::string out;
  for (auto left = random.between(2, longest); left > 0; --left) out += random.pick(characters);
  return out;
}

// Every run of `length` characters.
std::vector<std::string> pieces(const std::string& text, std::size_t length) {
  std::vector<std::string> characters;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    text::next_code_point(text, at);
    characters.push_back(text.substr(from, at - from));
  }
  std::vector<std::string> out;
  for (std::size_t from = 0; from + length <= characters.size(); ++from) {
    std::string piece;
    for (std::size_t i = from; i < from + length; ++i) piece += characters[i];
    out.push_back(std::move(piece));
  }
  return out;
}

class QuickSearch : public ::testing::Test {
 protected:
  TestWorld world;
  DepartmentId north = world.add_department("North");
  Caller admin = world.administrator();
  Caller manager = world.sign_in("Manager", Role::manager, north);
  Caller member = world.sign_in("Member", Role::member, north);
  Caller stranger = world.sign_in("Stranger", Role::member, world.add_department("South"));

  CustomerId add(const Caller& owner, api::AddCustomer::Request request) {
    request.owner = owner.person;
    const auto added = world.call<api::AddCustomer>(admin, request);
    EXPECT_TRUE(added) << added.reply.body;
    return added ? added->row.customer : CustomerId{};
  }
  Known add_random(support::Seeded& random, const Caller& owner) {
    api::AddCustomer::Request request;
    request.name = random_text(random, 8);
    request.contact = random_text(random, 4);
    request.phone = "1" + std::to_string(random.between(3'000'000'000, 9'999'999'999));
    request.external_key = "K" + std::to_string(random.between(10, 99'999));
    return {add(owner, request), owner.person, {request.name, request.contact, request.phone, request.external_key}};
  }
  test::Answer<api::QueryCustomers::Response> search(const Caller& who, const std::string& text) {
    api::QueryCustomers::Request request;
    request.query.search = text;
    request.page.limit = api::longest_page;
    return world.call<api::QueryCustomers>(who, request);
  }
  std::set<CustomerId> found(const Caller& who, const std::string& text) {
    const auto page = search(who, text);
    EXPECT_TRUE(page) << page.reply.body;
    std::set<CustomerId> ids;
    if (!page) return ids;
    for (const auto& row : page->rows) EXPECT_TRUE(ids.insert(row.customer).second) << text << " twice";
    EXPECT_EQ(page->total.count, static_cast<std::int64_t>(ids.size())) << text;
    api::CountCustomers::Request count;
    count.query.search = text;
    EXPECT_EQ(world.call<api::CountCustomers>(who, count)->count, page->total.count) << text;
    return ids;
  }
  static std::set<CustomerId> expected(const std::vector<Known>& all, PersonId owner, const std::string& text) {
    std::set<CustomerId> ids;
    for (const Known& known : all)
      for (const std::string& field : known.fields)
        if ((!owner || known.owner == owner) && text::lower(field).find(text::lower(text)) != std::string::npos)
          ids.insert(known.customer);
    return ids;
  }
};

TEST_F(QuickSearch, any_two_or_more_characters_find_every_row_that_has_them_and_no_other) {
  support::for_seeds(2, [this](support::Seeded random) {
    std::vector<Known> all;
    for (int i = 0; i < 16; ++i) all.push_back(add_random(random, random.one_in(2) ? member : stranger));
    for (std::size_t i = 0; i < all.size(); i += 2) {
      for (const std::string& field : all[i].fields) {
        for (const std::size_t length : {2u, 3u, 5u}) {
          for (const std::string& piece : pieces(field, length)) {
            ASSERT_EQ(found(member, piece), expected(all, member.person, piece)) << '"' << piece << '"';
            ASSERT_EQ(found(admin, piece), expected(all, {}, piece)) << '"' << piece << '"';
          }
        }
      }
    }
    // The next seed begins with an empty list.
    world.change([](Work& work) {
      work.db.execute(
          "DELETE FROM customer_log; DELETE FROM customers; DELETE FROM customer_search; DELETE FROM customer_counts");
    });
  });
}

TEST_F(QuickSearch, a_phone_is_found_as_people_write_it) {
  api::AddCustomer::Request request;
  request.name = "Acme";
  request.phone = "+86 138-1234-5678";
  const std::set<CustomerId> acme{add(member, request)};
  for (const char* text : {"13812345678", "138 1234 5678", "+86 13812345678", "1234-5678", "8613812345678",
                           "１３８１２３４", "(138) 1234"})
    EXPECT_EQ(found(member, text), acme) << text;
  EXPECT_TRUE(found(member, "138 1234 5679").empty());
}

TEST_F(QuickSearch, what_a_row_no_longer_says_does_not_find_it) {
  api::AddCustomer::Request request;
  request.name = "上海光明";
  const CustomerId customer = add(member, request);
  api::UpdateCustomer::Request update;
  update.customer = customer;
  update.version = {1};
  update.name = "北京光华";
  ASSERT_TRUE(world.call<api::UpdateCustomer>(admin, update));
  EXPECT_TRUE(found(member, "上海").empty());
  EXPECT_TRUE(found(member, "光明").empty());
  EXPECT_EQ(found(member, "北京光"), std::set<CustomerId>{customer});
  update.version = {2};
  update.owner = stranger.person;
  ASSERT_TRUE(world.call<api::UpdateCustomer>(admin, update));
  EXPECT_TRUE(found(member, "北京").empty()) << "given away";
  EXPECT_EQ(found(stranger, "北京"), std::set<CustomerId>{customer});
}

// Somebody who may not see a row cannot ask for its digits one by one; somebody who may, sees them masked.
TEST_F(QuickSearch, masked_data_never_leaks_to_whom_the_row_is_out_of_scope) {
  api::AddCustomer::Request request;
  request.name = "Secret Harbour";
  request.contact = "Zoe";
  request.phone = "13812345678";
  request.email = "zoe.harbour@example.com";
  request.external_key = "SH-77";
  add(stranger, request);
  for (const char* text : {"13812345678", "38", "1234", "5678", "Zoe", "ecre", "SH-77", "zoe.harbour"}) {
    for (const Caller& who : {member, manager}) EXPECT_TRUE(found(who, text).empty()) << text;
    for (const char* column : {"phone", "email", "name", "external_key"}) {
      api::QueryCustomers::Request query;
      query.query.filter.conditions.push_back({column, api::Operator::contains, text, {}});
      for (const Caller& who : {member, manager}) {
        const auto page = world.call<api::QueryCustomers>(who, query);
        EXPECT_TRUE(page->rows.empty()) << column << " contains " << text;
        EXPECT_EQ(page->total.count, 0) << column << " contains " << text;
      }
    }
  }
  const auto own = search(stranger, "1234");
  ASSERT_EQ(own->rows.size(), 1u);
  EXPECT_EQ(own.reply.body.find("13812345678"), std::string::npos) << "a list shows no whole number";
  EXPECT_EQ(own.reply.body.find("zoe.harbour"), std::string::npos) << "nor a whole address";
}

TEST_F(QuickSearch, signs_of_the_index_s_own_language_are_letters) {
  api::AddCustomer::Request request;
  request.name = "a\" OR \"b* NEAR(x)";
  const std::set<CustomerId> odd{add(member, request)};
  request.name = "plain";
  add(member, request);
  for (const char* text : {"\" OR", "b*", "NEAR(", "OR \"b", "a\""}) EXPECT_EQ(found(member, text), odd) << text;
  for (const char* text : {"\"\"", "* OR *", "lain\" OR \"x"}) EXPECT_TRUE(found(member, text).empty()) << text;
}

TEST_F(QuickSearch, one_character_is_the_beginning_of_a_name) {
  api::AddCustomer::Request request;
  request.name = "海天";
  const std::set<CustomerId> sea{add(member, request)};
  request.name = "天海";
  add(member, request);
  EXPECT_EQ(found(member, "海"), sea);
  EXPECT_EQ(found(member, " 海 "), sea);
}

}  // namespace
}  // namespace tw::services
