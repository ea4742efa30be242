#include "records/random_filter.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace linchpin::records {

namespace {

std::vector<std::string> operators_of(const Field& field) {
  std::vector<std::string> list{"empty", "not_empty"};
  if (holds_many(field)) {
    list.insert(list.end(), {"has_any", "has_all", "has_none"});
    return list;
  }
  list.insert(list.end(), {"eq", "ne", "in", "not_in"});
  if (field.is_link()) list.push_back("under");
  const bool ordered =
      !field.is_link() && field.type != FieldType::boolean && field.type != FieldType::select;
  if (ordered) list.insert(list.end(), {"lt", "lte", "gt", "gte", "between"});
  if (field.is_text()) list.insert(list.end(), {"contains", "starts"});
  return list;
}

}  // namespace

std::size_t pick(std::size_t count) {
  return *rc::gen::inRange<std::size_t>(0, count);
}

bool holds_many(const Field& field) {
  return field.many || field.type == FieldType::multi_select;
}

json::value random_scalar(const Field& field, const std::vector<std::string>& texts,
                          const std::function<json::value(const std::string& target)>& link) {
  switch (field.type) {
    case FieldType::integer:
    case FieldType::rating:
      return static_cast<std::int64_t>(pick(4)) - 1;
    case FieldType::money:
    case FieldType::decimal:
    case FieldType::percent:
      return json::string(one_of<std::string>({"-1.50", "0", "0.01", "10", "99999999.99"}));
    case FieldType::boolean:
      return pick(2) == 0;
    case FieldType::date:
      return json::string(one_of<std::string>(
          {"2026-09-21", "2026-09-20", "2026-12-31", "2027-01-01", "1999-02-28"}));
    case FieldType::datetime:
      return json::string(
          one_of<std::string>({"2026-09-21T15:59:59Z", "2026-09-21T16:00:00Z",
                               "2026-12-31T16:00:00+08:00", "1969-12-31T23:59:59Z"}));
    case FieldType::select:
    case FieldType::multi_select:
      return json::string(one_of(field.options).key);
    case FieldType::id:
    case FieldType::link:
    case FieldType::user:
    case FieldType::department:
      return link(field.target);
    default:
      return json::string(one_of(texts));
  }
}

const Field& RandomFilters::field_at(const std::string& path) const {
  const auto read = read_path(frame_, object_, path, "");
  if (!read) RC_FAIL(path);
  return *read->field;
}

json::value RandomFilters::present(const Field& field) const {
  json::value value = value_(field);
  return value.is_null() ? json::string("0000000000001") : value;
}

json::value RandomFilters::leaf() const {
  const std::string path = one_of(paths_);
  const Field& field = field_at(path);
  const std::string op = one_of(operators_of(field));
  json::object leaf{{"op", op}, {"field", path}};
  const bool moment = field.type == FieldType::date || field.type == FieldType::datetime;
  const bool takes_relative =
      op == "eq" || op == "lt" || op == "lte" || op == "gt" || op == "gte" || op == "between";
  if (op == "empty" || op == "not_empty") return leaf;
  if (moment && takes_relative && pick(3) == 0) {
    leaf["value"] =
        json::object{{"rel", one_of<std::string>({"today", "yesterday", "this_week", "this_quarter",
                                                  "next_year", "last_days"})},
                     {"n", 3}};
    return leaf;
  }
  const bool list = op == "in" || op == "not_in" || holds_many(field);
  if (op == "between") {
    json::array bounds;
    bounds.push_back(present(field));
    bounds.push_back(present(field));
    leaf["value"] = std::move(bounds);
  } else if (list) {
    json::array values;
    for (std::size_t i = pick(4); i > 0; --i) {
      values.push_back(pick(5) == 0 ? json::value() : present(field));
    }
    leaf["value"] = std::move(values);
  } else {
    leaf["value"] = present(field);
  }
  return leaf;
}

json::value RandomFilters::related(int depth) const {
  json::object node{{"op", one_of<std::string>({"some", "none", "every"})}};
  const Relation& relation = one_of(relations_);
  node["rel"] = relation.name;
  if (json::value where = relation.where(depth); !where.is_null()) node["where"] = std::move(where);
  return node;
}

json::value RandomFilters::filter(int depth) const {
  const std::size_t choice = depth <= 1 ? 0 : pick(8);
  if (choice < 4 || (choice == 4 && relations_.empty())) return leaf();
  if (choice == 4) return related(depth);
  if (choice == 5) {
    json::array one;
    one.push_back(filter(depth - 1));
    return json::object{{"op", "not"}, {"args", std::move(one)}};
  }
  json::array args;
  for (std::size_t i = pick(4); i > 0; --i) args.push_back(filter(depth - 1));
  return json::object{{"op", choice == 6 ? "and" : "or"}, {"args", std::move(args)}};
}

json::array RandomFilters::sort() const {
  std::vector<std::string> sortable;
  for (const std::string& path : paths_) {
    if (!holds_many(field_at(path))) sortable.push_back(path);
  }
  json::array sort;
  for (std::size_t i = pick(4); i > 0; --i) {
    sort.push_back(json::object{{"field", one_of(sortable)},
                                {"dir", one_of<std::string>({"asc", "desc"})},
                                {"nulls", one_of<std::string>({"first", "last"})}});
  }
  return sort;
}

}  // namespace linchpin::records
