#include "receivables/suggestion.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "receivables/payers.h"
#include "records/conditions.h"
#include "records/scan.h"

namespace linchpin::receivables {

using records::all_of;
using records::integer_of;
using records::is_empty;
using records::leaf;
using records::text_of;
using records::where_is;
using storage::Connection;
using Values = std::span<const storage::Value>;

namespace {

struct Received {
  Units amount = 0, unallocated = 0;
  RecordId account;
  std::string payer;
};

struct Item {
  std::string_view kind;
  RecordId id, contract;
  std::string number, due_by;
  std::optional<Day> due_on;
  Units open = 0;
  bool counts = true;  // whether it is to be paid by now
};

class Suggestion {
 public:
  Suggestion(records::Records& records, Connection& connection, const access::AccessScope& scope)
      : records_(records), connection_(connection), scope_(scope) {}

  Status write(JsonWriter& out, RecordId payment, std::optional<RecordId> asked) {
    LP_TRY(const Received received, read_payment(payment));
    std::vector<Candidate> candidates;
    if (!received.account) {
      LP_TRY(candidates,
             find_payers(records_, connection_, scope_, received.payer, received.unallocated));
    }
    RecordId account = asked.value_or(received.account);
    const bool sure = !candidates.empty() && (candidates[0].by_name || candidates[0].by_other_name);
    if (!account && sure) account = candidates[0].account;
    if (account) {
      LP_CHECK(check_account(account));
      LP_CHECK(read_invoices(account));
      LP_CHECK(read_nodes(account));
    }
    write_payment(out, payment, received);
    out.key("account").id(account);
    write_candidates(out, candidates);
    write_items(out, received.unallocated);
    return {};
  }

 private:
  Status scan(std::string_view object, const json::value& where,
              const std::vector<std::string>& fields, const records::ScanVisitor& visit) {
    return records::scan_fields(records_, connection_, scope_, object, where, fields, visit);
  }

  Result<Received> read_payment(RecordId id) {
    std::optional<Received> found;
    LP_CHECK(scan("payment", where_is("id", format_id(id)),
                  {"amount", "unallocated", "account", "drawer"}, [&](RecordId, Values values) {
                    found =
                        Received{integer_of(values[0]), integer_of(values[1]),
                                 RecordId{integer_of(values[2])}, std::string(text_of(values[3]))};
                  }));
    if (!found) return Error::of(ErrorCode::not_found);
    return std::move(*found);
  }

  Status check_account(RecordId account) {
    bool seen = false;
    LP_CHECK(scan("account", where_is("id", format_id(account)), {"name"},
                  [&](RecordId, Values) { seen = true; }));
    if (!seen) return Error::of(ErrorCode::not_found);
    return {};
  }

  static std::optional<Day> day_of_value(const storage::Value& value) {
    if (is_empty(value)) return std::nullopt;
    return static_cast<Day>(integer_of(value));
  }

  Status read_invoices(RecordId account) {
    return scan(
        "invoice",
        all_of({where_is("account", format_id(account)), leaf("gt", "open_amount", "0")}),
        {"number", "due_on", "due_by", "open_amount", "contract"}, [&](RecordId id, Values values) {
          items_.push_back({"invoice", id, RecordId{integer_of(values[4])},
                            std::string(text_of(values[0])), std::string(text_of(values[2])),
                            day_of_value(values[1]), integer_of(values[3])});
        });
  }

  // Nodes of the payment plan that are not billed.
  Status read_nodes(RecordId account) {
    const std::size_t first = items_.size();
    const Day today = records_.today();
    LP_CHECK(
        scan("payment_node",
             all_of({where_is("contract.account", format_id(account)),
                     leaf("in", "state", json::array{"pending", "due"}), leaf("gt", "amount", "0"),
                     json::object{{"op", "none"}, {"rel", "invoices"}}}),
             {"kind", "due_on", "state", "amount", "contract"}, [&](RecordId id, Values values) {
               Item item{"payment_node",
                         id,
                         RecordId{integer_of(values[4])},
                         std::string(text_of(values[0])),
                         {},
                         day_of_value(values[1]),
                         integer_of(values[3])};
               const bool has_come = item.due_on && *item.due_on <= today;
               item.counts = text_of(values[2]) == "due" || has_come;
               items_.push_back(std::move(item));
             }));
    if (items_.size() == first) return {};
    std::vector<std::string> ids;
    for (std::size_t i = first; i < items_.size(); ++i) ids.push_back(format_id(items_[i].id));
    std::map<std::int64_t, Units> taken;
    LP_CHECK(scan("payment_allocation",
                  all_of({records::where_in("payment_node", ids),
                          leaf("ne", "payment.state", "dishonoured")}),
                  {"payment_node", "amount"}, [&](RecordId, Values values) {
                    taken[integer_of(values[0])] += integer_of(values[1]);
                  }));
    for (std::size_t i = first; i < items_.size(); ++i) items_[i].open -= taken[items_[i].id.value];
    std::erase_if(items_, [](const Item& item) { return item.open <= 0; });
    return {};
  }

  void write_payment(JsonWriter& out, RecordId id, const Received& received) const {
    out.begin_object().key("payment").begin_object().key("id").id(id);
    out.key("amount").decimal(received.amount, scale_);
    out.key("unallocated").decimal(received.unallocated, scale_);
    out.key("payer").string(received.payer).end_object();
  }

  static void write_candidates(JsonWriter& out, const std::vector<Candidate>& candidates) {
    out.key("candidates").begin_array();
    for (const Candidate& one : candidates) {
      out.begin_object().key("account").id(one.account).key("name").string(one.name);
      out.key("code").string(one.code).key("because").begin_array();
      if (one.by_name) out.string("name");
      if (one.by_other_name) out.string("other_name");
      if (one.by_short_name) out.string("short_name");
      if (one.by_amount) out.string("amount");
      out.end_array().end_object();
    }
    out.end_array();
  }

  // The oldest due first; what has no day yet comes last.
  void write_items(JsonWriter& out, Units amount) {
    const auto order = [](const Item& item) {
      return std::tuple(!item.due_on, item.due_on.value_or(0), item.id);
    };
    std::sort(items_.begin(), items_.end(),
              [&](const Item& left, const Item& right) { return order(left) < order(right); });
    const bool truncated = items_.size() > max_open_items;
    if (truncated) items_.resize(max_open_items);
    std::vector<Units> open;
    for (const Item& item : items_) open.push_back(item.counts ? item.open : 0);
    const std::vector<Units> parts = spread(amount, open);
    Units left = amount;
    out.key("items").begin_array();
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const Item& item = items_[i];
      left -= parts[i];
      out.begin_object().key("kind").string(item.kind).key("id").id(item.id);
      out.key("number").string(item.number).key("contract").id(item.contract).key("due_on");
      item.due_on ? out.date(*item.due_on) : out.null();
      out.key("due_by");
      item.due_by.empty() ? out.null() : out.string(item.due_by);
      out.key("open").decimal(item.open, scale_);
      out.key("suggested").decimal(parts[i], scale_).end_object();
    }
    out.end_array().key("advance").decimal(left, scale_);
    out.key("truncated").boolean(truncated).end_object();
  }

  records::Records& records_;
  Connection& connection_;
  const access::AccessScope& scope_;
  const int scale_ = records_.schema()->money_scale();
  std::vector<Item> items_;
};

}  // namespace

std::vector<Units> spread(Units amount, const std::vector<Units>& open) {
  std::vector<Units> parts;
  for (const Units one : open) {
    const Units part = std::clamp(one, Units{0}, std::max(amount, Units{0}));
    parts.push_back(part);
    amount -= part;
  }
  return parts;
}

Status write_suggestion(JsonWriter& out, records::Records& records,
                        const access::AccessScope& scope, RecordId payment,
                        std::optional<RecordId> account) {
  return records.database().snapshot([&](Connection& connection) {
    return Suggestion(records, connection, scope).write(out, payment, account);
  });
}

}  // namespace linchpin::receivables
