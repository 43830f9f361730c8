// permissions | schema: what the product says about itself, byte for byte the same on every machine.
#include <ostream>

#include "api/registry.h"
#include "db/upkeep.h"
#include "server/commands/commands.h"

namespace tw::server {

int print_permissions(std::ostream& out) {
  using domain::access::Role;
  out << "# operation, method and path, permission; then who holds it\n";
  api::AllOperations::each([&]<class O>() {
    const auto& endpoint = O::endpoint;
    out << endpoint.name << "  " << name_of(endpoint.method) << " " << endpoint.path << "  "
        << wire_name(endpoint.permission) << ":";
    for (const auto& role : wire_names(Role{}))
      if (domain::access::holds(role.value, endpoint.permission)) out << " " << role.name;
    if (domain::access::grantable(endpoint.permission)) out << " (or granted)";
    out << "\n";
  });
  return 0;
}

int print_schema(std::ostream& out) {
  const auto database = db::Database::open(":memory:", db::OpenMode::in_memory);
  db::migrate(*database);
  out << db::schema_text(*database);
  return 0;
}

}  // namespace tw::server
