// Random filters and sorts, files and the texts of errors, as each employee meets them: exactly
// what the oracle says, whatever a path leads to, and nothing told of what is hidden.

#include <rapidcheck.h>

#include "records/access_world.h"
#include "records/filter_match.h"
#include "records/random_filter.h"
#include "records/row_store.h"

namespace linchpin::records {
namespace {

constexpr std::array asked_objects{"account", "contact", "opportunity"};
constexpr int filters_of_object = 6;  // of each employee
constexpr int filter_depth = 3;

std::vector<std::string> paths_of(std::string_view object) {
  if (object == "account") {
    return {"code", "name", "owner", "created_at", "id", "version", "remarks", "city"};
  }
  std::vector<std::string> paths{"name",         "account",       "id",
                                 "remarks",      "account.name",  "account.remarks",
                                 "account.code", "account.owner", "created_at"};
  if (object == "opportunity") paths.insert(paths.end(), {"owner", "amount", "stage"});
  return paths;
}

// All that is stored, of which a person sees what the oracle lets him.
class OracleRows final : public LinkedRows {
 public:
  OracleRows(Company& company, const Oracle& oracle, RecordId user)
      : company_(company), oracle_(oracle), user_(user) {}

  bool sees(RecordId id) const {
    const Thing* thing = company_.world().thing(id);
    if (thing != nullptr) return oracle_.may(user_, "read", *thing);
    const auto& users = company_.world().users;
    return std::any_of(users.begin(), users.end(), [&](const Employee& user) {
      return user.id == id && oracle_.may(user_, "read", as_thing(user));
    });
  }
  // Seen or not; null where there is no such record.
  const RowValues* row(const Object& object, RecordId id) {
    const auto [place, added] = rows_.try_emplace(id);
    if (added) {
      auto read = company_.workspace().database().read([&](storage::Connection& connection) {
        return read_row(connection, object, id, Presence::live);
      });
      if (!read) RC_FAIL("a row cannot be read");
      place->second = std::move(*read);
    }
    return place->second ? &*place->second : nullptr;
  }
  const RowValues* find(const Object& object, RecordId id) override {
    return sees(id) ? row(object, id) : nullptr;
  }
  void each_referring(const Object& object, const Field& link, RecordId id,
                      const RowVisitor& visit) override {
    for (const Thing& thing : company_.world().things) {
      if (thing.object != object.api_name || !sees(thing.id)) continue;
      const RowValues* row_of_thing = row(object, thing.id);
      if (integer_of((*row_of_thing)[link.index]) == id.value && !visit(*row_of_thing)) return;
    }
  }

 private:
  // Nobody owns an employee: he belongs to his department, and to who made him.
  Thing as_thing(const Employee& user) const {
    Thing thing;
    thing.object = "user";
    thing.id = user.id;
    thing.department = user.department;
    thing.made_by = company_.workspace().admin().user();
    return thing;
  }

  Company& company_;
  const Oracle& oracle_;
  const RecordId user_;
  std::map<RecordId, std::optional<RowValues>> rows_;
};

class Asking {
 public:
  Asking(Company& company, RecordId user, int& cases)
      : company_(company),
        records_(company.workspace().records()),
        schema_(company.workspace().schema()),
        oracle_(company.world()),
        user_(user),
        scope_(company.scope(user)),
        zone_(records_.frame().time_zone),
        rows_(company, oracle_, user),
        cases_(cases) {}

  void check_queries() {
    for (const char* name : asked_objects) {
      if (!oracle_.knows(user_, "read", name)) continue;
      const RandomFilters filters = filters_for(name, true);
      for (int i = 0; i < filters_of_object; ++i) {
        check_query(*schema_.object(name), filters.filter(filter_depth), filters.sort());
      }
    }
  }

  // Who has the same as somebody else, in one way of writing or the other.
  void check_personal() {
    if (!oracle_.knows(user_, "read", "contact")) return;
    for (const char* value : personal_values) {
      for (const char* purpose : {"", "拜访准备"}) {
        if (*value != '\0') check_equal(value, purpose);
      }
    }
  }

 private:
  void expect(bool holds, const std::string& what) {
    ++cases_;
    if (!holds) RC_FAIL(format_id(user_) + ": " + what);
  }
  FilterFrame frame() const { return {schema_, scope_, zone_, records_.today()}; }

  json::value random_value(const Field& field) const {
    if (field.type == FieldType::user && pick(3) == 0) return json::object{{"var", "me"}};
    const auto& world = company_.world();
    const auto link = [&](const std::string& target) -> json::value {
      if (target == "user") return json::string(format_id(one_of(world.users).id));
      std::vector<RecordId> ids;
      for (const Thing& thing : world.things) {
        if (thing.object == target) ids.push_back(thing.id);
      }
      return ids.empty() ? json::value() : json::string(format_id(one_of(ids)));
    };
    return random_scalar(field, {"甲", "甲1", "甲3", "丙", "A1", "A12", "é"}, link);
  }

  RandomFilters filters_for(const std::string& name, bool related) const {
    // Paths are read with the rights of everybody: which of them this one has not is the question.
    const FilterFrame everything{schema_, company_.workspace().admin(), zone_, records_.today()};
    std::vector<RandomFilters::Relation> relations;
    for (const char* other : {"contact", "opportunity"}) {
      if (!related || name != "account") break;
      relations.push_back({std::string(other) + ".account", [this, other](int depth) {
                             if (pick(3) == 0) return json::value();
                             return filters_for(other, false).filter(depth - 1);
                           }});
    }
    return {everything, *schema_.object(name), paths_of(name), std::move(relations),
            [this](const Field& field) { return random_value(field); }};
  }

  bool may_name(const Object& object, const std::string& path) const {
    const std::size_t dot = path.find('.');
    const std::string first = path.substr(0, dot);
    if (oracle_.field(user_, object.api_name, first.c_str()) == 0) return false;
    if (dot == std::string::npos) return true;
    const std::string& target = object.field(first)->target;
    return oracle_.knows(user_, "read", target) &&
           may_name(*schema_.object(target), path.substr(dot + 1));
  }
  bool may_ask(const Object& object, const json::value& where) const {
    const json::object& node = where.as_object();
    if (const json::value* args = node.if_contains("args")) {
      return std::all_of(args->as_array().begin(), args->as_array().end(),
                         [&](const json::value& arg) { return may_ask(object, arg); });
    }
    if (const json::value* related = node.if_contains("rel")) {
      const std::string name(related->as_string());
      const std::string other = name.substr(0, name.find('.'));
      const json::value* inner = node.if_contains("where");
      return oracle_.knows(user_, "read", other) &&
             (inner == nullptr || may_ask(*schema_.object(other), *inner));
    }
    return may_name(object, std::string(node.at("field").as_string()));
  }

  void check_query(const Object& object, const json::value& where, const json::array& sort) {
    QueryRequest request;
    request.select = {"id"};
    request.where = where;
    request.sort = sort;
    request.page.limit = PageRequest::max_limit;
    JsonWriter out;
    const Status read = records_.query(scope_, object.api_name, request, out);
    const bool allowed =
        may_ask(object, where) && std::all_of(sort.begin(), sort.end(), [&](const auto& key) {
          return may_name(object, std::string(key.at("field").as_string()));
        });
    const std::string asked = json::serialize(where) + " " + json::serialize(sort);
    if (!allowed) {
      return expect(!read && read.error().code == ErrorCode::unknown_field, "known: " + asked);
    }
    if (!read) RC_FAIL(TestWorkspace::first_problem(read.error()) + " " + asked);
    std::vector<RecordId> found;
    const json::value answer = *parse_json(out.text());
    for (const json::value& record : answer.at("records").as_array()) {
      found.push_back(*parse_id(std::string_view(record.at("id").as_string())));
    }
    expect(std::set(found.begin(), found.end()) == matching(object, where), asked);
    for (std::size_t i = 1; i < found.size(); ++i) {
      expect(in_order(object, sort, found[i - 1], found[i]), "order: " + asked);
    }
  }

  void check_equal(const std::string& value, const std::string& purpose) {
    QueryRequest request;
    request.select = {"id"};
    request.purpose = purpose;
    request.where = json::object{
        {"op", "in"}, {"field", personal_field}, {"value", json::array{json::value(value)}}};
    request.page.limit = PageRequest::max_limit;
    JsonWriter out;
    const Status read = records_.query(scope_, "contact", request, out);
    const ErrorCode code = read ? ErrorCode::internal : read.error().code;
    if (oracle_.field(user_, "contact", personal_field) == 0) {
      return expect(!read && code == ErrorCode::unknown_field, "knows a personal field");
    }
    if (purpose.empty()) {
      return expect(!read && code == ErrorCode::validation_failed, "asks without a purpose");
    }
    if (!oracle_.opens(user_, "contact")) {
      return expect(!read && code == ErrorCode::forbidden, "asks without the right");
    }
    if (!read) RC_FAIL(TestWorkspace::first_problem(read.error()));
    std::set<RecordId> wanted;
    for (const Thing& thing : company_.world().things) {
      if (thing.object != "contact" || thing.personal.empty()) continue;
      const bool same = is_tennis(thing.personal) == is_tennis(value);
      if (same && rows_.sees(thing.id)) wanted.insert(thing.id);
    }
    std::set<RecordId> found;
    const json::value answer = *parse_json(out.text());
    for (const json::value& record : answer.at("records").as_array()) {
      found.insert(*parse_id(std::string_view(record.at("id").as_string())));
    }
    expect(found == wanted, "has the same: " + value);
  }
  // There are two sports, one of them written in two ways.
  static bool is_tennis(const std::string& value) {
    return value == personal_values[0] || value == personal_values[1];
  }

  std::set<RecordId> matching(const Object& object, const json::value& where) {
    const auto filter = read_filter(frame(), object, where, "");
    if (!filter) RC_FAIL(TestWorkspace::first_problem(filter.error()));
    std::set<RecordId> ids;
    for (const Thing& thing : company_.world().things) {
      if (thing.object != object.api_name || !rows_.sees(thing.id)) continue;
      if (matches(schema_, *filter, *rows_.row(object, thing.id), rows_)) ids.insert(thing.id);
    }
    return ids;
  }

  // What he knows of it: a hidden record on the way is none.
  Value value_at(const Object& object, const std::string& path, RecordId id) {
    const Object* at = &object;
    const RowValues* row = rows_.row(object, id);
    std::string rest = path;
    for (std::size_t dot = rest.find('.'); dot != rest.npos; dot = rest.find('.')) {
      const Field& link = *at->field(rest.substr(0, dot));
      at = schema_.object(link.target);
      row = rows_.find(*at, RecordId{integer_of((*row)[link.index])});
      if (row == nullptr) return {};
      rest = rest.substr(dot + 1);
    }
    const Field& field = *at->field(rest);
    const Value& value = (*row)[field.index];
    if (!field.is_text() || is_empty(value)) return value;
    return key_form(field, text_of(value));
  }

  bool in_order(const Object& object, const json::array& sort, RecordId first, RecordId second) {
    for (const json::value& key : sort) {
      const std::string path(key.at("field").as_string());
      const Value left = value_at(object, path, first);
      const Value right = value_at(object, path, second);
      if (left == right) continue;
      if (is_empty(left) || is_empty(right)) return is_empty(left) == (key.at("nulls") == "first");
      // A choice sorts by its place in the field.
      if (path == "stage") return true;
      const bool less = std::holds_alternative<std::string>(left)
                            ? text_of(left) < text_of(right)
                            : integer_of(left) < integer_of(right);
      return less == (key.at("dir") == "asc");
    }
    return true;
  }

  Company& company_;
  Records& records_;
  const Schema& schema_;
  const Oracle oracle_;
  const RecordId user_;
  const access::AccessScope scope_;
  const TimeZone zone_;
  OracleRows rows_;
  int& cases_;
};

TEST(AccessProperty, RandomFiltersAndSortsFindWhatTheOracleFinds) {
  int cases = 0;
  int calls = 0;
  int companies = 0;
  const bool holds = rc::check("queries = oracle", [&] {
    if (!is_companys_turn(calls++, companies_of_check() / 2)) return;
    ++companies;
    Company company;
    for (const Employee& user : company.world().users) {
      Asking asking(company, user.id, cases);
      asking.check_queries();
      asking.check_personal();
    }
  });
  EXPECT_TRUE(holds);
  EXPECT_GE(cases, companies * 50);
  RecordProperty("cases", cases);
}

}  // namespace
}  // namespace linchpin::records
