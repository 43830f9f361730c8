#include "domain/access/access.h"

#include <algorithm>

namespace tw::domain::access {

bool reaches(const Actor& actor, PersonId owner, DepartmentId department) {
  switch (actor.scope) {
    case Scope::all:
      return true;
    case Scope::department_and_below:
      // A manager also keeps what they own themselves, wherever it was filed.
      return (owner && owner == actor.person) ||
             (department && std::binary_search(actor.departments.begin(), actor.departments.end(), department));
    case Scope::own:
      return owner && owner == actor.person;
  }
  return false;
}

}  // namespace tw::domain::access
