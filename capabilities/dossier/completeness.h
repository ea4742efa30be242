#pragma once

// How much of an account card is there: the fields that the card of a sector asks for, and the few
// without which a card is none. Pure.

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "base/json_writer.h"

namespace linchpin::dossier {

struct CardField {
  std::string_view name;
  bool minimum = false;  // a new target has at least these
};

// A part of the card's template: what everybody's card asks for, or the cards of some sectors, or
// those of all sectors that no other part names.
struct CardSection {
  enum class For { everybody, sectors, all_others };
  std::string_view key;
  For to = For::everybody;
  std::span<const std::string_view> sectors;
  std::span<const std::string_view> fields;
};
// The minimum set first.
std::span<const CardSection> card_sections();

// {"sections":[{"key","otherwise","sectors":[…],"fields":[…]}]}: without sectors a section is for
// everybody, or, `otherwise`, for the sectors that no other one names.
void write_card_template(JsonWriter& out);

// The card's fields for a sector (the key of account.sector, or empty), the minimum set first.
std::vector<CardField> card_fields(std::string_view sector);

struct Completeness {
  int filled = 0;
  int asked = 0;
  bool minimum_met = true;
  std::vector<CardField> missing;

  // In hundredths of a per cent, as a percent field of scale 2 holds it: 0.85 is 85 %.
  int hundredths() const { return asked == 0 ? 100 : filled * 100 / asked; }
};

Completeness completeness_of(std::string_view sector,
                             const std::function<bool(std::string_view field)>& is_filled);

}  // namespace linchpin::dossier
