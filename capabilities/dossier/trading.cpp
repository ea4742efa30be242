#include "dossier/trading.h"

#include <array>
#include <limits>
#include <map>

#include "base/wide_decimal.h"
#include "dossier/figures.h"

namespace linchpin::dossier {

namespace {

constexpr Day no_end = std::numeric_limits<Day>::max();

// Buckets of days: from the one before until `until`, both in days, the last day included.
struct Bucket {
  std::string_view key;
  Day until;
};
constexpr std::array overdue_buckets{Bucket{"not_due", 0}, Bucket{"days_1_30", 30},
                                     Bucket{"days_31_60", 60}, Bucket{"days_61_90", 90},
                                     Bucket{"over_90", no_end}};
constexpr std::array age_buckets{Bucket{"to_1_year", 365}, Bucket{"years_1_2", 730},
                                 Bucket{"years_2_3", 1'095}, Bucket{"over_3_years", no_end}};

std::optional<Day> day_of(const json::value& key) {
  if (!key.is_string()) return std::nullopt;
  const auto day = parse_date(std::string_view(key.get_string()));
  return day ? std::optional<Day>(*day) : std::nullopt;
}

class Trading {
 public:
  Trading(const Reading& reading, RecordId account)
      : reading_(reading),
        here_(leaf("eq", "account", json::string(format_id(account)))),
        account_(account),
        today_(reading.records().today()),
        scale_(reading.records().schema()->money_scale()),
        first_(month_index(today_) - figure_months + 1) {}

  Status write(JsonWriter& out) const {
    LP_TRY(const json::object record, reading_.record("account", account_));
    out.begin_object().key("as_of").date(today_);
    LP_CHECK(write_months(out));
    LP_TRY(const auto open, open_invoices(reading_, account_));
    write_buckets(out, "overdue", open, overdue_buckets, &OpenInvoices::due_on);
    write_buckets(out, "age", open, age_buckets, &OpenInvoices::issued_on);
    LP_CHECK(write_credit(out, record.at("fields").as_object(), open));
    out.end_object();
    return {};
  }

 private:
  // Values by month, in the order in which the measures stand.
  using ByMonth = std::map<std::string, json::object, std::less<>>;

  json::string first_day() const { return json::string(format_date(first_day_of_month(first_))); }

  Result<ByMonth> by_month(std::string_view object, std::string_view day, json::value where,
                           json::array measures) const {
    LP_TRY(const json::array groups,
           reading_.groups({std::string(object),
                            all_of({here_, leaf("gte", day, first_day()), std::move(where)}),
                            json::array{group_by(day, "month")}, std::move(measures)}));
    ByMonth found;
    for (const json::value& group : groups) {
      const json::value& key = group.at("key").as_array().at(0);
      if (key.is_string()) {
        found[std::string(key.get_string())] = group.at("values").as_object();
      }
    }
    return found;
  }

  static void write_amount(JsonWriter& out, std::string_view key, const ByMonth& found,
                           const std::string& month, bool seen) {
    out.key(key);
    const auto here = found.find(month);
    if (!seen) {
      out.null();
    } else if (here == found.end()) {
      out.string("0");
    } else {
      const std::string_view value = text_at(here->second, key);
      out.string(value.empty() ? "0" : value);
    }
  }

  Status write_months(JsonWriter& out) const {
    const json::value counts = counted_lines();
    const bool sells = sees_sales(reading_);
    const bool bills = reading_.sees("invoice", {"amount", "issued_on", "account"});
    const bool receives = reading_.sees("payment", {"amount", "paid_on", "account"});
    LP_TRY(const ByMonth sales, by_month("order_line", "ordered_on", counts,
                                         {measure_of("sales", "sum", "net_amount")}));
    LP_TRY(const ByMonth orders,
           by_month("order_line", "ordered_on", all_of({counts, leaf("gt", "amount", "0")}),
                    {measure_of("orders", "count_distinct", "order")}));
    LP_TRY(const ByMonth invoiced, by_month("invoice", "issued_on", leaf("not_empty", "amount", {}),
                                            {measure_of("invoiced", "sum", "amount")}));
    LP_TRY(const ByMonth received,
           by_month("payment", "paid_on", leaf("ne", "state", "dishonoured"),
                    {measure_of("received", "sum", "amount")}));
    out.key("months").begin_array();
    for (std::int32_t i = 0; i < figure_months; ++i) {
      const std::string month = format_date(first_day_of_month(first_ + i)).substr(0, 7);
      out.begin_object().key("month").string(month);
      write_amount(out, "sales", sales, month, sells);
      const auto ordered = orders.find(month);
      out.key("orders");
      out.integer(ordered == orders.end() ? 0 : integer_at(ordered->second, "orders"));
      write_amount(out, "invoiced", invoiced, month, bills);
      write_amount(out, "received", received, month, receives);
      out.end_object();
    }
    out.end_array();
    return {};
  }

  template <std::size_t count>
  void write_buckets(JsonWriter& out, std::string_view key,
                     const std::optional<std::vector<OpenInvoices>>& open,
                     const std::array<Bucket, count>& buckets,
                     std::optional<Day> OpenInvoices::* since) const {
    out.key(key);
    if (!open) {
      out.null();
      return;
    }
    std::array<WideUnits, count> sums{};
    std::array<std::int64_t, count> invoices{};
    for (const OpenInvoices& one : *open) {
      const Day days = one.*since ? today_ - *(one.*since) : 0;
      std::size_t place = 0;
      while (days > buckets[place].until) ++place;
      sums[place] += one.amount;
      invoices[place] += one.invoices;
    }
    out.begin_array();
    for (std::size_t i = 0; i < count; ++i) {
      out.begin_object().key("bucket").string(buckets[i].key);
      out.key("amount").string(format_wide_decimal(sums[i], scale_));
      out.key("invoices").integer(invoices[i]).end_object();
    }
    out.end_array();
  }

  // One sum over what the condition selects; nothing for who may not see what it is made of.
  Result<std::optional<Units>> total(std::string_view object,
                                     std::initializer_list<std::string_view> fields,
                                     json::value where) const {
    using Total = std::optional<Units>;
    if (!reading_.sees(object, fields)) return Total();
    LP_TRY(const json::array groups,
           reading_.groups({std::string(object), all_of({here_, std::move(where)}),
                            json::array{group_by("account")}, {measure_of("v", "sum", "amount")}}));
    if (groups.empty()) return Total(0);
    const std::string_view sum = text_at(groups[0].at("values").as_object(), "v");
    if (sum.empty()) return Total(0);
    LP_TRY(const Units units, parse_decimal(sum, scale_));
    return Total(units);
  }

  Status write_credit(JsonWriter& out, const json::object& card,
                      const std::optional<std::vector<OpenInvoices>>& open) const {
    const json::value unbilled_orders =
        all_of({leaf("eq", "status", "posted"), leaf("gt", "amount", "0"),
                json::object{{"op", "none"}, {"rel", "invoices"}}});
    LP_TRY(const auto unbilled,
           total("order", {"amount", "status", "account"}, unbilled_orders));
    const json::string today(format_date(today_));
    const json::value drafts_out =
        all_of({leaf("in", "means", json::array{"bank_draft", "commercial_draft"}),
                leaf("eq", "state", "received"), leaf("gt", "due_on", today)});
    LP_TRY(const auto drafts,
           total("payment", {"amount", "means", "state", "due_on", "account"}, drafts_out));
    std::optional<WideUnits> balance;
    if (open) {
      balance = 0;
      for (const OpenInvoices& one : *open) *balance += one.amount;
    }
    const auto write_known = [&](std::string_view key, std::optional<WideUnits> value) {
      out.key(key);
      value ? out.string(format_wide_decimal(*value, scale_)) : out.null();
    };
    const json::value* limit = card.if_contains("credit_limit");
    out.key("credit").begin_object().key("limit");
    limit && limit->is_string() ? out.string(limit->get_string()) : out.null();
    write_known("open", balance);
    write_known("unbilled", unbilled);
    write_known("drafts", drafts);
    const bool all_known = balance && unbilled && drafts;
    write_known("used", all_known ? std::optional<WideUnits>(*balance + *unbilled + *drafts)
                                  : std::nullopt);
    out.end_object();
    return {};
  }

  const Reading& reading_;
  const json::value here_;
  const RecordId account_;
  const Day today_;
  const int scale_;  // of money
  const std::int32_t first_;  // month
};

}  // namespace

json::value counted_lines() {
  return any_of({leaf("empty", "order", nullptr), leaf("eq", "order.status", "posted")});
}

bool sees_sales(const Reading& reading) {
  return reading.sees("order_line", {"net_amount", "ordered_on", "account", "order"}) &&
         reading.sees("order", {"status"});
}

Result<std::optional<std::vector<OpenInvoices>>> open_invoices(const Reading& reading,
                                                               RecordId account) {
  using Found = std::optional<std::vector<OpenInvoices>>;
  if (!reading.sees("invoice", {"open_amount", "due_on", "issued_on", "account"})) {
    return Found();
  }
  const json::value open = all_of(
      {leaf("eq", "account", json::string(format_id(account))), leaf("gt", "open_amount", "0")});
  LP_TRY(const json::array days,
         reading.groups({"invoice", open,
                         json::array{group_by("due_on"), group_by("issued_on")},
                         {measure_of("v", "sum", "open_amount"), measure_of("n", "count")}}));
  const int scale = reading.records().schema()->money_scale();
  std::vector<OpenInvoices> found;
  for (const json::value& group : days) {
    const json::array& key = group.at("key").as_array();
    const json::object& values = group.at("values").as_object();
    OpenInvoices one;
    one.due_on = day_of(key.at(0));
    one.issued_on = day_of(key.at(1));
    LP_TRY(one.amount, parse_decimal(text_at(values, "v"), scale));
    one.invoices = integer_at(values, "n");
    found.push_back(one);
  }
  return Found(std::move(found));
}

Status write_trading(JsonWriter& out, const Reading& reading, RecordId account) {
  return reading.records().database().snapshot(
      [&](storage::Connection&) { return Trading(reading, account).write(out); });
}

}  // namespace linchpin::dossier
