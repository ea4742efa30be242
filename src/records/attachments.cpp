#include "records/attachments.h"

#include <algorithm>

#include "records/rights.h"
#include "records/row_store.h"
#include "records/validate.h"
#include "storage/ddl.h"

namespace linchpin::records {

using storage::Connection;
using storage::Name;
using storage::Sql;

namespace {

constexpr std::int64_t max_forgotten_at_once = 1'000;
// Before every other moment, so that what was dropped goes at the next cleaning.
constexpr Instant long_ago = 1;

constexpr storage::Literal attachment_columns =
    "id, file_name, content_type, size, uploader, created_at, object, field, record, released_at";

bool is_among(const std::vector<RecordId>& ids, RecordId id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

// The record and field that a write is about.
struct Holder {
  const Object& object;
  const Field& field;
  RecordId record;

  void add_condition(Sql& sql) const {
    sql.add("(object = ").value(object.api_name).add(" AND field = ").value(field.api_name);
    sql.add(" AND record = ").value(record).add(")");
  }
};

// In one statement, so that of two records that want the same file one gets it.
Result<bool> take(Connection& connection, const Holder& holder, RecordId id, RecordId writer) {
  Sql sql("UPDATE lp_attachment SET object = ");
  sql.value(holder.object.api_name).add(", field = ").value(holder.field.api_name);
  sql.add(", record = ").value(holder.record).add(", released_at = NULL WHERE id = ").value(id);
  sql.add(" AND ((object = '' AND uploader = ").value(writer).add(") OR ");
  holder.add_condition(sql);
  LP_TRY(const std::int64_t taken, connection.execute(sql.add(")")));
  return taken == 1;
}

Status release(Connection& connection, const Holder& holder, RecordId id, Instant now) {
  Sql sql("UPDATE lp_attachment SET released_at = ");
  sql.value(now).add(" WHERE id = ").value(id).add(" AND ");
  holder.add_condition(sql);
  LP_CHECK(connection.execute(sql));
  return {};
}

void add_forgotten_condition(Sql& sql, Instant loose, Instant released) {
  sql.add("released_at IS NOT NULL AND (released_at < ").value(released);
  sql.add(" OR (object = '' AND released_at < ").value(loose).add("))");
}

}  // namespace

Status ensure_attachment_table(Connection& connection) {
  Sql table("CREATE TABLE IF NOT EXISTS lp_attachment (id");
  table.add(storage::key_column(connection.dialect()));
  table.add(
      ", file_name TEXT NOT NULL, content_type TEXT NOT NULL, size BIGINT NOT NULL, "
      "uploader BIGINT NOT NULL, created_at BIGINT NOT NULL, object TEXT NOT NULL, "
      "field TEXT NOT NULL, record BIGINT NOT NULL, released_at BIGINT)");
  LP_CHECK(connection.execute(table));
  LP_CHECK(
      connection.execute(Sql("CREATE INDEX IF NOT EXISTS lp_attachment_released "
                             "ON lp_attachment(released_at) WHERE released_at IS NOT NULL")));
  LP_CHECK(
      connection.execute(Sql("CREATE INDEX IF NOT EXISTS lp_attachment_record "
                             "ON lp_attachment(record)")));
  return {};
}

Status insert_attachment(Connection& connection, const Attachment& attachment) {
  Sql sql("INSERT INTO lp_attachment(");
  sql.add(attachment_columns).add(") VALUES (").value(attachment.id).add(", ");
  sql.value(attachment.file_name).add(", ").value(attachment.content_type).add(", ");
  sql.value(attachment.size).add(", ").value(attachment.uploader).add(", ");
  sql.value(attachment.created_at).add(", '', '', 0, ").value(attachment.created_at).add(")");
  LP_CHECK(connection.execute(sql));
  return {};
}

Result<std::optional<Attachment>> read_attachment(Connection& connection, RecordId id) {
  Sql sql("SELECT ");
  sql.add(attachment_columns).add(" FROM lp_attachment WHERE id = ").value(id);
  LP_TRY(const auto row, connection.prepare(sql));
  LP_TRY(const bool any, row->step());
  if (!any) return std::optional<Attachment>();
  Attachment found;
  found.id = RecordId{row->integer(0)};
  found.file_name = row->text(1);
  found.content_type = row->text(2);
  found.size = row->integer(3);
  found.uploader = RecordId{row->integer(4)};
  found.created_at = row->integer(5);
  found.object = row->text(6);
  found.field = row->text(7);
  found.record = RecordId{row->integer(8)};
  if (!row->is_null(9)) found.released_at = row->integer(9);
  return std::optional<Attachment>(std::move(found));
}

Result<std::int64_t> count_loose_attachments(Connection& connection, RecordId uploader) {
  Sql sql("SELECT count(*) FROM lp_attachment WHERE released_at IS NOT NULL AND object = ''");
  return query_integer(connection, sql.add(" AND uploader = ").value(uploader), 0);
}

Status hold_attachments(const RuleFrame& frame, const Object& object, const Field& field,
                        const RowValues* before, const RowValues& after,
                        std::vector<FieldProblem>& problems) {
  const Holder holder{object, field, RecordId{integer_of(after[0])}};
  const Value nothing;
  const auto held = linked_records(field, before ? (*before)[field.index] : nothing);
  const auto wanted = linked_records(field, after[field.index]);
  for (const RecordId id : wanted) {
    if (is_among(held, id)) continue;
    LP_TRY(const bool taken, take(frame.connection, holder, id, frame.viewer.scope.user()));
    if (taken) continue;
    problems.push_back({"/fields/" + field.api_name,
                        field.api_name,
                        "attachment_not_found",
                        {{"value", format_id(id)}}});
  }
  for (const RecordId id : held) {
    if (!is_among(wanted, id)) LP_CHECK(release(frame.connection, holder, id, frame.viewer.now));
  }
  return {};
}

Status drop_attachments(Connection& connection, RecordId record) {
  Sql sql("UPDATE lp_attachment SET released_at = ");
  LP_CHECK(connection.execute(sql.value(long_ago).add(" WHERE record = ").value(record)));
  return {};
}

Status drop_attachments(Connection& connection, const Name& table, const Name& column,
                        RecordId record) {
  Sql find("SELECT ");
  find.name(column).add(" FROM ").name(table).add(" WHERE id = ").value(record);
  Value value;
  {
    LP_TRY(const auto row, connection.prepare(find));
    LP_TRY(const bool any, row->step());
    if (any) value = row->value(0);
  }
  Field named;
  named.type = FieldType::attachment;
  named.many = std::holds_alternative<std::string>(value);
  for (const RecordId id : linked_records(named, value)) {
    Sql sql("UPDATE lp_attachment SET released_at = ");
    sql.value(long_ago).add(" WHERE id = ").value(id).add(" AND record = ").value(record);
    LP_CHECK(connection.execute(sql));
  }
  return {};
}

Result<bool> may_read(Connection& connection, const Schema& schema, const Viewer& viewer,
                      const Attachment& attachment) {
  const access::AccessScope& scope = viewer.scope;
  if (!attachment.held()) return scope.user() && scope.user() == attachment.uploader;
  const Object* object = schema.object(attachment.object);
  const Field* field = object ? object->field(attachment.field) : nullptr;
  if (field == nullptr || scope.reach(object->api_name) == access::Reach::none) return false;
  if (right_of(scope, *object, *field) == access::FieldRight::none) return false;
  LP_TRY(const auto row, read_row(connection, *object, attachment.record, Presence::live));
  if (!row || !is_among(linked_records(*field, (*row)[field->index]), attachment.id)) return false;
  return reaches(connection, schema, viewer, access::Action::read, *object, *row);
}

Result<std::vector<RecordId>> forgotten_attachments(Connection& connection, Instant loose,
                                                    Instant released) {
  Sql sql("SELECT id FROM lp_attachment WHERE ");
  add_forgotten_condition(sql, loose, released);
  LP_TRY(const auto rows,
         connection.prepare(sql.add(" ORDER BY id LIMIT ").value(max_forgotten_at_once)));
  std::vector<RecordId> ids;
  while (true) {
    LP_TRY(const bool any, rows->step());
    if (!any) return ids;
    ids.push_back(RecordId{rows->integer(0)});
  }
}

Result<bool> forget_attachment(Connection& connection, RecordId id, Instant loose,
                               Instant released) {
  Sql sql("DELETE FROM lp_attachment WHERE id = ");
  sql.value(id).add(" AND ");
  add_forgotten_condition(sql, loose, released);
  LP_TRY(const std::int64_t gone, connection.execute(sql));
  return gone == 1;
}

}  // namespace linchpin::records
