// Figures of groups against the same figures computed by hand from the rows of a query.

#include <ctime>
#include <set>

#include "base/text.h"
#include "base/wide_decimal.h"
#include "records/aggregate.h"
#include "records/property_world.h"

namespace linchpin::records {
namespace {

using Rows = std::vector<json::object>;

struct AskedGroup {
  std::string path;
  std::string bucket;  // or nothing
};

const std::vector<AskedGroup>& groupings() {
  static const std::vector<AskedGroup> list{{"kind", ""},        {"ok", ""},
                                            {"note", ""},        {"title", ""},
                                            {"code", ""},        {"n", ""},
                                            {"amount", ""},      {"owner", ""},
                                            {"day", ""},         {"moment", ""},
                                            {"circle.name", ""}, {"parent.kind", ""},
                                            {"day", "day"},      {"day", "week"},
                                            {"day", "month"},    {"day", "quarter"},
                                            {"day", "year"},     {"moment", "day"},
                                            {"moment", "week"},  {"moment", "month"},
                                            {"moment", "year"},  {"parent.day", "quarter"}};
  return list;
}

std::string text_in(const json::value& value) {
  return std::string(value.as_string());
}

// By the C library's calendar, which the product does not use.
std::string period(const std::string& date, const std::string& bucket) {
  std::tm broken{};
  broken.tm_year = std::stoi(date.substr(0, 4)) - 1900;
  broken.tm_mon = std::stoi(date.substr(5, 2)) - 1;
  broken.tm_mday = std::stoi(date.substr(8, 2));
  timegm(&broken);
  std::array<char, 16> text{};
  if (bucket == "quarter") return date.substr(0, 4) + "-Q" + std::to_string(broken.tm_mon / 3 + 1);
  const char* form = bucket == "week" ? "%G-W%V" : bucket == "month" ? "%Y-%m" : "%Y";
  if (bucket == "day") return date.substr(0, 10);
  std::strftime(text.data(), text.size(), form, &broken);
  return text.data();
}

// Shanghai is eight hours ahead all year.
std::string local_date(const std::string& instant) {
  constexpr std::int64_t eight_hours = 8 * 3'600'000;
  return format_instant(*parse_instant(instant) + eight_hours).substr(0, 10);
}

bool folds(const std::string& path) {
  return path == "note" || path == "title" || path == "circle.name";
}

std::string key_by_hand(const AskedGroup& group, const json::value& value) {
  if (value.is_null()) return "null";
  if (folds(group.path)) return fold(text_in(value));
  if (group.bucket.empty()) return json::serialize(value);
  const std::string text = text_in(value);
  return period(text.size() > 10 ? local_date(text) : text, group.bucket);
}

std::string key_of_answer(const AskedGroup& group, const json::value& value) {
  if (value.is_null()) return "null";
  if (folds(group.path)) return fold(text_in(value));
  return group.bucket.empty() ? json::serialize(value) : text_in(value);
}

WideUnits units_of(const json::value& value) {
  if (value.is_int64()) return value.as_int64();
  std::string digits = text_in(value);
  std::erase(digits, '.');
  return *parse_wide_units(digits);
}

std::vector<WideUnits> present(const Rows& rows, const char* path) {
  std::vector<WideUnits> values;
  for (const json::object& row : rows) {
    if (!row.at(path).is_null()) values.push_back(units_of(row.at(path)));
  }
  return values;
}

// `rounded` is the nearest to sum / count, the even one of two.
bool is_half_even(WideUnits rounded, WideUnits sum, WideUnits count) {
  const WideUnits distance = 2 * (rounded * count - sum);
  if (distance == count || distance == -count) return rounded % 2 == 0;
  return distance < count && distance > -count;
}

constexpr const char* measures = R"([{"as":"rows","fn":"count"},
  {"as":"noted","fn":"count","field":"note"},
  {"as":"notes","fn":"count_distinct","field":"note"},
  {"as":"sum","fn":"sum","field":"amount"},{"as":"avg","fn":"avg","field":"amount"},
  {"as":"median","fn":"median","field":"amount"},{"as":"low","fn":"min","field":"amount"},
  {"as":"high","fn":"max","field":"n"},{"as":"mean","fn":"avg","field":"n"},
  {"as":"total","fn":"sum","field":"n"},{"as":"last","fn":"max","field":"day"}])";

void check_figures(const Rows& rows, const json::object& figures) {
  RC_ASSERT(figures.at("rows").as_int64() == std::ssize(rows));
  std::int64_t noted = 0;
  std::set<std::string> notes;
  std::string last;
  for (const json::object& row : rows) {
    if (!row.at("note").is_null()) ++noted;
    if (!row.at("note").is_null()) notes.insert(fold(text_in(row.at("note"))));
    if (!row.at("day").is_null()) last = std::max(last, text_in(row.at("day")));
  }
  RC_ASSERT(figures.at("noted").as_int64() == noted);
  RC_ASSERT(figures.at("notes").as_int64() == std::ssize(notes));
  const json::value& given_last = figures.at("last");
  RC_ASSERT((given_last.is_null() ? std::string() : text_in(given_last)) == last);

  std::vector<WideUnits> amounts = present(rows, "amount");
  std::sort(amounts.begin(), amounts.end());
  WideUnits sum = 0;
  for (const WideUnits amount : amounts) sum += amount;
  RC_ASSERT((units_of(figures.at("sum")) == sum));
  RC_ASSERT(figures.at("avg").is_null() == amounts.empty());
  if (!amounts.empty()) {
    const std::size_t count = amounts.size();
    RC_ASSERT(is_half_even(units_of(figures.at("avg")), sum, static_cast<WideUnits>(count)));
    const WideUnits middle = amounts[(count - 1) / 2] + amounts[count / 2];
    RC_ASSERT(is_half_even(units_of(figures.at("median")), middle, 2));
    RC_ASSERT((units_of(figures.at("low")) == amounts.front()));
  }
  const std::vector<WideUnits> numbers = present(rows, "n");
  WideUnits total = 0;
  for (const WideUnits number : numbers) total += number;
  RC_ASSERT((units_of(figures.at("total")) == total));
  if (!numbers.empty()) {
    RC_ASSERT((units_of(figures.at("high")) == *std::max_element(numbers.begin(), numbers.end())));
    RC_ASSERT(is_half_even(units_of(figures.at("mean")), total * 100,
                           static_cast<WideUnits>(numbers.size())));
  }
}

Rows query_rows(PropertyWorld& world, const json::value& where,
                const std::vector<AskedGroup>& groups) {
  QueryRequest request;
  request.where = where;
  request.select = {"note", "amount", "n", "day"};
  for (const AskedGroup& group : groups) request.select.push_back(group.path);
  request.page.limit = PageRequest::max_limit;
  const auto page = world.workspace().query("item", request);
  if (!page) RC_FAIL(TestWorkspace::first_problem(page.error()));
  RC_ASSERT(!page->at("page").at("has_more").as_bool());
  Rows rows;
  for (const json::value& record : page->at("records").as_array()) {
    rows.push_back(record.at("fields").as_object());
  }
  return rows;
}

json::object aggregate(PropertyWorld& world, const json::value& where,
                       const std::vector<AskedGroup>& groups) {
  AggregateRequest request;
  request.where = where;
  json::array by;
  for (const AskedGroup& group : groups) {
    json::object item;
    item["field"] = group.path;
    if (!group.bucket.empty()) item["bucket"] = group.bucket;
    by.push_back(std::move(item));
  }
  request.group = std::move(by);
  request.measures = *parse_json(measures);
  request.sort = *parse_json(R"([{"by":"sum","dir":"desc"}])");
  request.page.limit = PageRequest::max_limit;
  request.totals = true;
  JsonWriter out;
  TestWorkspace& workspace = world.workspace();
  const Status done = workspace.records().aggregate(workspace.admin(), "item", request, out);
  if (!done) RC_FAIL(TestWorkspace::first_problem(done.error()));
  return parse_json(out.text())->as_object();
}

// What a text's group is called: the first of its spellings.
void check_spelling(const std::vector<AskedGroup>& groups, const Rows& rows,
                    const json::array& key) {
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (!folds(groups[i].path) || key[i].is_null()) continue;
    std::string first;
    for (const json::object& row : rows) {
      const std::string text = text_in(row.at(groups[i].path));
      if (first.empty() || text < first) first = text;
    }
    RC_ASSERT(text_in(key[i]) == first);
  }
}

TEST(AggregateProperty, FiguresAreThoseOfTheRows) {
  PropertyWorld world;
  int cases = 0;
  const bool holds = rc::check("aggregate = by hand", [&] {
    world.stir(world.live("item").size() < 20 ? 60 : 5);
    for (int question = 0; question < cases_of_check(); ++question) {
      const json::value where = pick(3) == 0 ? json::value() : world.random_filter(2);
      std::vector<AskedGroup> groups;
      for (std::size_t n = pick(4); n > 0; --n) {
        groups.push_back(groupings()[pick(groupings().size())]);
      }
      const Rows rows = query_rows(world, where, groups);
      const json::object answer = aggregate(world, where, groups);
      std::map<std::vector<std::string>, Rows> by_hand;
      if (groups.empty()) by_hand[{}] = {};
      for (const json::object& row : rows) {
        std::vector<std::string> key;
        for (const AskedGroup& group : groups)
          key.push_back(key_by_hand(group, row.at(group.path)));
        by_hand[key].push_back(row);
      }
      const json::array& found = answer.at("groups").as_array();
      RC_ASSERT(found.size() == by_hand.size());
      std::optional<WideUnits> sum_before;
      for (const json::value& group : found) {
        const json::array& given = group.at("key").as_array();
        std::vector<std::string> key;
        for (std::size_t i = 0; i < groups.size(); ++i) {
          key.push_back(key_of_answer(groups[i], given[i]));
        }
        RC_ASSERT(by_hand.contains(key));
        check_figures(by_hand[key], group.at("values").as_object());
        check_spelling(groups, by_hand[key], given);
        const WideUnits sum = units_of(group.at("values").at("sum"));
        if (sum_before) {
          RC_ASSERT((sum <= *sum_before));
        }
        sum_before = sum;
      }
      check_figures(rows, answer.at("totals").as_object());
      ++cases;
    }
  });
  EXPECT_TRUE(holds);
  EXPECT_GE(cases, property_cases());
}

}  // namespace
}  // namespace linchpin::records
