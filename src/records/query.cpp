// Reading: one record, a page of records, the ids behind a filter.

#include <algorithm>
#include <set>

#include "base/text.h"
#include "records/index_choice.h"
#include "records/personal.h"
#include "records/query_plan.h"
#include "records/read_one.h"
#include "records/records.h"
#include "records/selection.h"

namespace linchpin::records {

using storage::Connection;
using storage::Sql;
using storage::Statement;

namespace {

constexpr std::int64_t count_cap = 10'000;
constexpr int fixed_columns = 2;  // id, version
constexpr std::size_t row_bytes_guess = 512;

struct ReadFrame {
  Connection& connection;
  const Schema& schema;
  const Viewer viewer;
  PersonalKeys keys;
  PersonalReading* opened = nullptr;
  std::set<std::string> asked;  // personal fields by which records are found
};

// Which personal values a filter compares.
void collect_personal(const Filter& filter, std::set<std::string>& fields) {
  for (const Filter& arg : filter.args) collect_personal(arg, fields);
  const bool compares = filter.op == FilterOp::eq || filter.op == FilterOp::in;
  if (compares && filter.path.field->sensitivity == Sensitivity::personal) {
    fields.insert(filter.path.field->api_name);
  }
}

// A personal value is only opened for a purpose, and on its own record's page, never through a
// link.
Status write_personal(const ReadFrame& frame, const FieldPath& path, const Statement& row,
                      int column, JsonWriter& out, std::vector<std::string_view>& masked) {
  const bool opens = frame.opened && !frame.opened->purpose.empty() && path.links.empty();
  if (!opens || row.is_null(column)) {
    if (!row.is_null(column)) masked.push_back(path.text);
    out.null();
    return {};
  }
  const RecordId record{row.integer(0)};
  LP_TRY(const auto key, frame.keys.data_key(frame.connection, record, false));
  const std::string value = open_value(key, *path.field, record, sealed_part(row.blob(column)));
  if (value != "null") frame.opened->add(record, path.field->api_name);
  out.raw(value);
  return {};
}

// A purpose opens nothing by itself: the right to personal values is one of its own.
Status check_purpose(const access::AccessScope& scope, const Object& object,
                     const std::vector<FieldPath>& paths, const std::set<std::string>& asked,
                     std::string_view purpose) {
  if (purpose.empty() || scope.may(access::Action::personal, object.api_name)) return {};
  const bool opens = std::any_of(paths.begin(), paths.end(), [](const FieldPath& path) {
    return path.links.empty() && path.field->sensitivity == Sensitivity::personal;
  });
  if (opens || !asked.empty()) return Error::of(ErrorCode::forbidden, "personal_not_allowed");
  return {};
}

// The selected columns of one row as the members of "fields".
Status write_fields(const ReadFrame& frame, const Selection& select, const Statement& row,
                    int first_column, JsonWriter& out) {
  std::vector<std::string_view> masked;
  out.begin_object();
  for (std::size_t i = 0; i < select.paths().size(); ++i) {
    const int column = select.column_of(i, first_column);
    const FieldPath& path = select.paths()[i];
    out.key(path.text);
    if (select.is_computed(i)) {
      select.write_computed(out, i, row, column);
      continue;
    }
    if (path.field->sensitivity == Sensitivity::normal) {
      write_column(out, *path.field, row, column);
    } else {
      LP_CHECK(write_personal(frame, path, row, column, out, masked));
    }
  }
  out.end_object();
  if (masked.empty()) return {};
  out.key("masked").begin_array();
  for (const std::string_view name : masked) out.string(name);
  out.end_array();
  return {};
}

Sql begin_select(FromClause& from, const Selection& select) {
  Sql sql("SELECT ");
  sql.append(from.base()).add(".id, ").append(from.base()).add(".version");
  return sql.append(select.columns(from));
}

class PageReader {
 public:
  PageReader(const ReadFrame& frame, const QueryPlan& plan, const Selection& select,
             const QueryRequest& request)
      : frame_(frame),
        plan_(plan),
        select_(select),
        limit_(request.page.limit),
        offset_(request.page.offset) {}

  Status read(const std::optional<CursorPosition>& after, JsonWriter& out) {
    LP_TRY(choice_, choose_index(frame_.connection, frame_.schema, plan_));
    out.begin_array();
    if (offset_ > 0) {
      LP_CHECK(read_segment(Segment::whole, nullptr, out));
    } else {
      bool reached = !after.has_value();
      for (const Segment segment : segments_of(plan_)) {
        const bool here = after && segment_of(plan_, *after) == segment;
        if (!reached && !here) continue;
        reached = true;
        LP_CHECK(read_segment(segment, here ? &*after : nullptr, out));
        if (has_more_) break;
      }
    }
    out.end_array();
    return {};
  }

  bool has_more() const { return has_more_; }
  const CursorPosition& last() const { return last_; }

 private:
  Status read_segment(Segment segment, const CursorPosition* after, JsonWriter& out) {
    FromClause from(frame_.viewer, frame_.schema, *plan_.object, frame_.connection.dialect());
    const RecordRights rights(from, *plan_.object);
    Sql sql = begin_select(from, select_);
    sql.append(sort_columns_sql(from, plan_)).append(rights.columns());
    if (choice_.in_order) from.ask_each_row();
    if (choice_.chosen) from.allow_index_of(choice_.leaf);
    Sql where = condition_sql(from, plan_);
    from.allow_indexes();
    where.append(segment_sql(from, plan_, segment));
    if (after) where.append(after_sql(from, plan_, segment, *after));
    const Sql order = order_sql(from, plan_, segment);
    sql.append(from.sql()).add(" WHERE ").append(where).append(order).add(" LIMIT ");
    sql.value(std::int64_t{limit_ - written_ + 1});
    if (offset_ > 0) sql.add(" OFFSET ").value(offset_);
    LP_TRY(const auto rows, frame_.connection.prepare(sql));
    while (true) {
      LP_TRY(const bool found, rows->step());
      if (!found) return {};
      if (written_ == limit_) {
        has_more_ = true;
        return {};
      }
      LP_CHECK(write_row(*rows, rights, out));
      ++written_;
    }
  }

  Status write_row(const Statement& row, const RecordRights& rights, JsonWriter& out) {
    const RecordId id{row.integer(0)};
    for (const std::string& field : frame_.asked) frame_.opened->add(id, field);
    const int first_key = fixed_columns + select_.width();
    out.begin_object().key("id").id(id).key("version").integer(row.integer(1)).key("fields");
    LP_CHECK(write_fields(frame_, select_, row, fixed_columns, out));
    out.key("can");
    rights.write(out, row, first_key + static_cast<int>(plan_.sort.size()));
    out.end_object();
    if (written_ + 1 < limit_) return {};
    last_.id = id;
    last_.keys.clear();
    for (std::size_t i = 0; i < plan_.sort.size(); ++i) {
      last_.keys.push_back(row.value(first_key + static_cast<int>(i)));
    }
    return {};
  }

  const ReadFrame& frame_;
  const QueryPlan& plan_;
  IndexChoice choice_;
  const Selection& select_;
  int limit_;
  std::int64_t offset_;
  int written_ = 0;
  bool has_more_ = false;
  CursorPosition last_;
};

Status write_count(const ReadFrame& frame, const QueryPlan& plan, CountMode mode, JsonWriter& out) {
  if (mode == CountMode::none) {
    out.key("count").null();
    return {};
  }
  FromClause from(frame.viewer, frame.schema, *plan.object, frame.connection.dialect());
  const Sql where = condition_sql(from, plan);
  Sql sql;
  if (mode == CountMode::exact) {
    sql.add("SELECT count(*)").append(from.sql()).add(" WHERE ").append(where);
  } else {
    sql.add("SELECT count(*) FROM (SELECT 1").append(from.sql()).add(" WHERE ").append(where);
    sql.add(" LIMIT ").value(count_cap + 1).add(") c");
  }
  LP_TRY(const std::int64_t count, query_integer(frame.connection, sql, 0));
  out.key("count").integer(count);
  out.key("count_kind")
      .string(mode != CountMode::exact && count > count_cap ? "at_least" : "exact");
  return {};
}

}  // namespace

RecordRights::RecordRights(const FromClause& from, const Object& object) {
  using access::Action;
  const std::array known{std::pair("update", Action::update), std::pair("delete", Action::remove)};
  for (const auto& [name, action] : known) {
    if (!from.viewer().scope.may(action, object.api_name)) continue;
    rights_.push_back({name, from.reached(action)});
  }
}

Sql RecordRights::columns() const {
  Sql sql;
  for (const Right& right : rights_) {
    if (right.condition.empty()) continue;
    sql.add(", CASE WHEN ").append(right.condition).add(" THEN 1 ELSE 0 END");
  }
  return sql;
}

void RecordRights::write(JsonWriter& out, const Statement& row, int first) const {
  out.begin_array();
  for (const Right& right : rights_) {
    const bool given = right.condition.empty() || row.integer(first++) != 0;
    if (given) out.string(right.name);
  }
  out.end_array();
}

Result<std::int64_t> read_one(const OneReading& reading, const Object& object, RecordId id,
                              const std::vector<std::string>& select, JsonWriter& out) {
  const Viewer& viewer = reading.viewer;
  const FilterFrame filter_frame{reading.schema, viewer.scope, reading.time_zone, viewer.today};
  LP_TRY(std::vector<FieldPath> paths, read_select(filter_frame, object, select));
  if (reading.opened) {
    LP_CHECK(check_purpose(viewer.scope, object, paths, {}, reading.opened->purpose));
  }
  const formula::Frame around{viewer.now, &reading.time_zone, format_id(viewer.scope.user())};
  const Selection selection(reading.schema, std::move(paths), around);
  const ReadFrame frame{reading.connection, reading.schema, viewer,
                        PersonalKeys(reading.workspace_key), reading.opened, {}};
  FromClause from(viewer, reading.schema, object, reading.connection.dialect());
  const RecordRights rights(from, object);
  Sql sql = begin_select(from, selection);
  sql.append(rights.columns());
  const Sql live = from.live();
  sql.append(from.sql()).add(" WHERE ").append(from.base()).add(".id = ").value(id);
  LP_TRY(const auto rows, reading.connection.prepare(sql.add(" AND ").append(live)));
  LP_TRY(const bool found, rows->step());
  if (!found) return Error::of(ErrorCode::not_found);
  out.begin_object().key("id").id(id).key("version").integer(rows->integer(1)).key("fields");
  LP_CHECK(write_fields(frame, selection, *rows, fixed_columns, out));
  out.key("can");
  rights.write(out, *rows, fixed_columns + selection.width());
  out.end_object();
  return rows->integer(1);
}

Result<std::int64_t> Records::get(const access::AccessScope& scope, std::string_view object_name,
                                  RecordId id, const std::vector<std::string>& select,
                                  JsonWriter& out, std::string_view purpose) {
  const auto held = schema();
  LP_TRY(const Object* object, visible_object(*held, scope, object_name));
  const WorkspaceFrame workspace = frame();
  PersonalReading opened;
  opened.purpose = purpose;
  LP_TRY(const std::int64_t version, parts_.database.read([&](Connection& connection) {
    const OneReading reading{connection,          *held,  viewer(scope), parts_.workspace_key,
                             workspace.time_zone, &opened};
    return read_one(reading, *object, id, select, out);
  }));
  LP_CHECK(note_reading(parts_, scope, object->api_name, opened));
  return version;
}

Status Records::query(const access::AccessScope& scope, std::string_view object_name,
                      const QueryRequest& request, JsonWriter& out) {
  const auto held = schema();
  LP_TRY(const Object* object, visible_object(*held, scope, object_name));
  const WorkspaceFrame workspace = frame();
  FilterFrame filter_frame{*held, scope, workspace.time_zone, today()};
  if (!request.purpose.empty()) filter_frame.personal = &parts_.workspace_key;
  LP_CHECK(check_page(request.page, PageRequest::max_offset));
  LP_TRY(QueryPlan plan, plan_query(filter_frame, *object, request));
  std::set<std::string> asked;
  collect_personal(plan.where, asked);
  LP_CHECK(check_purpose(scope, *object, plan.select, asked, request.purpose));
  const Selection selection(*held, plan.select, formula_frame(scope, workspace));
  std::optional<CursorPosition> after;
  if (!request.page.after.empty()) {
    LP_TRY(after, read_cursor(cursor_key_, plan.text, request.page.after));
    if (after->keys.size() != plan.sort.size()) return Error::of(ErrorCode::cursor_mismatch);
  }
  PersonalReading opened;
  opened.purpose = request.purpose;
  opened.fields = asked;
  LP_CHECK(parts_.database.snapshot([&](Connection& connection) -> Status {
    LP_TRY(const Viewer seen_by, weighed(connection, *held, viewer(scope), *object));
    const ReadFrame read_frame{connection, *held, seen_by, PersonalKeys(parts_.workspace_key),
                               &opened, asked};
    LP_CHECK(prepare_search(connection, scope, plan));
    out.reserve(static_cast<std::size_t>(request.page.limit) * row_bytes_guess);
    PageReader reader(read_frame, plan, selection, request);
    out.begin_object().key("records");
    LP_CHECK(reader.read(after, out));
    out.key("page").begin_object().key("next");
    if (reader.has_more()) {
      out.string(make_cursor(cursor_key_, plan.text, reader.last()));
    } else {
      out.null();
    }
    out.key("has_more").boolean(reader.has_more()).end_object();
    LP_CHECK(write_count(read_frame, plan, request.count, out));
    LP_TRY(const std::int64_t seq, stream::last_seq(connection));
    out.key("seq").string(std::to_string(seq)).end_object();
    return {};
  }));
  return note_reading(parts_, scope, object->api_name, opened);
}

}  // namespace linchpin::records
