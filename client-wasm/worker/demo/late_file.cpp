#include "demo/late_file.h"

#include <optional>
#include <stdexcept>
#include <utility>

#include "api/import.h"
#include "api/session.h"
#include "api/wire.h"
#include "core/json.h"
#include "core/zone.h"
#include "demo/cast.h"
#include "demo/customers.h"
#include "demo/founding.h"
#include "services/customer_field_store.h"
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

// Whoever imports it, at work until this goes.
class Importer {
 public:
  // Nobody where the person was disabled meanwhile.
  static std::optional<Importer> at_work(services::WorkRunner& runner, services::Dispatcher& dispatcher,
                                         PersonId person, std::string language) {
    auto session = act_as(runner, person);
    if (!session) return std::nullopt;
    return std::optional<Importer>(std::in_place, dispatcher, std::move(session).value(), std::move(language));
  }
  Importer(services::Dispatcher& dispatcher, services::NewSession session, std::string language)
      : dispatcher_(dispatcher), session_(std::move(session)), language_(std::move(language)) {}
  ~Importer() { ask<api::SignOut>({}); }
  Importer(const Importer&) = delete;
  Importer& operator=(const Importer&) = delete;

  // Empty: refused.
  template <class O>
  std::optional<std::string> ask(const typename O::Request& request, std::optional<SpoolId> upload = {}) {
    auto wire = api::to_wire<O>(request);
    services::Call call;
    call.method = wire.method;
    call.path = std::move(wire.path);
    call.query = std::move(wire.query);
    call.body = std::move(wire.body);
    call.upload = upload;
    call.language = language_;
    call.peer = call.request_id = "demo";
    call.session_cookie = session_.token;
    call.csrf = session_.csrf;
    services::Reply reply = dispatcher_.handle(call);
    if (reply.status >= 300) return std::nullopt;
    return std::move(reply.body);
  }

 private:
  services::Dispatcher& dispatcher_;
  const services::NewSession session_;
  const std::string language_;
};

bool ask_to_write(services::WorkRunner& runner, services::Dispatcher& dispatcher, const services::Import& import) {
  auto importer = Importer::at_work(runner, dispatcher, import.actor, import.language);
  return importer && importer->ask<api::WriteImport>({import.id, import.version, false});
}

std::vector<std::string> late_owners(services::Work& work) {
  std::vector<std::string> logins;
  for (std::int64_t id = who::east.value; id < who::newcomer.value; ++id) {
    const auto person = services::load_person(work, {id});
    if (person && person->person != who::leaver) logins.push_back(person->login);
  }
  return logins;
}

// The upload, and its check accepted.
std::optional<ImportId> begin(services::WorkRunner& runner, services::Dispatcher& dispatcher, Env& env,
                              const LateImport& late) {
  const auto lists = read_lists();
  if (!lists) throw std::runtime_error("the lists of assets/demo cannot be read");
  std::string language;
  std::vector<std::string> owners;
  std::vector<CustomerFieldId> fields;
  runner.read([&](services::Work& work) {
    if (const auto person = services::load_person(work, who::second_administrator)) language = person->language;
    owners = late_owners(work);
    for (const auto& field : services::customer_fields(work)) fields.push_back(field.field);
  });
  auto importer = Importer::at_work(runner, dispatcher, who::second_administrator, language);
  if (!importer || owners.empty() || fields.size() < file_fields) return std::nullopt;
  fields.resize(file_fields);  // a visitor's own are not in the file
  const SpoolId file = env.spool.create();
  env.spool.append(file, late_file_bytes(lists.value(), language, local_day(company_zone, env.clock.now()),
                                         late.customers, late.rows, owners));
  env.spool.finish(file);
  const auto uploaded = importer->ask<api::UploadImport>({lists->company.files[late_file].in(language)}, file);
  if (!uploaded) return std::nullopt;
  const auto import = json::decode<api::ImportView>(*uploaded);
  if (!import) return std::nullopt;
  api::CheckImport::Request check;
  check.import = import->import;
  check.version = import->version;
  check.mapping = mapping_of_file(fields);
  if (!importer->ask<api::CheckImport>(check)) return std::nullopt;
  return import->import;
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

bool go_on_with_late_file(services::WorkRunner& runner, services::Dispatcher& dispatcher, Env& env) {
  const Under under = under_way(runner);
  LateImport late = under.late;
  if (late.rows == 0) return false;
  bool goes_on = false;
  if (!late.import) {
    const auto import = begin(runner, dispatcher, env, late);
    goes_on = import.has_value();
    late.import = import.value_or(ImportId());
  } else if (under.import) {
    using api::ImportState;
    const ImportState state = under.import->state;
    if (state == ImportState::checking || state == ImportState::writing) return true;
    if (state == ImportState::checked && ask_to_write(runner, dispatcher, *under.import)) return true;
  }
  runner.change(services::Lane::people, [&](services::Work& work) {  // begun; done, or somebody has decided otherwise
    set_late_import(work, goes_on ? late : LateImport());
    return true;
  });
  return goes_on;
}

}  // namespace tw::demo
