#include "records/property_world.h"

#include "records/change_text.h"
#include "records/row_store.h"

namespace linchpin::records {

namespace {

constexpr const char* world_schema = R"({"objects":[
 {"api_name":"user","label":{"zh-CN":"人","en":"User"},"primary_field":"name","fields":[
  {"api_name":"name","type":"text","name":true,"label":{"zh-CN":"名","en":"Name"}}]},
 {"api_name":"circle","label":{"zh-CN":"圈","en":"Circle"},"primary_field":"name","fields":[
  {"api_name":"name","type":"text","name":true,"label":{"zh-CN":"名","en":"Name"}},
  {"api_name":"parent","type":"link","target":"circle","label":{"zh-CN":"上","en":"Above"}}]},
 {"api_name":"item","label":{"zh-CN":"物","en":"Item"},"primary_field":"title","fields":[
  {"api_name":"code","type":"text","unique":true,"label":{"zh-CN":"码","en":"Code"}},
  {"api_name":"title","type":"text","name":true,"label":{"zh-CN":"题","en":"Title"}},
  {"api_name":"note","type":"text","index":true,"label":{"zh-CN":"记","en":"Note"}},
  {"api_name":"memo","type":"long_text","label":{"zh-CN":"备","en":"Memo"}},
  {"api_name":"n","type":"integer","index":true,"label":{"zh-CN":"数","en":"Number"}},
  {"api_name":"amount","type":"money","label":{"zh-CN":"额","en":"Amount"}},
  {"api_name":"share","type":"decimal","scale":4,"label":{"zh-CN":"比","en":"Share"}},
  {"api_name":"ok","type":"boolean","label":{"zh-CN":"可","en":"Fine"}},
  {"api_name":"day","type":"date","index":true,"label":{"zh-CN":"日","en":"Day"}},
  {"api_name":"moment","type":"datetime","label":{"zh-CN":"时","en":"Moment"}},
  {"api_name":"kind","type":"select","label":{"zh-CN":"类","en":"Kind"},"options":[
   {"key":"a","label":{"zh-CN":"甲","en":"A"}},{"key":"ab","label":{"zh-CN":"乙","en":"B"}},
   {"key":"b","label":{"zh-CN":"丙","en":"C"}}]},
  {"api_name":"marks","type":"multi_select","label":{"zh-CN":"标","en":"Marks"},"options":[
   {"key":"a","label":{"zh-CN":"甲","en":"A"}},{"key":"ab","label":{"zh-CN":"乙","en":"B"}},
   {"key":"b","label":{"zh-CN":"丙","en":"C"}}]},
  {"api_name":"owner","type":"user","label":{"zh-CN":"主","en":"Owner"}},
  {"api_name":"circle","type":"link","target":"circle","label":{"zh-CN":"圈","en":"Circle"}},
  {"api_name":"parent","type":"link","target":"item","label":{"zh-CN":"上","en":"Above"}},
  {"api_name":"friends","type":"link","target":"item","many":true,
   "label":{"zh-CN":"友","en":"Friends"}}]},
 {"api_name":"entry","label":{"zh-CN":"条","en":"Entry"},"primary_field":"label","fields":[
  {"api_name":"item","type":"link","target":"item","on_delete":"cascade",
   "label":{"zh-CN":"物","en":"Item"}},
  {"api_name":"label","type":"text","label":{"zh-CN":"签","en":"Label"}},
  {"api_name":"quantity","type":"integer","label":{"zh-CN":"量","en":"Quantity"}}]}]})";

std::shared_ptr<const Schema> make_schema() {
  SchemaBuilder builder(2);
  const auto document = parse_json_object(world_schema);
  const Status added = builder.add("test", *document);
  if (!added) ADD_FAILURE() << added.error().params.front().second;
  auto schema = builder.finish();
  if (!schema) ADD_FAILURE() << schema.error().params.front().second;
  return *schema;
}

const std::vector<std::string>& texts() {
  static const std::vector<std::string> list{
      "华为", "华为技术", "华", "ＡＢＣ公司", "abc公司", "ABC",      "ab", "a\"b\\c", "100%_",
      "重庆", "重 庆",    "É",  "é",          "🙂x",   "２０２６", "Z",  "单田",    "北京"};
  return list;
}

constexpr std::array paths{"code",
                           "title",
                           "note",
                           "memo",
                           "n",
                           "amount",
                           "share",
                           "ok",
                           "day",
                           "moment",
                           "kind",
                           "marks",
                           "owner",
                           "circle",
                           "parent",
                           "friends",
                           "id",
                           "version",
                           "created_at",
                           "owner.name",
                           "circle.name",
                           "parent.note",
                           "parent.amount",
                           "circle.parent",
                           "parent.id",
                           "parent.day",
                           "circle.parent.parent.name"};

}  // namespace

int property_cases() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  constexpr int usual = 100;
#else
  const int usual = environment("LINCHPIN_TEST_POSTGRES").empty() ? 3'000 : 1'000;
#endif
  const std::string wanted = environment("LINCHPIN_PROPERTY_CASES");
  return wanted.empty() ? usual : std::stoi(wanted);
}

PropertyWorld::PropertyWorld()
    : workspace_(make_schema()), zone_(workspace_.records().frame().time_zone) {
  for (const char* name : {"张三", "李四", "anna"}) {
    workspace_.create("user", std::string(R"({"name":")") + name + "\"}");
  }
}

FilterFrame PropertyWorld::frame() const {
  return {workspace_.schema(), workspace_.admin(), zone_, *parse_date("2026-09-21")};
}

std::int64_t PropertyWorld::last_seq() {
  return workspace_.database()
      .read([](storage::Connection& connection) { return stream::last_seq(connection); })
      .value_or(-1);
}

const std::vector<RecordId>& PropertyWorld::live(std::string_view object) {
  if (const std::int64_t seq = last_seq(); seq != live_seq_) {
    live_.clear();
    live_seq_ = seq;
  }
  const auto [place, added] = live_.try_emplace(std::string(object));
  std::vector<RecordId>& ids = place->second;
  if (!added) return ids;
  const Status read = workspace_.database().read([&](storage::Connection& connection) {
    return workspace_.records().select_ids(connection, workspace_.admin(), object, nullptr,
                                           [&](RecordId id) { ids.push_back(id); });
  });
  EXPECT_TRUE(read);
  return ids;
}

json::value PropertyWorld::random_link(std::string_view object) {
  const std::vector<RecordId>& ids = live(object);
  if (ids.empty()) return nullptr;
  return json::string(format_id(one_of(ids)));
}

json::value PropertyWorld::random_value(const Field& field) {
  return random_scalar(field, texts(),
                       [&](const std::string& target) { return random_link(target); });
}

json::object PropertyWorld::random_fields(bool may_be_wrong) {
  json::object fields;
  for (const Field& field : item().fields) {
    if (field.system || pick(3) == 0) continue;
    json::value value = random_value(field);
    if (holds_many(field)) {
      json::array list;
      for (std::size_t i = pick(3); i > 0; --i) {
        if (json::value member = random_value(field); !member.is_null()) list.push_back(member);
      }
      value = std::move(list);
    } else if (pick(5) == 0) {
      value = nullptr;
    }
    fields[field.api_name] = std::move(value);
  }
  if (may_be_wrong && pick(4) == 0) fields["n"] = "no number";
  return fields;
}

void PropertyWorld::change_item() {
  const std::vector<RecordId> items = live("item");
  Records& records = workspace_.records();
  const auto options = workspace_.options();
  const std::size_t choice = pick(8);
  if (choice < 3 || items.size() < 5) {
    (void)records.create(workspace_.admin(), "item", random_fields(), options);
  } else if (choice < 6) {
    const RecordId id = one_of(items);
    const Patch patch{random_fields(), std::nullopt, workspace_.read("item", id)};
    (void)records.update(workspace_.admin(), "item", id, patch, options);
  } else if (choice == 6 && items.size() > 10) {
    const RecordId id = one_of(items);
    EXPECT_TRUE(records.remove(workspace_.admin(), "item", id, 0, options));
    trashed_.push_back(id);
  } else if (!trashed_.empty()) {
    const std::size_t place = pick(trashed_.size());
    // A code that somebody else has taken since keeps it where it is.
    if (records.restore(workspace_.admin(), "item", trashed_[place], options)) {
      trashed_.erase(trashed_.begin() + static_cast<std::ptrdiff_t>(place));
    }
  }
}

// A PostgreSQL that has not yet looked at a table that was just filled takes it for empty and
// visits all its rows once for each row of the table before: nested links to the fourth power.
void PropertyWorld::count_rows() {
  if (workspace_.database().dialect() != storage::Dialect::postgres) return;
  EXPECT_TRUE(workspace_.database().write([](storage::Connection& connection) -> Status {
    LP_CHECK(connection.execute(storage::Sql("ANALYZE item, entry, circle")));
    return {};
  }));
}

void PropertyWorld::stir(int steps) {
  Records& records = workspace_.records();
  const auto options = workspace_.options();
  for (int i = 0; i < steps; ++i) {
    workspace_.clock().advance(1);
    const std::size_t choice = pick(10);
    if (choice < 7) {
      change_item();
    } else if (choice == 7) {
      const json::object entry{{"item", random_link("item")},
                               {"label", one_of(texts())},
                               {"quantity", static_cast<std::int64_t>(pick(3))}};
      EXPECT_TRUE(records.create(workspace_.admin(), "entry", entry, options));
    } else if (choice == 8) {
      const json::object circle{{"name", one_of(texts())}, {"parent", random_link("circle")}};
      EXPECT_TRUE(records.create(workspace_.admin(), "circle", circle, options));
    } else if (const auto circles = live("circle"); circles.size() > 6) {
      EXPECT_TRUE(records.remove(workspace_.admin(), "circle", one_of(circles), 0, options));
    } else if (!circles.empty()) {
      const RecordId id = one_of(circles);
      Patch patch;
      patch.fields["parent"] = random_link("circle");
      patch.base = workspace_.read("circle", id);
      EXPECT_TRUE(records.update(workspace_.admin(), "circle", id, patch, options));
    }
  }
  count_rows();
}

// Of the entries of an item some conditions of their own.
json::value PropertyWorld::random_entries() {
  switch (pick(4)) {
    case 0:
      return json::object{{"op", "gte"}, {"field", "quantity"}, {"value", 1}};
    case 1:
      return json::object{{"op", "contains"}, {"field", "label"}, {"value", one_of(texts())}};
    case 2:
      return json::object{{"op", "ne"}, {"field", "item.kind"}, {"value", "a"}};
    default:
      return {};
  }
}

RandomFilters& PropertyWorld::filters() {
  if (!filters_) {
    const auto below = [this](int depth) {
      return pick(4) == 0 ? json::value() : random_filter(depth - 1);
    };
    const auto entries = [this](int) { return random_entries(); };
    filters_ = std::make_unique<RandomFilters>(
        frame(), item(), std::vector<std::string>(paths.begin(), paths.end()),
        std::vector<RandomFilters::Relation>{{"item.parent", below}, {"entries", entries}},
        [this](const Field& field) { return random_value(field); });
  }
  return *filters_;
}

std::map<RecordId, RowValues> PropertyWorld::rows() {
  std::map<RecordId, RowValues> found;
  storage::Sql sql("SELECT ");
  sql.append(field_columns(item())).add(" FROM item t WHERE t.deleted_at IS NULL");
  const Status read = workspace_.database().read([&](storage::Connection& connection) -> Status {
    LP_TRY(const auto all, connection.prepare(sql));
    while (true) {
      LP_TRY(const bool any, all->step());
      if (!any) return {};
      RowValues row = take_row(item(), *all, 0);
      const RecordId id{integer_of(row[0])};
      found.emplace(id, std::move(row));
    }
  });
  EXPECT_TRUE(read);
  return found;
}

std::string PropertyWorld::fingerprint() {
  JsonWriter out;
  out.begin_array();
  for (const auto& [id, row] : rows()) write_record(out, workspace_.admin(), item(), row);
  for (const RecordId id : live("entry")) out.id(id);
  out.integer(last_seq());
  return out.end_array().take();
}

}  // namespace linchpin::records
