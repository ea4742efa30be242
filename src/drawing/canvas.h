#pragma once

// A page to draw on: text with Chinese type, boxes and lines, in points from the upper left. The
// same drawing becomes a PDF with selectable text or a picture.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/locale.h"
#include "base/result.h"

struct _cairo;
struct _PangoLayout;

namespace linchpin::drawing {

struct Colour {
  double red = 0;
  double green = 0;
  double blue = 0;
  double alpha = 1;
};

// 0x2f5fd0 as the web writes #2f5fd0.
constexpr Colour colour(unsigned hex, double alpha = 1) {
  const auto part = [&](unsigned shift) {
    return static_cast<double>((hex >> shift) & 0xffU) / 255.0;
  };
  return {part(16), part(8), part(0), alpha};
}

struct Point {
  double x = 0;
  double y = 0;
};

struct Box {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

enum class Align { left, centre, right };

struct TextStyle {
  double size = 9;
  bool bold = false;
  Colour ink = {};
  Align align = Align::left;

  TextStyle aligned(Align side) const { return {size, bold, ink, side}; }
};

struct LineStyle {
  Colour ink = {};
  double width = 1;
  bool dashed = false;
};

class Canvas {
 public:
  Canvas(_cairo* context, _PangoLayout* layout) : context_(context), layout_(layout) {}

  // From the upper left corner of its lines, broken where it is wider than `width`; gives the
  // height that it takes.
  double text(Point corner, double width, std::string_view text, const TextStyle& style);
  double text_height(double width, std::string_view text, const TextStyle& style);
  double text_width(std::string_view text, const TextStyle& style);
  // A mark around its centre, upwards from left to right by so many degrees; it is a shape, so that
  // it is not selected with the text.
  void turned_text(Point centre, double degrees, std::string_view text, const TextStyle& style);

  void fill(Box box, Colour ink, double radius = 0);
  void fill(const std::vector<Point>& outline, Colour ink);
  void line(const std::vector<Point>& points, const LineStyle& style);
  void dot(Point centre, double radius, Colour ink);

 private:
  void lay_out(double width, std::string_view text, const TextStyle& style);
  void use(Colour ink);

  _cairo* context_;
  _PangoLayout* layout_;
};

struct Page {
  double width = 0;
  double height = 0;
  double zoom = 1;  // of everything that is drawn
  Language language = Language::zh_cn;
  std::string title;
};

using Painting = std::function<void(Canvas&)>;

// One page for each painting. Errors: internal, with what the library says.
Result<std::string> draw_pdf(const Page& page, const std::vector<Painting>& paintings);
Result<std::string> draw_png(const Page& page, const Painting& painting);
// Runs the painting on nothing, to learn what it takes.
Status rehearse(Language language, const Painting& painting);

}  // namespace linchpin::drawing
