#include "jobs/imports/dry_run.h"

#include "jobs/imports/matching.h"

namespace linchpin::imports {

using records::Field;
using records::is_empty;
using records::Object;
using records::RowValues;
using records::text_of;
using storage::Connection;

namespace {

constexpr std::int64_t would_be_record = -2;  // stands for the id of a record that is not there

}  // namespace

DryRun::DryRun(records::Records& records, const Plan& plan, const Import& import,
               const access::AccessScope& scope, jobs::JobContext& context)
    : records_(records),
      plan_(plan),
      import_(import),
      scope_(scope.for_import(import.id)),
      context_(context),
      work_(plan, records.frame().time_zone, *this) {}

DryRun::~DryRun() = default;

Result<json::object> DryRun::run(const std::string& errors_path) {
  LP_TRY(RowSource source, RowSource::open(import_.path, import_.layout, 0));
  LP_TRY(ErrorFile errors, ErrorFile::open(errors_path, 0, records_.workspace_key()));
  while (!ended_) {
    if (context_.cancelled() || context_.stopping()) return jobs::interrupted();
    LP_CHECK(records_.database().snapshot(
        [&](Connection& connection) { return read_some(connection, source, errors); }));
    context_.show(rows_, std::max(rows_, import_.layout.rows));
  }
  LP_CHECK(errors.flush());
  return report();
}

Status DryRun::read_some(Connection& connection, RowSource& source, ErrorFile& errors) {
  const stream::Origin origin{import_.actor(), {}, {}, 0, 0};
  records::BulkSlice slice(records_, connection, scope_, origin);
  connection_ = &connection;
  slice_ = &slice;
  tabular::Row row;
  for (int i = 0; i < rows_per_read; ++i) {
    LP_TRY(const bool more, source.next(row));
    ended_ = !more;
    if (ended_) return {};
    ++rows_;
    LP_TRY(const RowOutcome outcome, work_.take(row));
    if (outcome == RowOutcome::failed) LP_CHECK(note_failed(row, errors));
  }
  return {};
}

Status DryRun::note_failed(const tabular::Row& row, ErrorFile& errors) {
  ++failed_;
  for (const RowProblem& problem : work_.problems()) {
    if (first_errors_.size() >= reported_errors) break;
    json::object params;
    for (const auto& [name, value] : problem.params) params[name] = value;
    json::object item{{"row", row.number}, {"code", problem.code}, {"params", std::move(params)}};
    if (problem.column != no_column) item["column"] = plan_.column_names[problem.column];
    first_errors_.push_back(std::move(item));
  }
  return errors.add(row, work_.problems());
}

Result<std::int64_t> DryRun::find(const Lookup& lookup, std::string_view key) {
  LP_TRY(const RecordId id,
         records_.find(*connection_, scope_, lookup.object->api_name, lookup.key->api_name, key));
  return id.value;
}

Status DryRun::check(const Object& object, RowValues& row) {
  return slice_->check(object, row);
}

// A key twice in the file, or there already: the run would be refused it by the database.
Status DryRun::check_unique(const RowValues& row) {
  for (const Field& field : plan_.object->fields) {
    if (!field.unique || is_empty(row[field.index]) || !field.is_text()) continue;
    const std::string_view key = text_of(row[field.index]);
    const bool first = seen_[&field].insert(std::hash<std::string_view>{}(key)).second;
    const std::string pointer = "/fields/" + field.api_name;
    if (!first) {
      ++duplicates_;
      return Error::invalid(FieldProblem{pointer, field.api_name, "duplicate_in_file", {}});
    }
    LP_TRY(const std::int64_t present, find({plan_.object, &field}, key));
    if (present != 0) {
      return Error::invalid(FieldProblem{pointer, field.api_name, "duplicate_value", {}});
    }
  }
  return {};
}

Result<std::int64_t> DryRun::create(const Object& object, RowValues& row) {
  LP_CHECK(slice_->check(object, row));
  if (&object == plan_.object) LP_CHECK(check_unique(row));
  ++creates_[object.api_name];
  return would_be_record;
}

std::string DryRun::match_key(const RowValues& row) const {
  JsonWriter out;
  out.begin_array();
  for (const Field* field : plan_.match) records::write_value(out, *field, row[field->index]);
  out.end_array();
  return out.take();
}

Result<std::vector<std::int64_t>> DryRun::match(const RowValues& row) {
  LP_TRY(std::vector<std::int64_t> found,
         match_records(records_, *connection_, scope_, plan_, row));
  if (!matched_.insert(std::hash<std::string>{}(match_key(row))).second) {
    ++duplicates_;
    if (found.empty()) found.push_back(would_be_record);
  }
  return found;
}

Result<bool> DryRun::update(std::int64_t, std::vector<NewValue>) {
  ++updates_;
  return true;
}

Result<std::uint64_t> DryRun::open_fills(const LinkPlan&, std::int64_t, std::string_view) {
  return std::uint64_t{0};
}

void DryRun::fill(const Object&, std::int64_t, NewValue) {}

Result<bool> DryRun::make_way(std::int64_t) {
  return true;
}

json::object DryRun::report() const {
  json::object creates;
  for (const auto& [object, count] : creates_) creates[object] = count;
  json::array links;
  for (std::size_t i = 0; i < plan_.links.size(); ++i) {
    const CellPlan& cell = plan_.links[i].cell;
    const LinkCount& count = work_.link_counts()[i];
    links.push_back(json::object{{"column", plan_.column_names[cell.column]},
                                 {"field", cell.field->api_name},
                                 {"matched", count.matched},
                                 {"to_create", count.to_create},
                                 {"unmatched", count.unmatched}});
  }
  json::array warnings;
  if (plan_.tax_basis_assumed) warnings.push_back(json::object{{"code", "tax_basis_assumed"}});
  if (import_.layout.total_rows > 0) {
    warnings.push_back(
        json::object{{"code", "total_rows_left_out"},
                     {"params", json::object{{"n", std::to_string(import_.layout.total_rows)}}}});
  }
  return {{"rows", rows_},
          {"valid", rows_ - failed_},
          {"failed", failed_},
          {"duplicates", duplicates_},
          {"updates", updates_},
          {"creates", std::move(creates)},
          {"links", std::move(links)},
          {"errors", first_errors_},
          {"total_rows_left_out", import_.layout.total_rows},
          {"warnings", std::move(warnings)}};
}

}  // namespace linchpin::imports
