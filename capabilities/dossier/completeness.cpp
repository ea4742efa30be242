#include "dossier/completeness.h"

#include <algorithm>
#include <array>

namespace linchpin::dossier {

using namespace std::string_view_literals;

namespace {

// Eight by hand at most for a new target; everything else is asked for, never demanded.
constexpr std::array minimum_fields{"name"sv, "sector"sv,  "province"sv,
                                    "city"sv, "address"sv, "phone"sv,
                                    "legal_representative"sv, "owner"sv};
constexpr std::array common_fields{"credit_code"sv,
                                   "founded_on"sv,
                                   "registered_capital"sv,
                                   "ownership_type"sv,
                                   "employees"sv,
                                   "kind"sv,
                                   "management_structure"sv,
                                   "bank"sv,
                                   "credit_limit"sv,
                                   "payment_terms_start"sv,
                                   "payment_terms_days"sv,
                                   "tier"sv};
constexpr std::array public_fields{"purchase_potential"sv};
constexpr std::array bank_fields{"annual_revenue"sv,   "bank_rating"sv,  "purchase_potential"sv,
                                 "purchasing_level"sv, "total_assets"sv, "deposits"sv,
                                 "bank_branches"sv};
constexpr std::array operator_fields{"annual_revenue"sv,   "parent"sv,      "purchase_potential"sv,
                                     "purchasing_level"sv, "subscribers"sv, "network_types"sv};
constexpr std::array utility_fields{"annual_revenue"sv, "parent"sv, "purchase_potential"sv};
constexpr std::array commerce_fields{"annual_revenue"sv, "industry"sv,   "purchase_potential"sv,
                                     "sales_channel"sv,  "shop_count"sv, "floor_area"sv};
constexpr std::array business_fields{"annual_revenue"sv, "industry"sv, "purchase_potential"sv,
                                     "industry_rank"sv};

constexpr std::array public_sectors{"government"sv, "education"sv};
constexpr std::array bank_sectors{"finance"sv};
constexpr std::array operator_sectors{"telecom"sv};
constexpr std::array utility_sectors{"utilities"sv};
constexpr std::array commerce_sectors{"commerce"sv};

const std::array card{
    CardSection{"minimum", CardSection::For::everybody, {}, minimum_fields},
    CardSection{"common", CardSection::For::everybody, {}, common_fields},
    CardSection{"public", CardSection::For::sectors, public_sectors, public_fields},
    CardSection{"bank", CardSection::For::sectors, bank_sectors, bank_fields},
    CardSection{"operator", CardSection::For::sectors, operator_sectors, operator_fields},
    CardSection{"utility", CardSection::For::sectors, utility_sectors, utility_fields},
    CardSection{"commerce", CardSection::For::sectors, commerce_sectors, commerce_fields},
    CardSection{"business", CardSection::For::all_others, {}, business_fields},
};

bool names(const CardSection& section, std::string_view sector) {
  return std::find(section.sectors.begin(), section.sectors.end(), sector) !=
         section.sectors.end();
}

bool applies(const CardSection& section, std::string_view sector) {
  if (section.to == CardSection::For::everybody) return true;
  if (section.to == CardSection::For::sectors) return names(section, sector);
  return std::none_of(card.begin(), card.end(),
                      [&](const CardSection& other) { return names(other, sector); });
}

void write_names(JsonWriter& out, std::span<const std::string_view> listed) {
  out.begin_array();
  for (const std::string_view name : listed) out.string(name);
  out.end_array();
}

}  // namespace

std::span<const CardSection> card_sections() {
  return card;
}

void write_card_template(JsonWriter& out) {
  out.begin_object().key("sections").begin_array();
  for (const CardSection& section : card) {
    out.begin_object().key("key").string(section.key);
    const bool others = section.to == CardSection::For::all_others;
    out.key("otherwise").boolean(others).key("sectors");
    write_names(out, section.sectors);
    out.key("fields");
    write_names(out, section.fields);
    out.end_object();
  }
  out.end_array().end_object();
}

std::vector<CardField> card_fields(std::string_view sector) {
  std::vector<CardField> fields;
  for (const CardSection& section : card) {
    if (!applies(section, sector)) continue;
    const bool minimum = &section == card.data();
    for (const std::string_view name : section.fields) fields.push_back({name, minimum});
  }
  return fields;
}

Completeness completeness_of(std::string_view sector,
                             const std::function<bool(std::string_view field)>& is_filled) {
  Completeness result;
  for (const CardField& field : card_fields(sector)) {
    ++result.asked;
    if (is_filled(field.name)) {
      ++result.filled;
    } else {
      result.missing.push_back(field);
      if (field.minimum) result.minimum_met = false;
    }
  }
  return result;
}

}  // namespace linchpin::dossier
