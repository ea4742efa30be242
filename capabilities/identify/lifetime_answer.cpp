#include "identify/lifetime_answer.h"

#include <algorithm>
#include <cmath>

#include "base/json_writer.h"
#include "identify/request_parts.h"

namespace linchpin::identify {

namespace {

constexpr int money_scale = 2;

// The rows of a page, each begun with its account, and the page itself.
template <class Row, class AccountOf, class Write>
Status write_rows(JsonWriter& out, AccountLabels& labels, const std::vector<Row>& rows,
                  PageOfRows page, AccountOf account_of, Write write) {
  const std::size_t begin = std::min(page.offset, rows.size());
  const std::size_t end = std::min(begin + static_cast<std::size_t>(page.limit), rows.size());
  std::vector<RecordId> ids;
  for (std::size_t i = begin; i < end; ++i) ids.push_back(account_of(rows[i]));
  LP_TRY(const std::vector<AccountLabel> found, labels.of(ids));
  out.key("rows").begin_array();
  for (std::size_t i = begin; i < end; ++i) {
    out.begin_object().key("account");
    write_account(out, ids[i - begin], found[i - begin]);
    write(rows[i]);
    out.end_object();
  }
  out.end_array().key("page");
  write_page(out, page.question, end, rows.size());
  return {};
}

std::int64_t days_of(double weeks) {
  return std::llround(weeks * days_per_week);
}

void write_known(JsonWriter& out, std::string_view name, std::optional<double> figure) {
  out.key(name);
  figure ? out.number(*figure) : out.null();
}

void write_parameters(JsonWriter& out, const PurchaseFit& fit, const PurchaseParameters& of) {
  const bool known = fit.status != LifetimeStatus::too_little_data;
  const bool drops_out = fit.status == LifetimeStatus::ok;
  const auto only = [](bool given, double figure) {
    return given ? std::optional<double>(figure) : std::nullopt;
  };
  out.begin_object();
  write_known(out, "r", only(known, of.r));
  write_known(out, "alpha", only(known, of.alpha));
  write_known(out, "a", only(drops_out, of.a));
  write_known(out, "b", only(drops_out, of.b));
  out.end_object();
}

void write_fit(JsonWriter& out, const PurchaseFit& fit) {
  const bool known = fit.status != LifetimeStatus::too_little_data;
  out.key("status").string(status_name(fit.status)).key("model");
  known ? out.string(model_name(fit.model)) : out.null();
  out.key("parameters");
  write_parameters(out, fit, fit.parameters);
  write_known(out, "log_likelihood",
              known ? std::optional<double>(fit.log_likelihood) : std::nullopt);
  out.key("convergence").begin_object().key("converged").boolean(fit.converged);
  out.key("steps").integer(fit.steps);
  out.key("customers").integer(static_cast<std::int64_t>(fit.customers));
  out.key("fitted").integer(static_cast<std::int64_t>(fit.fitted));
  out.key("repeat_buyers").integer(static_cast<std::int64_t>(fit.repeat_buyers));
  out.key("standard_errors");
  write_parameters(out, fit, fit.standard_errors);
  out.end_object();
}

void write_hold_out(JsonWriter& out, const HoldOut& held, Day split) {
  const bool known = held.fit.status != LifetimeStatus::too_little_data;
  const auto of_model = [known](double figure) {
    return known ? std::optional<double>(figure) : std::nullopt;
  };
  out.key("holdout").begin_object().key("from").date(split);
  out.key("status").string(status_name(held.fit.status));
  out.key("customers").integer(static_cast<std::int64_t>(held.customers));
  out.key("purchases_per_customer").number(held.actual);
  out.key("model").begin_object();
  write_known(out, "mean_error", of_model(held.model_error));
  write_known(out, "top20_share", of_model(held.model_top20));
  out.end_object().key("past_sales").begin_object();
  write_known(out, "mean_error", held.past_error);
  write_known(out, "top20_share", held.past_top20);
  out.end_object().key("better");
  if (!known) {
    out.null();
  } else {
    out.string(held.model_error < held.past_error ? "model" : "past_sales");
  }
  out.end_object();
}

}  // namespace

Result<std::string> rfm_answer(AccountLabels& labels, const Rfm& rfm, Day as_of, PageOfRows page,
                               int scale) {
  JsonWriter out;
  out.begin_object().key("as_of").date(as_of);
  out.key("customers").integer(static_cast<std::int64_t>(rfm.rows.size()));
  out.key("cells").begin_array();
  for (int recency = rfm_buckets; recency > 0; --recency) {
    for (int frequency = rfm_buckets; frequency > 0; --frequency) {
      for (int monetary = rfm_buckets; monetary > 0; --monetary) {
        const auto place = [](int bucket) { return static_cast<std::size_t>(bucket) - 1; };
        const std::int64_t count = rfm.cells[place(recency)][place(frequency)][place(monetary)];
        if (count == 0) continue;
        out.begin_object().key("r").integer(recency).key("f").integer(frequency);
        out.key("m").integer(monetary).key("customers").integer(count).end_object();
      }
    }
  }
  out.end_array();
  LP_CHECK(write_rows(
      out, labels, rfm.rows, page, [](const RfmRow& row) { return row.account; },
      [&](const RfmRow& row) {
        out.key("recency_days").integer(row.recency_days);
        out.key("frequency").integer(row.frequency);
        out.key("monetary").decimal(row.monetary, scale);
        out.key("r").integer(row.recency_bucket).key("f").integer(row.frequency_bucket);
        out.key("m").integer(row.monetary_bucket);
      }));
  out.end_object();
  return out.take();
}

Result<std::string> lifetime_answer(AccountLabels& labels, const ComputedLifetime& computed,
                                    LifetimeRows which, PageOfRows page) {
  const Lifetime& lifetime = computed.lifetime;
  JsonWriter out;
  out.begin_object();
  write_fit(out, lifetime.purchases);
  out.key("spend");
  if (lifetime.spend) {
    out.begin_object().key("p").number(lifetime.spend->p).key("q").number(lifetime.spend->q);
    out.key("gamma").number(lifetime.spend->gamma).end_object();
  } else {
    out.null();
  }
  out.key("horizon_months").integer(computed.horizon_months);
  if (computed.split) write_hold_out(out, computed.hold_out, *computed.split);
  out.key("at_risk").integer(static_cast<std::int64_t>(lifetime.at_risk()));
  std::vector<LifetimeRow> risky;
  if (which == LifetimeRows::at_risk) {
    std::copy_if(lifetime.rows.begin(), lifetime.rows.end(), std::back_inserter(risky),
                 [](const LifetimeRow& row) { return row.at_risk(); });
  }
  const std::vector<LifetimeRow>& rows = which == LifetimeRows::at_risk ? risky : lifetime.rows;
  LP_CHECK(write_rows(
      out, labels, rows, page, [](const LifetimeRow& row) { return row.buyer.account; },
      [&](const LifetimeRow& row) {
        out.key("x").integer(row.buyer.repeats).key("t_x").number(row.buyer.last);
        out.key("T").number(row.buyer.observed);
        out.key("silent_days").integer(days_of(row.silent_weeks())).key("usual_days");
        const auto usual = row.usual_weeks();
        usual ? out.integer(days_of(*usual)) : out.null();
        out.key("at_risk").boolean(row.at_risk());
        write_known(out, "p_alive", row.p_alive);
        write_known(out, "expected", row.expected);
        out.key("clv");
        row.value ? out.decimal(units_from_double(*row.value, money_scale), money_scale)
                  : out.null();
      }));
  out.end_object();
  return out.take();
}

}  // namespace linchpin::identify
