#include "subscribers/search/search.h"

#include "records/query_plan.h"
#include "records/rights.h"
#include "subscribers/search/hit_match.h"

namespace linchpin::search {

using records::Field;
using records::FilterFrame;
using records::FromClause;
using records::Object;
using records::QueryPlan;
using records::SearchPart;
using storage::Connection;
using storage::Sql;

namespace {

// Names and codes that begin with the query, whatever their age.
constexpr std::int64_t max_by_prefix = 20;

struct Hit {
  const Object* object;
  RecordId id;
  std::string title;
  HitMatch match;

  bool operator<(const Hit& other) const {
    return std::tuple(match.kind, !match.at_start, other.id.value) <
           std::tuple(other.match.kind, !other.match.at_start, id.value);
  }
};

class Finder {
 public:
  Finder(records::Records& records, const records::Schema& schema, const access::AccessScope& scope,
         const SearchRequest& request, const std::vector<SearchPart>& parts, Connection& connection)
      : records_(records),
        schema_(schema),
        scope_(scope),
        request_(request),
        matcher_(parts),
        connection_(connection) {}

  Status add(const Object& object) {
    std::vector<std::string> names;
    std::vector<const Field*> fields;
    for (const Field* field : records::searched_fields(object)) {
      if (records::right_of(scope_, object, *field) == access::FieldRight::none) continue;
      fields.push_back(field);
      names.push_back(field->api_name);
    }
    if (fields.empty()) return {};
    LP_TRY(const std::vector<RecordId> ids, candidates(object, fields));
    std::vector<HitText> texts;
    return records_.read_texts(connection_, scope_, object.api_name, ids, names,
                               [&](RecordId id, const std::vector<std::string_view>& values) {
                                 texts.clear();
                                 std::string title;
                                 for (std::size_t i = 0; i < values.size(); ++i) {
                                   if (values[i].empty()) continue;
                                   if (fields[i]->api_name == object.primary_field)
                                     title = values[i];
                                   texts.push_back({fields[i], std::string(values[i])});
                                 }
                                 HitMatch match;
                                 if (!matcher_.match(texts, match)) return;
                                 hits_.push_back({&object, id, std::move(title), std::move(match)});
                               });
  }

  void write(JsonWriter& out) {
    std::sort(hits_.begin(), hits_.end());
    const auto limit = static_cast<std::size_t>(request_.limit);
    if (hits_.size() > limit) {
      hits_.resize(limit);
      truncated_ = true;
    }
    out.begin_object().key("hits").begin_array();
    for (const Hit& hit : hits_) write_hit(out, hit);
    out.end_array().key("truncated").boolean(truncated_).end_object();
  }

 private:
  Result<std::vector<RecordId>> candidates(const Object& object,
                                           const std::vector<const Field*>& fields) {
    QueryPlan plan;
    plan.object = &object;
    LP_TRY(const records::Viewer viewer,
           records::weighed(connection_, schema_, records_.viewer(scope_), object));
    FromClause from(viewer, schema_, object, connection_.dialect());
    from.ask_each_row();
    std::vector<RecordId> ids;
    for (const Field* field : fields) {
      if (!field->has_key_column() || (!field->name && !field->unique)) continue;
      const std::string key = records::key_form(*field, request_.text);
      Sql sql = selection(from, plan);
      const records::TermRange range = records::beginning_with(key);
      sql.add(" AND ").append(from.base()).add(".").name(field->key_column).add(" >= ");
      sql.value(range.first).add(" AND ").append(from.base()).add(".").name(field->key_column);
      sql.add(" < ").value(range.end).add(" ORDER BY ").append(from.base()).add(".");
      sql.name(field->key_column).add(" LIMIT ").value(max_by_prefix);
      LP_CHECK(read_ids(sql, ids));
    }
    plan.search = request_.text;
    LP_CHECK(records::prepare_search(connection_, scope_, plan));
    const std::size_t before = ids.size();
    Sql sql = selection(from, plan);
    sql.add(" ORDER BY ").append(from.id()).add(" DESC LIMIT ").value(max_candidates + 1);
    LP_CHECK(read_ids(sql, ids));
    if (static_cast<std::int64_t>(ids.size() - before) > max_candidates) truncated_ = true;
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
  }

  static Sql selection(FromClause& from, const QueryPlan& plan) {
    const Sql condition = records::condition_sql(from, plan);
    Sql sql("SELECT ");
    return std::move(
        sql.append(from.base()).add(".id").append(from.sql()).add(" WHERE ").append(condition));
  }

  Status read_ids(const Sql& sql, std::vector<RecordId>& ids) {
    LP_TRY(const auto rows, connection_.prepare(sql));
    while (true) {
      LP_TRY(const bool found, rows->step());
      if (!found) return {};
      ids.push_back(RecordId{rows->integer(0)});
    }
  }

  static void write_hit(JsonWriter& out, const Hit& hit) {
    out.begin_object().key("object").string(hit.object->api_name).key("id").id(hit.id);
    out.key("title").string(hit.title);
    out.key("match").string(match_name(hit.match.kind));
    out.key("highlights").begin_array();
    for (const Highlight& found : hit.match.highlights) {
      out.begin_object().key("field").string(found.field->api_name);
      out.key("before").string(found.before).key("match").string(found.match);
      out.key("after").string(found.after).end_object();
    }
    out.end_array().end_object();
  }

  records::Records& records_;
  const records::Schema& schema_;
  const access::AccessScope& scope_;
  const SearchRequest& request_;
  const HitMatcher matcher_;
  Connection& connection_;
  std::vector<Hit> hits_;
  bool truncated_ = false;
};

Result<std::vector<const Object*>> searched_objects(const records::Schema& schema,
                                                    const access::AccessScope& scope,
                                                    const std::vector<std::string>& names) {
  std::vector<const Object*> objects;
  const auto readable = [&](const Object& object) {
    return scope.may(access::Action::read, object.api_name);
  };
  for (const std::string& name : names) {
    const Object* object = schema.object(name);
    if (object == nullptr || !readable(*object)) return Error::of(ErrorCode::not_found);
    objects.push_back(object);
  }
  if (!names.empty()) return objects;
  for (const auto& object : schema.objects()) {
    if (object->has_feature("search") && readable(*object)) objects.push_back(object.get());
  }
  return objects;
}

}  // namespace

Status find(records::Records& records, const access::AccessScope& scope,
            const SearchRequest& request, JsonWriter& out) {
  const auto schema = records.schema();
  LP_TRY(std::vector<SearchPart> parts, records::read_search(request.text, "/q"));
  LP_TRY(const auto objects, searched_objects(*schema, scope, request.objects));
  // Punctuation alone stands in every text and names none.
  std::erase_if(parts, [](const SearchPart& part) { return part.grams.empty(); });
  return records.database().snapshot([&](Connection& connection) -> Status {
    Finder finder(records, *schema, scope, request, parts, connection);
    for (const Object* object : objects) {
      if (!parts.empty()) LP_CHECK(finder.add(*object));
    }
    finder.write(out);
    return {};
  });
}

}  // namespace linchpin::search
