#include <algorithm>

#include "identify/summary.h"

namespace linchpin::identify {

using drawing::Page;

namespace {

constexpr double paper_width = 595.28;  // A4
constexpr double paper_height = 841.89;
constexpr double margin = 40;
constexpr double bottom_margin = 26;
constexpr double picture_zoom = 2;
constexpr double least_chart = 150;
constexpr double most_chart = 250;
constexpr double picture_chart = 210;
constexpr double smallest_zoom = 0.5;
constexpr double zoom_step = 0.95;
constexpr double section_gap = 13;
constexpr double column_gap = 18;
constexpr double classes_width = 186;

using palette::bands;
using palette::classes;
using palette::faint;
using palette::ink;
using palette::line;
using palette::soft;
using palette::sunken;

const TextStyle heading_style{10.5, true, ink, Align::left};
const TextStyle column_style{7.4, false, faint, Align::left};
const TextStyle cell_style{8.6, false, ink, Align::left};
const TextStyle note_style{7.2, false, faint, Align::left};

TextStyle bold(TextStyle style) {
  style.bold = true;
  return style;
}

// Draws from the top down; `y_` is where the next part begins.
class Sheet {
 public:
  Sheet(Canvas& canvas, const Summary& summary, double width, double chart_height)
      : canvas_(canvas),
        summary_(summary),
        width_(width),
        chart_height_(chart_height),
        content_(width - 2 * margin) {}

  // Everything but the foot; gives the height that it takes.
  double draw() {
    draw_head();
    draw_figures();
    draw_chart_and_classes();
    draw_customers();
    draw_findings();
    return y_;
  }

  double foot_height() {
    return 8 + std::max(
                   canvas_.text_height(content_ * definition_part, summary_.definition, note_style),
                   canvas_.text_height(0, summary_.made, note_style));
  }

  void draw_foot(double y) {
    canvas_.line({{margin, y}, {margin + content_, y}}, LineStyle{line, 0.6, false});
    canvas_.text({margin, y + 6}, content_ * definition_part, summary_.definition, note_style);
    canvas_.text({margin + content_ * definition_part, y + 6}, content_ * (1 - definition_part),
                 summary_.made, note_style.aligned(Align::right));
  }

 private:
  static constexpr double definition_part = 0.68;

  void draw_head() {
    canvas_.fill(Box{0, 0, width_, 5}, classes[0]);
    y_ = 26;
    y_ += canvas_.text({margin, y_}, content_, summary_.title,
                       TextStyle{18, true, ink, Align::left}) +
          1;
    y_ += canvas_.text({margin, y_}, content_, summary_.subtitle,
                       TextStyle{9.4, false, soft, Align::left}) +
          1;
    y_ += canvas_.text({margin, y_}, content_, summary_.rules,
                       TextStyle{8, false, faint, Align::left}) +
          9;
  }

  void draw_figures() {
    constexpr double gap = 6;
    constexpr double pad = 7;
    const auto count = static_cast<double>(summary_.figures.size());
    const double width = (content_ - gap * (count - 1)) / count;
    const TextStyle label{7.4, false, soft, Align::left};
    const TextStyle meaning{6.5, false, faint, Align::left};
    double label_height = 0;
    double meaning_height = 0;
    for (const Summary::Figure& figure : summary_.figures) {
      label_height =
          std::max(label_height, canvas_.text_height(width - 2 * pad, figure.label, label));
      meaning_height =
          std::max(meaning_height, canvas_.text_height(width - 2 * pad, figure.meaning, meaning));
    }
    const double height = label_height + 22 + meaning_height + 11;
    double x = margin;
    for (const Summary::Figure& figure : summary_.figures) {
      canvas_.fill(Box{x, y_, width, height}, sunken, 4);
      canvas_.text({x + pad, y_ + 5}, width - 2 * pad, figure.label, label);
      canvas_.text({x + pad, y_ + 5 + label_height}, 0, figure.value,
                   figure_style(figure, width - 2 * pad));
      canvas_.text({x + pad, y_ + 5 + label_height + 22}, width - 2 * pad, figure.meaning, meaning);
      x += width + gap;
    }
    y_ += height + section_gap;
  }

  // As large as the figure still fits.
  TextStyle figure_style(const Summary::Figure& figure, double room) {
    TextStyle style{14.5, true, ink, Align::left};
    const double width = canvas_.text_width(figure.value, style);
    if (width > room) style.size *= room / width;
    return style;
  }

  void draw_heading(double x, double width, const std::string& text) {
    canvas_.text({x, y_}, width, text, heading_style);
  }

  void draw_chart_and_classes() {
    const double chart_width = content_ - classes_width - column_gap;
    const double classes_x = margin + chart_width + column_gap;
    draw_heading(margin, chart_width, summary_.chart_heading);
    draw_heading(classes_x, classes_width, summary_.classes_heading);
    y_ += 19;
    draw_pareto(canvas_, Box{margin, y_, chart_width, chart_height_}, *summary_.ranking,
                summary_.limits, summary_.amounts, summary_.chart);
    const double end = draw_classes(classes_x, y_);
    y_ = std::max(y_ + chart_height_, end) + section_gap;
  }

  double draw_classes(double x, double y) {
    constexpr double columns[] = {26, 36, 40, 48, 36};
    const auto cells = [&](const std::vector<std::string>& texts, TextStyle style) {
      double at = x;
      double height = 0;
      for (std::size_t i = 0; i < texts.size(); ++i) {
        style.align = i == 0 ? Align::left : Align::right;
        const double indent = i == 0 && texts[i].size() == 1 ? 9 : 0;
        height =
            std::max(height, canvas_.text({at + indent, y}, columns[i] - indent, texts[i], style));
        at += columns[i];
      }
      return height;
    };
    y += cells(summary_.class_columns, column_style) + 3;
    canvas_.line({{x, y}, {x + classes_width, y}}, LineStyle{line, 0.8, false});
    y += 3;
    for (const Summary::ClassRow& row : summary_.classes) {
      const bool total = &row == &summary_.classes.back();
      if (total) canvas_.line({{x, y}, {x + classes_width, y}}, LineStyle{line, 0.5, false});
      if (!total) canvas_.fill(Box{x, y + 4.5, 6, 6}, class_colour(row.class_index), 1.5);
      y += (total ? 2 : 0);
      y += cells({row.name, row.customers, row.part, row.value, row.share},
                 total ? bold(cell_style) : cell_style) +
           3;
    }
    y += 4;
    for (const std::string& note : summary_.notes) {
      y += canvas_.text({x, y}, classes_width, note, note_style) + 3;
    }
    return y;
  }

  struct Columns {
    double rank, name, name_width, cls, value, share, bar, cumulative;
  };

  // Distances from the left margin; numbers end there.
  Columns columns() const {
    const double end = content_;
    return {0, 24, end - 24 - 268, end - 262, end - 158, end - 112, end - 104, end};
  }

  void draw_customers() {
    if (summary_.customers.empty()) return;
    draw_heading(margin, content_, summary_.customers_heading);
    y_ += 19;
    const Columns at = columns();
    const auto& heads = summary_.customer_columns;
    number(at.rank + 16, heads[0], column_style);
    canvas_.text({margin + at.name, y_}, 0, heads[1], column_style);
    canvas_.text({margin + at.cls, y_}, 0, heads[2], column_style);
    number(at.value, heads[3], column_style);
    number(at.share, heads[4], column_style);
    number(at.cumulative, heads[5], column_style);
    y_ += 13;
    canvas_.line({{margin, y_}, {margin + content_, y_}}, LineStyle{line, 0.8, false});
    const double largest = summary_.customers.front().share;
    for (const Summary::CustomerRow& row : summary_.customers) draw_customer(row, at, largest);
    y_ += section_gap;
  }

  void number(double end, const std::string& text, const TextStyle& style) {
    constexpr double room = 120;
    canvas_.text({margin + end - room, y_}, room, text, style.aligned(Align::right));
  }

  void draw_customer(const Summary::CustomerRow& row, const Columns& at, double largest) {
    y_ += 2.2;
    number(at.rank + 16, row.rank, TextStyle{8.6, false, faint, Align::left});
    const double height = draw_name(row, at);
    canvas_.fill(Box{margin + at.cls, y_ + 1, 14, 11},
                 bands[std::min<std::size_t>(row.class_index, 2)], 2);
    canvas_.text({margin + at.cls, y_}, 14, row.class_name,
                 TextStyle{8, true, class_colour(row.class_index), Align::centre});
    number(at.value, row.value, bold(cell_style));
    number(at.share, row.share_text, cell_style);
    constexpr double bar_width = 48;
    canvas_.fill(Box{margin + at.bar, y_ + 4, bar_width, 5}, sunken, 2);
    const double part = largest > 0 ? row.share / largest : 0;
    canvas_.fill(Box{margin + at.bar, y_ + 4, std::max(1.0, bar_width * part), 5},
                 class_colour(row.class_index), 2);
    number(at.cumulative, row.cumulative, cell_style);
    y_ += height + 2.2;
    canvas_.line({{margin, y_}, {margin + content_, y_}}, LineStyle{line, 0.4, false});
  }

  // The code behind the name, or below it where both do not fit in one line.
  double draw_name(const Summary::CustomerRow& row, const Columns& at) {
    const double name_width = canvas_.text_width(row.name, cell_style);
    const double x = margin + at.name;
    double height = canvas_.text({x, y_}, at.name_width, row.name, cell_style);
    if (row.code.empty()) return height;
    const double code_width = canvas_.text_width(row.code, note_style);
    if (name_width + 7 + code_width <= at.name_width) {
      canvas_.text({x + name_width + 7, y_ + 1.6}, 0, row.code, note_style);
    } else {
      height += canvas_.text({x, y_ + height}, at.name_width, row.code, note_style);
    }
    return height;
  }

  void draw_findings() {
    draw_heading(margin, content_, summary_.findings_heading);
    y_ += 19;
    constexpr double indent = 15;
    if (summary_.findings.empty()) {
      y_ += canvas_.text({margin, y_}, content_, summary_.no_findings,
                         TextStyle{8.8, false, faint, Align::left});
    }
    for (std::size_t i = 0; i < summary_.findings.size(); ++i) {
      canvas_.text({margin, y_}, 0, count_text(static_cast<std::int64_t>(i + 1)),
                   TextStyle{8.8, true, classes[0], Align::left});
      y_ += canvas_.text({margin + indent, y_}, content_ - indent, summary_.findings[i],
                         TextStyle{8.8, false, ink, Align::left}) +
            3.2;
    }
    y_ += section_gap;
  }

  Canvas& canvas_;
  const Summary& summary_;
  double width_;
  double chart_height_;
  double content_;
  double y_ = 0;
};

struct Measured {
  double content = 0;
  double foot = 0;
};

Result<Measured> measure(const Summary& summary, double width, double chart_height) {
  Measured measured;
  LP_CHECK(drawing::rehearse(summary.language, [&](Canvas& canvas) {
    Sheet sheet(canvas, summary, width, chart_height);
    measured.content = sheet.draw();
    measured.foot = sheet.foot_height();
  }));
  return measured;
}

void draw_all(Canvas& canvas, const Summary& summary, double width, double height,
              double chart_height) {
  Sheet sheet(canvas, summary, width, chart_height);
  sheet.draw();
  sheet.draw_foot(height - bottom_margin - sheet.foot_height());
}

}  // namespace

Result<std::string> summary_pdf(const Summary& summary) {
  Page page{paper_width, paper_height, 1, summary.language, summary.title};
  double chart_height = least_chart;
  while (true) {
    const double height = paper_height / page.zoom;
    LP_TRY(const Measured needed, measure(summary, paper_width / page.zoom, least_chart));
    const double spare = height - bottom_margin - needed.foot - needed.content;
    if (spare >= 0 || page.zoom * zoom_step < smallest_zoom) {
      chart_height = std::clamp(least_chart + spare, least_chart, most_chart);
      break;
    }
    page.zoom *= zoom_step;
  }
  const drawing::Painting painting = [&](Canvas& canvas) {
    draw_all(canvas, summary, paper_width / page.zoom, paper_height / page.zoom, chart_height);
  };
  return draw_pdf(page, {painting});
}

Result<std::string> summary_png(const Summary& summary) {
  LP_TRY(const Measured needed, measure(summary, paper_width, picture_chart));
  const double height = needed.content + needed.foot + bottom_margin;
  const Page page{paper_width, height, picture_zoom, summary.language, summary.title};
  return draw_png(
      page, [&](Canvas& canvas) { draw_all(canvas, summary, paper_width, height, picture_chart); });
}

}  // namespace linchpin::identify
