#include "dossier/completeness.h"

#include <array>

namespace linchpin::dossier {

namespace {

// Eight by hand at most for a new target; everything else is asked for, never demanded.
constexpr std::array minimum_fields{
    "name", "sector", "province", "city", "address", "phone", "legal_representative", "owner"};
constexpr std::array common_fields{"credit_code",
                                   "founded_on",
                                   "registered_capital",
                                   "ownership_type",
                                   "employees",
                                   "kind",
                                   "management_structure",
                                   "bank",
                                   "credit_limit",
                                   "payment_terms_start",
                                   "payment_terms_days",
                                   "tier"};
constexpr std::array business_fields{"annual_revenue", "industry", "purchase_potential",
                                     "industry_rank"};
constexpr std::array public_fields{"purchase_potential"};
constexpr std::array lender_fields{"annual_revenue", "bank_rating", "purchase_potential"};
constexpr std::array operator_fields{"annual_revenue", "parent", "purchase_potential"};

template <class Names>
void add_fields(std::vector<CardField>& fields, const Names& names, bool minimum) {
  for (const char* name : names) fields.push_back({name, minimum});
}

}  // namespace

std::vector<CardField> card_fields(std::string_view sector) {
  std::vector<CardField> fields;
  add_fields(fields, minimum_fields, true);
  add_fields(fields, common_fields, false);
  if (sector == "government" || sector == "education") {
    add_fields(fields, public_fields, false);
  } else if (sector == "finance") {
    add_fields(fields, lender_fields, false);
  } else if (sector == "telecom" || sector == "utilities") {
    add_fields(fields, operator_fields, false);
  } else {
    add_fields(fields, business_fields, false);
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
