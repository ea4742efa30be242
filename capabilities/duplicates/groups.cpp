#include "duplicates/groups.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "base/company_name.h"
#include "duplicates/short_names.h"
#include "records/scan.h"

namespace linchpin::duplicates {

namespace {

using records::Records;
using storage::Connection;
bool is_out_of_sight(const Error& error) {
  return error.code == ErrorCode::not_found || error.code == ErrorCode::unknown_field;
}

class Finder {
 public:
  Finder(const Records& records, Connection& connection, const access::AccessScope& scope)
      : records_(records), connection_(connection), scope_(scope) {}

  Status find() {
    LP_CHECK(each_name([&](const NamedAccount& named) { note(named); }));
    keep_repeated();
    LP_CHECK(each_name([&](const NamedAccount& named) { compare(named); }));
    for (const ShortNames::Found& pair : short_names_.found()) {
      add_twin(pair.essential, pair.whole, false);
      add_twin(pair.essential, pair.shortly, true);
    }
    return {};
  }

  TwinGroups take(RecordId account) && {
    TwinGroups found;
    for (auto& [essential, twins] : groups_) {
      if (twins.size() < 2 || (account && !twins.contains(account))) continue;
      TwinGroup group{essential, {}};
      for (auto& [id, twin] : twins) group.twins.push_back(std::move(twin));
      found.groups.push_back(std::move(group));
    }
    std::sort(found.groups.begin(), found.groups.end(),
              [](const TwinGroup& one, const TwinGroup& other) {
                return one.twins.size() != other.twins.size()
                           ? one.twins.size() > other.twins.size()
                           : one.essential < other.essential;
              });
    found.truncated = truncated_ || found.groups.size() > max_groups;
    if (found.groups.size() > max_groups) found.groups.resize(max_groups);
    return found;
  }

 private:
  using Visit = std::function<void(const NamedAccount&)>;
  struct Noted {
    std::uint64_t name;  // a hash: what agrees by chance is told apart when it is compared
    RecordId account;
    auto operator<=>(const Noted&) const = default;
  };

  static std::uint64_t hash_of(const std::string& essential) {
    return std::hash<std::string>()(essential);
  }

  Status each_name(const Visit& visit) {
    std::size_t met = 0;
    const auto take = [&](RecordId id, const storage::Value& name, bool other) {
      truncated_ = truncated_ || met == max_compared;
      if (met == max_compared) return;
      ++met;
      visit({id, std::string(records::text_of(name)), other});
    };
    LP_CHECK(records::scan_fields(
        records_, connection_, scope_, "account", nullptr, {"name"},
        [&](RecordId id, std::span<const storage::Value> values) { take(id, values[0], false); }));
    const Status others = records::scan_fields(
        records_, connection_, scope_, "account_name", nullptr, {"account", "name"},
        [&](RecordId, std::span<const storage::Value> values) {
          take(RecordId{records::integer_of(values[0])}, values[1], true);
        });
    return !others && is_out_of_sight(others.error()) ? Status() : others;
  }

  void note(const NamedAccount& named) {
    const NameParts parts = name_parts(named.name);
    if (parts.essential.empty()) return;
    noted_.push_back({hash_of(parts.essential), named.account});
    if (!short_names_.add(parts, named)) truncated_ = true;
  }

  // The names of two accounts or more.
  void keep_repeated() {
    std::sort(noted_.begin(), noted_.end());
    noted_.erase(std::unique(noted_.begin(), noted_.end()), noted_.end());
    for (std::size_t i = 1; i < noted_.size(); ++i) {
      if (noted_[i].name == noted_[i - 1].name) repeated_.insert(noted_[i].name);
    }
    std::vector<Noted>().swap(noted_);
  }

  void compare(const NamedAccount& named) {
    const NameParts parts = name_parts(named.name);
    if (parts.essential.empty()) return;
    if (repeated_.contains(hash_of(parts.essential))) add_twin(parts.essential, named, false);
    short_names_.meet(parts, named);
  }

  void add_twin(const std::string& essential, const NamedAccount& named, bool by_short_name) {
    if (kept_ == max_twins) {
      truncated_ = true;
      return;
    }
    const Twin twin{named.account, named.name, named.by_other_name, by_short_name};
    if (groups_[essential].emplace(named.account, twin).second) ++kept_;
  }

  const Records& records_;
  Connection& connection_;
  const access::AccessScope& scope_;
  std::vector<Noted> noted_;
  std::unordered_set<std::uint64_t> repeated_;
  ShortNames short_names_;
  std::unordered_map<std::string, std::map<RecordId, Twin>> groups_;  // by the essential name
  std::size_t kept_ = 0;
  bool truncated_ = false;
};

}  // namespace

Result<TwinGroups> find_twins(const Records& records, Connection& connection,
                              const access::AccessScope& scope, RecordId account) {
  Finder finder(records, connection, scope);
  LP_CHECK(finder.find());
  return std::move(finder).take(account);
}

}  // namespace linchpin::duplicates
