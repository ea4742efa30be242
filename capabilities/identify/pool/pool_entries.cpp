#include "identify/pool/pool_entries.h"

#include <algorithm>

#include "identify/answer_parts.h"

namespace linchpin::identify {

namespace {

// Null for what is no object.
json::value object_in(const PoolRow& row, std::size_t place) {
  if (row.empty(place)) return {};
  const Result<json::value> parsed = parse_json(records::text_of(row.values[place]));
  if (!parsed || !parsed->is_object()) return {};
  return *parsed;
}

PoolEntry entry_of(const PoolRow& row) {
  PoolEntry entry;
  entry.id = row.id;
  entry.account = row.link(0);
  entry.state = pool_state_named(row.text(1));
  entry.tier = row.text(2);
  entry.since = row.day(3);
  entry.until = row.day(4);
  entry.reason = row.text(5);
  entry.evidence = object_in(row, 6);
  entry.requested_by = row.link(7);
  entry.decided_by = row.link(8);
  entry.round = row.text(9);
  entry.transfer = object_in(row, 10);
  entry.fast_track = row.integer(11) != 0;
  entry.due_on = row.day(12);
  return entry;
}

}  // namespace

bool PoolEntry::transfer_is_open() const {
  const json::object* object = transfer.if_object();
  if (!object || state != PoolState::requested) return false;
  const json::value* accepted = object->if_contains("accepted");
  constexpr std::size_t both = 2;
  return !accepted || !accepted->is_array() || accepted->get_array().size() < both;
}

Result<std::vector<PoolEntry>> read_pool_entries(const PoolSource& source,
                                                 const json::value& where) {
  LP_TRY(const std::vector<PoolRow> rows,
         find_rows(source, "pool_entry", where,
                   {"account", "state", "tier", "since", "until", "reason", "evidence",
                    "requested_by", "decided_by", "round", "transfer", "fast_track", "due_on"}));
  std::vector<PoolEntry> entries;
  for (const PoolRow& row : rows) entries.push_back(entry_of(row));
  std::sort(entries.begin(), entries.end(), [](const PoolEntry& left, const PoolEntry& right) {
    return std::pair(left.since, left.id) > std::pair(right.since, right.id);
  });
  return entries;
}

Result<std::optional<PoolEntry>> open_pool_entry(const PoolSource& source, RecordId account) {
  LP_TRY(std::vector<PoolEntry> entries,
         read_pool_entries(
             source, all_of({where_is("account", format_id(account)), where_empty("until")})));
  if (entries.empty()) return std::optional<PoolEntry>();
  return std::optional<PoolEntry>(std::move(entries.front()));
}

Status retier_open_entries(const PoolSource& source, records::BulkSlice& slice,
                           const std::map<RecordId, std::string>& tiers) {
  if (tiers.empty()) return {};
  std::vector<std::string> accounts;
  for (const auto& [account, tier] : tiers) accounts.push_back(format_id(account));
  const std::vector<std::string> inside{std::string(name_of(PoolState::in_pool)),
                                        std::string(name_of(PoolState::watch))};
  LP_TRY(const std::vector<PoolRow> rows,
         find_rows(source, "pool_entry",
                   all_of({where_in("account", accounts), where_in("state", inside),
                           where_empty("until")}),
                   {"account"}));
  const records::Object* entries = slice.object("pool_entry");
  if (!entries) return Error::internal("pool: no object pool_entry");
  for (const PoolRow& row : rows) {
    LP_CHECK(slice.update(*entries, row.id, {{entries->field("tier"), tiers.at(row.link(0))}}));
  }
  return {};
}

void write_pool_entry(JsonWriter& out, const PoolEntry& entry) {
  out.begin_object().key("id").id(entry.id).key("state").string(name_of(entry.state));
  write_text(out, "tier", entry.tier);
  write_day(out, "since", entry.since);
  write_day(out, "until", entry.until);
  write_text(out, "reason", entry.reason);
  out.key("evidence").raw(json::serialize(entry.evidence));
  out.key("requested_by").id(entry.requested_by).key("decided_by").id(entry.decided_by);
  write_text(out, "round", entry.round);
  out.key("transfer").raw(json::serialize(entry.transfer));
  out.key("fast_track").boolean(entry.fast_track);
  write_day(out, "due_on", entry.due_on);
  out.end_object();
}

}  // namespace linchpin::identify
