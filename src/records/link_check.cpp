#include "records/link_check.h"

namespace linchpin::records {

using storage::Sql;

Result<std::vector<BrokenLinks>> check_links(storage::Connection& connection, const Schema& schema,
                                             const Object& object) {
  std::vector<BrokenLinks> broken;
  for (const Field& field : object.fields) {
    const Object* target = schema.object(field.target);
    if (!field.is_link() || field.many || field.system || target == nullptr) continue;
    Sql sql("SELECT count(*) FROM ");
    sql.name(object.table).add(" t WHERE t.deleted_at IS NULL AND t.").name(field.column);
    sql.add(" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ").name(target->table);
    sql.add(" linked WHERE linked.id = t.").name(field.column).add(")");
    LP_TRY(const std::int64_t count, query_integer(connection, sql, 0));
    if (count > 0) broken.push_back({&field, count});
  }
  return broken;
}

}  // namespace linchpin::records
