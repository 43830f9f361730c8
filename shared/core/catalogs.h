// The catalogues of all languages that are shipped. The first one added is the product's first language.
#pragma once

#include <string_view>
#include <vector>

#include "core/catalog.h"

namespace tw {

class Catalogs {
 public:
  void add(Catalog catalog) { catalogs_.push_back(std::move(catalog)); }

  // The best one for an Accept-Language header or a person's own language: the first wish that a catalogue fits, by the
  // whole tag or by its first part ("zh-TW" reads "zh-CN"); the first language when none does. Weights (";q=") are
  // ignored: browsers send their wishes in order.
  const Catalog& for_language(std::string_view wishes) const;
  bool has_language(std::string_view tag) const;  // exactly this one

 private:
  std::vector<Catalog> catalogs_;
};

}  // namespace tw
