#include "visits/gift_limit.h"

#include <array>
#include <optional>

namespace linchpin::visits {

using records::Object;
using storage::Connection;
using storage::Sql;

namespace {

struct LimitOf {
  std::string_view ownership;  // empty: not known
  std::string_view field;
};
constexpr std::array limits{LimitOf{"government", "government_limit"},
                            LimitOf{"public_institution", "public_institution_limit"},
                            LimitOf{"central_soe", "state_owned_limit"},
                            LimitOf{"local_soe", "state_owned_limit"},
                            LimitOf{"", "unknown_limit"}};
constexpr std::string_view other_limit = "other_limit";

std::string_view limit_field(std::string_view ownership) {
  for (const LimitOf& limit : limits) {
    if (limit.ownership == ownership) return limit.field;
  }
  return other_limit;
}

Sql year_of(const records::Field& day, int year) {
  Sql sql;
  sql.name(day.column).add(" >= ").value(day_of({year, 1, 1})).add(" AND ");
  return std::move(sql.name(day.column).add(" < ").value(day_of({year + 1, 1, 1})));
}

// What the policy in force says in a field.
Result<std::optional<std::int64_t>> of_policy(Connection& connection, const Object& policies,
                                              std::string_view name) {
  const records::Field* field = policies.field(name);
  if (!field) return std::nullopt;
  Sql sql("SELECT ");
  sql.name(field->column).add(" FROM ").name(policies.table);
  sql.add(" WHERE deleted_at IS NULL ORDER BY id LIMIT 1");
  LP_TRY(const auto row, connection.prepare(sql));
  LP_TRY(const bool found, row->step());
  if (!found || row->is_null(0)) return std::nullopt;
  return std::optional<std::int64_t>(row->integer(0));
}

}  // namespace

Result<Units> gift_limit(Connection& connection, const records::Schema& schema, RecordId account) {
  const Object* accounts = schema.object("account");
  const Object* policies = schema.object("gift_policy");
  const records::Field* ownership = accounts ? accounts->field("ownership_type") : nullptr;
  if (!ownership || !policies) return Units{0};
  Sql sql("SELECT ");
  sql.name(ownership->column).add(" FROM ").name(accounts->table);
  sql.add(" WHERE id = ").value(account);
  LP_TRY(const auto row, connection.prepare(sql));
  LP_TRY(const bool found, row->step());
  if (!found) return Units{0};
  const std::string_view name = limit_field(row->is_null(0) ? std::string_view() : row->text(0));
  const Units usual = name == other_limit ? usual_gift_limit * power_of_ten(schema.money_scale())
                                          : Units{0};
  LP_TRY(const auto kept, of_policy(connection, *policies, name));
  return kept.value_or(usual);
}

Result<RecordId> gift_approver(Connection& connection, const records::Schema& schema) {
  const Object* policies = schema.object("gift_policy");
  if (!policies) return RecordId{};
  LP_TRY(const auto kept, of_policy(connection, *policies, "approver"));
  return RecordId{kept.value_or(0)};
}

Result<GiftSums> gifts_in_year(Connection& connection, const records::Schema& schema,
                               const GiftQuestion& question) {
  GiftSums sums;
  const Object* gift = schema.object("gift");
  const Object* people = schema.object("contact");
  if (!gift || !people) return sums;
  const records::Field* contact = gift->field("contact");
  const records::Field* state = gift->field("state");
  Sql sql("SELECT ");
  sql.name(contact->column).add(", ").name(gift->field("value")->column);
  sql.add(" FROM ").name(gift->table).add(" WHERE ").name(contact->column);
  if (question.contact) {
    sql.add(" = ").value(question.contact);
  } else {
    sql.add(" IN (SELECT id FROM ").name(people->table).add(" WHERE ");
    sql.name(people->field("account")->column).add(" = ").value(question.account).add(")");
  }
  sql.add(" AND id <> ").value(question.except).add(" AND ").name(state->column);
  sql.add(" IN ('approved', 'given') AND ");
  sql.append(year_of(*gift->field("given_on"), question.year));
  LP_TRY(const auto rows, connection.prepare(sql));
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return sums;
    Units& sum = sums[rows->integer(0)];
    if (__builtin_add_overflow(sum, Units{rows->integer(1)}, &sum)) {
      return Error::of(ErrorCode::validation_failed, "number_too_large");
    }
  }
}

}  // namespace linchpin::visits
