// Bytes in, bytes out: calls as lines of text, one after the other, at the dispatcher of a small company.
//
//   <who> <METHOD> <path>[?query] <body>      who: a administrator, m manager, e executor, s stranger, - nobody
//
// A line whose path leads nowhere is sent to an operation all the same, chosen by its text. Claims: no call is answered
// with 500; what is refused is refused with a problem document whose texts exist; what is answered can be decoded, and
// encodes to the same bytes; a request that can be decoded survives the wire; whatever was asked, in whatever order,
// long operations end and every kept counter agrees with a recount.
//
// Each input begins with the same company: all of it happens in one transaction that is rolled back.
#include <map>

#include "api/registry.h"
#include "api/wire.h"
#include "core/text.h"
#include "fuzz/property.h"
#include "services/customer_fields.h"
#include "services/customer_store.h"
#include "services/problem.h"
#include "services/route_match.h"
#include "support/batch_world.h"
#include "support/wrong_count.h"

namespace tw::fuzz {
namespace {

using services::Call;
using services::Reply;
using services::Work;

constexpr int most_calls = 12;
constexpr int most_steps = 40;

// Works within the one transaction of an input.
class Nested final : public services::WorkRunner {
 public:
  Nested(db::Database& database, Env& env) : database_(database), env_(env) {}
  void read(const std::function<void(Work&)>& body) override {
    Work work(database_, env_, env_.clock.now());
    const auto changes = database_.total_changes();
    body(work);
    must(database_.total_changes() == changes, "who reads changes nothing");
  }
  void change(services::Lane, const std::function<bool(Work&)>& body) override {
    db::Savepoint savepoint(database_);
    Work work(database_, env_, env_.clock.now());
    if (body(work)) savepoint.release();
  }

 private:
  db::Database& database_;
  Env& env_;
};

// What an operation's bytes must satisfy, by its name.
struct Shape {
  void (*request)(std::string_view body);
  void (*response)(std::string_view body);
};

template <class T>
void survives(std::string_view body) {
  const auto read = json::decode<T>(body);
  if (!read) return;
  const std::string written = json::encode(*read);
  const auto again = json::decode<T>(written);
  must(again.ok(), "what was encoded can be decoded", body, written);
  must(json::encode(*again) == written, "what was encoded encodes to itself", body, written);
}

template <class T>
void is_canonical(std::string_view body) {
  const auto read = json::decode<T>(body);
  must(read.ok(), "a reply can be decoded", body);
  must(json::encode(*read) == body, "a reply encodes to itself", body, json::encode(*read));
}

const std::map<std::string, Shape, std::less<>>& shapes() {
  static const auto all = [] {
    std::map<std::string, Shape, std::less<>> made;
    api::AllOperations::each([&]<class O>() {
      made[std::string(O::endpoint.name)] = {&survives<typename O::Request>, &is_canonical<typename O::Response>};
    });
    return made;
  }();
  return all;
}

class Company : public test::BatchWorld {
 public:
  Company() {
    const BatchId batch = create_batch(24);
    fill(batch, 6);
    allocate(batch);
    fill(create_batch(), 2);
    change([](Work& work) {
      services::CustomerFieldRow field{{}, {}, "Level", domain::customer::FieldType::choice, true, {"gold", "silver"}};
      (void)services::new_customer_field(work, field);
    });
    upload_call_ = test::call_of<api::UploadImport>(mia, {"list.csv"});
    upload_call_.body = "name,phone,score\nLi,13900001111,5\nWang,13812341234,x\n";
    services::register_all(door_);
  }

  void answer(std::string_view lines) {
    random = test::SeededRandom(1);
    spool = test::MemorySpool();
    log = test::MemoryLog();
    database->execute("BEGIN");
    send_through(upload_call_);  // so that there is an import whose file exists
    for (int calls = 0; calls < most_calls && !lines.empty(); ++calls) {
      const std::size_t end = std::min(lines.find('\n'), lines.size());
      call_line(lines.substr(0, end));
      lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    everything_ends_and_agrees();
    database->execute("ROLLBACK");
  }

 private:
  static std::string_view word(std::string_view& line) {
    const std::size_t end = std::min(line.find(' '), line.size());
    const std::string_view taken = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return taken;
  }

  const test::Caller& caller(std::string_view who) const {
    static const test::Caller nobody;
    if (who == "a") return admin;
    if (who == "m") return mia;
    if (who == "e") return ann;
    if (who == "s") return outsider;
    return nobody;
  }

  void call_line(std::string_view line) {
    const std::string_view whole = line;
    const test::Caller& who = caller(word(line));
    const std::string_view method = word(line);
    const std::string_view target = word(line);
    const std::size_t question = std::min(target.find('?'), target.size());
    Call call = test::call_as(who, method, std::string(target.substr(0, question)), std::string(line));
    for (const auto part : text::split(target.substr(std::min(question + 1, target.size())), '&')) {
      const std::size_t equals = std::min(part.find('='), part.size());
      const auto value = services::percent_decoded(part.substr(std::min(equals + 1, part.size())));
      if (!part.empty()) call.query.emplace_back(part.substr(0, equals), value.value_or(std::string(part)));
    }
    if (!leads_somewhere(call)) send_elsewhere(call, Drawn(whole));
    check(call, send_through(call));
  }

  bool leads_somewhere(const Call& call) const {
    for (const auto& route : door_.routes())
      if (services::match_path(route.endpoint.path, call.path)) return true;
    return call.path.rfind("/api/", 0) == 0;
  }

  void send_elsewhere(Call& call, Drawn drawn) const {
    const auto& endpoint = door_.routes()[drawn.up_to(door_.routes().size()) - 1].endpoint;
    call.method = api::name_of(endpoint.method);
    call.path.clear();
    bool inside = false;
    for (const char c : endpoint.path) {
      if (c == '{') call.path += std::to_string(drawn.up_to(4));
      inside = (inside || c == '{') && c != '}';
      if (!inside && c != '}') call.path += c;
    }
  }

  Reply send_through(Call call) {
    if (const auto admitted = door_.admit_upload(call)) {
      if (admitted->status != 100) return *admitted;
      call.upload = spool.put(call.body);
      call.body.clear();
    }
    return door_.handle(call);
  }

  void check(const Call& call, const Reply& reply) {
    const std::string asked = call.method + " " + call.path + " " + call.body;
    if (reply.status >= 500)
      must(false, "no call is answered with an error of ours", asked, reply.body, log.lines().back());
    const auto shape = shapes().find(reply.operation);
    if (shape != shapes().end()) shape->second.request(call.body);
    if (reply.status >= 400) return check_problem(asked, reply);
    must(shape != shapes().end(), "what is answered is an operation", asked);
    must(reply.status == 200 || reply.status == 202, "an answer is 200 or 202", asked, reply.status);
    if (reply.file)
      must(spool.size(*reply.file).has_value(), "a file that is answered exists", asked);
    else
      shape->second.response(reply.body);
  }

  void check_problem(const std::string& asked, const Reply& reply) {
    must(reply.content_type == services::problem_content_type, "a refusal is a problem document", asked);
    const auto problem = json::decode<test::Problem>(reply.body);
    must(problem.ok(), "a problem document can be decoded", asked, reply.body);
    must(problem->status == reply.status && !problem->code.empty(), "a problem tells its status", asked, reply.body);
    must(!problem->detail.empty() && problem->detail != problem->key, "a problem has a text", asked, reply.body);
    for (const auto& field : problem->fields)
      must(!field.message.empty() && field.message != field.key, "a wrong field has a text", asked, reply.body);
  }

  void everything_ends_and_agrees() {
    services::OperationRunner operations(nested_, env);
    test::PatientBudget budget;
    int steps = 0;
    while (operations.run_one_step(budget)) must(++steps < most_steps, "long operations end");
    const auto agree = [](const std::vector<services::WrongCount>& wrong) {
      if (!wrong.empty()) must(false, "counters agree with a recount", test::line_of(wrong[0]));
    };
    nested_.read([&](Work& work) {
      agree(services::check_customers(work));
      agree(services::check_batches(work));
    });
  }

  Nested nested_{*database, env};
  services::Dispatcher door_{nested_, env, catalogs};
  Call upload_call_;
};

}  // namespace
}  // namespace tw::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static auto* const company = new tw::fuzz::Company;  // for the whole run
  company->answer(tw::fuzz::text_of(data, size));
  return 0;
}
