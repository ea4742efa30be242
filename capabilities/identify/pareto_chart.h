#pragma once

// Bars, cumulative curve and class bands on one plot.

#include "drawing/canvas.h"
#include "identify/report_text.h"

namespace linchpin::identify {

using drawing::Align;
using drawing::Box;
using drawing::Canvas;
using drawing::Colour;
using drawing::colour;
using drawing::LineStyle;
using drawing::Point;
using drawing::TextStyle;

// What the web shows, so that A, B and C look alike everywhere.
namespace palette {
constexpr Colour ink = colour(0x171b24);
constexpr Colour soft = colour(0x4a5364);
constexpr Colour faint = colour(0x656e80);
constexpr Colour line = colour(0xdfe3ea);
constexpr Colour sunken = colour(0xf4f6fa);
constexpr Colour curve = colour(0x171b24);
constexpr Colour classes[] = {colour(0x2f5fd0), colour(0xd9822b), colour(0x8b94a5)};
constexpr Colour bands[] = {colour(0xedf1fb), colour(0xfcf4ec), colour(0xf5f6f8)};
}  // namespace palette

// A class beyond the third looks like the third.
constexpr Colour class_colour(std::size_t index) {
  return palette::classes[index < 2 ? index : 2];
}

struct ParetoTexts {
  std::string unit;        // above the axis of the bars
  std::string cumulative;  // above the axis of the curve
  std::string customers;   // below
  std::string top20;       // at the mark on the curve
};

// `classes` are those that the ranking was made with. Draws nothing without positive customers.
void draw_pareto(Canvas& canvas, Box box, const Ranking& ranking,
                 const std::vector<ClassLimit>& classes, const AmountFormat& amounts,
                 const ParetoTexts& texts);

constexpr int axis_steps = 4;

// A round step so that `axis_steps` of them reach `largest`; a whole number where figures are
// whole.
double round_step(double largest, bool whole);

}  // namespace linchpin::identify
