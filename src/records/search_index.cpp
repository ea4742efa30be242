#include "records/search_index.h"

#include "base/text.h"
#include "records/rights.h"
#include "records/row_store.h"
#include "storage/ddl.h"
#include "stream/change_log.h"

namespace linchpin::records {

using storage::Connection;
using storage::Dialect;
using storage::Literal;
using storage::Sql;

namespace {

constexpr std::size_t max_weighed_grams = 8;
constexpr std::int64_t rare = 64;  // so few that looking for something rarer costs more

// False: a bulk slice is pending, whose records stand in one entry.
Result<bool> read_pending(Connection& connection, const Object& object, SearchIndex& index) {
  Sql bulk("SELECT 1 FROM lp_change WHERE seq > ");
  bulk.value(index.position).add(" AND object = ").value(object.api_name);
  bulk.add(" AND records IS NOT NULL LIMIT 1");
  LP_TRY(const std::int64_t found, query_integer(connection, bulk, 0));
  if (found != 0) return false;
  Sql sql = pending_sql(index, object);
  sql.add(" ORDER BY c.seq DESC LIMIT ").value(max_sound_pending);
  LP_TRY(const auto rows, connection.prepare(sql));
  while (true) {
    LP_TRY(const bool any, rows->step());
    if (!any) break;
    index.pending.push_back(RecordId{rows->integer(0)});
  }
  std::sort(index.pending.begin(), index.pending.end());
  index.pending.erase(std::unique(index.pending.begin(), index.pending.end()), index.pending.end());
  return true;
}

Sql range_sql(const TermRange& range) {
  if (range.end.empty()) return std::move(Sql("s.term = ").value(range.first));
  return std::move(Sql("s.term >= ").value(range.first).add(" AND s.term < ").value(range.end));
}

Sql list_sql(const std::vector<RecordId>& ids) {
  Sql list;
  for (const RecordId id : ids) {
    if (!list.empty()) list.add(", ");
    list.value(id);
  }
  return list;
}

// `sign`: " IN (" or " NOT IN (".
Sql record_in(FromClause& from, Literal sign, const std::vector<RecordId>& ids) {
  Sql sql = from.base();
  return std::move(sql.add(".id").add(sign).append(list_sql(ids)).add(")"));
}

bool has_term(const std::vector<std::string>& terms, const TermRange& range) {
  const auto found = std::lower_bound(terms.begin(), terms.end(), range.first);
  return found != terms.end() && range.contains(*found);
}

// The index says nothing about records that have changed since, so their terms are made here.
Status find_pending_by_sound(Connection& connection, const Object& object, SearchPlan& plan) {
  plan.pending_by_sound.resize(plan.parts.size());
  const auto may_be_sound = [](const SearchPart& part) { return part.may_be_sound; };
  if (std::none_of(plan.parts.begin(), plan.parts.end(), may_be_sound)) return {};
  for (const RecordId id : plan.index->pending) {
    LP_TRY(const auto row, read_row(connection, object, id, Presence::live));
    if (!row) continue;
    const std::vector<std::string> terms = search_terms(object, *row);
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
      const SearchPart& part = plan.parts[i];
      const bool sounds =
          part.may_be_sound && (has_term(terms, part.syllables) || has_term(terms, part.initials));
      if (sounds) plan.pending_by_sound[i].push_back(id);
    }
  }
  return {};
}

struct Weight {
  std::int64_t rows = 0;
  std::size_t gram = 0;
};

// How many records the part leads to, no further than `limit`.
Result<Weight> weigh(Connection& connection, const SearchPlan& plan, const SearchPart& part,
                     std::int64_t limit) {
  Weight best{limit, 0};
  const std::size_t grams = std::min(part.grams.size(), max_weighed_grams);
  for (std::size_t i = 0; i < grams && best.rows > rare; ++i) {
    LP_TRY(const std::int64_t rows,
           count_search_rows(connection, plan.index->number, part.grams[i], best.rows));
    if (rows < best.rows) best = {rows, i};
  }
  if (!plan.by_sound || !part.may_be_sound) return best;
  for (const TermRange* range : {&part.syllables, &part.initials}) {
    LP_TRY(const std::int64_t rows,
           count_search_rows(connection, plan.index->number, *range, limit));
    best.rows += rows;
  }
  return best;
}

Status choose_list(Connection& connection, SearchPlan& plan) {
  std::int64_t fewest = max_search_list + 1;
  for (std::size_t i = 0; i < plan.parts.size() && fewest > rare; ++i) {
    if (plan.parts[i].grams.empty()) continue;
    LP_TRY(const Weight weight, weigh(connection, plan, plan.parts[i], fewest));
    if (weight.rows >= fewest) continue;
    fewest = weight.rows;
    plan.lead = SearchLead::list;
    plan.lead_part = i;
    plan.lead_gram = weight.gram;
  }
  return {};
}

// Of a rare term all rows; of a frequent one how far back its newest rows reach.
struct Probe {
  std::int64_t rows = search_probe_rows;
  std::int64_t oldest = std::numeric_limits<std::int64_t>::max();

  bool is_rarer_than(const Probe& other) const {
    return std::pair(rows, oldest) < std::pair(other.rows, other.oldest);
  }
};

Result<Probe> probe(Connection& connection, std::int64_t number, const TermRange& term) {
  Sql sql("SELECT count(*), min(p.record) FROM (SELECT s.record");
  sql.append(search_rows_sql(number, term)).add(" ORDER BY s.record DESC LIMIT ");
  LP_TRY(const auto rows, connection.prepare(sql.value(search_probe_rows).add(") p")));
  LP_TRY(const bool found, rows->step());
  if (!found) return Error::internal("search index: no count");
  return Probe{rows->integer(0), rows->integer(1)};
}

// Newest first: the rows of one term stand in that order already.
Status choose_term(Connection& connection, SearchPlan& plan) {
  std::optional<Probe> rarest;
  std::size_t looked_at = 0;
  for (std::size_t i = 0; i < plan.parts.size(); ++i) {
    if (plan.by_sound && plan.parts[i].may_be_sound) continue;
    for (std::size_t k = 0; k < plan.parts[i].grams.size(); ++k) {
      const TermRange& gram = plan.parts[i].grams[k];
      if (!gram.end.empty() || ++looked_at > max_weighed_grams) continue;
      LP_TRY(const Probe found, probe(connection, plan.index->number, gram));
      if (rarest && !found.is_rarer_than(*rarest)) continue;
      rarest = found;
      plan.lead = SearchLead::term;
      plan.lead_part = i;
      plan.lead_gram = k;
    }
  }
  return {};
}

// Some field holds the text. A long text beyond its searched part is left aside.
Sql text_sql(FromClause& from, const Object& object, const SearchPlan& plan,
             const std::string& wanted) {
  Sql sql;
  for (const Field* field : plan.fields) {
    const FieldPath path{{}, &object, field, field->api_name};
    if (!sql.empty()) sql.add(" OR ");
    sql.add(from.dialect() == Dialect::sqlite ? Literal("instr(") : Literal("strpos("));
    if (field->type == FieldType::long_text) {
      sql.add("substr(").append(from.folded_column(path)).add(", 1, CAST(");
      sql.value(std::int64_t{max_note_code_points}).add(" AS INTEGER))");
    } else {
      sql.append(from.folded_column(path));
    }
    sql.add(", ").value(wanted).add(") > 0");
  }
  if (sql.empty()) return Sql("1 = 0");
  Sql wrapped("(");
  return std::move(wrapped.append(sql).add(")"));
}

Sql gram_sql(FromClause& from, const Object& object, const SearchIndex& index,
             const TermRange& gram) {
  Sql sql("EXISTS (SELECT 1");
  sql.append(search_rows_sql(index.number, gram)).add(" AND s.record = ");
  sql.append(from.base()).add(".id)");
  if (index.pending.empty()) return sql;
  Sql either("(");
  either.append(sql).add(" OR ").append(from.base()).add(".id IN (");
  return std::move(either.append(pending_sql(index, object)).add("))"));
}

Sql ids_with(std::int64_t number, const TermRange& range) {
  Sql sql("SELECT s.record");
  return std::move(sql.append(search_rows_sql(number, range)));
}

// Read as pinyin or initials: what the index says, corrected for what has changed since.
Sql sound_sql(FromClause& from, const SearchPlan& plan, std::size_t part) {
  const SearchIndex& index = *plan.index;
  Sql sql = from.base();
  sql.add(".id IN (").append(ids_with(index.number, plan.parts[part].syllables));
  sql.add(" UNION ALL ").append(ids_with(index.number, plan.parts[part].initials)).add(")");
  if (index.pending.empty()) return sql;
  Sql corrected("((");
  corrected.append(sql).add(" AND ").append(record_in(from, " NOT IN (", index.pending)).add(")");
  if (!plan.pending_by_sound[part].empty()) {
    corrected.add(" OR ").append(record_in(from, " IN (", plan.pending_by_sound[part]));
  }
  return std::move(corrected.add(")"));
}

bool sounds(const SearchPlan& plan, std::size_t part) {
  return plan.index && plan.by_sound && plan.parts[part].may_be_sound;
}

Sql part_sql(FromClause& from, const Object& object, const SearchPlan& plan, std::size_t part) {
  Sql sql("(");
  const bool by_sound = sounds(plan, part);
  // Where the part leads, its rows have been found by a term already.
  const bool leads = plan.lead != SearchLead::none && plan.lead_part == part;
  const bool looks_up = plan.index && !leads && !by_sound;
  if (looks_up) {
    for (const TermRange& gram : plan.parts[part].grams) {
      if (gram.end.empty()) sql.append(gram_sql(from, object, *plan.index, gram)).add(" AND ");
    }
  }
  sql.append(text_sql(from, object, plan, plan.parts[part].text));
  if (by_sound) sql.add(" OR ").append(sound_sql(from, plan, part));
  return std::move(sql.add(")"));
}

Sql list_of_lead_sql(FromClause& from, const Object& object, const SearchPlan& plan) {
  const SearchIndex& index = *plan.index;
  const SearchPart& part = plan.parts[plan.lead_part];
  Sql sql = from.base();
  sql.add(".id IN (").append(ids_with(index.number, part.grams[plan.lead_gram]));
  if (sounds(plan, plan.lead_part)) {
    sql.add(" UNION ALL ").append(ids_with(index.number, part.syllables));
    sql.add(" UNION ALL ").append(ids_with(index.number, part.initials));
  }
  if (!index.pending.empty()) sql.add(" UNION ALL ").append(pending_sql(index, object));
  return std::move(sql.add(")"));
}

Sql term_of_lead_sql(FromClause& from, const SearchPlan& plan) {
  from.lead_by_search();
  Sql sql("found.object = ");
  sql.value(plan.index->number).add(" AND found.term = ");
  sql.value(plan.parts[plan.lead_part].grams[plan.lead_gram].first).add(" AND ");
  return std::move(sql.append(from.base()).add(".id = found.record"));
}

}  // namespace

Status ensure_search_tables(Connection& connection) {
  const Dialect dialect = connection.dialect();
  LP_CHECK(stream::ensure_tables(connection));  // the position is one of the log
  Sql terms("CREATE TABLE IF NOT EXISTS lp_search (object BIGINT NOT NULL, term");
  terms.add(storage::text_column(dialect));
  terms.add(" NOT NULL, record BIGINT NOT NULL, PRIMARY KEY (object, term, record))");
  LP_CHECK(connection.execute(terms.add(storage::clustered_table(dialect))));
  Sql objects("CREATE TABLE IF NOT EXISTS lp_search_object (number");
  objects.add(storage::key_column(dialect)).add(", object").add(storage::text_column(dialect));
  objects.add(" NOT NULL UNIQUE, fields TEXT NOT NULL, built_to BIGINT NOT NULL)");
  LP_CHECK(connection.execute(objects));
  Sql position("CREATE TABLE IF NOT EXISTS lp_search_position (id");
  position.add(storage::key_column(dialect)).add(", seq BIGINT NOT NULL, skip BIGINT NOT NULL)");
  LP_CHECK(connection.execute(position));
  // What is there already is found by walking the records, what comes by following the log.
  LP_CHECK(
      connection.execute(Sql("INSERT INTO lp_search_position(id, seq, skip) SELECT 1, "
                             "(SELECT coalesce(max(seq), 0) FROM lp_change), 0 "
                             "WHERE NOT EXISTS (SELECT 1 FROM lp_search_position)")));
  return {};
}

Result<std::optional<SearchIndex>> read_search_index(Connection& connection, const Object& object) {
  std::optional<SearchIndex> index;
  {
    Sql sql("SELECT o.number, o.fields, o.built_to, p.seq FROM lp_search_object o ");
    sql.add("CROSS JOIN lp_search_position p WHERE o.object = ").value(object.api_name);
    LP_TRY(const auto rows, connection.prepare(sql));
    LP_TRY(const bool found, rows->step());
    const bool whole =
        found && rows->integer(2) == search_built && rows->text(1) == search_fingerprint(object);
    if (!whole) return index;
    index = SearchIndex{rows->integer(0), rows->integer(3), {}};
  }
  LP_TRY(const std::int64_t last, stream::last_seq(connection));
  if (last == index->position) return index;
  bool usable = last - index->position <= max_search_lag;
  if (usable) {
    LP_TRY(usable, read_pending(connection, object, *index));
  }
  if (!usable) index.reset();
  return index;
}

Sql pending_sql(const SearchIndex& index, const Object& object) {
  Sql sql("SELECT c.record FROM lp_change c WHERE c.seq > ");
  return std::move(sql.value(index.position).add(" AND c.object = ").value(object.api_name));
}

Sql search_rows_sql(std::int64_t number, const TermRange& range) {
  Sql sql(" FROM lp_search s WHERE s.object = ");
  return std::move(sql.value(number).add(" AND ").append(range_sql(range)));
}

Result<std::int64_t> count_search_rows(Connection& connection, std::int64_t number,
                                       const TermRange& range, std::int64_t limit) {
  Sql sql("SELECT count(*) FROM (SELECT 1");
  sql.append(search_rows_sql(number, range)).add(" LIMIT ").value(limit).add(") c");
  return query_integer(connection, sql, 0);
}

Result<SearchPlan> plan_search(Connection& connection, const access::AccessScope& scope,
                               const Object& object, std::string_view text, bool sorted) {
  SearchPlan plan;
  LP_TRY(plan.parts, read_search(text, "/search"));
  plan.by_sound = true;
  for (const Field* field : searched_fields(object)) {
    const bool readable = right_of(scope, object, *field) != access::FieldRight::none;
    if (readable) plan.fields.push_back(field);
    // The index does not tell which name it was.
    if (!readable && field->name) plan.by_sound = false;
  }
  if (plan.parts.empty()) return plan;
  LP_TRY(plan.index, read_search_index(connection, object));
  if (!plan.index) return plan;
  if (plan.by_sound) LP_CHECK(find_pending_by_sound(connection, object, plan));
  if (!sorted && plan.index->pending.empty()) LP_CHECK(choose_term(connection, plan));
  if (plan.lead == SearchLead::none) LP_CHECK(choose_list(connection, plan));
  return plan;
}

Sql search_sql(FromClause& from, const Object& object, const SearchPlan& plan) {
  Sql sql("1 = 1");
  if (plan.lead == SearchLead::list) sql = list_of_lead_sql(from, object, plan);
  if (plan.lead == SearchLead::term) sql = term_of_lead_sql(from, plan);
  for (std::size_t i = 0; i < plan.parts.size(); ++i) {
    sql.add(" AND ").append(part_sql(from, object, plan, i));
  }
  return sql;
}

}  // namespace linchpin::records
