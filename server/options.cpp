#include "server/options.h"

#include <functional>
#include <map>

#include "core/text.h"

namespace tw::server {
namespace {

struct CommandText {
  std::string_view words;
  Command command;
  std::string_view help;
};

constexpr std::string_view overview =
    R"(Usage: tidewater COMMAND [OPTION]...        (tidewater help COMMAND explains one)

  serve               serve the web client and the API from a data folder
  user add            make a person who can sign in
  user passwd         give a person a new password
  user list           list everybody
  import customers    read customers from a CSV file
  check               look for damage in a data folder
  doctor              look whether all is well with a data folder, and say what to do
  backup              copy the database to a file, also while a server writes it
  restore             look at a backup, or put it in the place of the database
  upgrade             bring the database to this version's schema, try that on a copy, or take it back
  openapi             print the API's description (OpenAPI 3.1)
  permissions         print who may call what
  schema              print the database schema
  version             print the version

Commands on a data folder work while a server runs on it (they go through the server) and while none does.
)";

constexpr CommandText commands[] = {
    {"help", Command::help, overview},
    {"serve", Command::serve, R"(Usage: tidewater serve --data DIR [OPTION]...

Serves the web client and the API. The folder is made when it is not there. While nobody exists who could sign in, each
start prints a one-time address where the first administrator is made. SIGTERM and SIGINT finish what is running.

  --data DIR            the data folder
  --listen ADDR:PORT    default 127.0.0.1:8420; port 0 takes a free one; [::]:8420 serves every address
  --log text|json       how the log on standard error is written; default text
  --proxy ADDR          believe X-Forwarded-For and X-Forwarded-Proto from this address (repeat for more)
  --verbose             also log what watchers ask
  --backup-every HOURS  make a backup of the database so often; default 24, 0 never
  --keep-daily N        keep the newest backup of each of the last N days; default 7
  --keep-weekly N       and of each of the last N weeks; default 4
  --backups DIR         where they go, a folder of this server's own; default DATA/backups. Another disk is better.
)"},
    {"user add", Command::user_add, R"(Usage: tidewater user add NAME --role ROLE --data DIR

Makes a person whose login and name are NAME. The password is read from standard input.

  --role ROLE    administrator, manager or member (default)
)"},
    {"user passwd", Command::user_passwd, R"(Usage: tidewater user passwd NAME --data DIR

Gives the person with this login a new password, read from standard input, and ends all their sessions.
)"},
    {"user list", Command::user_list, R"(Usage: tidewater user list --data DIR [--json]

Lists everybody: login, name, role, department, and whether they can sign in.
)"},
    {"import customers", Command::import_customers, R"(Usage: tidewater import customers FILE --data DIR [OPTION]...

Checks a CSV file and, when all is well, writes its customers. Nothing is written when rows are refused, unless
--keep-good-rows says so. Columns go where their names suggest; columns without a home become custom fields.

  --map COLUMN=FIELD     COLUMN is a header or a number from 1; FIELD is a field's name (name, phone, external_key, ...),
                         "custom:NAME" for a custom field, or "ignore"
  --row-number-key       the external key of each customer is its row's number
  --on-duplicate WHAT    skip (default), update or refuse a row whose phone or external key is there already
  --owner LOGIN          who owns customers whose row does not say; default nobody
  --department NAME      their department, where the row does not say; default the owner's
  --refused FILE         write the refused rows with their reasons to this file
  --keep-good-rows       write the good rows even when others are refused
  --json                 print the result as JSON

Ends with 0 when everything was written, 1 when it failed, 3 when rows were refused.
)"},
    {"check", Command::check, R"(Usage: tidewater check --data DIR

Reads the whole database, compares kept counters with a recount, tries pending schema changes on a copy, and prints
versions. Changes nothing. Ends with 0 when all is well.
)"},
    {"doctor", Command::doctor, R"(Usage: tidewater doctor --data DIR [--backups DIR] [--backup-every HOURS] [--json]

Looks at the database (as check does), its log, the disk, the clock, who may read the files, and when the last backup was
made. Each finding says what to do. Works while a server runs, and changes nothing.

Ends with 0 when all is well, 3 when something should be done soon, 1 when something is broken.
)"},
    {"backup", Command::backup, R"(Usage: tidewater backup FILE --data DIR

Copies the database, as it is at one moment, to FILE, and checks the copy. Works while a server runs: who works hardly
notices. FILE appears when it is complete and on the disk; until then it is FILE.part. What is there already is not
overwritten. The database is all there is, except for uploaded files of imports that are not written yet.

Ends with 0 when FILE is there and whole, 1 when no backup was made, 3 when the database is damaged.
)"},
    {"restore", Command::restore, R"(Usage: tidewater restore FILE --data DIR
       tidewater restore FILE --verify

Puts the backup FILE in the place of the database, after it was looked at. No server may run on DIR. What was there is
kept in DIR/replaced. Everybody must sign in again, and invitations that were open must be sent again.

  --verify    only look: the file's structure, its schema, kept counters against a recount

Ends with 0 when all is well, 1 when nothing was done, 3 when the backup is damaged or not a backup.
)"},
    {"upgrade", Command::upgrade, R"(Usage: tidewater upgrade --data DIR [--dry-run | --undo]

Brings the database to the schema of this version, as the next start of the server would. A copy from before is put in
DIR/backups first. No server may run on DIR.

  --dry-run      try it on a copy and print how many rows each table has before and after; also beside a server
  --undo         put the newest copy from before an upgrade back, as restore does; then start the version that wrote it.
                 What was written since is kept in DIR/replaced, and is not in the database any more
  --backups DIR  where the copies are, when not in DIR/backups

Ends with 0 when all is well, 1 when nothing was done, 3 when the trial lost rows or found damage.
)"},
    {"openapi", Command::openapi, "Usage: tidewater openapi\n\nPrints the API's description (OpenAPI 3.1).\n"},
    {"permissions", Command::permissions, "Usage: tidewater permissions\n\nPrints which roles may call what.\n"},
    {"schema", Command::schema, "Usage: tidewater schema\n\nPrints the database schema.\n"},
    {"transitions", Command::transitions,
     "Usage: tidewater transitions\n\nPrints the life of a batch item as a state diagram (Mermaid).\n"},
    {"version", Command::version, "Usage: tidewater version\n\nPrints the version.\n"},
};

const CommandText* find(std::string_view words) {
  for (const auto& known : commands)
    if (known.words == words) return &known;
  return nullptr;
}

bool needs_data(Command command) {
  switch (command) {
    case Command::serve:
    case Command::user_add:
    case Command::user_passwd:
    case Command::user_list:
    case Command::import_customers:
    case Command::check:
    case Command::backup:
    case Command::upgrade:
    case Command::doctor:
      return true;
    case Command::restore:  // --verify needs none
    default:
      return false;
  }
}

// "127.0.0.1:8420", "[::1]:8420", ":8420"
bool read_listen(const std::string& value, Options& options) {
  const auto colon = value.rfind(':');
  if (colon == std::string::npos) return false;
  const auto port = text::to_integer(value.substr(colon + 1));
  if (!port || *port < 0 || *port > 65535) return false;
  std::string host = value.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  options.host = host.empty() ? "0.0.0.0" : host;
  options.port = static_cast<int>(*port);
  return true;
}

// An option with a value: reads it, and says what would have been right when it cannot.
struct Setter {
  std::function<bool(const std::string&, Options&)> read;
  std::string_view expected;
};

std::map<std::string, Setter, std::less<>> setters() {
  const auto into = [](std::string Options::*member) {
    return Setter{[member](const std::string& value, Options& options) {
                    options.*member = value;
                    return !value.empty();
                  },
                  "a value"};
  };
  const auto count = [](int Options::*member, std::int64_t most, std::string_view expected) {
    return Setter{[member, most](const std::string& value, Options& options) {
                    const auto number = text::to_integer(value);
                    if (!number || *number < 0 || *number > most) return false;
                    options.*member = static_cast<int>(*number);
                    return true;
                  },
                  expected};
  };
  return {
      {"--data", into(&Options::data)},
      {"--backups", into(&Options::backups)},
      {"--backup-every", count(&Options::backup_hours, 24 * 31, "hours, 0 to 744")},
      {"--keep-daily", count(&Options::keep_daily, 366, "a number, 0 to 366")},
      {"--keep-weekly", count(&Options::keep_weekly, 520, "a number, 0 to 520")},
      {"--owner", into(&Options::owner)},
      {"--department", into(&Options::department)},
      {"--refused", into(&Options::refused_file)},
      {"--listen", {read_listen, "ADDR:PORT"}},
      {"--proxy",
       {[](const std::string& value, Options& options) {
          options.proxies.push_back(value);
          return !value.empty();
        },
        "an address"}},
      {"--log",
       {[](const std::string& value, Options& options) {
          options.log = value == "json" ? LogFormat::json : LogFormat::text;
          return value == "json" || value == "text";
        },
        "text or json"}},
      {"--role",
       {[](const std::string& value, Options& options) { return from_wire_name(value, options.role); },
        "administrator, manager or member"}},
      {"--map",
       {[](const std::string& value, Options& options) {
          const auto equals = value.rfind('=');
          if (equals == std::string::npos || equals == 0 || equals + 1 == value.size()) return false;
          options.map.emplace_back(value.substr(0, equals), value.substr(equals + 1));
          return true;
        },
        "COLUMN=FIELD"}},
      {"--on-duplicate",
       {[](const std::string& value, Options& options) {
          options.on_duplicate = value;
          return value == "skip" || value == "update" || value == "refuse";
        },
        "skip, update or refuse"}},
  };
}

const std::map<std::string_view, bool Options::*> switches = {
    {"--verbose", &Options::verbose},
    {"--json", &Options::json},
    {"--verify", &Options::verify},
    {"--dry-run", &Options::dry_run},
    {"--undo", &Options::undo},
    {"--keep-good-rows", &Options::keep_good_rows},
    {"--row-number-key", &Options::key_from_row_number},
};

Parsed refused(std::string problem) { return {std::nullopt, std::move(problem)}; }

}  // namespace

std::string help_text(std::string_view command) {
  const auto* known = find(command);
  return std::string(known ? known->help : overview);
}

Parsed parse(const std::vector<std::string>& arguments) {
  Options options;
  std::vector<std::string> words;
  bool wants_help = arguments.empty();
  const auto known_setters = setters();
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string name = arguments[i];
    if (name == "-h" || name == "--help") {
      wants_help = true;
    } else if (name == "--version") {
      words.emplace_back("version");
    } else if (const auto chosen = switches.find(name); chosen != switches.end()) {
      options.*(chosen->second) = true;
    } else if (name.rfind("--", 0) == 0) {
      std::optional<std::string> value;
      if (const auto equals = name.find('='); equals != std::string::npos) {
        value = name.substr(equals + 1);
        name.resize(equals);
      } else if (i + 1 < arguments.size()) {
        value = arguments[++i];
      }
      const auto setter = known_setters.find(name);
      if (setter == known_setters.end()) return refused("There is no option " + name + ".");
      if (!value || !setter->second.read(*value, options))
        return refused(name + " needs " + std::string(setter->second.expected) + ".");
    } else {
      words.push_back(name);
    }
  }

  if (!words.empty() && words[0] == "help") {
    wants_help = true;
    words.erase(words.begin());
  }
  const CommandText* command = nullptr;
  std::size_t used = 0;
  if (words.size() > 1 && (command = find(words[0] + " " + words[1]))) used = 2;
  if (!command && !words.empty() && (command = find(words[0]))) used = 1;
  if (wants_help) {
    options.command = Command::help;
    options.help_on = command ? std::string(command->words) : std::string();
    return {options, {}};
  }
  if (!command) return refused(words.empty() ? "No command." : "There is no command " + words[0] + ".");
  options.command = command->command;
  words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(used));

  std::string* operand = nullptr;
  if (options.command == Command::user_add || options.command == Command::user_passwd) operand = &options.name;
  const bool reads_file = options.command == Command::import_customers || options.command == Command::backup ||
                          options.command == Command::restore;
  if (reads_file) operand = &options.file;
  if (operand) {
    if (words.empty()) return refused(std::string(command->words) + (reads_file ? " needs a file." : " needs a name."));
    *operand = words[0];
    words.erase(words.begin());
  }
  if (!words.empty()) return refused("What is " + words[0] + "?");
  const bool restores = options.command == Command::restore && !options.verify;
  if ((needs_data(options.command) || restores) && options.data.empty()) return refused("--data DIR is needed.");
  if (options.dry_run && options.undo) return refused("--dry-run and --undo are two things: say one.");
  return {options, {}};
}

}  // namespace tw::server
