#include "identify/churn_watch.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "base/log.h"
#include "identify/pool/pool_reading.h"
#include "identify/purchase_reading.h"
#include "records/bulk.h"
#include "records/fact_of_key.h"

namespace linchpin::identify {

namespace {

using records::BulkSlice;
using records::RowValues;
using storage::Connection;

constexpr std::string_view warning_kind = "churn_warning";
constexpr std::string_view warning_origin = "churn_watch";
constexpr std::size_t warnings_at_once = 100;  // in one write
constexpr int value_horizon_months = 12;

// A silence that somebody is to be told of.
struct Silence {
  LifetimeRow row;
  Day last = 0;  // purchase day
  RecordId owner{};
  std::string name{};

  // The same silence makes one task.
  std::string key() const {
    return "churn:" + format_id(row.buyer.account) + ":" + format_date(last);
  }
};

Result<ChurnWatch> read_churn_watch(const PoolSource& source) {
  ChurnWatch watch;
  LP_TRY(const std::vector<PoolRow> rows,
         find_rows(source, "churn_watch", {}, {"active", "pool_only", "due_days"}));
  if (rows.empty()) return watch;
  const PoolRow& row = rows.front();
  watch.active = row.integer(0) != 0;
  watch.pool_only = row.integer(1) != 0;
  if (!row.empty(2)) watch.due_days = row.integer(2);
  return watch;
}

json::object open_warnings() {
  return all_of({where_is("kind", warning_kind), where_is("state", "open")});
}

// Everybody who is at risk, the most valuable first.
Result<std::vector<Silence>> silences(const PoolSource& source, const ChurnWatch& watch) {
  const auto schema = source.records.schema();
  const records::Object* lines = schema->object("order_line");
  const records::Fact* fact = lines ? lines->fact("sales") : nullptr;
  if (!fact) return Error::internal("churn: no fact of sales");
  LP_TRY(const auto span, records::fact_span(source.connection, *fact));
  const Day today = source.records.today();
  std::vector<Silence> found;
  if (!span || span->from > today) return found;
  const records::Window window{span->from, today + 1};
  json::value where;
  if (watch.pool_only) where = where_in("pool_state", {"in_pool", "watch"});
  LP_TRY(const auto days,
         read_purchases(source.records, source.connection, source.scope, window, where));
  std::unordered_map<std::int64_t, Day> last;
  for (const PurchaseDay& one : days) last[one.account.value] = one.day;
  const Lifetime lifetime =
      lifetime_of(buyers_of(days, window), value_horizon_months, sales_scale(*schema));
  for (const LifetimeRow& row : lifetime.rows) {
    if (row.at_risk()) found.push_back({row, last.at(row.buyer.account.value)});
  }
  return found;
}

// Of `part` those whose account has an owner and who make no task yet.
Result<std::vector<Silence>> untold(const PoolSource& source, std::span<const Silence> part) {
  std::vector<std::string> ids;
  std::vector<std::string> keys;
  for (const Silence& silence : part) {
    ids.push_back(format_id(silence.row.buyer.account));
    keys.push_back(silence.key());
  }
  LP_TRY(const std::vector<PoolRow> accounts,
         find_rows(source, "account", where_in("id", ids), {"owner", "name"}));
  LP_TRY(const std::vector<PoolRow> tasks,
         find_rows(source, "task", where_in("key", keys), {"key"}));
  std::unordered_map<std::int64_t, const PoolRow*> by_id;
  for (const PoolRow& account : accounts) by_id[account.id.value] = &account;
  std::unordered_set<std::string> told;
  for (const PoolRow& task : tasks) told.insert(task.text(0));
  std::vector<Silence> missing;
  for (const Silence& silence : part) {
    const auto account = by_id.find(silence.row.buyer.account.value);
    if (account == by_id.end() || account->second->empty(0)) continue;
    if (told.contains(silence.key())) continue;
    missing.push_back(silence);
    missing.back().owner = account->second->link(0);
    missing.back().name = account->second->text(1);
  }
  return missing;
}

std::string evidence_of(const Silence& silence) {
  const auto days = [](double weeks) {
    return static_cast<std::int64_t>(std::llround(weeks * days_per_week));
  };
  json::object evidence{{"last_purchase", format_date(silence.last)},
                        {"silent_days", days(silence.row.silent_weeks())}};
  if (const auto usual = silence.row.usual_weeks()) evidence["usual_days"] = days(*usual);
  if (silence.row.p_alive) evidence["p_alive"] = *silence.row.p_alive;
  return json::serialize(evidence);
}

Status add_task(BulkSlice& slice, const records::Object& tasks, const Silence& silence, Day due) {
  RowValues row(tasks.fields.size());
  const auto put = [&](std::string_view field, storage::Value value) {
    row[tasks.field(field)->index] = std::move(value);
  };
  put("title", silence.name);
  put("account", silence.row.buyer.account.value);
  put("owner", silence.owner.value);
  put("kind", std::string(warning_kind));
  put("state", std::string("open"));
  put("due_on", std::int64_t{due});
  put("evidence", evidence_of(silence));
  put("key", silence.key());
  LP_TRY(const RecordId made, slice.create(tasks, row));
  return made ? Status() : Status(Error::internal("churn: no task was made"));
}

stream::Origin origin_of_warnings() {
  stream::Origin origin;
  origin.request = warning_origin;
  return origin;
}

// Who has been told meanwhile is left out; gives how many tasks were made.
Result<std::size_t> tell_owners(records::Records& records, std::span<const Silence> part,
                                std::size_t room, Day due) {
  const access::AccessScope scope = access::Authority::product();
  std::size_t made = 0;
  LP_CHECK(records.database().write(
      [&](Connection& connection) -> Status {
        LP_TRY(std::vector<Silence> missing, untold({records, connection, scope}, part));
        if (missing.size() > room) missing.resize(room);
        made = missing.size();
        if (missing.empty()) return {};
        BulkSlice slice(records, connection, scope, origin_of_warnings());
        const records::Object* tasks = slice.object("task");
        if (!tasks) return Error::internal("churn: no object task");
        for (const Silence& silence : missing) {
          LP_CHECK(add_task(slice, *tasks, silence, due));
        }
        return slice.finish();
      },
      storage::WriteKind::job));
  return made;
}

// The first day behind `last` on which the account took more than it gave back.
Result<std::optional<Day>> bought_again(const PoolSource& source, RecordId account, Day last) {
  const auto schema = source.records.schema();
  const records::Object* lines = schema->object("order_line");
  const records::Fact* fact = lines ? lines->fact("sales") : nullptr;
  if (!fact) return Error::internal("churn: no fact of sales");
  const auto quantity = static_cast<std::size_t>(
      std::find(fact->measures.begin(), fact->measures.end(), "quantity") - fact->measures.begin());
  std::optional<Day> first;
  LP_CHECK(records::read_fact_by_day_of(source.connection, *fact, account.value,
                                        {last + 1, source.records.today() + 1},
                                        [&](Day day, std::int64_t, const records::FactSums& sums) {
                                          if (!first && sums.measures[quantity] > 0) first = day;
                                        }));
  return first;
}

struct Answered {
  RecordId task;
  Day bought_on = 0;
  Language language = Language::zh_cn;
};

Result<std::vector<Answered>> answered_warnings(const PoolSource& source) {
  LP_TRY(const std::vector<PoolRow> tasks,
         find_rows(source, "task", open_warnings(), {"account", "key", "owner.locale"}));
  std::vector<Answered> answered;
  for (const PoolRow& task : tasks) {
    const std::string key = task.text(1);
    const auto last = parse_date(std::string_view(key).substr(key.rfind(':') + 1));
    if (task.empty(0) || !last) continue;
    LP_TRY(const auto day, bought_again(source, task.link(0), *last));
    const bool english = task.text(2) == language_tag(Language::en);
    if (day) answered.push_back({task.id, *day, english ? Language::en : Language::zh_cn});
  }
  return answered;
}

}  // namespace

Result<std::size_t> close_churn_warnings(records::Records& records, const Texts& texts,
                                         Instant now) {
  const access::AccessScope scope = access::Authority::product();
  LP_TRY(const std::vector<Answered> answered,
         records.database().snapshot([&](Connection& connection) {
           return answered_warnings({records, connection, scope});
         }));
  for (const Answered& one : answered) {
    LP_CHECK(records.database().write(
        [&](Connection& connection) -> Status {
          BulkSlice slice(records, connection, scope, origin_of_warnings());
          const records::Object* tasks = slice.object("task");
          if (!tasks) return Error::internal("churn: no object task");
          const std::string result = texts.text(one.language, "identify.churn.bought",
                                                {{"day", format_date(one.bought_on)}});
          LP_CHECK(slice.update(*tasks, one.task,
                                {{tasks->field("state"), std::string("done")},
                                 {tasks->field("done_at"), now},
                                 {tasks->field("result"), result}}));
          return slice.finish();
        },
        storage::WriteKind::job));
  }
  return answered.size();
}

Result<std::size_t> open_churn_warnings(records::Records& records) {
  const access::AccessScope scope = access::Authority::product();
  ChurnWatch watch;
  std::int64_t open = 0;
  LP_TRY(const std::vector<Silence> all,
         records.database().snapshot([&](Connection& connection) -> Result<std::vector<Silence>> {
           const PoolSource source{records, connection, scope};
           LP_TRY(watch, read_churn_watch(source));
           if (!watch.active) return std::vector<Silence>();
           LP_TRY(open, count_of(source, "task", open_warnings()));
           return silences(source, watch);
         }));
  const Day due = records.today() + static_cast<Day>(watch.due_days);
  std::size_t opened = 0;
  for (std::size_t begin = 0; begin < all.size(); begin += warnings_at_once) {
    const std::size_t taken = static_cast<std::size_t>(open) + opened;
    if (taken >= max_open_warnings) break;
    const std::size_t count = std::min(warnings_at_once, all.size() - begin);
    const auto part = std::span(all).subspan(begin, count);
    LP_TRY(const std::size_t made, tell_owners(records, part, max_open_warnings - taken, due));
    opened += made;
  }
  return opened;
}

void keep_churn_warnings(jobs::Jobs& jobs, records::Records& records, const Texts& texts,
                         const Clock& clock) {
  // Shared, because the work is copied each time it runs.
  auto done = std::make_shared<std::optional<Day>>();
  jobs.housekeeping([&records, &texts, &clock, done] {
    const auto closed = close_churn_warnings(records, texts, clock.now());
    if (!closed) log_warning("churn_watch_failed", {{"why", closed.error().log_detail}});
    const Day today = records.today();
    if (*done == today) return;
    const auto opened = open_churn_warnings(records);
    if (!opened) log_warning("churn_watch_failed", {{"why", opened.error().log_detail}});
    if (opened) *done = today;
  });
}

}  // namespace linchpin::identify
