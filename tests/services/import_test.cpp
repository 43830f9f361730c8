// Imports from the upload to the last row: what is read, what is refused, what a duplicate does. Steps and repetitions
// stand in import_steps_test.cpp, the files in import_files_test.cpp.
#include "api/import.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "api/customer.h"
#include "api/customer_field.h"
#include "api/customer_timeline.h"
#include "core/text.h"
#include "support/import_world.h"

namespace tw::services {
namespace {

TEST_F(ImportTest, a_file_becomes_customers_with_a_new_field_for_the_column_without_a_home) {
  const auto uploaded = upload(manager, two_rows);
  ASSERT_TRUE(uploaded) << uploaded.reply.body;
  EXPECT_EQ(uploaded->encoding, "UTF-8");
  EXPECT_EQ(uploaded->columns.size(), 4u);
  EXPECT_EQ(uploaded->columns[1].suggestion.standard, "phone");
  EXPECT_EQ(uploaded->columns[3].suggestion.to, MapTo::new_custom);
  const auto checked = check(manager, suggested(*uploaded));
  EXPECT_EQ(checked.state, ImportState::checked);
  EXPECT_EQ(checked.new_rows, 2);
  EXPECT_EQ(customers(), 0) << "the check wrote customers";
  const auto done = write(manager, checked);
  EXPECT_EQ(done.state, ImportState::done);
  EXPECT_EQ(done.written_rows, 2);
  EXPECT_EQ(world.spool.count(), 0u) << "the file stayed behind";

  api::QueryCustomers::Request query;
  query.query.search = "5678";
  const auto found = world.call<api::QueryCustomers>(manager, query);
  ASSERT_EQ(found->rows.size(), 1u);
  EXPECT_EQ(found->rows[0].name, "张三");
  EXPECT_EQ(found->rows[0].owner, manager.person);
  EXPECT_EQ(found->rows[0].department, north);
  const auto detail = world.call<api::ViewCustomer>(manager, {found->rows[0].customer});
  ASSERT_EQ(detail->row.values.size(), 1u);
  EXPECT_EQ(detail->row.values[0].value, "gold");
  const auto timeline = world.call<api::CustomerTimeline>(manager, {found->rows[0].customer, "", 10});
  ASSERT_EQ(timeline->entries.size(), 1u);
  EXPECT_EQ(timeline->entries[0].kind, api::TimelineKind::imported);
  EXPECT_EQ(timeline->entries[0].text, "list.csv");
  EXPECT_EQ(timeline->entries[0].actor_name, "Manager");
  expect_whole();
}

TEST_F(ImportTest, every_encoding_gives_the_same_customers) {
  std::string utf_16le = "\xFF\xFE";
  for (std::size_t at = 0; at < std::string_view(two_rows).size();) {
    const char32_t c = text::next_code_point(two_rows, at);
    utf_16le += static_cast<char>(c & 255);
    utf_16le += static_cast<char>(c >> 8);
  }
  const std::string gb18030 =
      "\xD0\xD5\xC3\xFB,\xB5\xE7\xBB\xB0,\xB3\xC7\xCA\xD0,\xB5\xC8\xBC\xB6\n"
      "\xD5\xC5\xC8\xFD,138 1234 5678,\xC9\xCF\xBA\xA3,gold\n"
      "\xC0\xEE\xCB\xC4,13900001111,\xB1\xB1\xBE\xA9,silver\n";
  const std::pair<const char*, std::string> files[] = {
      {"UTF-8 BOM", std::string("\xEF\xBB\xBF") + two_rows}, {"UTF-16LE", utf_16le}, {"GB18030", gb18030}};
  for (const auto& file : files) {
    TestWorld fresh;
    const auto caller = fresh.administrator();
    auto call = test::call_of<api::UploadImport>(caller, {"list.csv"});
    call.upload = fresh.spool.put(file.second);
    const auto uploaded = test::decoded<api::ImportView>(fresh.send(call));
    ASSERT_TRUE(uploaded) << file.first << uploaded.reply.body;
    EXPECT_EQ(uploaded->encoding, file.first);
    EXPECT_EQ(uploaded->columns[0].header, "姓名");
    ASSERT_FALSE(uploaded->columns[2].samples.empty());
    EXPECT_EQ(uploaded->columns[2].samples[0], "上海");
  }
}

TEST_F(ImportTest, refused_rows_are_named_with_line_and_reason_and_can_be_downloaded) {
  const auto uploaded = upload(admin, "name,score\nA,10\nB,eleven\n\"C \"\"x\"\"\",12\nD,400\nE,1,2\n");
  ASSERT_TRUE(uploaded) << uploaded.reply.body;
  auto request = suggested(*uploaded);
  request.mapping[1] = {1, MapTo::standard, "score", {}, "", {}};
  const auto checked = check(admin, request);
  EXPECT_EQ(checked.new_rows, 2);
  EXPECT_EQ(checked.refused_rows, 3);
  ASSERT_EQ(checked.problems.size(), 2u);
  EXPECT_EQ(checked.problems[0].line, 3);
  EXPECT_EQ(checked.problems[0].column, "score");
  EXPECT_EQ(checked.problems[0].count, 2);
  EXPECT_EQ(checked.problems[0].key, "import.not_a_score");
  EXPECT_NE(checked.problems[0].message.find("eleven"), std::string::npos);
  EXPECT_EQ(checked.problems[1].line, 6);
  EXPECT_TRUE(checked.has_refusals_file);
  const std::string file = refusals(admin, checked.import);
  EXPECT_EQ(file.substr(0, 3), "\xEF\xBB\xBF");
  EXPECT_NE(file.find("\"3\",\"score: "), std::string::npos) << file;
  EXPECT_NE(file.find("\"B\",\"eleven\"\r\n"), std::string::npos) << file;
  EXPECT_EQ(file.find("\"A\""), std::string::npos) << file;

  EXPECT_EQ(world.call<api::WriteImport>(admin, {checked.import, checked.version, false}).status(), 409);
  EXPECT_EQ(customers(), 0);
  EXPECT_EQ(write(admin, checked, true).written_rows, 2);
  EXPECT_EQ(customers(), 2);
  expect_whole();
}

TEST_F(ImportTest, a_broken_file_is_refused_with_its_line_and_leaves_nothing) {
  const auto at_upload = upload(admin, "name,phone\nA,\"1\nB,2\n");
  EXPECT_EQ(at_upload.status(), 400);
  EXPECT_EQ(at_upload.problem.key, "import.cannot_be_read");
  EXPECT_NE(at_upload.problem.detail.find('2'), std::string::npos) << at_upload.problem.detail;
  EXPECT_EQ(upload(admin, std::string("\x89PNG\r\n\x1a\n\0\0\0", 11)).status(), 400);
  EXPECT_EQ(upload(admin, "").status(), 400);
  EXPECT_EQ(upload(admin, std::string(1'000'000, ',') + "\n").status(), 400);
  EXPECT_EQ(world.spool.count(), 0u);
  EXPECT_EQ(world.count("SELECT count(*) FROM imports"), 0);
}

TEST_F(ImportTest, a_file_that_breaks_behind_what_was_looked_at_is_refused_by_the_check) {
  std::string bytes = "name,phone\n";
  for (int i = 0; i < 5'000; ++i)
    bytes += "Customer " + std::to_string(i) + ",1380000" + std::to_string(1000 + i) + "\n";
  bytes += "Broken,\"13\"8\n";
  const auto uploaded = upload(admin, bytes);
  ASSERT_TRUE(uploaded) << uploaded.reply.body;
  const auto checked = check(admin, suggested(*uploaded), 7);
  EXPECT_EQ(checked.state, ImportState::refused);
  ASSERT_EQ(checked.problems.size(), 1u);
  EXPECT_EQ(checked.problems[0].line, 5'002);
  EXPECT_EQ(checked.problems[0].key, "import.text_after_quote");
  EXPECT_EQ(world.spool.count(), 0u);
  EXPECT_EQ(world.count("SELECT count(*) FROM import_keys"), 0);
  EXPECT_EQ(world.count("SELECT count(*) FROM import_exceptions"), 0);
  EXPECT_EQ(customers(), 0);
}

TEST_F(ImportTest, a_duplicate_is_skipped_updated_or_refused_as_chosen) {
  import_all(admin, "name,phone,city\nOld,13800000001,上海\n");
  const char* again = "name,phone,city\nNew,+86 138-0000-0001,\nOther,13800000002,广州\nThird,13800000002,深圳\n";

  const auto skipped = import_all(admin, again, OnDuplicate::skip);
  EXPECT_EQ(skipped.new_rows, 1);
  EXPECT_EQ(skipped.skipped_rows, 2);
  EXPECT_EQ(skipped.written_rows, 1);
  EXPECT_EQ(world.count("SELECT count(*) FROM customers WHERE name = 'Old'"), 1);

  const auto refused = import_all(admin, again, OnDuplicate::refuse);
  EXPECT_EQ(refused.refused_rows, 3);
  EXPECT_EQ(refused.written_rows, 0);

  const auto updated = import_all(admin, again, OnDuplicate::update);
  EXPECT_EQ(updated.update_rows, 3);
  EXPECT_EQ(customers(), 2);
  EXPECT_EQ(world.count("SELECT count(*) FROM customers WHERE name = 'New' AND city = '上海'"), 1)
      << "a blank cell erased the city";
  EXPECT_EQ(world.count("SELECT count(*) FROM customers WHERE name = 'Third' AND city = '深圳'"), 1);
  EXPECT_EQ(world.count("SELECT count(*) FROM customers WHERE import IS NULL"), 0);
  expect_whole();
}

TEST_F(ImportTest, a_duplicate_is_known_by_its_external_key_as_well) {
  import_all(admin, "id,name,phone\nK1,One,13800000001\nK2,Two,13800000002\n");
  const char* again = "id,name,phone\nK1,Changed,\nK2,Mixed,13800000001\nK3,Three,13800000003\n";
  const auto skipped = import_all(admin, again, OnDuplicate::skip);
  EXPECT_EQ(skipped.skipped_rows, 2);
  EXPECT_EQ(skipped.new_rows, 1);

  const auto updated = check(admin, [&] {
    auto request = suggested(*upload(admin, again));
    request.on_duplicate = OnDuplicate::update;
    return request;
  }());
  EXPECT_EQ(updated.update_rows, 2);
  ASSERT_EQ(updated.refused_rows, 1) << "its key is that of one customer, its phone that of another";
  EXPECT_EQ(updated.problems.at(0).key, "import.two_customers");
  EXPECT_EQ(updated.problems.at(0).line, 3);
  write(admin, updated, true);
  EXPECT_EQ(world.count("SELECT count(*) FROM customers WHERE external_key = 'K1' AND name = 'Changed' AND "
                        "phone = '13800000001'"),
            1);
  EXPECT_EQ(world.count("SELECT count(*) FROM customers WHERE name = 'Two'"), 1);
  expect_whole();
}

TEST_F(ImportTest, a_row_that_is_not_written_takes_no_phone_away_from_a_later_one) {
  const auto done = import_all(admin,
                               "id,name,phone\nK1,First,13800000001\n"
                               "K1,Same key,13800000002\nK3,Third,13800000002\n");
  EXPECT_EQ(done.new_rows, 2);
  EXPECT_EQ(done.skipped_rows, 1);
  EXPECT_EQ(done.written_rows, 2);
  EXPECT_EQ(world.count("SELECT count(*) FROM customers WHERE name = 'Third'"), 1);
}

TEST_F(ImportTest, a_blank_cell_erases_no_custom_value_either) {
  import_all(admin, "name,phone,Level,Visits\nOld,13800000001,gold,7\nOther,13800000002,gold,1\n");
  ASSERT_EQ(world.call<api::ListCustomerFields>(admin, {})->rows.size(), 2u);
  // Each column has a value somewhere: one without any is not mapped at all.
  const char* again = "name,phone,Level,Visits\nNew,13800000001,,8\nOther,13800000002,gold,\n";
  EXPECT_EQ(import_all(admin, again, OnDuplicate::update).update_rows, 2);
  const auto values = [&](std::string_view name) {
    api::QueryCustomers::Request query;
    query.query.search = name;
    const auto found = world.call<api::QueryCustomers>(admin, query);
    const auto detail = world.call<api::ViewCustomer>(admin, {found->rows.at(0).customer});
    std::string all;
    for (const auto& value : detail->row.values) all += value.value + ";";
    return all;
  };
  EXPECT_EQ(values("New"), "gold;8;");
  EXPECT_EQ(values("Other"), "gold;1;");
}

TEST_F(ImportTest, what_changed_between_check_and_write_is_counted_and_not_overwritten) {
  const char* file =
      "id,name,phone,owner\nK1,Somebody,13800000001,\nK2,Disabled owner,13800000002,Ann\nK3,Good,13800000003,\n";
  const auto outcomes = [&](OnDuplicate on_duplicate, auto&& meanwhile) {
    auto request = suggested(*upload(admin, file));
    request.on_duplicate = on_duplicate;
    const auto checked = check(admin, request);
    EXPECT_EQ(checked.refused_rows, 0);
    meanwhile();
    const auto done = write(admin, checked);
    std::string all;
    const auto operation = world.call<api::ViewOperation>(admin, {done.operation});
    for (const auto& outcome : operation->outcomes) all += outcome.outcome + " " + std::to_string(outcome.count) + ";";
    return all;
  };
  const auto add = [&](std::string name, std::string phone, std::string key) {
    api::AddCustomer::Request request;
    request.name = std::move(name);
    request.phone = std::move(phone);
    request.external_key = std::move(key);
    EXPECT_TRUE(world.call<api::AddCustomer>(admin, request));
  };
  EXPECT_EQ(outcomes(OnDuplicate::skip,
                     [&] {
                       add("Came first", "13800000001", "");
                       world.change([&](Work& work) {
                         auto person = *load_person(work, ann);
                         person.active = false;
                         update_person(work, person);
                       });
                     }),
            "already_there 1;changed_meanwhile 1;added 1;");
  EXPECT_EQ(world.count("SELECT count(*) FROM customers WHERE name = 'Came first'"), 1);
  EXPECT_EQ(customers(), 2);

  const char* mixed = "id,name,phone\nK8,Mixed,13800000008\n";
  auto request = suggested(*upload(admin, mixed));
  request.on_duplicate = OnDuplicate::update;
  const auto checked = check(admin, request);
  add("By phone", "13800000008", "");
  add("By key", "", "K8");
  const auto done = write(admin, checked);
  EXPECT_EQ(done.written_rows, 0);
  EXPECT_EQ(world.call<api::ViewOperation>(admin, {done.operation})->outcomes.at(0).outcome, "two_customers");
  EXPECT_EQ(world.count("SELECT count(*) FROM customers WHERE name = 'Mixed'"), 0);
  expect_whole();
}

TEST_F(ImportTest, a_skipped_duplicate_is_not_among_the_refused_rows) {
  import_all(admin, "name,phone\nOld,13800000001\n");
  const auto checked = check(admin, suggested(*upload(admin, "name,phone\nAgain,13800000001\nBroken,13800000002,\n")));
  EXPECT_EQ(checked.skipped_rows, 1);
  EXPECT_EQ(checked.refused_rows, 1);
  const std::string file = refusals(admin, checked.import);
  EXPECT_EQ(std::count(file.begin(), file.end(), '\n'), 2) << file;
  EXPECT_EQ(file.find("Again"), std::string::npos);
  // The write does not even look at what the check took out.
  const auto done = write(admin, checked, true);
  EXPECT_EQ(done.written_rows, 0);
  EXPECT_TRUE(world.call<api::ViewOperation>(admin, {done.operation})->outcomes.empty());
}

TEST_F(ImportTest, a_customer_outside_the_importers_scope_is_no_duplicate_and_stays_untouched) {
  import_all(rival, "name,phone\nTheirs,13800000001\n");
  const auto mine = import_all(manager, "name,phone\nMine,13800000001\n", OnDuplicate::update);
  EXPECT_EQ(mine.new_rows, 1);
  EXPECT_EQ(mine.update_rows, 0);
  EXPECT_EQ(world.count("SELECT count(*) FROM customers WHERE name = 'Theirs'"), 1);
}

TEST_F(ImportTest, an_import_is_its_actors_business) {
  const auto uploaded = upload(manager, two_rows);
  EXPECT_EQ(world.call<api::ViewImport>(rival, {uploaded->import}).status(), 404);
  EXPECT_EQ(world.call<api::CheckImport>(rival, suggested(*uploaded)).status(), 404);
  EXPECT_EQ(world.call<api::WriteImport>(rival, {uploaded->import, uploaded->version, true}).status(), 404);
  EXPECT_EQ(world.call<api::DiscardImport>(rival, {uploaded->import}).status(), 404);
  EXPECT_EQ(world.send(test::call_of<api::DownloadRefusals>(rival, {uploaded->import})).status, 404);
  EXPECT_TRUE(world.call<api::ListImports>(rival, {})->rows.empty());
  EXPECT_EQ(world.call<api::ListImports>(admin, {})->rows.size(), 1u);
  EXPECT_EQ(upload(world.sign_in("Member", Role::member, north), two_rows).status(), 403);
}

TEST_F(ImportTest, owners_and_departments_of_a_file_stay_within_the_importers_reach) {
  const char* file = "name,负责人\nA,Ann\nB,Rival\nC,Nobody\n";
  const auto uploaded = upload(manager, file);
  ASSERT_TRUE(uploaded);
  ASSERT_EQ(uploaded->columns[1].suggestion.standard, "owner");
  const auto checked = check(manager, suggested(*uploaded));
  EXPECT_EQ(checked.new_rows, 1);
  EXPECT_EQ(checked.refused_rows, 2);
  auto request = suggested(*upload(manager, two_rows));
  request.owner = rival.person;
  EXPECT_TRUE(world.call<api::CheckImport>(manager, request).problem.names("owner"));
}

TEST_F(ImportTest, a_wrong_mapping_is_refused_with_its_path) {
  const auto uploaded = upload(admin, two_rows);
  const auto refused = [&](auto change, std::string_view path) {
    auto request = suggested(*uploaded);
    change(request);
    const auto answer = world.call<api::CheckImport>(admin, request);
    EXPECT_EQ(answer.status(), 400) << path;
    EXPECT_TRUE(answer.problem.names(path)) << path << " " << answer.reply.body;
  };
  refused([](auto& request) { request.mapping[1].column = 0; }, "mapping[1].column");
  refused([](auto& request) { request.mapping[1].column = 9; }, "mapping[1].column");
  refused([](auto& request) { request.mapping[1].standard = "name"; }, "mapping[1].standard");
  refused([](auto& request) { request.mapping[1].standard = "salary"; }, "mapping[1].standard");
  refused([](auto& request) { request.mapping[1] = {1, MapTo::custom, "", {77}, "", {}}; }, "mapping[1].custom");
  refused([](auto& request) { request.mapping[3].new_name = "  "; }, "mapping[3].new_name");
  refused(
      [](auto& request) {
        for (auto& mapping : request.mapping) mapping.to = MapTo::ignore;
      },
      "mapping");
  auto stale = suggested(*uploaded);
  stale.version.value += 1;
  EXPECT_EQ(world.call<api::CheckImport>(admin, stale).status(), 409);
}

TEST_F(ImportTest, the_real_clients_of_a_bank_are_imported_with_the_row_number_as_key) {
  const char* folder = std::getenv("TIDEWATER_SHARED_DATA");
  std::ifstream file(std::string(folder ? folder : "../shared/data") + "/bank-marketing.csv", std::ios::binary);
  if (!file) GTEST_SKIP() << "bank-marketing.csv is not here: set TIDEWATER_SHARED_DATA to its folder";
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const auto uploaded = upload(manager, bytes, "bank-marketing.csv");
  ASSERT_TRUE(uploaded) << uploaded.reply.body;
  auto request = suggested(*uploaded);
  request.key_from_row_number = true;
  const auto checked = check(manager, request);
  EXPECT_EQ(checked.new_rows, 45'211);
  EXPECT_EQ(checked.refused_rows, 0);
  EXPECT_EQ(write(manager, checked).written_rows, 45'211);
  expect_whole();
  // Once more: every row is there already.
  auto again = suggested(*upload(manager, bytes, "bank-marketing.csv"));
  again.key_from_row_number = true;
  for (const auto& mapping : again.mapping) EXPECT_NE(mapping.to, MapTo::new_custom);
  EXPECT_EQ(check(manager, again).skipped_rows, 45'211);
}

}  // namespace
}  // namespace tw::services
