#include "core/catalogs.h"

#include "core/text.h"

namespace tw {

namespace {

std::string_view base_of(std::string_view tag) { return tag.substr(0, tag.find('-')); }

}  // namespace

const Catalog& Catalogs::for_language(std::string_view wishes) const {
  static const Catalog none;
  for (const std::string_view wish : text::split(wishes, ',')) {
    const std::string tag = text::lower(text::trim(wish.substr(0, wish.find(';'))));
    for (const Catalog& catalog : catalogs_)
      if (text::lower(catalog.language()) == tag) return catalog;
    for (const Catalog& catalog : catalogs_)
      if (text::lower(base_of(catalog.language())) == base_of(tag)) return catalog;
  }
  return catalogs_.empty() ? none : catalogs_.front();
}

bool Catalogs::has_language(std::string_view tag) const {
  for (const Catalog& catalog : catalogs_)
    if (catalog.language() == tag) return true;
  return false;
}

}  // namespace tw
