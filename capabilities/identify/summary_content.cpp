#include <fmt/format.h>
#include <algorithm>

#include "identify/summary.h"

namespace linchpin::identify {

namespace {

constexpr std::int64_t milliseconds_of_minute = 60'000;
constexpr std::int64_t minutes_of_hour = 60;
constexpr std::size_t max_summary_findings = 8;

std::int64_t whole(std::size_t count) {
  return static_cast<std::int64_t>(count);
}

std::string with_unit(const Speech& speech, const std::string& label, const std::string& unit) {
  if (unit.empty()) return label;
  return speech.text("identify.summary.in_unit", {{"label", label}, {"unit", unit}});
}

class Collector {
 public:
  explicit Collector(const FindingSources& sources)
      : sources_(sources),
        speech_(sources.speech),
        request_(sources.request),
        ranking_(sources.ranking()),
        currency_(sources.records().frame().currency),
        measure_(measure_text(speech_, request_.measure.measure)) {}

  Result<Summary> collect(const std::vector<Finding>& findings, Instant now) {
    summary_.language = speech_.language;
    summary_.ranking = &ranking_;
    summary_.limits = request_.classes;
    summary_.amounts = sources_.amounts;
    summary_.title = speech_.text("identify.summary.title");
    summary_.made = made_text(now);
    summary_.definition =
        measure_ + speech_.text("identify.summary.colon") +
        speech_.text("identify.definition." + std::string(measure_name(request_.measure.measure)));
    collect_heads();
    collect_figures();
    collect_classes();
    collect_chart();
    LP_CHECK(collect_customers());
    const std::size_t told = std::min(findings.size(), max_summary_findings);
    for (std::size_t i = 0; i < told; ++i) summary_.findings.push_back(findings[i].text);
    return std::move(summary_);
  }

 private:
  std::string made_text(Instant now) const {
    const TimeZone zone = sources_.records().frame().time_zone;
    const Day day = zone.local_day(now);
    const std::int64_t minutes = (now - zone.start_of_day(day)) / milliseconds_of_minute;
    const std::string time = fmt::format("{} {:02}:{:02}", format_date(day),
                                         minutes / minutes_of_hour, minutes % minutes_of_hour);
    return speech_.text("identify.summary.made", {{"time", time}});
  }

  void collect_heads() {
    const std::string basis = basis_text(speech_, request_.measure, currency_);
    const std::string separator = speech_.text("identify.summary.separator");
    summary_.subtitle = window_text(speech_, request_.measure.window) + separator + measure_;
    if (!basis.empty()) summary_.subtitle += separator + basis;
    if (request_.measure.half_life_days) {
      summary_.subtitle +=
          separator + speech_.text("identify.summary.half_life",
                                   {{"days", std::to_string(*request_.measure.half_life_days)}});
    }
    const char* convention = request_.convention == Convention::before
                                 ? "identify.summary.convention_before"
                                 : "identify.summary.convention_after";
    summary_.rules = speech_.text("identify.summary.cuts",
                                  {{"a", fmt::format("{:g}", request_.classes[0].upto * 100)},
                                   {"b", fmt::format("{:g}", request_.classes[1].upto * 100)}}) +
                     separator + speech_.text(convention);
    summary_.chart_heading = speech_.text("identify.summary.chart");
    summary_.classes_heading = speech_.text("identify.summary.classes");
    summary_.customers_heading = speech_.text(
        "identify.summary.customers",
        {{"count", count_text(whole(std::min(summary_customers, ranking_.positive)))}});
    summary_.findings_heading = speech_.text("identify.summary.findings");
    summary_.no_findings = speech_.text("identify.summary.no_findings");
  }

  void add_figure(const char* name, std::string value, const std::string& unit = {}) {
    const std::string key(name);
    summary_.figures.push_back(
        {with_unit(speech_, speech_.text("identify.summary.figure." + key), unit),
         ranking_.positive > 0 ? std::move(value) : "–",
         speech_.text("identify.summary.meaning." + key,
                      {{"top20", count_text(whole((ranking_.positive + 4) / 5))},
                       {"top1", count_text(whole((ranking_.positive + 99) / 100))}})});
  }

  void collect_figures() {
    add_figure("customers", count_text(whole(ranking_.positive)));
    add_figure("total", sources_.amounts.text(ranking_.total), sources_.amounts.unit);
    add_figure("top20", share_text(ranking_.top20_share, 2));
    add_figure("top1", share_text(ranking_.top1_share, 2));
    add_figure("gini", index_text(ranking_.gini));
    add_figure("hhi", index_text(ranking_.hhi));
  }

  void collect_classes() {
    const std::string& unit = sources_.amounts.unit;
    summary_.class_columns = {speech_.text("identify.summary.column.class"),
                              speech_.text("identify.summary.column.customers"),
                              speech_.text("identify.summary.column.part"),
                              unit.empty() ? measure_ : unit,
                              speech_.text("identify.summary.column.share")};
    for (std::size_t i = 0; i < ranking_.classes.size(); ++i) {
      const ClassSummary& one = ranking_.classes[i];
      const double part = ranking_.positive == 0 ? 0
                                                 : static_cast<double>(one.customers) /
                                                       static_cast<double>(ranking_.positive);
      summary_.classes.push_back({request_.classes[i].name, i, count_text(one.customers),
                                  share_text(part), sources_.amounts.text(one.value),
                                  share_text(one.share)});
    }
    summary_.classes.push_back({speech_.text("identify.summary.all"), 0,
                                count_text(whole(ranking_.positive)), share_text(1, 0),
                                sources_.amounts.text(ranking_.total), share_text(1, 0)});
    const std::size_t others = ranking_.rows.size() - ranking_.positive;
    if (others > 0) {
      summary_.notes.push_back(
          speech_.text("identify.summary.non_positive",
                       {{"count", count_text(whole(others))},
                        {"value", sources_.amounts.with_unit(ranking_.non_positive_value)}}));
    }
    if (sources_.computed.unassigned != 0) {
      summary_.notes.push_back(
          speech_.text("identify.summary.unassigned",
                       {{"value", sources_.amounts.with_unit(sources_.computed.unassigned)}}));
    }
  }

  void collect_chart() {
    const std::string& unit = sources_.amounts.unit;
    summary_.chart.unit = with_unit(speech_, measure_, unit);
    summary_.chart.cumulative = speech_.text("identify.summary.cumulative_share");
    summary_.chart.customers = speech_.text("identify.summary.by_size");
    summary_.chart.top20 = speech_.text("identify.summary.top20_mark",
                                        {{"count", count_text(whole((ranking_.positive + 4) / 5))},
                                         {"share", share_text(ranking_.top20_share)}});
  }

  Status collect_customers() {
    summary_.customer_columns = {speech_.text("identify.summary.column.rank"),
                                 speech_.text("identify.summary.column.name"),
                                 speech_.text("identify.summary.column.class"),
                                 with_unit(speech_, measure_, sources_.amounts.unit),
                                 speech_.text("identify.summary.column.share"),
                                 speech_.text("identify.summary.column.cumulative")};
    const std::size_t count = std::min(summary_customers, ranking_.positive);
    LP_TRY(const std::vector<AccountLabel> labels, sources_.labels.of(ranking_, 0, count));
    for (std::size_t i = 0; i < count; ++i) {
      const RankedCustomer& row = ranking_.rows[i];
      summary_.customers.push_back({count_text(whole(i + 1)), labels[i].name, labels[i].code,
                                    request_.classes[row.class_index].name,
                                    sources_.amounts.text(row.value), share_text(row.share, 2),
                                    share_text(row.cumulative_share, 2), row.class_index,
                                    row.share});
    }
    return {};
  }

  const FindingSources& sources_;
  const Speech& speech_;
  const RankingRequest& request_;
  const Ranking& ranking_;
  std::string currency_;
  std::string measure_;
  Summary summary_;
};

}  // namespace

Result<Summary> collect_summary(const FindingSources& sources, const std::vector<Finding>& findings,
                                Instant now) {
  return Collector(sources).collect(findings, now);
}

}  // namespace linchpin::identify
