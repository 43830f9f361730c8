// A company at work: random sequences of real operations through the dispatcher, allowed ones and refused ones, fresh
// ones and stale ones, with long operations that are stopped, cancelled and gone on with. After each of them every kept
// counter equals a recount (the one of `tidewater check`), and the totals of lists equal the rows that there are.
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "services/customer_store.h"
#include "support/batch_world.h"
#include "support/random.h"
#include "support/wrong_count.h"

namespace tw::test {
namespace {

using domain::batch::ItemState;

class Company : public BatchWorld {
 public:
  explicit Company(support::Seeded seeded) : random_(seeded) {
    south_ = add_department("South side");
    harbour_ = add_department("Harbour", north);
    harry_ = sign_in("Harry", Role::member, harbour_);
    people_ = {ann, bob, cid, harry_};
    new_batch();
    fill(batches_.back(), 8);
  }

  // Something random happens. Answers what, for the message of a failure.
  std::string act() {
    switch (random_.between(0, 19)) {
      case 0:
      case 1:
        return add_one();
      case 2:
      case 3:
        return edit_one();
      case 4:
        return import_rows();
      case 5:
      case 6:
        return add_to_batch();
      case 7:
      case 8:
        return allocate_some();
      case 9:
        return let_time_pass();
      case 10:
        return disable_or_enable();
      case 11:
        return move_department();
      case 12:
        return finish_a_batch();
      case 13:
        return run_some_steps();
      default:
        return touch_an_item();
    }
  }

  std::string wrong() {
    std::string lines = wrong_counters();
    runner.read([&lines](services::Work& work) {
      for (const auto& wrong : services::check_customers(work)) lines += test::line_of(wrong) + "\n";
    });
    const auto total = [this](const Caller& who) { return call<api::QueryCustomers>(who, {})->total.count; };
    if (total(admin) != count("SELECT COUNT(*) FROM customers")) lines += "the administrator's total\n";
    const std::string of_harry = "SELECT COUNT(*) FROM customers WHERE owner = " + std::to_string(harry_.person.value);
    if (harry_is_active_ && total(harry_) != count(of_harry)) lines += "Harry's total\n";
    return lines;
  }

 private:
  void new_batch() {
    api::CreateBatch::Request request;
    request.limit = 1;
    request.limit_unit = domain::batch::LimitUnit::hours;
    request.executors = {ann.person, bob.person};
    if (cid_is_active_) request.executors.push_back(cid.person);
    request.needs_confirmation = !random_.one_in(3);
    batches_.push_back(create_batch(std::move(request)));
  }
  BatchId batch() {  // mostly the one that is at work
    return random_.one_in(4) ? random_.pick(batches_) : batches_.back();
  }
  // Mostly it is over before anything else happens; sometimes much happens in between.
  void started(OperationId operation) {
    unfinished_.push_back(operation);
    if (!random_.one_in(3)) run_operations();
  }
  CustomerId customer() {
    return {random_.between(1, std::max<std::int64_t>(1, count("SELECT MAX(id) FROM customers")))};
  }

  std::string add_one() {
    api::AddCustomer::Request request;
    request.name = "客户" + std::to_string(random_.between(1, 1000));
    if (random_.one_in(2)) request.phone = phone();
    if (random_.one_in(2)) request.owner = random_.pick(people_).person;
    if (random_.one_in(4)) request.department = random_.one_in(2) ? harbour_ : south_;
    request.do_not_contact = random_.one_in(8);
    const Caller& who = random_.one_in(2) ? mia : random_.one_in(2) ? admin : random_.pick(people_);
    return "add a customer: " + std::to_string(call<api::AddCustomer>(who, request).status());
  }
  std::string phone() { return std::to_string(13'800'000'000 + random_.between(1, 40)); }

  std::string edit_one() {
    api::UpdateCustomer::Request request;
    request.customer = customer();
    const auto seen = call<api::ViewCustomer>(admin, {request.customer});
    request.version = {(seen ? seen->row.version.value : 1) - (random_.one_in(6) ? 1 : 0)};
    if (random_.one_in(2)) request.owner = random_.one_in(4) ? PersonId{} : random_.pick(people_).person;
    if (random_.one_in(3)) request.department = random_.one_in(3) ? DepartmentId{} : random_.one_in(2) ? north : south_;
    if (random_.one_in(3)) request.name = "renamed " + std::to_string(random_.between(1, 1000));
    if (random_.one_in(3)) request.number_error = random_.one_in(2);
    const Caller& who = random_.one_in(2) ? admin : mia;
    return "edit a customer: " + std::to_string(call<api::UpdateCustomer>(who, request).status());
  }

  // Some rows are in the file twice or known already: skipped, updated or refused.
  std::string import_rows() {
    auto upload = call_of<api::UploadImport>(mia, {"list.csv"});
    std::string bytes = "name,phone,city\n";
    for (auto rows = random_.between(1, 8); rows > 0; --rows) bytes += "Imported," + phone() + ",上海\n";
    upload.upload = spool.put(bytes);
    const auto uploaded = decoded<api::ImportView>(send(upload));
    if (!uploaded) return "upload a file: " + std::to_string(uploaded.status());
    api::CheckImport::Request check;
    check.import = uploaded->import;
    check.version = uploaded->version;
    check.on_duplicate = std::vector{api::OnDuplicate::skip, api::OnDuplicate::update,
                                     api::OnDuplicate::refuse}[static_cast<std::size_t>(random_.between(0, 2))];
    for (const auto& column : uploaded->columns) check.mapping.push_back(column.suggestion);
    call<api::CheckImport>(mia, check);
    run_operations();
    const auto checked = call<api::ViewImport>(mia, {check.import});
    const auto written = call<api::WriteImport>(mia, {checked->import, checked->version, true});
    if (written) started(written->operation);
    return "import a file: " + std::to_string(written.status());
  }

  std::string add_to_batch() {
    api::AddCustomersToBatch::Request request;
    request.batch = batch();
    request.leave_out_if_in_other_batch = random_.one_in(3);
    if (random_.one_in(2)) {
      request.query.emplace();
      if (random_.one_in(2)) request.query->search = "imported";
    } else {
      for (auto left = random_.between(1, 5); left > 0; --left) request.customers.push_back(customer());
    }
    const auto accepted = call<api::AddCustomersToBatch>(mia, request);
    if (accepted) started(accepted->operation);
    return "add to a batch: " + std::to_string(accepted.status());
  }

  std::string allocate_some() {
    const auto accepted =
        call<api::AllocateItems>(mia, {.batch = batch(), .executors = {}, .items = {}, .snapshot = {}});
    if (accepted) started(accepted->operation);
    return "allocate: " + std::to_string(accepted.status());
  }

  // A job thread that somebody interrupts after a few rows; now and then a cancelled operation.
  std::string run_some_steps() {
    if (!unfinished_.empty() && random_.one_in(4)) call<api::CancelOperation>(admin, {random_.pick(unfinished_)});
    services::OperationRunner operations(runner, env);
    if (random_.one_in(3)) {
      run_operations();
      return "run all steps";
    }
    CountedBudget budget(0);
    operations.run_one_step(budget);
    return "run a step";
  }

  std::string let_time_pass() {
    clock.advance(minutes(random_.between(1, 40)));
    recall();
    return "recall";
  }

  std::string disable_or_enable() {
    const Caller& who = random_.one_in(2) ? cid : harry_;
    const auto row = call<api::ViewPerson>(admin, {who.person});
    api::Leaving leaving;
    if (random_.one_in(3)) leaving.choice = api::LeavingChoice::reset;
    if (random_.one_in(3)) leaving = {api::LeavingChoice::transfer, {ann.person, bob.person}, {}};
    const auto answer = call<api::SetPersonActive>(admin, {who.person, row->version, !row->active, leaving, {}});
    if (!answer) return "disable a person: " + std::to_string(answer.status());
    for (Caller* person : {&cid, &harry_})
      if (person->person == answer->person.person && answer->person.active) *person = sign_in(answer->person.person);
    (answer->person.person == harry_.person ? harry_is_active_ : cid_is_active_) = answer->person.active;
    people_ = {ann, bob, cid, harry_};
    return answer->person.active ? "enable a person" : "disable a person";
  }

  std::string move_department() {
    const auto departments = call<api::ListDepartments>(admin, {});
    for (const auto& row : departments->rows) {
      if (row.department != harbour_) continue;
      api::UpdateDepartment::Request request;
      request.department = harbour_;
      request.version = row.version;
      request.parent = row.parent == north ? south_ : north;
      return "move a department: " + std::to_string(call<api::UpdateDepartment>(admin, request).status());
    }
    return {};
  }

  std::string finish_a_batch() {
    if (!random_.one_in(3)) return run_some_steps();
    const BatchId ended = batch();
    const auto view = call<api::ViewBatch>(mia, {ended});
    const std::string subject = view->summary.subject;
    int status = 0;
    if (random_.one_in(2)) {
      const auto accepted = call<api::EndBatch>(mia, {ended, view->summary.version, subject});
      if (accepted) started(accepted->operation);
      status = accepted.status();
    } else {
      status = call<api::TerminateBatch>(mia, {ended, view->summary.version, subject, "no budget"}).status();
    }
    new_batch();
    return "finish a batch: " + std::to_string(status);
  }

  std::string touch_an_item() {
    const BatchId batch = this->batch();
    const auto rows = items_of(batch);
    if (rows.empty()) return "nothing to touch";
    std::vector<api::ItemVersion> some;
    for (auto left = random_.between(1, 3); left > 0; --left) {
      const auto& row = random_.pick(rows);
      some.push_back({row.item, {row.version.value - (random_.one_in(10) ? 1 : 0)}});
    }
    const auto& row = random_.pick(rows);
    const Caller* executor = &random_.pick(people_);
    for (const Caller& person : people_)
      if (person.person == row.executor) executor = &person;
    const auto said = [](const char* what, int status) { return std::string(what) + ": " + std::to_string(status); };
    switch (random_.between(0, 9)) {
      case 0:
        return said("remove", call<api::RemoveItems>(mia, {batch, some}).status());
      case 1:
      case 2:
        return said(
            "designate",
            call<api::DesignateItems>(
                mia, {batch, random_.pick(people_).person, some, {domain::allocation::Obstacle::barred_abandoner}})
                .status());
      case 3:
        return said("progress",
                    call<api::SaveProgress>(*executor, {row.item, row.version, "note", std::nullopt}).status());
      case 4:
        return said("complete", call<api::CompleteItem>(*executor, {row.item, row.version, "done"}).status());
      case 5:
        return said("abandon", call<api::AbandonItem>(*executor, {row.item, row.version, "no"}).status());
      case 6:
        return said("confirm", call<api::ConfirmItems>(mia, {batch, some}).status());
      case 7:
        return said("return", call<api::ReturnItems>(mia, {batch, some, "why"}).status());
      case 8:
        return take_back(batch, rows);
      default:
        return said("reset", call<api::ResetItems>(mia, {batch, some, ""}).status());
    }
  }

  // Everybody takes back whatever they still can.
  std::string take_back(BatchId batch, const std::vector<api::ItemRow>& rows) {
    std::vector<api::ItemVersion> all;
    for (const api::ItemRow& row : rows) all.push_back({row.item, row.version});
    bool done = false;
    const auto ask = [&](const Caller& who) {
      const auto answer = call<api::UndoItems>(who, {batch, all});
      if (!answer) return;
      for (const api::RowOutcome& row : answer->outcomes) done |= row.result == api::RowResult::done;
    };
    ask(mia);
    for (const Caller& person : people_) ask(person);
    return done ? "undo: done" : "undo: nothing";
  }

  support::Seeded random_;
  DepartmentId south_;
  DepartmentId harbour_;
  Caller harry_;
  bool harry_is_active_ = true;
  bool cid_is_active_ = true;
  std::vector<Caller> people_;
  std::vector<BatchId> batches_;
  std::vector<OperationId> unfinished_;  // or finished meanwhile: to cancel these is refused
};

TEST(Counters, equal_a_recount_after_any_sequence_of_operations) {
  std::set<std::string> happened;
  support::for_seeds(6, [&happened](support::Seeded random) {
    Company company(random);
    std::string story;
    for (int i = 0; i < 90; ++i) {
      const std::string act = company.act();
      happened.insert(act);
      story += act + "\n";
      ASSERT_EQ(company.wrong(), "") << "after\n" << story;
    }
    company.run_operations();
    ASSERT_EQ(company.wrong(), "") << "at the end";
  });
  // What never succeeds proves nothing.
  for (const char* act : {"add a customer: 200",
                          "edit a customer: 200",
                          "import a file: 202",
                          "add to a batch: 202",
                          "allocate: 202",
                          "recall",
                          "disable a person",
                          "enable a person",
                          "move a department: 200",
                          "finish a batch: 202",
                          "finish a batch: 200",
                          "remove: 200",
                          "designate: 200",
                          "progress: 200",
                          "complete: 200",
                          "abandon: 200",
                          "confirm: 200",
                          "return: 200",
                          "reset: 200",
                          "undo: done"})
    EXPECT_EQ(happened.count(act), 1u) << act << " never happened";
}

}  // namespace
}  // namespace tw::test
