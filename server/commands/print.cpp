// permissions | schema | transitions: what the product says about itself, byte for byte the same on every machine.
#include <map>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "api/registry.h"
#include "db/migrations.h"
#include "db/upkeep.h"
#include "domain/batch/transitions.h"
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
  db::migrate_one_by_one(*database);
  out << "-- Through " << db::migrations().back().name << ".\n\n"
      << db::schema_text(*database) << db::rows_text(*database);
  return 0;
}

namespace {

using domain::batch::Action;
using domain::batch::ItemState;
using domain::batch::ItemStates;
using domain::batch::Next;
using domain::batch::Transition;

// Arrows from state to state with the actions that go there; "[*]" is where there is no item. What is undone goes back
// to wherever it may have come from.
class Diagram {
 public:
  Diagram() {
    for (const Transition& row : domain::batch::transition_table) {
      if (row.to == Next::as_before) {
        for (const Transition& done : domain::batch::transition_table)
          if (domain::batch::undoes(row.action, done.action)) draw(done, row.action, true);
      } else {
        draw(row, row.action, false);
      }
    }
  }

  void print(std::ostream& out) const {
    out << "stateDiagram-v2\n";
    for (const auto& [arrow, actions] : arrows_)
      out << "  " << arrow.first << " --> " << arrow.second << ": " << actions << "\n";
  }

 private:
  static std::string name_of(ItemState state) { return std::string(wire_name(state)); }

  static std::vector<std::string> ends_of(Next to, ItemState from) {
    switch (to) {
      case Next::unassigned:
        return {name_of(ItemState::unassigned)};
      case Next::executing:
        return {name_of(ItemState::executing)};
      case Next::completed_or_ended:
        return {name_of(ItemState::completed), name_of(ItemState::ended)};
      case Next::abandoned:
        return {name_of(ItemState::abandoned)};
      case Next::ended:
        return {name_of(ItemState::ended)};
      case Next::reset:
        return {name_of(ItemState::reset)};
      case Next::same:
        return {name_of(from)};
      case Next::gone:
      case Next::as_before:
        break;
    }
    return {nowhere};
  }

  void draw(const Transition& row, Action action, bool back) {
    const auto between = [&](const std::string& from, const std::string& to) {
      std::string& actions = arrows_[back ? std::pair(to, from) : std::pair(from, to)];
      const std::string name(wire_name(action));
      if ((", " + actions + ",").find(", " + name + ",") != std::string::npos) return;
      actions += (actions.empty() ? "" : ", ") + name;
    };
    if (row.from.bits == 0)
      for (const std::string& to : ends_of(row.to, {})) between(nowhere, to);
    for (int i = 0; i < domain::batch::item_state_count; ++i) {
      const auto from = static_cast<ItemState>(i);
      if (!row.from.contains(from)) continue;
      for (const std::string& to : ends_of(row.to, from)) between(name_of(from), to);
    }
  }

  static constexpr const char* nowhere = "[*]";
  std::map<std::pair<std::string, std::string>, std::string> arrows_;
};

}  // namespace

int print_transitions(std::ostream& out) {
  Diagram().print(out);
  return 0;
}

}  // namespace tw::server
