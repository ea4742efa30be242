#include "identify/pool/compliance.h"

#include <algorithm>

#include "identify/account_labels.h"

namespace linchpin::identify {

namespace {

Compliance compliance_of(Day next_due, Day today) {
  if (today > next_due) return Compliance::overdue;
  return today + due_soon_days >= next_due ? Compliance::due : Compliance::kept;
}

json::value at_start_of(const TimeZone& zone, Day day) {
  return json::string(format_instant(zone.start_of_day(day)));
}

// Accounts that were visited last, or made, within [from, to) of this field; null: no bound.
json::object counted_from(std::string_view field, const json::value& from, const json::value& to) {
  json::array parts;
  if (!from.is_null()) parts.push_back(leaf("gte", field, from));
  if (!to.is_null()) parts.push_back(leaf("lt", field, to));
  if (field != "last_visit_at") parts.push_back(where_empty("last_visit_at"));
  return all_of(std::move(parts));
}

// Accounts of the tier; for the base tier all that have none of the others.
json::object of_tier(const ServiceStandards& standards, const std::string& tier) {
  if (tier != base_tier) return where_is("tier", tier);
  std::vector<std::string> others;
  for (const ServiceStandard& one : standards.all()) {
    if (one.tier != base_tier) others.push_back(one.tier);
  }
  json::object outside = where_in("tier", others);
  outside["op"] = "not_in";
  return any_of({where_empty("tier"), std::move(outside)});
}

// The next visit of a tier with so many days is due on the day of the last one and these.
json::object where_state(const PoolSource& source, const ServiceStandards& standards,
                         Compliance state) {
  const TimeZone zone = source.records.frame().time_zone;
  const Day today = source.records.today();
  json::array either;
  for (const ServiceStandard& standard : standards.all()) {
    const auto days = static_cast<Day>(standard.visit_days);
    const json::value due = at_start_of(zone, today - days);
    const json::value kept = at_start_of(zone, today + due_soon_days + 1 - days);
    const json::value from = state == Compliance::overdue ? json::value()
                             : state == Compliance::due   ? due
                                                          : kept;
    const json::value to = state == Compliance::overdue ? due
                           : state == Compliance::due   ? kept
                                                        : json::value();
    for (const char* field : {"last_visit_at", "created_at"}) {
      either.push_back(all_of({of_tier(standards, standard.tier), counted_from(field, from, to)}));
    }
  }
  return any_of(std::move(either));
}

json::object both(const json::value& where, json::object state) {
  if (where.is_null()) return state;
  return all_of({where, std::move(state)});
}

// By the instant at which the next visit is due.
records::ScanPage page_of(const ServiceStandards& standards, std::size_t begin, int limit) {
  records::ScanPage page;
  page.by = {"last_visit_at", "created_at"};
  page.shifted_by = "tier";
  for (const ServiceStandard& standard : standards.all()) {
    page.shifts[standard.tier] = standard.visit_days * milliseconds_per_day;
  }
  page.shift_otherwise = standards.of(base_tier).visit_days * milliseconds_per_day;
  page.offset = begin;
  page.limit = static_cast<std::size_t>(limit);
  return page;
}

ComplianceRow compliance_row(const PoolRow& account, const ServiceStandards& standards,
                             const TimeZone& zone, Day today) {
  ComplianceRow row;
  row.account = account.id;
  row.code = account.text(0);
  row.name = account.text(1);
  row.tier = account.empty(2) ? std::string(base_tier) : account.text(2);
  row.owner = account.link(3);
  if (!account.empty(4)) row.last_visit_at = account.integer(4);
  const Day from = zone.local_day(row.last_visit_at.value_or(account.integer(5)));
  row.next_due = from + static_cast<Day>(standards.of(row.tier).visit_days);
  row.state = compliance_of(row.next_due, today);
  return row;
}

void write_compliance(JsonWriter& out, const ComplianceRow& row, Day today) {
  out.begin_object().key("account");
  write_account(out, row.account, {row.code, row.name});
  out.key("tier").string(row.tier).key("owner").id(row.owner).key("last_visit_at");
  row.last_visit_at ? out.instant(*row.last_visit_at) : out.null();
  out.key("next_due").date(row.next_due);
  out.key("state").string(compliance_names[static_cast<std::size_t>(row.state)]);
  out.key("days_overdue").integer(std::max<Day>(today - row.next_due, 0)).end_object();
}

}  // namespace

Result<ComplianceRequest> read_compliance_request(const json::object& body) {
  LP_CHECK(allow_only(body, "", {"where", "state", "page"}));
  ComplianceRequest request;
  if (const json::value* where = body.if_contains("where")) request.where = *where;
  LP_TRY(const std::string state, text_member(body, "state"));
  if (!state.empty()) {
    const auto named = std::find(compliance_names.begin(), compliance_names.end(), state);
    if (named == compliance_names.end()) {
      return refuse("/state", "wrong_choice", {{"of", "overdue, due, kept"}});
    }
    request.only = static_cast<Compliance>(named - compliance_names.begin());
  }
  LP_TRY(request.page, read_page(body));
  request.question = "compliance|" + state + "|" + json::serialize(request.where);
  return request;
}

Result<std::string> compliance_answer(const PoolSource& source, const ComplianceRequest& request) {
  LP_TRY(const std::size_t begin, read_cursor(request.question, request.page.after));
  const access::AccessScope product = access::Authority::product();
  LP_TRY(const ServiceStandards standards,
         ServiceStandards::read({source.records, source.connection, product}));
  JsonWriter out;
  out.begin_object().key("counts").begin_object();
  std::int64_t rows = 0;
  for (std::size_t i = 0; i < compliance_names.size(); ++i) {
    const auto state = static_cast<Compliance>(i);
    LP_TRY(const std::int64_t count,
           count_of(source, "account", both(request.where, where_state(source, standards, state))));
    out.key(compliance_names[i]).integer(count);
    if (!request.only || *request.only == state) rows += count;
  }
  json::value where = request.where;
  if (request.only) where = both(where, where_state(source, standards, *request.only));
  LP_TRY(const std::vector<PoolRow> accounts,
         find_page(source, "account", where,
                   {"code", "name", "tier", "owner", "last_visit_at", "created_at"},
                   page_of(standards, begin, request.page.limit)));
  out.end_object().key("rows").begin_array();
  const TimeZone zone = source.records.frame().time_zone;
  const Day today = source.records.today();
  for (const PoolRow& account : accounts) {
    write_compliance(out, compliance_row(account, standards, zone, today), today);
  }
  out.end_array().key("page");
  write_page(out, request.question, begin + accounts.size(), static_cast<std::size_t>(rows));
  out.end_object();
  return out.take();
}

}  // namespace linchpin::identify
