// Why something failed, in words: the operating system's reasons, and what was thrown on the way to a terminal.
#pragma once

#include <exception>

#include "server/words/message.h"

namespace tw::server {

Message reason_of(int error);  // an errno
// Of what is caught last, before it is printed. Words of SQLite and of the C++ library stay as they are.
Message told(const std::exception& problem);

}  // namespace tw::server
