#include "identify/scoring/concerned_accounts.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "records/row_store.h"

namespace linchpin::identify {

namespace {

using records::Object;
using records::Presence;
using records::RowValues;
using storage::Connection;
using storage::Sql;

// The link that leads from a record towards its account.
struct Road {
  std::string_view object;
  std::string_view link;  // empty: the record is the account
};

constexpr std::array roads{
    Road{"account", ""},
    Road{"order", "account"},
    Road{"order_line", "account"},
    Road{"contract", "account"},
    Road{"invoice", "account"},
    Road{"payment", "account"},
    Road{"complaint", "account"},
    Road{"opportunity", "account"},
    Road{"score_override", "account"},
    Road{"payment_allocation", "invoice"},
};
constexpr std::int64_t max_lines_accounts = 64;  // of one order

const Road* road_of(std::string_view object) {
  const auto found = std::find_if(roads.begin(), roads.end(),
                                  [&](const Road& road) { return road.object == object; });
  return found == roads.end() ? nullptr : found;
}

Result<std::optional<RowValues>> row_of(Connection& connection, const Object& object,
                                        RecordId record) {
  LP_TRY(auto live, records::read_row(connection, object, record, Presence::live));
  if (live) return live;
  return records::read_row(connection, object, record, Presence::trashed);
}

Status follow(Connection& connection, const records::Schema& schema, const Object& object,
              RecordId record, std::set<RecordId>& accounts) {
  const Road* road = road_of(object.api_name);
  if (!road) return {};
  if (road->link.empty()) {
    accounts.insert(record);
    return {};
  }
  const records::Field* link = object.field(road->link);
  if (!link) return {};
  LP_TRY(const auto row, row_of(connection, object, record));
  if (!row || records::is_empty((*row)[link->index])) return {};
  const RecordId linked{records::integer_of((*row)[link->index])};
  const Object* target = schema.object(link->target);
  return target ? follow(connection, schema, *target, linked, accounts) : Status();
}

// An order's lines may belong to others than the order; with its state they come and go.
Status add_accounts_of_lines(Connection& connection, const records::Schema& schema, RecordId order,
                             std::set<RecordId>& accounts) {
  const Object* lines = schema.object("order_line");
  const records::Field* account = lines ? lines->field("account") : nullptr;
  const records::Field* link = lines ? lines->field("order") : nullptr;
  if (!account || !link) return {};
  Sql sql("SELECT DISTINCT ");
  sql.name(account->column).add(" FROM ").name(lines->table).add(" WHERE ").name(link->column);
  sql.add(" = ").value(order).add(" AND ").name(account->column).add(" IS NOT NULL LIMIT ");
  sql.value(max_lines_accounts);
  LP_TRY(const auto rows, connection.prepare(sql));
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return {};
    accounts.insert(RecordId{rows->integer(0)});
  }
}

// {"field":"account","from":"…"}: whom an update took the record away from.
Status add_left_account(Connection& connection, const records::Schema& schema,
                        const records::RecordChange& change, std::set<RecordId>& accounts) {
  const Road* road = road_of(change.object);
  const Object* object = schema.object(change.object);
  if (!road || road->link.empty() || !object || change.changes_json.empty()) return {};
  const records::Field* link = object->field(road->link);
  const Object* target = link ? schema.object(link->target) : nullptr;
  if (!target) return {};
  LP_TRY(const json::value changes, parse_json(change.changes_json));
  if (!changes.is_array()) return Error::internal("change log: changes are no array");
  for (const json::value& one : changes.get_array()) {
    const json::object* item = one.if_object();
    const json::value* name = item ? item->if_contains("field") : nullptr;
    const json::value* from = item ? item->if_contains("from") : nullptr;
    if (!name || !name->is_string() || name->get_string() != road->link) continue;
    // A link stands as its id, or as an object that has it.
    const json::value* id = from && from->is_object() ? from->get_object().if_contains("id") : from;
    if (!id || !id->is_string()) continue;
    const auto left = parse_id(std::string_view(id->get_string()));
    if (left) LP_CHECK(follow(connection, schema, *target, *left, accounts));
  }
  return {};
}

}  // namespace

bool concerns_scores(std::string_view object) {
  return road_of(object) != nullptr;
}

Status add_concerned_accounts(Connection& connection, const records::Schema& schema,
                              const records::RecordChange& change, std::set<RecordId>& accounts) {
  const Object* object = schema.object(change.object);
  if (!object || !concerns_scores(change.object)) return {};
  for (const RecordId record : change.records) {
    LP_CHECK(follow(connection, schema, *object, record, accounts));
    if (change.object == "order") {
      LP_CHECK(add_accounts_of_lines(connection, schema, record, accounts));
    }
  }
  return add_left_account(connection, schema, change, accounts);
}

}  // namespace linchpin::identify
