#include "dossier/sales_watch.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/log.h"
#include "base/wide_decimal.h"
#include "dossier/account_view.h"
#include "dossier/own.h"
#include "records/batch.h"
#include "records/rights.h"

namespace linchpin::dossier {

namespace {

using storage::Connection;

constexpr int days_to_answer = 7;
constexpr Units whole = 100;
constexpr std::string_view watch_origin = "sales_watch";
constexpr std::string_view usual_rule = "销售变化";  // as the rule is called that notes a month

struct Sales {
  WideUnits now = 0;
  WideUnits before = 0;
};

bool may_watch(const Reading& reading, const records::Object& line, const records::Field& amount) {
  const access::AccessScope& scope = reading.scope();
  const access::Reach reach = scope.reach("order_line");
  return scope.may(access::Action::create, "task") && reach != access::Reach::none &&
         reach >= scope.reach("account") &&
         records::right_of(scope, line, amount) != access::FieldRight::none;
}

// Whether the change is marked: at least the threshold of what was before, and the minimum.
bool is_marked(const SalesWatch& watch, const Sales& sales, int scale) {
  const WideUnits moved = sales.now - sales.before;
  const WideUnits size = moved < 0 ? -moved : moved;
  if (size == 0) return false;
  const WideUnits least = static_cast<WideUnits>(watch.minimum) *
                          power_of_ten(std::max(0, scale - watch.minimum_scale));
  const WideUnits base = sales.before < 0 ? -sales.before : sales.before;
  return size >= least && size * whole >= base * watch.threshold;
}

Result<std::unordered_map<std::int64_t, Sales>> sales_of(const Reading& reading,
                                                         const records::Fact& fact,
                                                         std::size_t measure,
                                                         const SalesChanges& windows) {
  std::unordered_map<std::int64_t, Sales> sales;
  LP_CHECK(reading.records().database().snapshot([&](Connection& connection) -> Status {
    LP_CHECK(reading.records().select_ids(connection, reading.scope(), "account",
                                          regularly_checked(),
                                          [&](RecordId id) { sales[id.value]; }));
    const auto add = [&](records::Window window, WideUnits Sales::*side) {
      return records::read_fact(connection, fact, window,
                                [&](std::int64_t key, const records::FactSums& sums) {
                                  const auto found = sales.find(key);
                                  if (found == sales.end()) return;
                                  found->second.*side += sums.measures[measure];
                                });
    };
    LP_CHECK(add(windows.now, &Sales::now));
    return add(windows.before, &Sales::before);
  }));
  return sales;
}

records::BatchOp cause_task(const json::value& account, const Sales& sales,
                            const SalesChanges& windows, int scale, Day due) {
  const std::string id(text_at(account.as_object(), "id"));
  const json::object& fields = fields_of(account);
  records::BatchOp op;
  op.fields["title"] = json::string(text_at(fields, "name"));
  op.fields["account"] = id;
  op.fields["owner"] = fields.at("owner");
  op.fields["kind"] = "record_cause";
  op.fields["due_on"] = format_date(due);
  op.fields["key"] = "cause:" + id + ":" + format_date(windows.now.from);
  json::object evidence;
  evidence["from"] = format_date(windows.now.from);
  evidence["to"] = format_date(windows.now.to);
  evidence["before"] = format_wide_decimal(sales.before, scale);
  evidence["now"] = format_wide_decimal(sales.now, scale);
  op.fields["evidence"] = std::move(evidence);
  return op;
}

using Moved = std::pair<RecordId, Sales>;

// The accounts are looked up together, a page of them at a time.
Result<std::vector<records::BatchOp>> cause_tasks(const Reading& reading,
                                                  const std::vector<Moved>& moved,
                                                  const SalesChanges& windows, int scale) {
  constexpr std::size_t at_once = records::PageRequest::max_limit;
  const Day due = reading.records().today() + days_to_answer;
  std::vector<records::BatchOp> ops;
  for (std::size_t begin = 0; begin < moved.size(); begin += at_once) {
    const std::size_t end = std::min(begin + at_once, moved.size());
    std::map<std::string, const Sales*, std::less<>> sales;
    json::array ids;
    for (std::size_t i = begin; i < end; ++i) {
      const std::string id = format_id(moved[i].first);
      sales[id] = &moved[i].second;
      ids.emplace_back(id);
    }
    LP_TRY(const json::array accounts, reading.rows({"account",
                                                     {"name", "owner"},
                                                     leaf("in", "id", std::move(ids)),
                                                     "",
                                                     true,
                                                     records::PageRequest::max_limit}));
    for (const json::value& account : accounts) {
      const Sales& sum = *sales.find(text_at(account.as_object(), "id"))->second;
      ops.push_back(cause_task(account, sum, windows, scale, due));
    }
  }
  return ops;
}

// Tasks that are there already stay as they are.
Result<std::int64_t> make_tasks(const Reading& reading, std::vector<records::BatchOp> ops,
                                const stream::Origin& origin) {
  const std::size_t at_once = reading.scope().may(access::Action::bulk, "task")
                                  ? records::max_batch_operations
                                  : records::max_operations_without_bulk;
  std::int64_t made = 0;
  for (std::size_t begin = 0; begin < ops.size(); begin += at_once) {
    records::BatchRequest batch;
    batch.atomic = false;
    const std::size_t end = std::min(begin + at_once, ops.size());
    for (std::size_t i = begin; i < end; ++i) batch.ops.push_back(std::move(ops[i]));
    records::BatchOptions options;
    options.origin = origin;
    LP_TRY(const auto outcomes, reading.records().batch(reading.scope(), "task", batch, options));
    for (const records::OpOutcome& outcome : outcomes) {
      if (!outcome.error) {
        ++made;
      } else if (outcome.error->code != ErrorCode::duplicate) {
        return Error(*outcome.error);
      }
    }
  }
  return made;
}

// That a month was looked at. Another server may have said so meanwhile.
Status note_month(records::Records& records, const SalesWatch& watch, Day end,
                  const stream::Origin& origin) {
  const access::AccessScope product = access::Authority::product();
  const Status noted = records.database().write(
      [&](Connection& connection) -> Status {
        records::BulkSlice slice(records, connection, product, origin);
        const std::int64_t until = end;
        if (watch.rule) {
          LP_CHECK(keep_record(slice, "sales_watch", watch.rule, {{"looked_until", until}}));
        } else {
          LP_CHECK(keep_record(slice, "sales_watch", {},
                               {{"name", std::string(usual_rule)},
                                {"threshold", watch.threshold},
                                {"months", watch.months},
                                {"active", std::int64_t{1}},
                                {"looked_until", until}}));
        }
        return slice.finish();
      },
      storage::WriteKind::job);
  return noted || noted.error().code == ErrorCode::duplicate ? Status() : noted;
}

}  // namespace

Result<SalesWatch> sales_watch_of(const Reading& reading) {
  SalesWatch watch;
  LP_TRY(const json::array rules,
         reading.rows({"sales_watch",
                       {"threshold", "minimum", "months", "active", "looked_until"},
                       {},
                       "created_at",
                       false,
                       1}));
  if (rules.empty()) return watch;
  const json::object& fields = fields_of(rules[0]);
  LP_TRY(watch.rule, parse_id(text_at(rules[0].as_object(), "id")));
  const json::value* active = fields.if_contains("active");
  watch.active = !active || !active->is_bool() || active->get_bool();
  if (const std::string_view until = text_at(fields, "looked_until"); !until.empty()) {
    LP_TRY(watch.looked_until, parse_date(until));
  }
  LP_TRY(watch.threshold, parse_decimal(text_at(fields, "threshold"), 2));
  const std::int64_t months = integer_at(fields, "months");
  if (months > 0) watch.months = std::min(months, SalesWatch::max_months);
  const std::string_view minimum = text_at(fields, "minimum");
  if (!minimum.empty()) {
    watch.minimum_scale = reading.records().schema()->money_scale();
    LP_TRY(watch.minimum, parse_decimal(minimum, watch.minimum_scale));
  }
  return watch;
}

Result<SalesChanges> ask_for_causes(const Reading& reading, const SalesWatch& watch, Day end,
                                    const stream::Origin& origin) {
  const auto schema = reading.records().schema();
  const records::Object* line = schema->object("order_line");
  const records::Fact* fact = line ? line->fact("sales") : nullptr;
  const records::Field* amount = line ? line->field("net_amount") : nullptr;
  if (!fact || !amount || !may_watch(reading, *line, *amount)) {
    return Error::of(ErrorCode::forbidden);
  }
  const auto months = static_cast<std::int32_t>(watch.months);
  const std::int32_t last = month_index(end);
  SalesChanges changes;
  changes.now = {first_day_of_month(last - months), first_day_of_month(last)};
  changes.before = {first_day_of_month(last - 2 * months), changes.now.from};
  const auto measure = std::find(fact->measures.begin(), fact->measures.end(), "net_amount");
  LP_TRY(const auto sales,
         sales_of(reading, *fact, static_cast<std::size_t>(measure - fact->measures.begin()),
                  changes));
  std::vector<Moved> moved;
  for (const auto& [id, sum] : sales) {
    if (is_marked(watch, sum, amount->scale)) moved.emplace_back(RecordId{id}, sum);
  }
  changes.changed = std::ssize(moved);
  LP_TRY(std::vector<records::BatchOp> ops, cause_tasks(reading, moved, changes, amount->scale));
  LP_TRY(changes.asked, make_tasks(reading, std::move(ops), origin));
  return changes;
}

Result<std::optional<SalesChanges>> watch_sales(records::Records& records) {
  const access::AccessScope product = access::Authority::product();
  const Reading reading(records, product);
  LP_TRY(const SalesWatch watch, sales_watch_of(reading));
  const Day end = first_day_of_month(month_index(records.today()));
  if (!watch.active || watch.looked_until >= end) return std::optional<SalesChanges>();
  stream::Origin origin;
  origin.request = watch_origin;
  LP_TRY(const SalesChanges changes, ask_for_causes(reading, watch, end, origin));
  // Where nothing was sold nothing is written: a workspace may be empty for long.
  if (changes.changed > 0) LP_CHECK(note_month(records, watch, end, origin));
  return std::optional<SalesChanges>(changes);
}

void watch_sales_regularly(jobs::Jobs& jobs, records::Records& records) {
  jobs.housekeeping([&records] {
    const auto watched = watch_sales(records);
    if (!watched) log_warning("sales_watch_failed", {{"why", watched.error().log_detail}});
  });
}

}  // namespace linchpin::dossier
