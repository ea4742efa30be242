#pragma once

// One page for a meeting 一页纸汇报: what it says (collect_summary) and how it is drawn.

#include "identify/findings.h"
#include "identify/pareto_chart.h"

namespace linchpin::identify {

constexpr std::size_t summary_customers = 10;

struct Summary {
  struct Figure {
    std::string label;
    std::string value;
    std::string meaning;  // its definition in few words
  };
  struct ClassRow {
    std::string name;
    std::size_t class_index = 0;
    std::string customers, part, value, share;
  };
  struct CustomerRow {
    std::string rank, name, code, class_name, value, share_text, cumulative;
    std::size_t class_index = 0;
    double share = 0;
  };

  Language language = Language::zh_cn;
  std::string title;
  std::string subtitle;  // period and basis
  std::string rules;     // how classes are cut
  std::string made;      // by whom and when
  std::vector<Figure> figures;
  std::string chart_heading, classes_heading, customers_heading, findings_heading;
  std::vector<std::string> class_columns;     // as the members of ClassRow
  std::vector<ClassRow> classes;              // the last one is the total
  std::vector<std::string> notes;             // what is left out of them
  std::vector<std::string> customer_columns;  // rank, name, class, value, share, cumulative
  std::vector<CustomerRow> customers;
  std::vector<std::string> findings;
  std::string no_findings;
  std::string definition;  // of the measure

  const Ranking* ranking = nullptr;
  std::vector<ClassLimit> limits;
  AmountFormat amounts;
  ParetoTexts chart;
};

// `sources` outlive the summary. Errors: those of the records.
Result<Summary> collect_summary(const FindingSources& sources, const std::vector<Finding>& findings,
                                Instant now);

// One A4 page; everything becomes smaller where it would not fit.
Result<std::string> summary_pdf(const Summary& summary);
// The same as a long picture 长图, as high as it needs.
Result<std::string> summary_png(const Summary& summary);

}  // namespace linchpin::identify
