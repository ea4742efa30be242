#include "identify/pool/compliance.h"

#include <algorithm>

#include "identify/account_labels.h"

namespace linchpin::identify {

namespace {

Compliance compliance_of(Day next_due, Day today) {
  if (today > next_due) return Compliance::overdue;
  return today + due_soon_days >= next_due ? Compliance::due : Compliance::kept;
}

Result<std::vector<ComplianceRow>> read_compliance(const PoolSource& source,
                                                   const json::value& where) {
  const access::AccessScope product = access::Authority::product();
  LP_TRY(const ServiceStandards standards,
         ServiceStandards::read({source.records, source.connection, product}));
  LP_TRY(const std::vector<PoolRow> accounts,
         find_rows(source, "account", where,
                   {"code", "name", "tier", "owner", "last_visit_at", "created_at"}));
  const TimeZone zone = source.records.frame().time_zone;
  const Day today = source.records.today();
  std::vector<ComplianceRow> rows;
  rows.reserve(accounts.size());
  for (const PoolRow& account : accounts) {
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
    rows.push_back(std::move(row));
  }
  std::stable_sort(rows.begin(), rows.end(), [](const ComplianceRow& a, const ComplianceRow& b) {
    return a.next_due < b.next_due;
  });
  return rows;
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
  LP_TRY(std::vector<ComplianceRow> rows, read_compliance(source, request.where));
  const bool truncated = rows.size() >= max_pool_rows;
  JsonWriter out;
  out.begin_object().key("counts").begin_object();
  for (std::size_t i = 0; i < compliance_names.size(); ++i) {
    out.key(compliance_names[i]);
    out.integer(std::count_if(rows.begin(), rows.end(), [&](const ComplianceRow& row) {
      return static_cast<std::size_t>(row.state) == i;
    }));
  }
  if (request.only) {
    std::erase_if(rows, [&](const ComplianceRow& row) { return row.state != *request.only; });
  }
  const std::size_t end =
      std::min(begin + static_cast<std::size_t>(request.page.limit), rows.size());
  out.end_object().key("rows").begin_array();
  for (std::size_t i = std::min(begin, end); i < end; ++i) {
    write_compliance(out, rows[i], source.records.today());
  }
  out.end_array().key("page");
  write_page(out, request.question, end, rows.size());
  out.key("truncated").boolean(truncated).end_object();
  return out.take();
}

}  // namespace linchpin::identify
