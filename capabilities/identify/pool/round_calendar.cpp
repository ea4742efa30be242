#include "identify/pool/round_calendar.h"

#include <algorithm>

#include "base/log.h"
#include "identify/pool/rounds.h"

namespace linchpin::identify {

namespace {

using records::BulkSlice;
using records::RowValues;

constexpr std::string_view calendar_origin = "round_calendar";
constexpr int max_openings = 1'200;

void put(RowValues& row, const records::Object& object, std::string_view field,
         storage::Value value) {
  row[object.field(field)->index] = std::move(value);
}

std::string name_of_round(const RoundCalendar& calendar, Day opens) {
  constexpr std::size_t year_and_month = 7;
  return calendar.name + " " + format_date(opens).substr(0, year_and_month);
}

json::object rounds_named(const std::string& name) {
  return where_is("name", name);
}

Status plan_round(const PoolPerson& product, const PoolPolicy& policy, Day opens) {
  const PoolSource source{product.records, product.connection, product.scope};
  const RoundCalendar& calendar = *policy.calendar;
  const std::string name = name_of_round(calendar, opens);
  LP_TRY(const std::int64_t known, count_of(source, "pool_round", rounds_named(name)));
  BulkSlice slice(product.records, product.connection, product.scope, product.origin);
  const records::Object* rounds = slice.object("pool_round");
  const records::Object* policies = slice.object("pool_policy");
  if (!rounds || !policies) return Error::internal("pool: its objects are missing");
  if (known == 0) {
    RowValues row(rounds->fields.size());
    put(row, *rounds, "name", name);
    put(row, *rounds, "department", calendar.department.value);
    put(row, *rounds, "opens_on", std::int64_t{opens});
    put(row, *rounds, "closes_on", std::int64_t{opens} + calendar.days - 1);
    LP_TRY(const RecordId made, slice.create(*rounds, row));
    if (!made) return Error::internal("pool: no round was made");
  }
  LP_CHECK(slice.update(*policies, policy.id,
                        {{policies->field("rounds_planned_until"), std::int64_t{opens}}}));
  return slice.finish();
}

// The head of the department is told once of each round.
Status remind_head(const PoolPerson& product, const RoundCalendar& calendar, const PoolRow& round) {
  const PoolSource source{product.records, product.connection, product.scope};
  const std::string key = "round:" + format_id(round.id);
  LP_TRY(const auto department, find_row(source, "department", calendar.department, {"head"}));
  LP_TRY(const std::int64_t told, count_of(source, "task", where_is("key", key)));
  if (!department || department->empty(0) || told > 0) return {};
  BulkSlice slice(product.records, product.connection, product.scope, product.origin);
  const records::Object* tasks = slice.object("task");
  if (!tasks) return {};
  RowValues row(tasks->fields.size());
  put(row, *tasks, "title", round.text(0));
  put(row, *tasks, "owner", department->link(0).value);
  put(row, *tasks, "due_on", round.values[1]);
  put(row, *tasks, "key", key);
  LP_TRY(const RecordId made, slice.create(*tasks, row));
  if (!made) return Error::internal("pool: nobody was reminded");
  return slice.finish();
}

// Those of the calendar that run today and have no proposals yet.
Status open_rounds(const PoolPerson& product, const PoolPolicy& policy) {
  const PoolSource source{product.records, product.connection, product.scope};
  const RoundCalendar& calendar = *policy.calendar;
  if (!calendar.planned_until || *calendar.planned_until > source.records.today()) return {};
  const std::string name = name_of_round(calendar, *calendar.planned_until);
  LP_TRY(const std::vector<PoolRow> rounds,
         find_rows(source, "pool_round", all_of({rounds_named(name), where_empty("closed_at")}),
                   {"name", "closes_on"}));
  for (const PoolRow& round : rounds) {
    LP_CHECK(remind_head(product, calendar, round));
    LP_TRY(const std::int64_t proposals,
           count_of(source, "pool_proposal", where_is("round", format_id(round.id))));
    if (proposals == 0) LP_CHECK(write_proposals(product, round.id));
  }
  return {};
}

}  // namespace

Day opening_of(const RoundCalendar& calendar, int k) {
  const std::int32_t month =
      month_index(calendar.first_on) + static_cast<std::int32_t>(calendar.months) * k;
  const Day last = first_day_of_month(month + 1) - 1;
  return std::min(first_day_of_month(month) + civil_of(calendar.first_on).day - 1, last);
}

std::optional<Day> opening_to_plan(const RoundCalendar& calendar, Day today) {
  std::optional<Day> latest;
  for (int k = 0; k < max_openings; ++k) {
    const Day opens = opening_of(calendar, k);
    if (opens > today + calendar.notice_days) break;
    latest = opens;
  }
  if (!latest || *latest + calendar.days <= today) return std::nullopt;
  const bool known = calendar.planned_until && *latest <= *calendar.planned_until;
  return known ? std::nullopt : latest;
}

Status keep_round_calendar(records::Records& records, Instant now) {
  const access::AccessScope scope = access::Authority::product();
  LP_TRY(const PoolPolicy policy, records.database().read([&](storage::Connection& connection) {
    return read_pool_policy({records, connection, scope});
  }));
  if (!policy.calendar) return {};
  stream::Origin origin;
  origin.request = calendar_origin;
  return records.database().write(
      [&](storage::Connection& connection) -> Status {
        const PoolPerson product{records, connection, scope, origin, now};
        LP_TRY(PoolPolicy kept, read_pool_policy({records, connection, scope}));
        if (!kept.calendar) return {};
        if (const auto opens = opening_to_plan(*kept.calendar, records.today())) {
          LP_CHECK(plan_round(product, kept, *opens));
          kept.calendar->planned_until = opens;
        }
        return open_rounds(product, kept);
      },
      storage::WriteKind::job);
}

void keep_round_calendar_regularly(jobs::Jobs& jobs, records::Records& records,
                                   const Clock& clock) {
  jobs.housekeeping([&records, &clock] {
    const Status kept = keep_round_calendar(records, clock.now());
    if (!kept) log_warning("round_calendar_failed", {{"why", kept.error().log_detail}});
  });
}

}  // namespace linchpin::identify
