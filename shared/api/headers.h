// What every adapter reads out of a request's address and headers, and writes into those of a reply: the HTTP server
// and the local backend say the same. Pure functions of texts.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tw::api {

// What stands behind the '?' of an address, decoded ('+' is a blank; an escape that is none stays as it is), in order
// of names. Pairs without a name are left out, and so is a pair that was there before.
std::vector<std::pair<std::string, std::string>> query_pairs(std::string_view query);

// Of the header Cookie. Empty when there is no such cookie.
std::string cookie_value(std::string_view header, std::string_view name);

// A caller's own request id is kept when it is 1 to 64 characters of [A-Za-z0-9._-]: it goes into logs.
bool is_request_id(std::string_view id);

// attachment; filename="plain.csv"; filename*=UTF-8''%E5%AE%A2.csv
std::string content_disposition(std::string_view file_name);

}  // namespace tw::api
