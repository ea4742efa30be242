#include "receivables/payers.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "base/company_name.h"
#include "base/decimal.h"
#include "base/utf8.h"
#include "records/conditions.h"
#include "records/scan.h"

namespace linchpin::receivables {

using records::leaf;
using storage::Connection;

namespace {

// A field in which a name of an account stands; `account` is empty where it is the account's own.
struct NamePlace {
  std::string_view object, field, account;
};
constexpr std::array name_places{
    NamePlace{"account", "name", ""}, NamePlace{"account", "short_name", ""},
    NamePlace{"account", "english_name", ""}, NamePlace{"account_name", "name", "account"},
    NamePlace{"billing_profile", "title", "account"}};

class Payers {
 public:
  Payers(records::Records& records, Connection& connection, const access::AccessScope& scope)
      : records_(records), connection_(connection), scope_(scope) {}

  Status by_name(std::string_view payer) {
    const NameParts wanted = name_parts(payer);
    if (wanted.essential.empty()) return {};
    const std::u32string& points = wanted.core.empty() ? wanted.points : wanted.core;
    std::string key;
    for (const char32_t point : short_name_key(points)) append_utf8(key, point);
    for (const NamePlace& place : name_places) {
      LP_CHECK(visit_names(place, key, wanted));
    }
    return {};
  }

  Status by_amount(Units amount) {
    if (amount <= 0) return {};
    const std::string text = format_decimal(amount, records_.schema()->money_scale());
    const Status read = records::scan_fields(
        records_, connection_, scope_, "invoice", leaf("eq", "open_amount", json::string(text)),
        {"account"}, [&](RecordId, std::span<const storage::Value> values) {
          const RecordId account{records::integer_of(values[0])};
          if (account && found_.size() < max_compared_names) found_[account].by_amount = true;
        });
    return left_out(read);
  }

  Result<std::vector<Candidate>> best() {
    std::vector<Candidate> all;
    for (auto& [account, candidate] : found_) {
      candidate.account = account;
      all.push_back(std::move(candidate));
    }
    const auto order = [](const Candidate& one) {
      return std::tuple(!one.by_name, !one.by_other_name, !one.by_short_name, !one.by_amount,
                        one.account);
    };
    std::sort(all.begin(), all.end(), [&](const Candidate& left, const Candidate& right) {
      return order(left) < order(right);
    });
    if (all.size() > max_candidates) all.resize(max_candidates);
    LP_CHECK(name(all));
    std::erase_if(all, [](const Candidate& one) { return one.name.empty(); });
    return all;
  }

 private:
  // What the reader may not see names nobody.
  static Status left_out(const Status& read) {
    if (read) return {};
    const ErrorCode code = read.error().code;
    if (code == ErrorCode::not_found || code == ErrorCode::unknown_field) return {};
    return read;
  }

  Status visit_names(const NamePlace& place, const std::string& key, const NameParts& wanted) {
    std::vector<std::string> fields{std::string(place.field)};
    if (!place.account.empty()) fields.emplace_back(place.account);
    std::size_t compared = 0;
    const Status read = records::scan_fields(
        records_, connection_, scope_, place.object,
        leaf("contains", place.field, json::string(key)), fields,
        [&](RecordId id, std::span<const storage::Value> values) {
          if (++compared > max_compared_names) return;
          const RecordId account =
              place.account.empty() ? id : RecordId{records::integer_of(values[1])};
          if (account) compare(place, account, records::text_of(values[0]), wanted);
        });
    return left_out(read);
  }

  void compare(const NamePlace& place, RecordId account, std::string_view name,
               const NameParts& wanted) {
    const NameParts parts = name_parts(name);
    if (parts.essential.empty()) return;
    if (parts.essential == wanted.essential) {
      const bool own = place.account.empty() && place.field == "name";
      (own ? found_[account].by_name : found_[account].by_other_name) = true;
      return;
    }
    const std::u32string shorter = short_name(parts);
    const std::u32string payer = short_name(wanted);
    const bool fits = (!shorter.empty() && short_fit(shorter, wanted) >= ShortFit::begins) ||
                      (!payer.empty() && short_fit(payer, parts) >= ShortFit::begins);
    if (fits) found_[account].by_short_name = true;
  }

  Status name(std::vector<Candidate>& candidates) {
    std::vector<std::string> ids;
    for (const Candidate& one : candidates) ids.push_back(format_id(one.account));
    if (ids.empty()) return {};
    return records::scan_fields(records_, connection_, scope_, "account",
                                records::where_in("id", ids), {"name", "code"},
                                [&](RecordId id, std::span<const storage::Value> values) {
                                  for (Candidate& one : candidates) {
                                    if (one.account != id) continue;
                                    one.name = records::text_of(values[0]);
                                    one.code = records::text_of(values[1]);
                                  }
                                });
  }

  records::Records& records_;
  Connection& connection_;
  const access::AccessScope& scope_;
  std::map<RecordId, Candidate> found_;
};

}  // namespace

Result<std::vector<Candidate>> find_payers(records::Records& records, Connection& connection,
                                           const access::AccessScope& scope, std::string_view payer,
                                           Units amount) {
  Payers payers(records, connection, scope);
  LP_CHECK(payers.by_name(payer));
  LP_CHECK(payers.by_amount(amount));
  return payers.best();
}

}  // namespace linchpin::receivables
