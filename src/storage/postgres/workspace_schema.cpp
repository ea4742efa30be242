#include "storage/postgres/workspace_schema.h"

#include "base/text.h"

namespace linchpin::storage::postgres {

namespace {

// The same mapping as SQLite's lp_fold, in three steps because translate() looks through all its
// letters for every letter of the text: most text is ASCII or Chinese and needs only lower().
std::string fold_body() {
  const FoldTable& table = fold_table();
  return "SELECT CASE WHEN octet_length($1) = char_length($1) THEN lower($1 COLLATE \"C\") "
         "WHEN ($1 COLLATE \"C\") !~ '[\\u00B5\\u00C0-\\u052F\\u3000\\uFF01-\\uFF5E]' "
         "THEN lower($1 COLLATE \"C\") ELSE translate($1, $from$" +
         table.from + "$from$, $to$" + table.to + "$to$) END";
}

std::string fold_definition(const std::string& schema) {
  return "CREATE OR REPLACE FUNCTION " + schema +
         ".lp_fold(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $fold$" +
         fold_body() + "$fold$";
}

Status provide(PostgresSession& session, const Name& schema, bool may_create,
               const Error& missing) {
  const std::string name(schema.text());
  Sql find("SELECT count(*) FROM pg_catalog.pg_namespace WHERE nspname = ");
  LP_TRY(const std::int64_t found, query_integer(session, find.value(schema.text()), 0));
  if (found == 0) {
    if (!may_create) return missing;
    LP_CHECK(session.run_script("CREATE SCHEMA " + name));
  }
  Sql function("SELECT count(*) FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ");
  function.add("ON n.oid = p.pronamespace WHERE p.proname = 'lp_fold' AND n.nspname = ");
  function.value(schema.text()).add(" AND p.prosrc = ").value(fold_body());
  LP_TRY(const std::int64_t current, query_integer(session, function, 0));
  if (current == 1) return {};
  return session.run_script(fold_definition(name));
}

}  // namespace

Status provide_schema(PostgresSession& session, const Name& schema, bool may_create,
                      const std::string& database) {
  const std::string workspace(schema.text().substr(std::string_view("lp_").size()));
  const Error missing = Error::of(ErrorCode::unusable_database, "workspace_missing",
                                  {{"workspace", workspace}, {"database", database}});
  LP_CHECK(session.begin_write());
  const Status provided = provide(session, schema, may_create, missing);
  if (provided) return session.commit();
  session.rollback();
  return provided;
}

}  // namespace linchpin::storage::postgres
