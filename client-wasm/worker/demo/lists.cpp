#include "demo/lists.h"

#include "core/json.h"

namespace tw::demo {

namespace {

template <class T>
Refusal read(std::string_view name, T& into) {
  auto list = json::decode<T>(demo_json(name));
  if (!list) return list.error();
  into = std::move(list).value();
  return std::nullopt;
}

}  // namespace

Result<Lists> read_lists() {
  Lists lists;
  if (auto wrong = read("names", lists.names)) return *wrong;
  if (auto wrong = read("companies", lists.companies)) return *wrong;
  if (auto wrong = read("places", lists.places)) return *wrong;
  if (auto wrong = read("company", lists.company)) return *wrong;
  if (auto wrong = read("notes", lists.notes)) return *wrong;
  return lists;
}

}  // namespace tw::demo
