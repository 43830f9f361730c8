// How the product is, for its administrators. What the database knows is read here; what only the place knows that runs
// it (disk, queues, jobs) is asked from its probe.
#pragma once

#include "api/system.h"
#include "services/dispatcher.h"

namespace tw::services {

class SystemProbe {
 public:
  virtual ~SystemProbe() = default;
  // Fills what this place has and leaves the rest absent. From any thread.
  virtual void look(api::ViewSystem::Response& status) = 0;
};

Result<api::ViewSystem::Response> view_system(Phases& phases, const Actor* actor,
                                              const api::ViewSystem::Request& request);

}  // namespace tw::services
