#include "server/commands/command_texts.h"

namespace tw::server {
namespace {

constexpr std::string_view overview =
    R"(Usage: tidewater COMMAND [OPTION]...        (tidewater help COMMAND explains one)

  serve               serve the web client and the API from a data folder
  config check        say what is configured, from where, and whether it can work
  user add            make a person who can sign in
  user passwd         give a person a new password
  user list           list everybody
  import customers    read customers from a CSV file
  check               look for damage in a data folder
  doctor              look whether all is well with a data folder, and say what to do
  backup              copy the database to a file, also while a server writes it
  restore             look at a backup, or put it in the place of the database
  upgrade             bring the database to this version's schema, try that on a copy, or take it back
  audit verify        look whether the audit log is whole
  openapi             print the API's description (OpenAPI 3.1)
  permissions         print who may call what
  schema              print the database schema
  version             print the version

Commands on a data folder work while a server runs on it (they go through the server) and while none does.
)";

constexpr std::string_view data_only = "data";

constexpr CommandText commands[] = {
    {"help", Command::help, overview, "", ""},
    {"serve", Command::serve, R"(Usage: tidewater serve --data DIR [OPTION]...

Serves the web client and the API. The folder is made when it is not there. While nobody exists who could sign in, each
start prints a one-time address where the first administrator is made. SIGTERM and SIGINT finish what is running, SIGHUP
reads certificate and key anew.

)",
     "*", R"(
Each is also a variable (--keep-daily is TIDEWATER_KEEP_DAILY) and a line of the file (keep-daily = 7). A flag goes before
a variable, a variable before the file. tidewater config check says what is in force, and from where.
)"},
    {"config check", Command::config_check, R"(Usage: tidewater config check [--config FILE] [OPTION of serve]...

Says what `tidewater serve` would do with the same flags, environment and file: every setting with where it comes from;
and looks whether that can work: folders, address, certificate and key. Changes nothing; run it as the user who serves.

)",
     "", R"(
Ends with 0 when a server could start, 1 when something is wrong.
)"},
    {"user add", Command::user_add, R"(Usage: tidewater user add NAME --role ROLE --data DIR

Makes a person whose login and name are NAME. The password is read from standard input.

  --role ROLE           administrator, manager or member (default)
)",
     data_only, ""},
    {"user passwd", Command::user_passwd, R"(Usage: tidewater user passwd NAME --data DIR

Gives the person with this login a new password, read from standard input, and ends all their sessions.

)",
     data_only, ""},
    {"user list", Command::user_list, R"(Usage: tidewater user list --data DIR [--json]

Lists everybody: login, name, role, department, and whether they can sign in.

  --json                print the result as JSON
)",
     data_only, ""},
    {"import customers", Command::import_customers, R"(Usage: tidewater import customers FILE --data DIR [OPTION]...

Checks a CSV file and, when all is well, writes its customers. Nothing is written when rows are refused, unless
--keep-good-rows says so. Columns go where their names suggest; columns without a home become custom fields.

  --map COLUMN=FIELD    COLUMN is a header or a number from 1; FIELD is a field's name (name, phone, external_key, ...),
                        "custom:NAME" for a custom field, or "ignore"
  --row-number-key      the external key of each customer is its row's number
  --on-duplicate WHAT   skip (default), update or refuse a row whose phone or external key is there already
  --owner LOGIN         who owns customers whose row does not say; default nobody
  --department NAME     their department, where the row does not say; default the owner's
  --refused FILE        write the refused rows with their reasons to this file
  --keep-good-rows      write the good rows even when others are refused
  --json                print the result as JSON
)",
     data_only, R"(
Ends with 0 when everything was written, 1 when it failed, 3 when rows were refused.
)"},
    {"check", Command::check, R"(Usage: tidewater check --data DIR [--repair]

Reads the whole database, compares kept counters with a recount, tries pending schema changes on a copy, and prints
versions. Changes nothing, but for --repair. Ends with 0 when all is well.

  --repair              make kept counters and the search index anew from the rows, where they do not agree. No server
                        may run on DIR, and the structure of the database must be whole
)",
     data_only, ""},
    {"doctor", Command::doctor, R"(Usage: tidewater doctor --data DIR [OPTION of serve]... [--json]

Looks at the database (as check does), its log, the disk, the clock, who may read the files, when the last backup was
made, and whether the schedule's next one fits on its disk. Each finding says what to do. Works while a server runs, and changes nothing.

  --json                print the result as JSON
)",
     "data backups backup-every keep-daily keep-weekly", R"(
Ends with 0 when all is well, 3 when something should be done soon, 1 when something is broken.
)"},
    {"backup", Command::backup, R"(Usage: tidewater backup FILE --data DIR

Copies the database, as it is at one moment, to FILE, and checks the copy. Works while a server runs: who works hardly
notices. FILE appears when it is complete and on the disk; until then it is FILE.part. What is there already is not
overwritten. The database is all there is, except for uploaded files of imports that are not written yet.

)",
     data_only, R"(
Ends with 0 when FILE is there and whole, 1 when no backup was made, 3 when the database is damaged.
)"},
    {"restore", Command::restore, R"(Usage: tidewater restore FILE --data DIR
       tidewater restore FILE --verify

Puts the backup FILE in the place of the database, after it was looked at. No server may run on DIR. What was there is
kept in DIR/replaced. Everybody must sign in again, and invitations that were open must be sent again.

A backup whose structure is damaged is refused. One whose kept counters do not agree with its rows has lost nothing and
is put back: tidewater check --repair counts them anew then.

  --verify              only look: the file's structure, its schema, kept counters against a recount
)",
     data_only, R"(
Ends with 0 when all is well, 1 when nothing was done, 3 when the backup is damaged or not a backup and nothing was
changed, 4 when it is whole (and, without --verify, is the database now) but kept counters must be counted anew.
)"},
    {"upgrade", Command::upgrade, R"(Usage: tidewater upgrade --data DIR [--dry-run | --undo]

Brings the database to the schema of this version, as the next start of the server would. A copy from before is put in
DIR/backups first. No server may run on DIR.

  --dry-run             try it on a copy and print how many rows each table has before and after; also beside a server
  --undo                put the newest copy from before an upgrade back, as restore does; then start the version that
                        wrote it. What was written since is kept in DIR/replaced, and is not in the database any more
)",
     "data backups", R"(
Ends with 0 when all is well, 1 when nothing was done, 3 when the trial lost rows or found damage (or the copy from
before is damaged), 4 when all rows are there but kept counters must be counted anew.
)"},
    {"audit verify", Command::audit_verify, R"(Usage: tidewater audit verify --data DIR [--expect NUMBER:HASH]

Walks the audit log from its first entry to its last, and says which is the first that was changed, is missing or does
not follow the one before it. Prints how many entries are whole, and the number and hash of the last of them. Works while
a server runs, and changes nothing.

A log whose end was cut off is whole by itself. What was there earlier tells: the server writes the newest number and
hash to its log once a day ("newest entry of the audit log"), and the status screen shows them.

  --expect NUMBER:HASH  the entry NUMBER must be there, with this hash
)",
     data_only, R"(
Ends with 0 when all is well, 1 when it could not look, 3 when something is wrong.
)"},
    {"openapi", Command::openapi, "Usage: tidewater openapi\n\nPrints the API's description (OpenAPI 3.1).\n", "", ""},
    {"permissions", Command::permissions, "Usage: tidewater permissions\n\nPrints which roles may call what.\n", "",
     ""},
    {"schema", Command::schema, "Usage: tidewater schema\n\nPrints the database schema.\n", "", ""},
    {"transitions", Command::transitions,
     "Usage: tidewater transitions\n\nPrints the life of a batch item as a state diagram (Mermaid).\n", "", ""},
    {"version", Command::version, "Usage: tidewater version\n\nPrints the version.\n", "", ""},
};

constexpr std::string_view config_flag =
    "  --config FILE         read settings from this file, `name = value` a line, # for remarks\n";

}  // namespace

const CommandText* find_command(std::string_view words) {
  for (const auto& known : commands)
    if (known.words == words) return &known;
  return nullptr;
}

std::string help_text(std::string_view command) {
  const auto* known = find_command(command);
  if (!known) return std::string(overview);
  std::string text(known->help);
  if (!known->settings.empty()) text += help_on_settings(known->settings);
  if (!known->settings.empty() || known->command == Command::config_check) text += config_flag;
  text += known->more;
  return text;
}

}  // namespace tw::server
