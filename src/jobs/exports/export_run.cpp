#include "jobs/exports/export_run.h"

#include <algorithm>
#include <set>

#include "records/query_plan.h"

namespace linchpin::exports {

using records::CountMode;
using records::Field;
using records::FieldPath;
using records::FieldType;
using records::PageRequest;

namespace {

constexpr std::string_view path_separator = " / ";

bool shows_texts_of_links(const Field& field) {
  return field.is_link() && field.type != FieldType::id;
}

int width_of(const Field& field) {
  constexpr int narrow = 12;
  constexpr int middle = 18;
  constexpr int wide = 24;
  constexpr int widest = 40;
  switch (field.type) {
    case FieldType::long_text:
      return widest;
    case FieldType::integer:
    case FieldType::rating:
    case FieldType::boolean:
    case FieldType::percent:
    case FieldType::date:
      return narrow;
    case FieldType::datetime:
    case FieldType::money:
    case FieldType::decimal:
    case FieldType::id:
      return middle;
    default:
      return wide;
  }
}

Heading heading_of(const FieldPath& path, Language language) {
  Heading heading;
  for (const Field* link : path.links) {
    heading.text += link->label.in(language);
    heading.text += path_separator;
  }
  heading.text += path.field->label.in(language);
  heading.width = width_of(*path.field);
  return heading;
}

Error too_large(std::int64_t count) {
  return Error::of(ErrorCode::validation_failed, "export_too_large",
                   {{"count", std::to_string(count)}, {"max", std::to_string(Exports::max_rows)}});
}

}  // namespace

ExportRun::ExportRun(records::Records& records, const Texts& texts,
                     const access::AccessScope& scope, ExportRequest request)
    : records_(records),
      scope_(scope),
      request_(std::move(request)),
      frame_(records.frame()),
      manner_{texts, request_.language, frame_.time_zone},
      schema_(records.schema()),
      links_(records, scope, manner_) {}

Status ExportRun::open() {
  LP_CHECK(count());
  return find_columns();
}

Status ExportRun::count() {
  records::QueryRequest query = request_.query;
  query.page = {};
  query.page.limit = 1;
  query.count = CountMode::exact;
  query.purpose.clear();
  JsonWriter out;
  LP_CHECK(records_.query(scope_, request_.object, query, out));
  LP_TRY(const json::object answer, parse_json_object(out.text()));
  total_ = integer_at(answer, "count");
  return total_ > Exports::max_rows ? Status(too_large(total_)) : Status();
}

Status ExportRun::find_columns() {
  const records::FilterFrame frame{*schema_, scope_, frame_.time_zone, records_.today()};
  const records::Object* object = schema_->object(request_.object);
  if (object == nullptr) return Error::of(ErrorCode::not_found);
  LP_TRY(std::vector<FieldPath> paths, records::read_select(frame, *object, request_.query.select));
  if (request_.query.select.empty()) {
    // Of everything, what people wrote comes first.
    std::stable_partition(paths.begin(), paths.end(),
                          [](const FieldPath& path) { return !path.field->system; });
  }
  request_.query.select.clear();
  std::set<std::string> known;
  for (FieldPath& path : paths) {
    if (!known.insert(path.text).second) continue;
    request_.query.select.push_back(path.text);
    headings_.push_back(heading_of(path, request_.language));
    columns_.push_back(std::move(path));
  }
  request_.query.page = {};
  request_.query.page.limit = PageRequest::max_limit;
  request_.query.count = CountMode::none;
  return {};
}

Result<json::object> ExportRun::next_page() {
  JsonWriter out;
  LP_CHECK(records_.query(scope_, request_.object, request_.query, out));
  return parse_json_object(out.text());
}

Result<bool> ExportRun::slice(TableFile& file) {
  LP_TRY(const json::object page, next_page());
  const json::array& records = page.at("records").as_array();
  rows_ += static_cast<std::int64_t>(records.size());
  if (rows_ > Exports::max_rows) return too_large(rows_);
  links_.clear();
  for (const json::value& record : records) {
    for (const FieldPath& path : columns_) {
      if (!shows_texts_of_links(*path.field)) continue;
      links_.want(*path.field, record.at("fields").at(path.text));
    }
  }
  LP_CHECK(links_.load());
  for (const json::value& record : records) {
    LP_CHECK(add_row(file, record.at("fields").as_object()));
  }
  const json::value& next = page.at("page").at("next");
  if (!next.is_string()) return false;
  request_.query.page.after = next.get_string();
  return true;
}

Status ExportRun::add_row(TableFile& file, const json::object& fields) {
  row_.clear();
  for (const FieldPath& path : columns_) {
    const json::value& value = fields.at(path.text);
    row_.push_back(shows_texts_of_links(*path.field) ? links_.cell(*path.field, value)
                                                     : make_cell(manner_, *path.field, value));
  }
  return file.add(row_);
}

}  // namespace linchpin::exports
