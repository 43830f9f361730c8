#include "server/commands/command_texts.h"

#include "server/words/layout.h"

namespace tw::server {
namespace {

using More = Usage::More;

constexpr std::string_view data_only = "data language";

constexpr Usage help_usage[] = {{"tidewater COMMAND", More::options}};
constexpr Usage serve_usage[] = {{"tidewater serve --data DIR", More::options}};
constexpr Usage config_check_usage[] = {{"tidewater config check [--config FILE]", More::options_of_serve}};
constexpr Usage user_add_usage[] = {{"tidewater user add NAME --role ROLE --data DIR"}};
constexpr Usage user_passwd_usage[] = {{"tidewater user passwd NAME --data DIR"}};
constexpr Usage user_list_usage[] = {{"tidewater user list --data DIR [--json]"}};
constexpr Usage import_usage[] = {{"tidewater import customers FILE --data DIR", More::options}};
constexpr Usage check_usage[] = {{"tidewater check --data DIR [--repair]"}};
constexpr Usage doctor_usage[] = {{"tidewater doctor --data DIR [--json]", More::options_of_serve}};
constexpr Usage backup_usage[] = {{"tidewater backup FILE --data DIR"}};
constexpr Usage restore_usage[] = {{"tidewater restore FILE --data DIR"}, {"tidewater restore FILE --verify"}};
constexpr Usage upgrade_usage[] = {{"tidewater upgrade --data DIR [--dry-run | --undo]"}};
constexpr Usage audit_verify_usage[] = {{"tidewater audit verify --data DIR [--expect NUMBER:HASH]"}};
constexpr Usage openapi_usage[] = {{"tidewater openapi"}};
constexpr Usage permissions_usage[] = {{"tidewater permissions"}};
constexpr Usage schema_usage[] = {{"tidewater schema"}};
constexpr Usage transitions_usage[] = {{"tidewater transitions"}};
constexpr Usage version_usage[] = {{"tidewater version"}};

constexpr TextKey json_help = said_key("help.json");
constexpr OptionText user_add_options[] = {{"--role ROLE", said_key("help.user_add.role")}};
constexpr OptionText json_options[] = {{"--json", json_help}};
constexpr OptionText import_options[] = {
    {"--map COLUMN=FIELD", said_key("help.import.map")},
    {"--row-number-key", said_key("help.import.row_number_key")},
    {"--on-duplicate WHAT", said_key("help.import.on_duplicate")},
    {"--owner LOGIN", said_key("help.import.owner")},
    {"--department NAME", said_key("help.import.department")},
    {"--refused FILE", said_key("help.import.refused")},
    {"--keep-good-rows", said_key("help.import.keep_good_rows")},
    {"--json", json_help},
};
constexpr OptionText check_options[] = {{"--repair", said_key("help.check.repair")}};
constexpr OptionText restore_options[] = {{"--verify", said_key("help.restore.verify")}};
constexpr OptionText upgrade_options[] = {
    {"--dry-run", said_key("help.upgrade.dry_run")},
    {"--undo", said_key("help.upgrade.undo")},
};
constexpr OptionText audit_verify_options[] = {{"--expect NUMBER:HASH", said_key("help.audit_verify.expect")}};

constexpr CommandText commands[] = {
    {"help", Command::help, {}, help_usage, {}, {}, "", {}},
    {"serve",
     Command::serve,
     said_key("summary.serve"),
     serve_usage,
     said_key("help.serve.about"),
     {},
     "*",
     said_key("help.serve.more")},
    {"config check",
     Command::config_check,
     said_key("summary.config_check"),
     config_check_usage,
     said_key("help.config_check.about"),
     {},
     "",
     said_key("help.config_check.more")},
    {"user add",
     Command::user_add,
     said_key("summary.user_add"),
     user_add_usage,
     said_key("help.user_add.about"),
     user_add_options,
     data_only,
     {}},
    {"user passwd",
     Command::user_passwd,
     said_key("summary.user_passwd"),
     user_passwd_usage,
     said_key("help.user_passwd.about"),
     {},
     data_only,
     {}},
    {"user list",
     Command::user_list,
     said_key("summary.user_list"),
     user_list_usage,
     said_key("help.user_list.about"),
     json_options,
     data_only,
     {}},
    {"import customers", Command::import_customers, said_key("summary.import_customers"), import_usage,
     said_key("help.import.about"), import_options, data_only, said_key("help.import.more")},
    {"check",
     Command::check,
     said_key("summary.check"),
     check_usage,
     said_key("help.check.about"),
     check_options,
     data_only,
     {}},
    {"doctor", Command::doctor, said_key("summary.doctor"), doctor_usage, said_key("help.doctor.about"), json_options,
     "data backups backup-every keep-daily keep-weekly language", said_key("help.doctor.more")},
    {"backup",
     Command::backup,
     said_key("summary.backup"),
     backup_usage,
     said_key("help.backup.about"),
     {},
     data_only,
     said_key("help.backup.more")},
    {"restore", Command::restore, said_key("summary.restore"), restore_usage, said_key("help.restore.about"),
     restore_options, data_only, said_key("help.restore.more")},
    {"upgrade", Command::upgrade, said_key("summary.upgrade"), upgrade_usage, said_key("help.upgrade.about"),
     upgrade_options, "data backups language", said_key("help.upgrade.more")},
    {"audit verify", Command::audit_verify, said_key("summary.audit_verify"), audit_verify_usage,
     said_key("help.audit_verify.about"), audit_verify_options, data_only, said_key("help.audit_verify.more")},
    {"openapi",
     Command::openapi,
     said_key("summary.openapi"),
     openapi_usage,
     said_key("help.openapi.about"),
     {},
     "",
     {}},
    {"permissions",
     Command::permissions,
     said_key("summary.permissions"),
     permissions_usage,
     said_key("help.permissions.about"),
     {},
     "",
     {}},
    {"schema", Command::schema, said_key("summary.schema"), schema_usage, said_key("help.schema.about"), {}, "", {}},
    {"transitions", Command::transitions, {}, transitions_usage, said_key("help.transitions.about"), {}, "", {}},
    {"version",
     Command::version,
     said_key("summary.version"),
     version_usage,
     said_key("help.version.about"),
     {},
     "",
     {}},
};

constexpr std::size_t summary_column = 22;

std::string text_of(const Usage& usage, const Words& words) {
  std::string line(usage.line);
  if (usage.more == More::options) line += " " + words(said("help.options"));
  if (usage.more == More::options_of_serve) line += " " + words(said("help.options_of_serve"));
  return line;
}

std::string overview(const Words& words) {
  std::string text = words(said("help.usage_of_all").with("line", verbatim(text_of(help_usage[0], words)))) + "\n\n";
  for (const auto& each : commands)
    if (!each.summary.view().empty())
      text += padded("  " + std::string(each.words), summary_column) + wrapped(words(each.summary), summary_column);
  return text + "\n" + wrapped(words(said("help.overview_more")));
}

}  // namespace

std::span<const CommandText> all_commands() { return commands; }

const CommandText* find_command(std::string_view words) {
  for (const auto& known : commands)
    if (known.words == words) return &known;
  return nullptr;
}

std::string help_text(std::string_view command, const Words& words) {
  const auto* known = find_command(command);
  if (!known || known->command == Command::help) return overview(words);
  const std::string before = words(said("help.usage"));
  std::string text;
  for (const auto& usage : known->usages)
    text += (text.empty() ? before : std::string(display_width(before), ' ')) + text_of(usage, words) + "\n";
  text += "\n" + wrapped(words(known->about));
  std::string options;
  for (const auto& option : known->options) options += help_line(std::string(option.left), words(option.help));
  if (!known->settings.empty()) options += help_on_settings(known->settings, words);
  if (!known->settings.empty() || known->command == Command::config_check)
    options += help_line("--config FILE", words(said("help.config")));
  if (!options.empty()) text += "\n" + options;
  if (!known->more.view().empty()) text += "\n" + wrapped(words(known->more));
  return text;
}

}  // namespace tw::server
