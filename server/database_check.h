// Looks for damage in a database: SQLite's own checks, and every kept counter against a recount. Changes nothing.
#pragma once

#include "server/http/http_server.h"
#include "services/work.h"

namespace tw::server {

Checked check_database(services::Work& work);

}  // namespace tw::server
