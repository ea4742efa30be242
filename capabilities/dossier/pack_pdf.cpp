#include <algorithm>
#include <functional>

#include "dossier/pack.h"
#include "drawing/canvas.h"

namespace linchpin::dossier {

namespace {

using drawing::Align;
using drawing::Box;
using drawing::Canvas;
using drawing::colour;
using drawing::Colour;
using drawing::LineStyle;
using drawing::Page;
using drawing::Painting;
using drawing::TextStyle;

namespace paper {                 // in points
constexpr double width = 595.28;  // A4
constexpr double height = 841.89;
constexpr double margin = 40;
constexpr double content = width - 2 * margin;
constexpr double top = 36;
constexpr double bottom = height - 44;
constexpr double label_width = 104;
constexpr double column_gap = 18;
constexpr double column = (content - column_gap) / 2;
constexpr double line_gap = 2.6;
constexpr double part_gap = 10;
constexpr double mark_degrees = 28;

constexpr Colour ink = colour(0x171b24);
constexpr Colour soft = colour(0x4a5364);
constexpr Colour faint = colour(0x656e80);
constexpr Colour rule = colour(0xdfe3ea);
constexpr Colour accent = colour(0x2f5fd0);
}  // namespace paper

const TextStyle name_style{17, true, paper::ink, Align::left};
const TextStyle note_style{9, false, paper::soft, Align::left};
const TextStyle heading_style{10.5, true, paper::ink, Align::left};
const TextStyle label_style{8.2, false, paper::faint, Align::left};
const TextStyle value_style{8.8, false, paper::ink, Align::left};
const TextStyle foot_style{7.2, false, paper::faint, Align::left};
const TextStyle mark_style{15, false, colour(0x171b24, 0.07), Align::left};

// Something that stays together on a page.
struct Block {
  double height = 0;
  double gap = 0;     // above it, where it is not the first of a page
  double wanted = 0;  // what must fit with it: a heading never ends a page
  std::function<void(Canvas&, double y)> draw;
};

double line_height(Canvas& canvas, const CardLine& line, double width) {
  const double label = canvas.text_height(paper::label_width, line.label, label_style);
  return std::max(label, canvas.text_height(width - paper::label_width, line.value, value_style)) +
         paper::line_gap;
}

void draw_line(Canvas& canvas, const CardLine& line, double x, double y, double width) {
  canvas.text({x, y}, paper::label_width - 6, line.label, label_style);
  canvas.text({x + paper::label_width, y}, width - paper::label_width, line.value, value_style);
}

class CardBlocks {
 public:
  CardBlocks(Canvas& canvas, const Card& card) : canvas_(canvas), card_(card) {}

  std::vector<Block> blocks() {
    add_head();
    for (const CardPart& part : card_.parts) {
      add_heading(part.heading);
      const std::size_t step = part.short_lines ? 2 : 1;
      for (std::size_t i = 0; i < part.lines.size(); i += step) add_row(part, i);
    }
    return std::move(blocks_);
  }

 private:
  void add_head() {
    const double name = canvas_.text_height(paper::content, card_.name, name_style);
    const double note = canvas_.text_height(paper::content, card_.note, note_style);
    blocks_.push_back(
        {name + note + 6, 0, 0, [&card = card_, name](Canvas& canvas, double y) {
           canvas.text({paper::margin, y}, paper::content, card.name, name_style);
           canvas.text({paper::margin, y + name}, paper::content, card.note, note_style);
         }});
  }

  void add_heading(const std::string& heading) {
    constexpr double height = 20;
    constexpr double with_first_line = 60;
    blocks_.push_back(
        {height, paper::part_gap, with_first_line, [heading](Canvas& canvas, double y) {
           canvas.fill(Box{paper::margin, y + 2.5, 3, 10}, paper::accent, 1.5);
           canvas.text({paper::margin + 8, y}, paper::content, heading, heading_style);
           canvas.line({{paper::margin, y + 17}, {paper::margin + paper::content, y + 17}},
                       LineStyle{paper::rule, 0.6, false});
         }});
  }

  void add_row(const CardPart& part, std::size_t i) {
    const CardLine& left = part.lines[i];
    if (!part.short_lines) {
      blocks_.push_back(
          {line_height(canvas_, left, paper::content), 0, 0, [&left](Canvas& canvas, double y) {
             draw_line(canvas, left, paper::margin, y, paper::content);
           }});
      return;
    }
    const CardLine* right = i + 1 < part.lines.size() ? &part.lines[i + 1] : nullptr;
    double height = line_height(canvas_, left, paper::column);
    if (right) height = std::max(height, line_height(canvas_, *right, paper::column));
    blocks_.push_back({height, 0, 0, [&left, right](Canvas& canvas, double y) {
                         draw_line(canvas, left, paper::margin, y, paper::column);
                         const double x = paper::margin + paper::column + paper::column_gap;
                         if (right) draw_line(canvas, *right, x, y, paper::column);
                       }});
  }

  Canvas& canvas_;
  const Card& card_;
  std::vector<Block> blocks_;
};

struct Placed {
  double y = 0;
  Block block;
};
struct Sheet {
  std::string name;  // of the card
  std::vector<Placed> blocks;
};

// Each card begins a page of its own.
void place(std::vector<Sheet>& sheets, const std::string& name, std::vector<Block> blocks) {
  sheets.push_back({name, {}});
  double y = paper::top;
  for (Block& block : blocks) {
    const double gap = sheets.back().blocks.empty() ? 0 : block.gap;
    if (y + gap + std::max(block.height, block.wanted) > paper::bottom &&
        !sheets.back().blocks.empty()) {
      sheets.push_back({name, {}});
      y = paper::top;
    } else {
      y += gap;
    }
    const double height = block.height;
    sheets.back().blocks.push_back({y, std::move(block)});
    y += height;
  }
}

void draw_marks(Canvas& canvas, const std::string& mark) {
  constexpr int rows = 5;
  for (int i = 0; i < rows; ++i) {
    const double y = paper::height * (i + 0.5) / rows;
    const double shift = i % 2 == 0 ? 0.28 : 0.72;
    canvas.turned_text({paper::width * shift, y}, paper::mark_degrees, mark, mark_style);
  }
}

void draw_foot(Canvas& canvas, const std::string& mark, const std::string& page) {
  const double y = paper::height - 34;
  canvas.line({{paper::margin, y}, {paper::margin + paper::content, y}},
              LineStyle{paper::rule, 0.5, false});
  canvas.text({paper::margin, y + 5}, paper::content, mark, foot_style);
  TextStyle right = foot_style;
  right.align = Align::right;
  canvas.text({paper::margin, y + 5}, paper::content, page, right);
}

}  // namespace

Result<std::string> pack_pdf(const CardSpeech& speech, const std::vector<Card>& cards,
                             const std::string& title, const std::string& mark) {
  std::vector<Sheet> sheets;
  // What draws a block points to its card; the writers of blocks end with the rehearsal.
  LP_CHECK(drawing::rehearse(speech.language, [&](Canvas& canvas) {
    for (const Card& card : cards) place(sheets, card.name, CardBlocks(canvas, card).blocks());
  }));
  std::vector<Painting> paintings;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const std::string page =
        sheets[i].name + "  " + std::to_string(i + 1) + " / " + std::to_string(sheets.size());
    paintings.emplace_back([&sheet = sheets[i], &mark, page](Canvas& canvas) {
      draw_marks(canvas, mark);
      for (const Placed& placed : sheet.blocks) placed.block.draw(canvas, placed.y);
      draw_foot(canvas, mark, page);
    });
  }
  return drawing::draw_pdf(Page{paper::width, paper::height, 1, speech.language, title}, paintings);
}

}  // namespace linchpin::dossier
