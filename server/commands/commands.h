// The commands of the command line, each a function of a door to the product, the options and the streams; each answers
// the exit code. They call the same operations as the web client.
#pragma once

#include <iosfwd>
#include <string>

#include "server/local/door.h"
#include "server/options.h"
#include "server/program.h"

namespace tw::server {

// Throws Refused where there is none: a command that looks makes no folder.
Folder folder_with_database(const std::string& data);

int add_user(Door& door, const Options& options, Streams& streams);
int set_password(Door& door, const Options& options, Streams& streams);
int list_users(Door& door, const Options& options, Streams& streams);
int import_customers(Door& door, const Options& options, Streams& streams);
int check_folder(const Options& options, const std::string& version, Streams& streams, Clock& clock, Log& log);

// server/commands/care.cpp
int backup_database(const Options& options, Streams& streams, Clock& clock, Log& log);
int restore_database(const Options& options, Streams& streams, Clock& clock, Log& log);
int upgrade_database(const Options& options, Streams& streams, Clock& clock, Log& log);
int see_doctor(const Options& options, Streams& streams, Clock& clock, Log& log);

// server/commands/configuration.cpp
int check_configuration(const Options& options, Streams& streams, Clock& clock);
// server/commands/audit.cpp
int verify_audit(const Options& options, Streams& streams, Clock& clock, Log& log);

// What tests/golden keeps.
int print_permissions(std::ostream& out);
int print_schema(std::ostream& out);
int print_transitions(std::ostream& out);

}  // namespace tw::server
