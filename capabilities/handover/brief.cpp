#include "handover/brief.h"

#include "records/scan.h"

namespace linchpin::handover {

using storage::Connection;

namespace {

constexpr std::size_t ids_at_once = 500;

struct Taken {
  std::map<std::string, std::int64_t> counts;  // by object
  std::vector<RecordId> accounts;
};

Result<Taken> taken_by(records::Records& records, Connection& connection, RecordId handover,
                       RecordId user) {
  const auto eq = [](const char* field, RecordId id) {
    return json::object{{"op", "eq"}, {"field", field}, {"value", format_id(id)}};
  };
  const json::object where{{"op", "and"},
                           {"args", json::array{eq("handover", handover), eq("to", user)}}};
  Taken taken;
  LP_CHECK(records::scan_fields(records, connection, access::Authority::product(), "handover_item",
                                where, {"object", "record"},
                                [&](RecordId, std::span<const storage::Value> values) {
                                  const std::string object(records::text_of(values[0]));
                                  ++taken.counts[object];
                                  const auto id = parse_id(records::text_of(values[1]));
                                  if (object == "account" && id) taken.accounts.push_back(*id);
                                }));
  return taken;
}

json::object in_these(const char* field, const std::vector<RecordId>& ids, std::size_t begin) {
  json::array values;
  for (std::size_t i = begin; i < ids.size() && i < begin + ids_at_once; ++i) {
    values.emplace_back(format_id(ids[i]));
  }
  return {{"op", "in"}, {"field", field}, {"value", std::move(values)}};
}

json::value text_or_null(const storage::Value& value) {
  if (records::is_empty(value)) return nullptr;
  return json::value(std::string(records::text_of(value)));
}

Status add_accounts(records::Records& records, Connection& connection,
                    const std::vector<RecordId>& ids, std::map<RecordId, json::object>& accounts) {
  for (std::size_t begin = 0; begin < ids.size(); begin += ids_at_once) {
    LP_CHECK(records::scan_fields(records, connection, access::Authority::product(), "account",
                                  in_these("id", ids, begin), {"name", "code", "tier", "lifecycle"},
                                  [&](RecordId id, std::span<const storage::Value> values) {
                                    accounts[id] = {{"id", format_id(id)},
                                                    {"name", text_or_null(values[0])},
                                                    {"code", text_or_null(values[1])},
                                                    {"tier", text_or_null(values[2])},
                                                    {"lifecycle", text_or_null(values[3])},
                                                    {"contacts", json::array()},
                                                    {"open", 0}};
                                  }));
  }
  return {};
}

Status add_contacts(records::Records& records, Connection& connection,
                    const std::vector<RecordId>& ids, std::map<RecordId, json::object>& accounts) {
  std::size_t count = 0;
  for (std::size_t begin = 0; begin < ids.size(); begin += ids_at_once) {
    LP_CHECK(records::scan_fields(
        records, connection, access::Authority::product(), "contact",
        in_these("account", ids, begin),
        {"account", "name", "salutation", "title", "layer", "function", "phone"},
        [&](RecordId id, std::span<const storage::Value> values) {
          const auto found = accounts.find(RecordId{records::integer_of(values[0])});
          if (found == accounts.end() || count == max_brief_contacts) return;
          ++count;
          found->second.at("contacts")
              .as_array()
              .emplace_back(json::object{{"id", format_id(id)},
                                         {"name", text_or_null(values[1])},
                                         {"salutation", text_or_null(values[2])},
                                         {"title", text_or_null(values[3])},
                                         {"layer", text_or_null(values[4])},
                                         {"function", text_or_null(values[5])},
                                         {"phone", text_or_null(values[6])}});
        }));
  }
  return {};
}

json::array points_of(const json::value& all, RecordId user,
                      std::map<RecordId, json::object>& accounts) {
  json::array points;
  if (!all.is_array()) return points;
  for (const json::value& point : all.get_array()) {
    if (point.at("to") != json::value(format_id(user))) continue;
    points.push_back(point);
    const json::value& account = point.at("account");
    const auto id = account.is_string() ? parse_id(std::string_view(account.get_string()))
                                        : Result<RecordId>(Error::of(ErrorCode::not_found));
    const auto found = id ? accounts.find(*id) : accounts.end();
    if (found == accounts.end()) continue;
    json::value& open = found->second.at("open");
    open = open.as_int64() + 1;
  }
  return points;
}

}  // namespace

Result<json::object> brief_of(records::Records& records, Connection& connection, RecordId handover,
                              RecordId user, const json::value& open_points) {
  LP_TRY(const Taken taken, taken_by(records, connection, handover, user));
  std::map<RecordId, json::object> accounts;
  LP_CHECK(add_accounts(records, connection, taken.accounts, accounts));
  LP_CHECK(add_contacts(records, connection, taken.accounts, accounts));
  json::array points = points_of(open_points, user, accounts);
  // What follows an account was not written: it is known by its points alone.
  std::map<std::string, std::int64_t> told;
  for (const json::value& point : points) {
    ++told[std::string(std::string_view(point.at("object").as_string()))];
  }
  std::map<std::string, std::int64_t> counted = taken.counts;
  counted.merge(told);
  json::array listed;
  for (auto& [id, account] : accounts) listed.emplace_back(std::move(account));
  json::array counts;
  for (const auto& [object, count] : counted) {
    counts.emplace_back(json::object{{"object", object}, {"count", count}});
  }
  return json::object{{"user", format_id(user)},
                      {"accounts", std::move(listed)},
                      {"open_points", std::move(points)},
                      {"counts", std::move(counts)}};
}

}  // namespace linchpin::handover
