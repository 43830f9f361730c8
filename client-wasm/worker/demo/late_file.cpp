#include "demo/late_file.h"

#include <optional>
#include <stdexcept>

#include "api/import.h"
#include "api/session.h"
#include "api/wire.h"
#include "core/zone.h"
#include "demo/cast.h"
#include "demo/customers.h"
#include "demo/founding.h"
#include "services/import_store.h"
#include "services/people_store.h"
#include "services/sessions.h"
#include "services/setting_store.h"

namespace tw::demo {

namespace {

constexpr std::uint64_t seed = 20261123;
constexpr std::string_view import_setting = "demo.late_import";
constexpr std::string_view customers_setting = "demo.late_customers";
constexpr std::string_view rows_setting = "demo.late_rows";

struct Under {  // way
  LateImport late;
  std::optional<services::Import> import;
};

Under under_way(services::WorkRunner& runner) {
  Under under;
  runner.read([&under](services::Work& work) {
    under.late = late_import(work);
    if (under.late.import) under.import = services::load_import(work, under.late.import);
  });
  return under;
}

template <class O>
bool ask(services::Dispatcher& dispatcher, const services::NewSession& as, const std::string& language,
         const typename O::Request& request) {
  auto wire = api::to_wire<O>(request);
  services::Call call;
  call.method = wire.method;
  call.path = std::move(wire.path);
  call.body = std::move(wire.body);
  call.language = language;
  call.peer = call.request_id = "demo";
  call.session_cookie = as.token;
  call.csrf = as.csrf;
  return dispatcher.handle(call).status < 300;
}

// As whoever began the import would ask, and leave again.
bool ask_to_write(services::WorkRunner& runner, services::Dispatcher& dispatcher, const services::Import& import) {
  const auto session = act_as(runner, import.actor);
  if (!session) return false;  // disabled meanwhile
  const bool accepted =
      ask<api::WriteImport>(dispatcher, session.value(), import.language, {import.id, import.version, false});
  ask<api::SignOut>(dispatcher, session.value(), import.language, {});
  return accepted;
}

std::vector<std::string> late_owners(services::Work& work) {
  std::vector<std::string> logins;
  for (std::int64_t id = who::east.value; id < who::newcomer.value; ++id) {
    const auto person = services::load_person(work, {id});
    if (person && person->person != who::leaver) logins.push_back(person->login);
  }
  return logins;
}

}  // namespace

std::string late_file_bytes(const Lists& lists, const std::string& language, std::int64_t today, std::int64_t customers,
                            std::int64_t rows, const std::vector<std::string>& owners) {
  Dice dice(seed);
  CustomerMaker maker(lists, language, dice, today, customers);
  return maker.file(rows, owners);
}

LateImport late_import(services::Work& work) {
  return {{services::setting(work, import_setting, 0)},
          services::setting(work, customers_setting, 0),
          services::setting(work, rows_setting, 0)};
}

void set_late_import(services::Work& work, const LateImport& late) {
  services::set_setting(work, import_setting, late.import.value);
  services::set_setting(work, customers_setting, late.customers);
  services::set_setting(work, rows_setting, late.rows);
}

void bring_back_late_file(services::WorkRunner& runner, Env& env) {
  const Under under = under_way(runner);
  if (!under.import || !under.import->file || env.spool.size(under.import->file)) return;
  const auto lists = read_lists();
  if (!lists) throw std::runtime_error("the lists of assets/demo cannot be read");
  std::vector<std::string> owners;
  runner.read([&owners](services::Work& work) { owners = late_owners(work); });
  const std::string bytes =
      late_file_bytes(lists.value(), under.import->language, local_day(company_zone, under.import->created),
                      under.late.customers, under.late.rows, owners);
  if (static_cast<std::int64_t>(bytes.size()) != under.import->file_bytes) return;
  env.spool.begin(under.import->file);
  env.spool.append(under.import->file, bytes);
  env.spool.finish(under.import->file);
}

bool go_on_with_late_file(services::WorkRunner& runner, services::Dispatcher& dispatcher) {
  const Under under = under_way(runner);
  if (!under.late.import) return false;
  if (under.import) {
    using api::ImportState;
    const ImportState state = under.import->state;
    if (state == ImportState::checking || state == ImportState::writing) return true;
    if (state == ImportState::checked && ask_to_write(runner, dispatcher, *under.import)) return true;
  }
  runner.change(services::Lane::people, [](services::Work& work) {  // done, or somebody has decided otherwise
    set_late_import(work, {});
    return true;
  });
  return false;
}

}  // namespace tw::demo
