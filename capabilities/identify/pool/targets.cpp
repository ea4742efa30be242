#include "identify/pool/targets.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "identify/account_labels.h"
#include "identify/company_names.h"
#include "records/scan.h"

namespace linchpin::identify {

namespace {

// Names that say too little to tell companies apart are compared as they are.
std::string name_to_compare(const std::string& name) {
  std::string essential = essential_name(name);
  return essential.empty() ? name : essential;
}

struct Edition {
  RecordId id;
  std::string name;
  std::string series;
  std::int64_t year = 0;
  std::string publisher;
};

Edition edition_of(const PoolRow& row) {
  return {row.id, row.text(0), row.text(1), row.integer(2), row.text(3)};
}

Result<std::optional<Edition>> edition_before(const PoolSource& source, const Edition& edition) {
  LP_TRY(const std::vector<PoolRow> rows,
         find_rows(source, "target_list", where_is("series", edition.series),
                   {"name", "series", "year", "publisher"}));
  std::optional<Edition> before;
  for (const PoolRow& row : rows) {
    Edition other = edition_of(row);
    const bool earlier = other.year < edition.year && (!before || other.year > before->year);
    if (earlier) before = std::move(other);
  }
  return before;
}

Result<std::vector<PoolRow>> target_entries(const PoolSource& source, RecordId list) {
  LP_TRY(std::vector<PoolRow> rows,
         find_rows(source, "target_entry", where_is("list", format_id(list)),
                   {"rank", "name", "account", "influence", "expected_volume"}));
  if (rows.size() > max_target_entries) rows.resize(max_target_entries);
  std::stable_sort(rows.begin(), rows.end(), [](const PoolRow& left, const PoolRow& right) {
    if (left.empty(0) != right.empty(0)) return right.empty(0);
    return left.integer(0) < right.integer(0);
  });
  return rows;
}

std::set<std::string> names_compared(const std::vector<PoolRow>& entries) {
  std::set<std::string> names;
  for (const PoolRow& entry : entries) names.insert(name_to_compare(entry.text(1)));
  return names;
}

void write_names(JsonWriter& out, std::string_view key, const std::vector<PoolRow>& of,
                 const std::vector<PoolRow>& without) {
  const std::set<std::string> known = names_compared(without);
  out.key(key).begin_array();
  for (const PoolRow& entry : of) {
    if (!known.contains(name_to_compare(entry.text(1)))) out.string(entry.text(1));
  }
  out.end_array();
}

struct TargetAccount {
  AccountLabel label;
  std::string pool_state;
};

// Those of the entries' accounts that the scope sees.
Result<std::map<RecordId, TargetAccount>> accounts_of(const PoolSource& source,
                                                      const std::vector<PoolRow>& entries) {
  std::map<RecordId, TargetAccount> accounts;
  constexpr std::size_t at_once = 1'000;
  std::vector<std::string> ids;
  const auto flush = [&]() -> Status {
    LP_TRY(const std::vector<PoolRow> rows,
           find_rows(source, "account", where_in("id", ids), {"code", "name", "pool_state"}));
    for (const PoolRow& row : rows) accounts[row.id] = {{row.text(0), row.text(1)}, row.text(2)};
    ids.clear();
    return {};
  };
  for (const PoolRow& entry : entries) {
    if (entry.empty(2)) continue;
    ids.push_back(format_id(entry.link(2)));
    if (ids.size() == at_once) LP_CHECK(flush());
  }
  if (!ids.empty()) LP_CHECK(flush());
  return accounts;
}

void write_entry(JsonWriter& out, const PoolRow& entry,
                 const std::map<RecordId, TargetAccount>& accounts, int money_scale) {
  out.begin_object().key("id").id(entry.id).key("rank");
  entry.empty(0) ? out.null() : out.integer(entry.integer(0));
  out.key("name").string(entry.text(1)).key("account");
  const auto account = accounts.find(entry.link(2));
  if (account == accounts.end()) {
    out.null().key("pool_state").null();
  } else {
    write_account(out, account->first, account->second.label);
    out.key("pool_state").string(account->second.pool_state);
  }
  out.key("influence");
  entry.empty(3) ? out.null() : out.integer(entry.integer(3));
  out.key("expected_volume");
  entry.empty(4) ? out.null() : out.decimal(entry.integer(4), money_scale);
  out.end_object();
}

// By the name compared: the one account that has it; none where several do.
using AccountsByName = std::unordered_map<std::string, RecordId>;

Status find_by_name(const PoolSource& source, const std::set<std::string>& wanted,
                    AccountsByName& found) {
  const auto take = [&](RecordId account, std::string_view name) {
    const std::string compared = name_to_compare(std::string(name));
    if (!wanted.contains(compared)) return;
    const auto [known, is_new] = found.try_emplace(compared, account);
    if (!is_new && known->second != account) known->second = RecordId();
  };
  LP_CHECK(records::scan_fields(source.records, source.connection, source.scope, "account", {},
                                {"name"}, [&](RecordId id, std::span<const storage::Value> values) {
                                  take(id, records::text_of(values[0]));
                                }));
  return records::scan_fields(
      source.records, source.connection, source.scope, "account_name", {}, {"account", "name"},
      [&](RecordId, std::span<const storage::Value> values) {
        take(RecordId{records::integer_of(values[0])}, records::text_of(values[1]));
      });
}

Result<RecordId> make_account(records::BulkSlice& slice, const records::Object& accounts,
                              const PoolRow& entry, RecordId owner) {
  records::RowValues row(accounts.fields.size());
  row[accounts.field("name")->index] = entry.text(1);
  row[accounts.field("code")->index] = "T" + format_id(entry.id);
  row[accounts.field("owner")->index] = owner.value;
  if (!entry.empty(4)) row[accounts.field("purchase_potential")->index] = entry.integer(4);
  return slice.create(accounts, row);
}

}  // namespace

Result<std::string> target_list_answer(const PoolSource& source, RecordId id) {
  LP_TRY(const auto row,
         find_row(source, "target_list", id, {"name", "series", "year", "publisher"}));
  if (!row) return Error::of(ErrorCode::not_found);
  const Edition edition = edition_of(*row);
  LP_TRY(const std::vector<PoolRow> entries, target_entries(source, id));
  LP_TRY(const auto accounts, accounts_of(source, entries));
  LP_TRY(const auto before, edition_before(source, edition));
  std::vector<PoolRow> earlier;
  if (before) {
    LP_TRY(earlier, target_entries(source, before->id));
  }
  JsonWriter out;
  out.begin_object().key("id").id(id).key("name").string(edition.name);
  out.key("series").string(edition.series).key("year").integer(edition.year).key("publisher");
  edition.publisher.empty() ? out.null() : out.string(edition.publisher);
  out.key("entries").begin_array();
  const int money_scale = source.records.schema()->money_scale();
  for (const PoolRow& entry : entries) write_entry(out, entry, accounts, money_scale);
  out.end_array().key("previous").id(before ? before->id : RecordId());
  static const std::vector<PoolRow> none;
  write_names(out, "came_in", before ? entries : none, earlier);
  write_names(out, "dropped_out", earlier, entries);
  out.end_object();
  return out.take();
}

Status match_targets(const PoolPerson& person, RecordId id, bool create) {
  const PoolSource own{person.records, person.connection, person.scope};
  LP_TRY(const auto list, find_row(own, "target_list", id, {"name"}));
  if (!list) return Error::of(ErrorCode::not_found);
  if (!person.scope.may(access::Action::update, "target_entry")) {
    return Error::of(ErrorCode::forbidden);
  }
  LP_TRY(std::vector<PoolRow> entries, target_entries(own, id));
  std::erase_if(entries, [](const PoolRow& entry) { return !entry.empty(2); });
  const access::AccessScope product = access::Authority::product();
  AccountsByName found;
  LP_CHECK(
      find_by_name({person.records, person.connection, product}, names_compared(entries), found));
  records::BulkSlice slice(person.records, person.connection, person.scope, person.origin);
  const records::Object* accounts = slice.object("account");
  const records::Object* targets = slice.object("target_entry");
  if (!accounts || !targets) return Error::internal("targets: their objects are missing");
  for (const PoolRow& entry : entries) {
    const auto known = found.find(name_to_compare(entry.text(1)));
    RecordId account = known == found.end() ? RecordId() : known->second;
    if (known == found.end() && create) {
      LP_TRY(account, make_account(slice, *accounts, entry, person.scope.user()));
    }
    if (!account) continue;
    LP_CHECK(slice.update(*targets, entry.id, {{targets->field("account"), account.value}}));
  }
  return slice.finish();
}

}  // namespace linchpin::identify
