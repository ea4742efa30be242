#include "duplicates/groups.h"

#include <algorithm>
#include <unordered_map>

#include "base/company_name.h"
#include "records/scan.h"

namespace linchpin::duplicates {

namespace {

using records::Records;
using storage::Connection;
using Names = std::unordered_map<std::string, std::vector<Twin>>;

bool is_out_of_sight(const Error& error) {
  return error.code == ErrorCode::not_found || error.code == ErrorCode::unknown_field;
}

void add_name(Names& names, RecordId account, std::string_view name, bool other) {
  std::string essential = essential_name(name);
  if (essential.empty()) return;
  std::vector<Twin>& twins = names[std::move(essential)];
  const bool known = std::any_of(twins.begin(), twins.end(),
                                 [&](const Twin& twin) { return twin.account == account; });
  if (!known) twins.push_back({account, std::string(name), other});
}

}  // namespace

Result<TwinGroups> find_twins(const Records& records, Connection& connection,
                              const access::AccessScope& scope, RecordId account) {
  Names names;
  TwinGroups found;
  std::size_t compared = 0;
  const auto take = [&](RecordId id, const storage::Value& name, bool other) {
    found.truncated = found.truncated || compared == max_compared;
    if (compared == max_compared) return;
    ++compared;
    add_name(names, id, records::text_of(name), other);
  };
  LP_CHECK(records::scan_fields(
      records, connection, scope, "account", nullptr, {"name"},
      [&](RecordId id, std::span<const storage::Value> values) { take(id, values[0], false); }));
  const Status others =
      records::scan_fields(records, connection, scope, "account_name", nullptr, {"account", "name"},
                           [&](RecordId, std::span<const storage::Value> values) {
                             take(RecordId{records::integer_of(values[0])}, values[1], true);
                           });
  if (!others && !is_out_of_sight(others.error())) return others.error();
  for (auto& [essential, twins] : names) {
    if (twins.size() < 2) continue;
    const bool wanted = !account || std::any_of(twins.begin(), twins.end(), [&](const Twin& twin) {
      return twin.account == account;
    });
    if (!wanted) continue;
    std::sort(twins.begin(), twins.end(),
              [](const Twin& one, const Twin& other) { return one.account < other.account; });
    found.groups.push_back({essential, std::move(twins)});
  }
  std::sort(found.groups.begin(), found.groups.end(),
            [](const TwinGroup& one, const TwinGroup& other) {
              return one.twins.size() != other.twins.size() ? one.twins.size() > other.twins.size()
                                                            : one.essential < other.essential;
            });
  if (found.groups.size() > max_groups) {
    found.groups.resize(max_groups);
    found.truncated = true;
  }
  return found;
}

}  // namespace linchpin::duplicates
