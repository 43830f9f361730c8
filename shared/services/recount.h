// Kept counters made anew from the rows, for `tidewater check --repair`: what check_customers and check_batches find
// wrong is right afterwards. With nobody else at work, and only where the rows themselves are whole.
#pragma once

#include "services/work.h"

namespace tw::services {

void recount_customers(Work& work);  // and the search index, where entries are missing or too many
void recount_batches(Work& work);

}  // namespace tw::services
