#include "identify/pool/moves_load.h"

#include <algorithm>
#include <map>

#include "identify/answer_parts.h"
#include "identify/pool/standards.h"

namespace linchpin::identify {

namespace {

constexpr std::size_t ids_at_once = 1'000;  // of one filter

struct OwnerLoad {
  RecordId owner;
  std::string name;
  std::int64_t accounts = 0;
  Units change = 0;
};

// By owner; none for accounts that nobody owns.
using OwnerLoads = std::map<RecordId, OwnerLoad>;

Status add_owners(const PoolSource& source, const std::map<RecordId, Units>& changes,
                  OwnerLoads& loads) {
  std::vector<std::string> ids;
  const auto flush = [&]() -> Status {
    LP_TRY(const std::vector<PoolRow> rows,
           find_rows(source, "account", where_in("id", ids), {"owner", "owner.name"}));
    for (const PoolRow& row : rows) {
      OwnerLoad& load = loads[row.link(0)];
      load.owner = row.link(0);
      load.name = row.text(1);
      ++load.accounts;
      load.change += changes.at(row.id);
    }
    ids.clear();
    return {};
  };
  for (const auto& [account, change] : changes) {
    ids.push_back(format_id(account));
    if (ids.size() == ids_at_once) LP_CHECK(flush());
  }
  return ids.empty() ? Status() : flush();
}

}  // namespace

Result<std::string> moves_load(const PoolSource& source, const Preview& preview) {
  const access::AccessScope product = access::Authority::product();
  LP_TRY(const ServiceStandards standards,
         ServiceStandards::read({source.records, source.connection, product}));
  const auto change_of = [&](std::string_view from, std::string_view to) {
    return standards.visits_per_month(to) - standards.visits_per_month(from);
  };
  Units total = 0;
  std::int64_t moved = 0;
  for (const auto& [move, count] : preview.moves) {
    total += change_of(move.first, move.second) * count;
    moved += count;
  }
  std::map<RecordId, Units> changes;
  for (const TierMove& move : preview.kept_moves) {
    changes[move.account] = change_of(move.from, move.to);
  }
  OwnerLoads by_owner;
  LP_CHECK(add_owners(source, changes, by_owner));
  std::vector<OwnerLoad> loads;
  for (auto& [owner, load] : by_owner) loads.push_back(std::move(load));
  std::stable_sort(loads.begin(), loads.end(), [](const OwnerLoad& left, const OwnerLoad& right) {
    return std::abs(left.change) > std::abs(right.change);
  });
  const bool whole =
      moved == static_cast<std::int64_t>(changes.size()) && loads.size() <= max_load_owners;
  if (loads.size() > max_load_owners) loads.resize(max_load_owners);
  JsonWriter out;
  out.begin_object().key("change").decimal(total, load_scale).key("managers").begin_array();
  for (const OwnerLoad& load : loads) {
    out.begin_object().key("owner").id(load.owner);
    write_text(out, "name", load.name);
    out.key("accounts").integer(load.accounts).key("change").decimal(load.change, load_scale);
    out.end_object();
  }
  out.end_array().key("truncated").boolean(!whole).end_object();
  return out.take();
}

}  // namespace linchpin::identify
