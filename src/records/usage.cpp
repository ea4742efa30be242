#include "records/usage.h"

namespace linchpin::records {

using storage::Sql;

Result<bool> is_linked_to(storage::Connection& connection, const Schema& schema,
                          const Object& object, RecordId record) {
  for (const Referrer& referrer : schema.referrers(object.api_name)) {
    if (referrer.field->many || referrer.field->system) continue;
    Sql sql("SELECT 1 FROM ");
    sql.name(referrer.object->table).add(" WHERE ").name(referrer.field->column).add(" = ");
    sql.value(record).add(" AND deleted_at IS NULL LIMIT 1");
    LP_TRY(const std::int64_t found, query_integer(connection, sql, 0));
    if (found != 0) return true;
  }
  return false;
}

}  // namespace linchpin::records
