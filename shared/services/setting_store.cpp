#include "services/setting_store.h"

#include "core/text.h"

namespace tw::services {

std::int64_t setting(Work& work, std::string_view name, std::int64_t usual) {
  // By the primary key.
  const auto value =
      work.db.prepare("SELECT value FROM settings WHERE name = :name").bind(":name", name).one([](db::Row row) {
        return text::to_integer(row.text(0));
      });
  return value ? value->value_or(usual) : usual;
}

void set_setting(Work& work, std::string_view name, std::int64_t value) {
  const std::string written = std::to_string(value);
  work.db
      .prepare(
          "INSERT INTO settings (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = :value")
      .bind(":name", name)
      .bind(":value", written)
      .run();
}

}  // namespace tw::services
