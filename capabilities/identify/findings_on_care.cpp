// How the first class is looked after, and what cannot be given to anybody.

#include <algorithm>

#include "identify/finding_parts.h"
#include "records/conditions.h"

namespace linchpin::identify {

namespace {

constexpr std::int64_t unvisited_days = 60;
constexpr std::size_t max_checked_customers = 10'000;

json::value parsed(std::string_view text) {
  auto value = parse_json(text);
  return value ? std::move(*value) : json::value();
}

// Those of `accounts` that satisfy a condition, in their order. It is asked in lists that a filter
// may hold.
Result<std::vector<RecordId>> those(const FindingSources& sources,
                                    const std::vector<RecordId>& accounts,
                                    const json::object& condition) {
  std::vector<RecordId> found;
  const std::size_t checked = std::min(accounts.size(), max_checked_customers);
  for (std::size_t begin = 0; begin < checked; begin += max_opened_records) {
    const auto first = accounts.begin() + static_cast<std::ptrdiff_t>(begin);
    const std::size_t count = std::min(max_opened_records, checked - begin);
    const std::vector<RecordId> part(first, first + static_cast<std::ptrdiff_t>(count));
    std::vector<RecordId> matching;
    const json::value where = records::all_of({id_filter(part), condition});
    LP_CHECK(sources.records().database().read([&](storage::Connection& connection) {
      return sources.records().select_ids(connection, sources.scope, "account", where,
                                          [&](RecordId id) { matching.push_back(id); });
    }));
    std::sort(matching.begin(), matching.end());
    for (const RecordId id : part) {
      if (std::binary_search(matching.begin(), matching.end(), id)) found.push_back(id);
    }
  }
  return found;
}

Result<bool> any_record(const FindingSources& sources, std::string_view object,
                        const json::value& where) {
  records::QueryRequest query;
  query.select = {"id"};
  query.where = where;
  query.page.limit = 1;
  JsonWriter out;
  LP_CHECK(sources.records().query(sources.scope, object, query, out));
  LP_TRY(const json::object answer, parse_json_object(out.text()));
  const json::value* found = answer.if_contains("records");
  return found && found->is_array() && !found->as_array().empty();
}

MaybeFinding about_first_class(const FindingSources& sources, const char* code,
                               const json::object& condition) {
  LP_TRY(const std::vector<RecordId> accounts,
         those(sources, first_class(sources.ranking()), condition));
  if (accounts.empty()) return std::optional<Finding>();
  LP_TRY(const std::string names, first_names(sources, accounts));
  return std::optional(account_finding(sources, code, accounts,
                                       {{"class", sources.request.classes.front().name},
                                        {"days", std::to_string(unvisited_days)},
                                        {"names", names}}));
}

// The lines of a window that no customer can be found for, as the fact counts them.
json::value unassigned_filter(const records::Fact& fact, records::Window window) {
  json::array args;
  args.push_back(records::where_empty(fact.by));
  args.push_back(records::leaf("gte", fact.date, json::string(format_date(window.from))));
  args.push_back(records::leaf("lt", fact.date, json::string(format_date(window.to))));
  if (!fact.condition) return records::all_of(std::move(args));
  const records::FactCondition& condition = *fact.condition;
  const json::array values(condition.values.begin(), condition.values.end());
  if (condition.link.empty()) {
    args.push_back(records::leaf("in", condition.field, values));
  } else {
    const std::string path = condition.link + "." + condition.field;
    args.push_back(
        records::any_of({records::where_empty(condition.link), records::leaf("in", path, values)}));
  }
  return records::all_of(std::move(args));
}

Result<std::int64_t> count_unassigned(const FindingSources& sources, const records::Fact& fact) {
  return sources.records().database().read(
      [&](storage::Connection& connection) -> Result<std::int64_t> {
        std::int64_t lines = 0;
        LP_CHECK(records::read_fact(connection, fact, sources.request.measure.window,
                                    [&](std::int64_t key, const records::FactSums& sums) {
                                      if (key == 0) lines += sums.lines;
                                    }));
        return lines;
      });
}

}  // namespace

MaybeFinding first_class_overdue(const FindingSources& sources) {
  if (!sources.records().schema()->object("invoice")) return std::optional<Finding>();
  return about_first_class(sources, "first_class_overdue",
                           parsed(R"({"op":"some","rel":"invoice.account","where":
                             {"op":"and","args":[
                               {"op":"lt","field":"due_on","value":{"rel":"today"}},
                               {"op":"gt","field":"open_amount","value":"0"}]}})")
                               .as_object());
}

// Where no visit is kept at all the sentence would speak of the bookkeeping, not of the customers.
MaybeFinding first_class_unvisited(const FindingSources& sources) {
  if (!sources.records().schema()->object("visit")) return std::optional<Finding>();
  LP_TRY(const bool kept,
         any_record(sources, "visit", parsed(R"({"op":"not_empty","field":"done_at"})")));
  if (!kept) return std::optional<Finding>();
  json::object recent =
      records::leaf("within", "done_at", json::object{{"rel", "last_days"}, {"n", unvisited_days}});
  return about_first_class(
      sources, "first_class_unvisited",
      json::object{{"op", "none"}, {"rel", "visit.account"}, {"where", std::move(recent)}});
}

MaybeFinding much_unassigned(const FindingSources& sources) {
  const WideUnits unassigned = sources.computed.unassigned;
  if (unassigned == 0) return std::optional<Finding>();
  const MeasureFact source = measure_fact(sources.request.measure.measure);
  const auto schema = sources.records().schema();
  const records::Object* object = schema->object(source.object);
  const records::Fact* fact = object ? object->fact(source.fact) : nullptr;
  if (!fact) return std::optional<Finding>();
  Finding finding;
  LP_TRY(finding.count, count_unassigned(sources, *fact));
  const WideUnits all = unassigned + sources.ranking().total;
  const bool has_share = unassigned > 0 && all > 0;
  finding.code = has_share ? "much_unassigned" : "some_unassigned";
  finding.params = {{"count", count_text(finding.count)},
                    {"value", sources.amounts.with_unit(unassigned)},
                    {"measure", measure_text(sources.speech, sources.request.measure.measure)}};
  if (has_share) {
    const double share = static_cast<double>(unassigned) / static_cast<double>(all);
    finding.params.emplace_back("share", share_text(share));
  }
  finding.text = sources.speech.text("identify.finding." + finding.code, finding.params);
  finding.object = source.object;
  finding.where = unassigned_filter(*fact, sources.request.measure.window);
  return std::optional(std::move(finding));
}

}  // namespace linchpin::identify
