#include "identify/pareto_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace linchpin::identify {

namespace {

constexpr double left_room = 38;
constexpr double right_room = 30;
constexpr double top_room = 16;
constexpr double bottom_room = 22;
constexpr double label_size = 6.8;
constexpr double min_label_distance = 22;
constexpr std::size_t max_bars = 160;
constexpr std::size_t max_curve_points = 600;

const TextStyle label_style{label_size, false, palette::faint, Align::left};

struct Edge {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t class_index = 0;
};

class Drawing {
 public:
  Drawing(Canvas& canvas, Box box, const Ranking& ranking, const std::vector<ClassLimit>& classes,
          const AmountFormat& amounts, const ParetoTexts& texts)
      : canvas_(canvas),
        ranking_(ranking),
        classes_(classes),
        texts_(texts),
        plot_{box.x + left_room, box.y + top_room, box.width - left_room - right_room,
              box.height - top_room - bottom_room},
        unit_(std::pow(10.0, amounts.scale + amounts.exponent)),
        step_(round_step(in_units(ranking.rows.front().value),
                         amounts.exponent == 0 && amounts.digits == 0)) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < ranking.classes.size(); ++i) {
      const std::size_t end = begin + static_cast<std::size_t>(ranking.classes[i].customers);
      edges_.push_back({begin, end, i});
      begin = end;
    }
  }

  void draw() {
    draw_bands();
    draw_axes();
    draw_bars();
    draw_limits();
    draw_curve();
    draw_top20();
    draw_customers();
  }

 private:
  double in_units(Units value) const { return static_cast<double>(value) / unit_; }
  double x_of(std::size_t customers) const {
    return plot_.x +
           plot_.width * static_cast<double>(customers) / static_cast<double>(ranking_.positive);
  }
  double y_of(double share) const { return plot_.y + plot_.height * (1 - share); }
  double bottom() const { return plot_.y + plot_.height; }
  double right() const { return plot_.x + plot_.width; }

  void draw_bands() {
    double free_from = plot_.x;
    for (const Edge& edge : edges_) {
      if (edge.begin == edge.end) continue;
      const double from = x_of(edge.begin);
      const double width = x_of(edge.end) - from;
      canvas_.fill(Box{from, plot_.y, width, plot_.height},
                   palette::bands[std::min<std::size_t>(edge.class_index, 2)]);
      const TextStyle name{8.5, true, class_colour(edge.class_index), Align::left};
      const double needed = canvas_.text_width(classes_[edge.class_index].name, name);
      const double at = std::max(from + (width - needed) / 2, free_from);
      canvas_.text({at, plot_.y - 13}, 0, classes_[edge.class_index].name, name);
      free_from = at + needed + 3;
    }
  }

  void draw_axes() {
    const LineStyle grid{palette::line, 0.5, false};
    for (int i = 0; i <= axis_steps; ++i) {
      const double share = static_cast<double>(i) / axis_steps;
      const double y = y_of(share);
      canvas_.line({{plot_.x, y}, {right(), y}}, grid);
      canvas_.text({plot_.x - left_room, y - 5}, left_room - 4, fmt::format("{:g}", step_ * i),
                   label_style.aligned(Align::right));
      canvas_.text({right() + 4, y - 5}, 0, share_text(share, 0), label_style);
    }
    canvas_.text({plot_.x - left_room, plot_.y - top_room}, 0, texts_.unit, label_style);
    canvas_.text({right() - 60, plot_.y - top_room}, 60 + right_room, texts_.cumulative,
                 label_style.aligned(Align::right));
  }

  // Neighbours share a bar where there are more customers than bars; it is as high as the largest.
  void draw_bars() {
    const std::size_t count = std::min(ranking_.positive, max_bars);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t begin = ranking_.positive * i / count;
      const std::size_t end = ranking_.positive * (i + 1) / count;
      const double height =
          plot_.height * std::min(1.0, in_units(ranking_.rows[begin].value) / (step_ * axis_steps));
      const double width = x_of(end) - x_of(begin);
      const double gap = width > 3 ? std::min(4.0, width * 0.2) : 0;
      const Colour ink = class_colour(ranking_.rows[begin].class_index);
      canvas_.fill(Box{x_of(begin) + gap / 2, bottom() - height, width - gap, height}, ink,
                   width > 6 ? 1.5 : 0);
    }
  }

  void draw_limits() {
    for (std::size_t i = 0; i + 1 < classes_.size(); ++i) {
      const double y = y_of(classes_[i].upto);
      const Colour ink = class_colour(i);
      canvas_.line({{plot_.x, y}, {right(), y}}, LineStyle{ink, 0.8, true});
      const TextStyle style{label_size, true, ink, Align::right};
      const std::string text = fmt::format("{} {:g}%", classes_[i].name, classes_[i].upto * 100);
      canvas_.text({right() - 63, y + 0.5}, 60, text, style);
    }
  }

  void draw_curve() {
    std::vector<Point> points{{plot_.x, bottom()}};
    const std::size_t count = std::min(ranking_.positive, max_curve_points);
    for (std::size_t i = 1; i <= count; ++i) {
      const std::size_t customers = ranking_.positive * i / count;
      points.push_back({x_of(customers), y_of(ranking_.rows[customers - 1].cumulative_share)});
    }
    canvas_.line(points, LineStyle{palette::curve, 1.5, false});
    canvas_.line({{plot_.x, bottom()}, {right(), bottom()}}, LineStyle{palette::faint, 0.7, false});
  }

  void draw_top20() {
    const std::size_t first = (ranking_.positive + 4) / 5;
    const Point at{x_of(first), y_of(ranking_.top20_share)};
    canvas_.dot(at, 3.4, colour(0xffffff));
    canvas_.dot(at, 2.4, palette::curve);
    const TextStyle style{7.4, true, palette::ink, Align::left};
    const double width = canvas_.text_width(texts_.top20, style);
    const double x = std::min(at.x + 7, right() - width - 4);
    canvas_.fill(Box{x - 2, at.y + 3, width + 4, 11}, colour(0xffffff, 0.85), 2);
    canvas_.text({x, at.y + 3}, 0, texts_.top20, style);
  }

  void draw_customers() {
    double last = plot_.x - min_label_distance;
    for (const Edge& edge : edges_) {
      const double x = x_of(edge.end);
      if (edge.begin == edge.end || x - last < min_label_distance) continue;
      canvas_.line({{x, bottom()}, {x, bottom() + 3}}, LineStyle{palette::faint, 0.6, false});
      canvas_.text({x - 20, bottom() + 2}, 40, count_text(static_cast<std::int64_t>(edge.end)),
                   label_style.aligned(Align::centre));
      last = x;
    }
    canvas_.text({plot_.x, bottom() + 11}, plot_.width, texts_.customers,
                 label_style.aligned(Align::centre));
  }

  Canvas& canvas_;
  const Ranking& ranking_;
  const std::vector<ClassLimit>& classes_;
  const ParetoTexts& texts_;
  Box plot_;
  double unit_;
  double step_;
  std::vector<Edge> edges_;
};

}  // namespace

double round_step(double largest, bool whole) {
  if (!(largest > 0)) return 1;
  const double rough = largest / axis_steps;
  if (whole && rough <= 1) return 1;
  const double magnitude = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0}) {
    const double step = magnitude * factor;
    if (step >= rough && (!whole || step == std::floor(step))) return step;
  }
  return magnitude * 10;
}

void draw_pareto(Canvas& canvas, Box box, const Ranking& ranking,
                 const std::vector<ClassLimit>& classes, const AmountFormat& amounts,
                 const ParetoTexts& texts) {
  if (ranking.positive == 0) return;
  Drawing(canvas, box, ranking, classes, amounts, texts).draw();
}

}  // namespace linchpin::identify
