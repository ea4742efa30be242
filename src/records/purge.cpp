#include "records/purge.h"

#include "records/attachments.h"
#include "records/personal.h"
#include "records/tables.h"

namespace linchpin::records {

using storage::Connection;
using storage::Name;
using storage::Sql;

namespace {

constexpr std::int64_t rest_milliseconds = rest_days * 24 * 3600 * 1000;

Status remove_row(Connection& connection, const Name& table, RecordId record) {
  Sql sql("DELETE FROM ");
  sql.name(table).add(" WHERE id = ").value(record);
  LP_CHECK(connection.execute(sql));
  return {};
}

// Links that were left pointing at the record while it could come back.
Status clear_links(Connection& connection, const Schema& schema, const Object& object,
                   RecordId record) {
  for (const Referrer& referrer : schema.referrers(object.api_name)) {
    if (referrer.field->many || referrer.field->type == FieldType::id) continue;
    Sql sql("UPDATE ");
    sql.name(referrer.object->table).add(" SET ").name(referrer.field->column).add(" = NULL");
    sql.add(" WHERE ").name(referrer.field->column).add(" = ").value(record);
    LP_CHECK(connection.execute(sql));
  }
  return {};
}

template <class Definition>
bool has_rested(const Definition& row, Instant before) {
  return row.state == DefinitionState::deleted && row.deleted_at < before;
}

}  // namespace

Result<Purge::Ids> Purge::ids(const Sql& sql) {
  return records_.database().read([&](Connection& connection) -> Result<Ids> {
    Ids found;
    LP_TRY(const auto rows, connection.prepare(sql));
    while (true) {
      LP_TRY(const bool any, rows->step());
      if (!any) return found;
      found.push_back(RecordId{rows->integer(0)});
    }
  });
}

Status Purge::in_slices(const Sql& find, std::int64_t& counter,
                        const std::function<Status(Connection&, RecordId)>& each) {
  while (slices_ < max_slices && !(*stopping_)()) {
    LP_TRY(const Ids found, ids(find));
    if (found.empty()) return {};
    std::size_t next = 0;
    while (next < found.size() && slices_ < max_slices && !(*stopping_)()) {
      ++slices_;
      std::size_t done = 0;
      LP_CHECK(records_.database().write(
          [&](Connection& connection) -> Status {
            const auto end = std::chrono::steady_clock::now() + slice_time;
            for (done = 0; next + done < found.size(); ++done) {
              if (done > 0 && std::chrono::steady_clock::now() >= end) return {};
              LP_CHECK(each(connection, found[next + done]));
            }
            return {};
          },
          storage::WriteKind::job));
      next += done;
      counter += static_cast<std::int64_t>(done);
    }
  }
  return Error::of(ErrorCode::overloaded, "purge_goes_on");
}

Status Purge::purge_trash(const Schema& schema, const Object& object) {
  Sql find("SELECT id FROM ");
  find.name(object.table).add(" WHERE deleted_at < ").value(clock_.now() - rest_milliseconds);
  find.add(" LIMIT ").value(static_cast<std::int64_t>(slice_records));
  const PersonalKeys keys(records_.workspace_key());
  return in_slices(find, purged_.records, [&](Connection& connection, RecordId record) -> Status {
    LP_CHECK(clear_links(connection, schema, object, record));
    LP_CHECK(keys.destroy(connection, record));
    LP_CHECK(drop_attachments(connection, record));
    return remove_row(connection, object.table, record);
  });
}

Status Purge::empty_column(const Name& table, const Name& column, bool names_files) {
  Sql find("SELECT id FROM ");
  find.name(table).add(" WHERE ").name(column).add(" IS NOT NULL LIMIT ");
  find.value(static_cast<std::int64_t>(slice_records));
  return in_slices(find, purged_.values, [&](Connection& connection, RecordId record) -> Status {
    if (names_files) LP_CHECK(drop_attachments(connection, table, column, record));
    Sql sql("UPDATE ");
    sql.name(table).add(" SET ").name(column).add(" = NULL WHERE id = ").value(record);
    LP_CHECK(connection.execute(sql));
    return {};
  });
}

Status Purge::mark(RecordId definition) {
  return Metadata(records_).change_now([&](Connection&, Customization& all) -> Status {
    for (ObjectDefinition& row : all.objects) {
      if (row.id == definition) row.state = DefinitionState::purged;
    }
    for (FieldDefinition& row : all.fields) {
      if (row.id == definition) row.state = DefinitionState::purged;
    }
    return {};
  });
}

Status Purge::purge_fields(Customization& customization) {
  const Instant before = clock_.now() - rest_milliseconds;
  for (const FieldDefinition& field : customization.fields) {
    const bool due = field.state == DefinitionState::abandoned ||
                     (!field.column.empty() && has_rested(field, before));
    if (!due) continue;
    Name table{"id"};
    if (field.object) {
      for (const ObjectDefinition& object : customization.objects) {
        if (object.id != field.object) continue;
        LP_TRY(table, Name::checked(object.table));
      }
    } else {
      LP_TRY(table, Name::checked(field.object_name));
    }
    LP_TRY(const Name column, Name::checked(field.column));
    LP_TRY(const Name key, Name::checked(field.column + "__key"));
    LP_TRY(const auto present, records_.database().read([&](Connection& connection) {
      return table_columns(connection, table);
    }));
    const bool names_files =
        member_text(field.definition, "type") == type_name(FieldType::attachment);
    for (const Name& one : {column, key}) {
      const bool there = std::find(present.begin(), present.end(), one.text()) != present.end();
      if (there) LP_CHECK(empty_column(table, one, names_files));
    }
    LP_CHECK(mark(field.id));
    ++purged_.fields;
  }
  return {};
}

Status Purge::empty_table(const Name& table) {
  Sql find("SELECT id FROM ");
  find.name(table).add(" LIMIT ").value(static_cast<std::int64_t>(slice_records));
  const PersonalKeys keys(records_.workspace_key());
  return in_slices(find, purged_.records, [&](Connection& connection, RecordId record) -> Status {
    LP_CHECK(keys.destroy(connection, record));
    LP_CHECK(drop_attachments(connection, record));
    return remove_row(connection, table, record);
  });
}

Status Purge::purge_objects(Customization& customization) {
  for (const ObjectDefinition& object : customization.objects) {
    if (!object.custom() || !has_rested(object, clock_.now() - rest_milliseconds)) continue;
    LP_TRY(const Name table, Name::checked(object.table));
    LP_CHECK(empty_table(table));
    LP_CHECK(mark(object.id));
    ++purged_.objects;
  }
  return {};
}

Result<Purge::Purged> Purge::run(const std::function<bool()>& stopping) {
  stopping_ = &stopping;
  LP_TRY(Customization customization, records_.database().snapshot(read_customization));
  const auto schema = records_.schema();
  const auto all = [&]() -> Status {
    for (const auto& object : schema->objects()) LP_CHECK(purge_trash(*schema, *object));
    LP_CHECK(purge_fields(customization));
    return purge_objects(customization);
  };
  const Status done = all();
  const bool goes_on = !done && done.error().detail == "purge_goes_on";
  if (!done && !goes_on) return done.error();
  return purged_;
}

}  // namespace linchpin::records
