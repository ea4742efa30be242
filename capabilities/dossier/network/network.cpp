#include "dossier/network/network.h"

#include <array>
#include <map>
#include <set>

#include "base/wide_decimal.h"
#include "dossier/trading.h"

namespace linchpin::dossier {

namespace {

constexpr int sum_digits = 4;

// Sums by account id; `seen` says whether the reader may be told at all.
struct Sums {
  bool seen = false;
  std::map<std::string, WideUnits, std::less<>> of;

  WideUnits at(std::string_view account) const {
    const auto found = of.find(account);
    return found == of.end() ? WideUnits(0) : found->second;
  }
};

struct Member {
  std::string id, parent;
  json::object fields;
};

struct NetworkFigures {
  Sums sales, credit, open, overdue;
};

WideUnits units_of(const json::value& value) {
  if (!value.is_string()) return 0;
  const auto units = parse_decimal(std::string_view(value.get_string()), sum_digits);
  return units ? WideUnits(*units) : WideUnits(0);
}

Result<Sums> sums_by_account(const Reading& reading, std::string_view object,
                             std::string_view field, json::value where) {
  Sums sums;
  sums.seen = reading.sees(object, {field, "account"});
  if (!sums.seen) return sums;
  LP_TRY(const json::array groups,
         reading.groups({std::string(object), std::move(where), json::array{group_by("account")},
                         json::array{measure_of("sum", "sum", field)}}));
  for (const json::value& group : groups) {
    const json::value& key = group.at("key").as_array().at(0);
    if (key.is_string()) {
      sums.of[std::string(key.get_string())] = units_of(group.at("values").at("sum"));
    }
  }
  return sums;
}

json::value counted_since(const json::array& accounts, Day from) {
  return all_of({leaf("in", "account", accounts), counted_lines(),
                 leaf("gte", "ordered_on", json::string(format_date(from)))});
}

Result<NetworkFigures> network_figures(const Reading& reading, const json::array& accounts,
                                       Day from) {
  NetworkFigures figures;
  const json::value due = leaf("gt", "open_amount", "0");
  const json::value late =
      leaf("lt", "due_on", json::string(format_date(reading.records().today())));
  const json::value theirs = leaf("in", "account", accounts);
  LP_TRY(figures.sales,
         sums_by_account(reading, "order_line", "net_amount", counted_since(accounts, from)));
  LP_TRY(figures.open, sums_by_account(reading, "invoice", "open_amount", all_of({theirs, due})));
  LP_TRY(figures.overdue,
         sums_by_account(reading, "invoice", "open_amount", all_of({theirs, due, late})));
  figures.credit.seen =
      reading.scope().field_right("account", "credit_limit") != access::FieldRight::none;
  return figures;
}

Question accounts_where(json::value where, int limit) {
  return {"account", {"name", "parent", "tier", "lifecycle", "city", "credit_limit", "owner.name"},
          std::move(where), "name", false, limit};
}

Member member_of(const json::value& row) {
  const json::object& fields = fields_of(row);
  return {std::string(text_at(row.as_object(), "id")), std::string(text_at(fields, "parent")),
          fields};
}

// Up to the highest one that the reader sees; a circle ends where it began.
Result<std::string> top_of(const Reading& reading, const json::object& account, RecordId id) {
  std::string top = format_id(id);
  std::set<std::string> met{top};
  std::string above(text_at(account.at("fields").as_object(), "parent"));
  for (int level = 0; level < max_group_levels && !above.empty(); ++level) {
    if (!met.insert(above).second) break;
    LP_TRY(const json::array rows,
           reading.rows(accounts_where(leaf("eq", "id", json::string(above)), 1)));
    if (rows.empty()) break;
    top = above;
    above = text_at(fields_of(rows[0]), "parent");
  }
  return top;
}

// The top first, each level behind the one above it.
Result<std::vector<Member>> group_below(const Reading& reading, const std::string& top,
                                        bool& truncated) {
  std::vector<Member> members;
  std::set<std::string> met;
  json::value where = leaf("eq", "id", json::string(top));
  for (int level = 0; level <= 2 * max_group_levels; ++level) {
    const int limit = static_cast<int>(max_group_accounts - members.size()) + 1;
    LP_TRY(const json::array rows, reading.rows(accounts_where(std::move(where), limit)));
    json::array parents;
    for (const json::value& row : rows) {
      Member member = member_of(row);
      truncated = truncated || members.size() == max_group_accounts;
      if (members.size() == max_group_accounts || !met.insert(member.id).second) continue;
      parents.emplace_back(member.id);
      members.push_back(std::move(member));
    }
    if (parents.empty() || truncated) break;
    where = leaf("in", "parent", std::move(parents));
  }
  return members;
}

void write_sum(JsonWriter& out, std::string_view name, const Sums& sums, WideUnits value) {
  out.key(name);
  sums.seen ? out.string(format_wide_decimal(value, sum_digits)) : out.null();
}

void write_sums(JsonWriter& out, const NetworkFigures& figures, std::string_view account) {
  write_sum(out, "sales", figures.sales, figures.sales.at(account));
  write_sum(out, "credit_limit", figures.credit, figures.credit.at(account));
  write_sum(out, "open", figures.open, figures.open.at(account));
  write_sum(out, "overdue", figures.overdue, figures.overdue.at(account));
}

void write_total(JsonWriter& out, const NetworkFigures& figures) {
  const auto total = [&](std::string_view name, const Sums& sums) {
    WideUnits all = 0;
    for (const auto& [account, sum] : sums.of) all += sum;
    write_sum(out, name, sums, all);
  };
  out.key("total").begin_object();
  total("sales", figures.sales);
  total("credit_limit", figures.credit);
  total("open", figures.open);
  total("overdue", figures.overdue);
  out.end_object();
}

void write_text(JsonWriter& out, std::string_view name, std::string_view text) {
  out.key(name);
  text.empty() ? out.null() : out.string(text);
}

void write_members(JsonWriter& out, const std::vector<Member>& members,
                   const NetworkFigures& figures) {
  out.key("members").begin_array();
  for (const Member& member : members) {
    out.begin_object().key("id").string(member.id);
    write_text(out, "parent", member.parent);
    for (const char* name : {"name", "tier", "lifecycle", "city"}) {
      write_text(out, name, text_at(member.fields, name));
    }
    write_text(out, "owner_name", text_at(member.fields, "owner.name"));
    write_sums(out, figures, member.id);
    out.end_object();
  }
  out.end_array();
}

// Of a relation that the account stands in, whichever side it is told from.
struct Relation {
  std::string id, other, other_name, kind, share, since, note;
  bool outgoing = true;
};

Result<std::vector<Relation>> relations_of(const Reading& reading, const std::string& account,
                                           bool& truncated) {
  std::vector<Relation> found;
  for (const bool outgoing : {true, false}) {
    const std::string_view own = outgoing ? "account" : "other";
    const std::string_view other = outgoing ? "other" : "account";
    const std::string named = std::string(other) + ".name";
    LP_TRY(const json::array rows,
           reading.rows({"account_relation",
                         {std::string(other), named, "kind", "share", "since", "note"},
                         leaf("eq", own, json::string(account)),
                         "kind",
                         false,
                         max_relations + 1}));
    for (const json::value& row : rows) {
      truncated = truncated || found.size() == max_relations;
      if (found.size() == max_relations) break;
      const json::object& fields = fields_of(row);
      const auto text = [&](std::string_view name) { return std::string(text_at(fields, name)); };
      found.push_back({std::string(text_at(row.as_object(), "id")), text(other), text(named),
                       text("kind"), text("share"), text("since"), text("note"), outgoing});
    }
  }
  return found;
}

// Of who follows since a day: what they have bought since.
Result<Sums> sales_since(const Reading& reading, const std::vector<Relation>& relations,
                         bool& truncated) {
  json::array any;
  for (const Relation& relation : relations) {
    if (relation.kind != "follower" || relation.since.empty() || !relation.outgoing) continue;
    truncated = truncated || any.size() == max_followers_measured;
    if (any.size() == max_followers_measured) break;
    LP_TRY(const Day since, parse_date(relation.since));
    any.push_back(counted_since(json::array{json::string(relation.other)}, since));
  }
  if (any.empty()) return Sums{};
  return sums_by_account(reading, "order_line", "net_amount", any_of(std::move(any)));
}

Status write_relations(JsonWriter& out, const Reading& reading, const std::string& account,
                       Day from, bool& truncated) {
  LP_TRY(const std::vector<Relation> relations, relations_of(reading, account, truncated));
  json::array others;
  for (const Relation& relation : relations) others.emplace_back(relation.other);
  LP_TRY(const Sums sales,
         sums_by_account(reading, "order_line", "net_amount", counted_since(others, from)));
  LP_TRY(const Sums since, sales_since(reading, relations, truncated));
  out.key("relations").begin_array();
  for (const Relation& relation : relations) {
    out.begin_object().key("id").string(relation.id).key("kind").string(relation.kind);
    out.key("outgoing").boolean(relation.outgoing).key("account").string(relation.other);
    write_text(out, "name", relation.other_name);
    write_text(out, "share", relation.share);
    write_text(out, "since", relation.since);
    write_text(out, "note", relation.note);
    write_sum(out, "sales", sales, sales.at(relation.other));
    const bool follows = relation.kind == "follower" && relation.outgoing;
    out.key("sales_since");
    const bool told = since.seen && follows && !relation.since.empty();
    told ? out.string(format_wide_decimal(since.at(relation.other), sum_digits)) : out.null();
    out.end_object();
  }
  out.end_array();
  return {};
}

}  // namespace

Status write_network(JsonWriter& out, const Reading& reading, RecordId account) {
  LP_TRY(const json::object record, reading.record("account", account));
  LP_TRY(const std::string top, top_of(reading, record, account));
  bool truncated = false;
  LP_TRY(const std::vector<Member> members, group_below(reading, top, truncated));
  json::array ids;
  for (const Member& member : members) ids.emplace_back(member.id);
  const Day from =
      first_day_of_month(month_index(reading.records().today()) - (network_months - 1));
  LP_TRY(NetworkFigures figures, network_figures(reading, ids, from));
  for (const Member& member : members) {
    if (const json::value* limit = member.fields.if_contains("credit_limit")) {
      figures.credit.of[member.id] = units_of(*limit);
    }
  }
  out.begin_object().key("top").string(top).key("from").date(from);
  write_members(out, members, figures);
  write_total(out, figures);
  LP_CHECK(write_relations(out, reading, format_id(account), from, truncated));
  out.key("truncated").boolean(truncated).end_object();
  return {};
}

}  // namespace linchpin::dossier
