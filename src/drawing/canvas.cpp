#include "drawing/canvas.h"

#include <cairo-pdf.h>
#include <cairo.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace linchpin::drawing {

namespace {

constexpr const char* families = "Noto Sans CJK SC, Noto Sans SC, sans-serif";
// The lines of Chinese type stand wide apart by themselves.
constexpr float line_spacing = 0.92F;
constexpr double quarter_turn = 1.5707963267948966;
constexpr double dash_lengths[] = {3, 2.5};
constexpr double max_picture_side = 30'000;

struct Release {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
  void operator()(PangoFontMap* fonts) const { g_object_unref(fonts); }
  void operator()(PangoContext* context) const { g_object_unref(context); }
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};
template <class T>
using Owned = std::unique_ptr<T, Release>;

cairo_status_t append(void* out, const unsigned char* bytes, unsigned size) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

Status check(cairo_status_t status) {
  if (status == CAIRO_STATUS_SUCCESS) return {};
  return Error::internal(std::string("cairo: ") + cairo_status_to_string(status));
}

// Type is measured without hinting, so that a picture breaks its lines as the PDF does.
void set_options(PangoContext* context, Language language) {
  const Owned<cairo_font_options_t> options(cairo_font_options_create());
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(context, options.get());
  pango_context_set_round_glyph_positions(context, FALSE);
  const char* tag = language == Language::zh_cn ? "zh-cn" : "en";
  pango_context_set_language(context, pango_language_from_string(tag));
}

// Fonts are held for one drawing only: loaded Chinese type is large.
Status paint(cairo_surface_t* surface, const Page& page, const std::vector<Painting>& paintings) {
  const Owned<cairo_t> context(cairo_create(surface));
  const Owned<PangoFontMap> fonts(pango_cairo_font_map_new());
  const Owned<PangoContext> type(pango_font_map_create_context(fonts.get()));
  set_options(type.get(), page.language);
  const Owned<PangoLayout> layout(pango_layout_new(type.get()));
  cairo_scale(context.get(), page.zoom, page.zoom);
  Canvas canvas(context.get(), layout.get());
  for (const Painting& painting : paintings) {
    painting(canvas);
    cairo_show_page(context.get());
  }
  return check(cairo_status(context.get()));
}

}  // namespace

void Canvas::use(Colour ink) {
  cairo_set_source_rgba(context_, ink.red, ink.green, ink.blue, ink.alpha);
}

void Canvas::lay_out(double width, std::string_view text, const TextStyle& style) {
  const Owned<PangoFontDescription> font(pango_font_description_from_string(families));
  pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
  pango_font_description_set_weight(font.get(),
                                    style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout_, font.get());
  pango_layout_set_text(layout_, text.data(), static_cast<int>(text.size()));
  pango_layout_set_width(layout_, width > 0 ? static_cast<int>(width * PANGO_SCALE) : -1);
  pango_layout_set_wrap(layout_, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing(layout_, line_spacing);
  const PangoAlignment alignments[] = {PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT};
  pango_layout_set_alignment(layout_, alignments[static_cast<int>(style.align)]);
}

double Canvas::text(Point corner, double width, std::string_view text, const TextStyle& style) {
  lay_out(width, text, style);
  use(style.ink);
  cairo_move_to(context_, corner.x, corner.y);
  pango_cairo_show_layout(context_, layout_);
  cairo_new_path(context_);  // pango leaves its place behind; a line would begin there
  int height = 0;
  pango_layout_get_size(layout_, nullptr, &height);
  return static_cast<double>(height) / PANGO_SCALE;
}

double Canvas::text_height(double width, std::string_view text, const TextStyle& style) {
  lay_out(width, text, style);
  int height = 0;
  pango_layout_get_size(layout_, nullptr, &height);
  return static_cast<double>(height) / PANGO_SCALE;
}

double Canvas::text_width(std::string_view text, const TextStyle& style) {
  lay_out(0, text, style);
  int width = 0;
  pango_layout_get_size(layout_, &width, nullptr);
  return static_cast<double>(width) / PANGO_SCALE;
}

void Canvas::turned_text(Point centre, double degrees, std::string_view text,
                         const TextStyle& style) {
  constexpr double right_angle = 90;
  const double width = text_width(text, style);
  const double height = text_height(0, text, style);
  cairo_save(context_);
  cairo_translate(context_, centre.x, centre.y);
  cairo_rotate(context_, -quarter_turn * degrees / right_angle);
  lay_out(0, text, style);
  use(style.ink);
  cairo_move_to(context_, -width / 2, -height / 2);
  pango_cairo_layout_path(context_, layout_);
  cairo_fill(context_);
  cairo_restore(context_);
}

void Canvas::fill(Box box, Colour ink, double radius) {
  use(ink);
  const double r = std::min({radius, box.width / 2, box.height / 2});
  if (r <= 0) {
    cairo_rectangle(context_, box.x, box.y, box.width, box.height);
  } else {
    const double right = box.x + box.width - r;
    const double bottom = box.y + box.height - r;
    cairo_new_sub_path(context_);
    cairo_arc(context_, right, box.y + r, r, -quarter_turn, 0);
    cairo_arc(context_, right, bottom, r, 0, quarter_turn);
    cairo_arc(context_, box.x + r, bottom, r, quarter_turn, 2 * quarter_turn);
    cairo_arc(context_, box.x + r, box.y + r, r, 2 * quarter_turn, 3 * quarter_turn);
    cairo_close_path(context_);
  }
  cairo_fill(context_);
}

void Canvas::fill(const std::vector<Point>& outline, Colour ink) {
  use(ink);
  for (const Point& point : outline) cairo_line_to(context_, point.x, point.y);
  cairo_close_path(context_);
  cairo_fill(context_);
}

void Canvas::line(const std::vector<Point>& points, const LineStyle& style) {
  use(style.ink);
  cairo_set_line_width(context_, style.width);
  cairo_set_line_join(context_, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash(context_, dash_lengths, style.dashed ? 2 : 0, 0);
  for (const Point& point : points) cairo_line_to(context_, point.x, point.y);
  cairo_stroke(context_);
}

void Canvas::dot(Point centre, double radius, Colour ink) {
  use(ink);
  cairo_arc(context_, centre.x, centre.y, radius, 0, 4 * quarter_turn);
  cairo_fill(context_);
}

Result<std::string> draw_pdf(const Page& page, const std::vector<Painting>& paintings) {
  std::string out;
  const Owned<cairo_surface_t> surface(
      cairo_pdf_surface_create_for_stream(append, &out, page.width, page.height));
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, page.title.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "Linchpin");
  LP_CHECK(paint(surface.get(), page, paintings));
  cairo_surface_finish(surface.get());
  LP_CHECK(check(cairo_surface_status(surface.get())));
  return out;
}

Result<std::string> draw_png(const Page& page, const Painting& painting) {
  const auto pixels = [&](double length) {
    return static_cast<int>(std::ceil(std::min(length * page.zoom, max_picture_side)));
  };
  const Owned<cairo_surface_t> surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, pixels(page.width), pixels(page.height)));
  LP_CHECK(check(cairo_surface_status(surface.get())));
  const Painting on_white = [&](Canvas& canvas) {
    canvas.fill(Box{0, 0, page.width, page.height}, colour(0xffffff));
    painting(canvas);
  };
  LP_CHECK(paint(surface.get(), page, {on_white}));
  std::string out;
  LP_CHECK(check(cairo_surface_write_to_png_stream(surface.get(), append, &out)));
  return out;
}

Status rehearse(Language language, const Painting& painting) {
  const Owned<cairo_surface_t> surface(
      cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, nullptr));
  Page page;
  page.language = language;
  return paint(surface.get(), page, {painting});
}

}  // namespace linchpin::drawing
