// The storybook's models under the name that tests use.
#pragma once

#include "client/storybook/canned.h"

namespace tw::test {
using storybook::CannedStore;
using storybook::SilentTransport;
}  // namespace tw::test
