#include "inbound/identity/second_factor.h"

#include <algorithm>

#include "base/json.h"
#include "base/totp.h"
#include "storage/ddl.h"

namespace linchpin::inbound {

using storage::Blob;
using storage::Connection;
using storage::Sql;
using storage::Value;

namespace {

std::string factor_context(RecordId user) {
  return "second-factor/" + format_id(user);
}

std::string digest_of_recovery(std::string_view code) {
  return to_hex(sha256("recovery " + std::string(code)));
}

std::string without_spaces(std::string_view code) {
  std::string text(code);
  std::erase_if(text, [](char c) { return c == ' ' || c == '-'; });
  return text;
}

}  // namespace

Status ensure_second_factor_table(Connection& connection) {
  const auto dialect = connection.dialect();
  Sql sql("CREATE TABLE IF NOT EXISTS lp_second_factor (user_id");
  sql.add(storage::key_column(dialect)).add(", secret").add(storage::bytes_column(dialect));
  sql.add(" NOT NULL, confirmed_at BIGINT NOT NULL, last_step BIGINT NOT NULL, ");
  LP_CHECK(connection.execute(sql.add("recovery TEXT NOT NULL)")));
  return {};
}

Result<std::optional<SecondFactor>> find_second_factor(Connection& connection,
                                                       const Key& workspace_key, RecordId user) {
  Sql sql("SELECT secret, confirmed_at, last_step, recovery FROM lp_second_factor");
  LP_TRY(const auto row, connection.prepare(sql.add(" WHERE user_id = ").value(user)));
  LP_TRY(const bool found, row->step());
  if (!found) return std::optional<SecondFactor>();
  SecondFactor factor;
  factor.user = user;
  LP_TRY(factor.secret, open_sealed(workspace_key, row->blob(0), factor_context(user)));
  factor.confirmed_at = row->integer(1);
  factor.last_step = row->integer(2);
  LP_TRY(const json::value digests, parse_json(row->text(3)));
  for (const json::value& digest : digests.as_array()) {
    factor.recovery_digests.emplace_back(std::string_view(digest.as_string()));
  }
  return std::optional(std::move(factor));
}

Status store_second_factor(Connection& connection, const Key& workspace_key,
                           const SecondFactor& factor) {
  json::array digests;
  for (const std::string& digest : factor.recovery_digests) digests.emplace_back(digest);
  Sql sql("INSERT INTO lp_second_factor(user_id, secret, confirmed_at, last_step, recovery) ");
  sql.add("VALUES (").value(factor.user).add(", ");
  sql.value(Value(Blob{seal(workspace_key, factor.secret, factor_context(factor.user))}));
  sql.add(", ").value(factor.confirmed_at).add(", ").value(factor.last_step).add(", ");
  sql.value(json::serialize(digests));
  sql.add(") ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, ");
  sql.add("confirmed_at = excluded.confirmed_at, last_step = excluded.last_step, ");
  LP_CHECK(connection.execute(sql.add("recovery = excluded.recovery")));
  return {};
}

Status seal_second_factors_anew(Connection& connection, const Key& old_key, const Key& new_key) {
  std::vector<RecordId> users;
  {
    LP_TRY(const auto rows, connection.prepare(Sql("SELECT user_id FROM lp_second_factor")));
    while (true) {
      LP_TRY(const bool found, rows->step());
      if (!found) break;
      users.push_back(RecordId{rows->integer(0)});
    }
  }
  for (const RecordId user : users) {
    LP_TRY(const auto factor, find_second_factor(connection, old_key, user));
    if (factor) LP_CHECK(store_second_factor(connection, new_key, *factor));
  }
  return {};
}

Status remove_second_factor(Connection& connection, RecordId user) {
  Sql sql("DELETE FROM lp_second_factor WHERE user_id = ");
  LP_TRY(const std::int64_t removed, connection.execute(sql.value(user)));
  if (removed == 0) return Error::of(ErrorCode::not_found);
  return {};
}

CodeIs take_code(SecondFactor& factor, std::string_view code, Instant now) {
  const std::string typed = without_spaces(code);
  if (const auto step = matching_totp_step(factor.secret, typed, now, factor.last_step)) {
    factor.last_step = *step;
    return CodeIs::of_app;
  }
  const auto found = std::find(factor.recovery_digests.begin(), factor.recovery_digests.end(),
                               digest_of_recovery(typed));
  if (found == factor.recovery_digests.end()) return CodeIs::wrong;
  factor.recovery_digests.erase(found);
  return CodeIs::of_recovery;
}

std::vector<std::string> make_recovery_codes(SecondFactor& factor) {
  std::vector<std::string> codes;
  factor.recovery_digests.clear();
  while (codes.size() < recovery_code_count) {
    codes.push_back(random_password(recovery_code_length));
    factor.recovery_digests.push_back(digest_of_recovery(codes.back()));
  }
  return codes;
}

}  // namespace linchpin::inbound
