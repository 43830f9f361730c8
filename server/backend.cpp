#include "server/backend.h"

#include <system_error>

#include "db/upkeep.h"
#include "server/care/audit_notes.h"
#include "server/care/files.h"
#include "server/database_check.h"
#include "server/http/web_files.h"
#include "services/audit_entry_store.h"
#include "services/session.h"
#include "services/spool_store.h"

namespace tw::server {
namespace {

std::string_view as_text(std::span<const unsigned char> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

Catalogs embedded_catalogs() {
  Catalogs catalogs;
  for (const std::string_view language : {"zh-CN", "en"}) {
    const std::string name = "i18n/" + std::string(language) + ".json";
    for (const WebFile& file : web_files()) {
      if (file.name != name) continue;
      auto catalog = Catalog::read(language, as_text(file.raw));
      if (!catalog) throw std::logic_error("an embedded catalogue cannot be read: " + name);
      catalogs.add(std::move(catalog).value());
    }
  }
  return catalogs;
}

Backend::Backend(Folder folder, Clock& clock, Log& log, std::string version, BackupPlan plan)
    : folder_(std::move(folder)),
      clock_(clock),
      log_(log),
      spool_(folder_.spool(), random_),
      env_{clock_, random_, passwords_, digest_, spool_, log_, &catalogs_},
      catalogs_(embedded_catalogs()),
      version_(std::move(version)),
      opened_(open_up_to_date(folder_, plan.folder.empty() ? folder_.backups() : plan.folder, clock_, log_)),
      readers_(folder_.database(), env_, metrics_),
      checkpoints_(db::Database::open(folder_.database(), db::OpenMode::read_write), env_, metrics_),
      writer_(std::move(opened_.database), env_, metrics_),
      runner_(writer_, readers_),
      status_(folder_, metrics_, clock_.now(), plan.hours),
      dispatcher_(runner_, env_, catalogs_, services::Product{version_, false, &status_}),
      jobs_(runner_, env_, writer_, checkpoints_, metrics_),
      backups_(folder_, std::move(plan), clock_, log_, metrics_) {
  if (opened_.migrations > 0)
    log_.write(Log::Level::info, "the database schema was brought up to date",
               {param("migrations", std::int64_t{opened_.migrations})});
  writer_.after_commit([this](std::int64_t log_bytes) {
    checkpoints_.log_is(log_bytes);
    jobs_.ring();
    bell_.ring();
  });
  checkpoints_.when_there_is_room([this] { jobs_.ring(); });
  backups_.when_made([this](const Backup& backup) {
    runner_.change(services::Lane::jobs, [&](services::Work& work) {
      audit_backup(work, note_of(backup));
      return true;
    });
  });
  services::register_all(dispatcher_);
  std::vector<SpoolId> owned;
  runner_.read([&](services::Work& work) { owned = services::owned_spool_files(work); });
  if (const auto removed = spool_.remove_all_but(owned); removed > 0)
    log_.write(Log::Level::info, "files that nothing refers to were removed", {param("files", removed)});
}

Backend::~Backend() { stop(); }

void Backend::stop() {
  stopping_ = true;
  writer_.hurry();
  backups_.stop();
  checkpoints_.stop();
  jobs_.stop();
  writer_.stop();
}

bool Backend::is_ready() {
  if (stopping_) return false;
  try {
    runner_.read([](services::Work&) {});
    return true;
  } catch (const db::DbError& problem) {
    log_.write(Log::Level::warning, "not ready", {param("problem", problem.what())});
    return false;
  }
}

Sizes Backend::sizes() {
  Sizes sizes{bytes_of(folder_.database()), spool_bytes(folder_), 0};
  runner_.read([&sizes](services::Work& work) { sizes.audit_entries = services::audit_head(work).number; });
  return sizes;
}

bool Backend::backup_made(std::string_view note) {
  const auto read = json::decode<BackupNote>(note);
  if (!read) return false;
  runner_.change(services::Lane::people, [&](services::Work& work) {
    work.address = "local";
    audit_backup(work, *read);
    return true;
  });
  return true;
}

std::optional<std::string> Backend::new_set_up_token() {
  std::optional<std::string> token;
  runner_.change(services::Lane::people, [&](services::Work& work) {
    token = services::new_set_up_token(work);
    return token.has_value();
  });
  return token;
}

CheckReply Backend::check(std::string_view language) {
  Checked checked;
  runner_.read([&](services::Work& work) { checked = check_database(work); });
  const Words words(language);
  const Message versions = said("check.versions", {param("version", version_), param("sqlite", db::sqlite_version())});
  return {checked.whole, checked.counts_agree, words(versions) + "\n" + lines_of(checked.lines, words)};
}

}  // namespace tw::server
