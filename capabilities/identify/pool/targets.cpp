#include "identify/pool/targets.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "base/company_name.h"
#include "identify/account_labels.h"
#include "identify/answer_parts.h"

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

// Those of the accounts that the scope sees.
Result<std::map<RecordId, TargetAccount>> labels_of(const PoolSource& source,
                                                    const std::vector<std::string>& ids) {
  std::map<RecordId, TargetAccount> accounts;
  constexpr std::size_t at_once = 1'000;
  for (std::size_t begin = 0; begin < ids.size(); begin += at_once) {
    const auto first = ids.begin() + static_cast<std::ptrdiff_t>(begin);
    const std::size_t count = std::min(at_once, ids.size() - begin);
    const std::vector<std::string> part(first, first + static_cast<std::ptrdiff_t>(count));
    LP_TRY(const std::vector<PoolRow> rows,
           find_rows(source, "account", where_in("id", part), {"code", "name", "pool_state"}));
    for (const PoolRow& row : rows) accounts[row.id] = {{row.text(0), row.text(1)}, row.text(2)};
  }
  return accounts;
}

Result<std::map<RecordId, TargetAccount>> accounts_of(const PoolSource& source,
                                                      const std::vector<PoolRow>& entries) {
  std::vector<std::string> ids;
  for (const PoolRow& entry : entries) {
    if (!entry.empty(2)) ids.push_back(format_id(entry.link(2)));
  }
  return labels_of(source, ids);
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

// An account whose name may be that of an entry.
struct TargetCandidate {
  RecordId account;
  std::size_t apart = 0;  // bytes of the longer name that the other one lacks; 0: the same

  bool operator<(const TargetCandidate& other) const {
    return std::pair(apart, account) < std::pair(other.apart, other.account);
  }
};

struct OpenTarget {
  RecordId entry;
  std::string name;
  std::string compared;
  std::vector<TargetCandidate> candidates{};

  void consider(RecordId account, const std::string& other) {
    constexpr std::size_t min_held = 6;  // bytes: two Chinese characters
    const bool shorter = compared.size() <= other.size();
    const std::string& held = shorter ? compared : other;
    const std::string& holder = shorter ? other : compared;
    const bool alike =
        held == holder || (held.size() >= min_held && holder.find(held) != holder.npos);
    if (alike) candidates.push_back({account, holder.size() - held.size()});
  }
};

// By the name compared: the one account that has it; none where several do.
using AccountsByName = std::unordered_map<std::string, RecordId>;

// Every name that an account has or had, as it is compared.
using NameVisitor = std::function<void(RecordId account, const std::string& compared)>;

Status visit_names(const PoolSource& source, const NameVisitor& visit) {
  const auto take = [&](std::int64_t account, const storage::Value& name) {
    visit(RecordId{account}, name_to_compare(std::string(records::text_of(name))));
  };
  LP_CHECK(records::scan_fields(
      source.records, source.connection, source.scope, "account", {}, {"name"},
      [&](RecordId id, std::span<const storage::Value> values) { take(id.value, values[0]); }));
  return records::scan_fields(source.records, source.connection, source.scope, "account_name", {},
                              {"account", "name"},
                              [&](RecordId, std::span<const storage::Value> values) {
                                take(records::integer_of(values[0]), values[1]);
                              });
}

Status find_by_name(const PoolSource& source, const std::set<std::string>& wanted,
                    AccountsByName& found) {
  return visit_names(source, [&](RecordId account, const std::string& compared) {
    if (!wanted.contains(compared)) return;
    const auto [known, is_new] = found.try_emplace(compared, account);
    if (!is_new && known->second != account) known->second = RecordId();
  });
}

// The closest of them, each account once.
void keep_closest(std::vector<TargetCandidate>& candidates) {
  std::sort(candidates.begin(), candidates.end());
  std::vector<TargetCandidate> kept;
  for (const TargetCandidate& one : candidates) {
    const bool known = std::any_of(kept.begin(), kept.end(), [&](const TargetCandidate& other) {
      return other.account == one.account;
    });
    if (!known) kept.push_back(one);
    if (kept.size() == max_target_candidates) break;
  }
  candidates = std::move(kept);
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
  out.key("series").string(edition.series).key("year").integer(edition.year);
  write_text(out, "publisher", edition.publisher);
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

Result<std::string> target_candidates_answer(const PoolSource& source, RecordId id) {
  LP_TRY(const auto list, find_row(source, "target_list", id, {"name"}));
  if (!list) return Error::of(ErrorCode::not_found);
  LP_TRY(const std::vector<PoolRow> entries, target_entries(source, id));
  std::vector<OpenTarget> open;
  for (const PoolRow& entry : entries) {
    if (entry.empty(2)) {
      open.push_back({entry.id, entry.text(1), name_to_compare(entry.text(1))});
    }
  }
  if (!open.empty()) {
    LP_CHECK(visit_names(source, [&](RecordId account, const std::string& compared) {
      for (OpenTarget& target : open) target.consider(account, compared);
    }));
  }
  std::vector<std::string> ids;
  for (OpenTarget& target : open) {
    keep_closest(target.candidates);
    for (const TargetCandidate& one : target.candidates) ids.push_back(format_id(one.account));
  }
  LP_TRY(const auto accounts, labels_of(source, ids));
  JsonWriter out;
  out.begin_object().key("entries").begin_array();
  for (const OpenTarget& target : open) {
    out.begin_object().key("id").id(target.entry).key("name").string(target.name);
    out.key("candidates").begin_array();
    for (const TargetCandidate& one : target.candidates) {
      const auto account = accounts.find(one.account);
      if (account == accounts.end()) continue;
      out.begin_object().key("account");
      write_account(out, one.account, account->second.label);
      out.key("same").boolean(one.apart == 0).end_object();
    }
    out.end_array().end_object();
  }
  out.end_array().end_object();
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
