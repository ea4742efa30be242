#include "identify/scoring/read_model.h"

#include <algorithm>
#include <set>

#include "identify/ranking_request.h"
#include "identify/request_parts.h"

namespace linchpin::identify {

namespace {

constexpr Units default_margin = 3 * power_of_ten(points_scale);
constexpr std::size_t max_name = 64;

ErrorParams limits(std::string min, std::string max) {
  return {{"min", std::move(min)}, {"max", std::move(max)}};
}

// A decimal as text or a whole number; nothing when it is absent.
Result<std::optional<Units>> decimal_member(const json::object& members, const std::string& pointer,
                                            std::string_view name, int scale) {
  const std::string here = pointer + "/" + std::string(name);
  const json::value* value = members.if_contains(name);
  if (!value || value->is_null()) return std::optional<Units>();
  if (!value->is_string() && !value->is_int64()) return malformed(here, "expected_text");
  const std::string text =
      value->is_string() ? std::string(value->as_string()) : std::to_string(value->as_int64());
  const auto number = parse_decimal(text, scale);
  if (!number) return refuse(here, number.error().detail, number.error().params);
  return std::optional<Units>(*number);
}

Result<Units> bounded_member(const json::object& members, const std::string& pointer,
                             std::string_view name, Units least) {
  LP_TRY(const auto number, decimal_member(members, pointer, name, points_scale));
  const std::string here = pointer + "/" + std::string(name);
  if (!number) return refuse(here, "required");
  if (*number < least || *number > full_points) {
    return refuse(here, "out_of_range", limits(format_decimal(least, points_scale), "100"));
  }
  return *number;
}

// A whole number from 1; 0 when it is absent.
Result<int> count_member(const json::object& members, const std::string& pointer,
                         std::string_view name, std::int64_t most) {
  const json::value* value = members.if_contains(name);
  if (!value || value->is_null()) return 0;
  const std::string here = pointer + "/" + std::string(name);
  if (!value->is_int64()) return malformed(here, "expected_integer");
  if (value->as_int64() < 1 || value->as_int64() > most) {
    return refuse(here, "out_of_range", limits("1", std::to_string(most)));
  }
  return static_cast<int>(value->as_int64());
}

Result<std::string> name_member(const json::object& members, const std::string& pointer,
                                std::string_view name) {
  const json::value* value = members.if_contains(name);
  if (!value || value->is_null()) return std::string();
  const std::string here = pointer + "/" + std::string(name);
  if (!value->is_string()) return malformed(here, "expected_text");
  if (value->as_string().size() > max_name) {
    return refuse(here, "out_of_range", limits("1", std::to_string(max_name)));
  }
  return std::string(value->as_string());
}

Result<const json::array*> list_member(const json::object& members, const std::string& pointer,
                                       std::string_view name, std::size_t most) {
  const std::string here = pointer + "/" + std::string(name);
  const json::value* value = members.if_contains(name);
  if (!value || value->is_null()) return refuse(here, "required");
  if (!value->is_array()) return malformed(here, "expected_list");
  const json::array& items = value->as_array();
  if (items.empty() || items.size() > most) {
    return refuse(here, "out_of_range", limits("1", std::to_string(most)));
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!items[i].is_object()) return malformed(here + "/" + std::to_string(i), "expected_object");
  }
  return &items;
}

Result<NumberBand> read_number_band(const json::object& members, const std::string& pointer) {
  LP_CHECK(allow_only(members, pointer, {"from", "to", "points"}));
  NumberBand band;
  LP_TRY(band.from, decimal_member(members, pointer, "from", value_scale));
  LP_TRY(band.to, decimal_member(members, pointer, "to", value_scale));
  LP_TRY(band.points, bounded_member(members, pointer, "points", 0));
  if (band.from && band.to && *band.from >= *band.to) {
    return refuse(pointer + "/to", "band_empty");
  }
  return band;
}

// In ascending order, each beginning where the one before it ends.
Status check_numbers(const std::vector<NumberBand>& bands, const std::string& pointer) {
  const auto at = [&](std::size_t i, const char* side) {
    return pointer + "/" + std::to_string(i) + "/" + side;
  };
  const auto text = [](Units value) -> ErrorParams {
    return {{"at", format_decimal(value, value_scale)}};
  };
  if (bands.front().from) return refuse(at(0, "from"), "band_gap", text(*bands.front().from));
  for (std::size_t i = 1; i < bands.size(); ++i) {
    const auto& ends = bands[i - 1].to;
    const auto& begins = bands[i].from;
    if (!ends) return refuse(at(i - 1, "to"), "band_endless");
    if (!begins || *begins < *ends) return refuse(at(i, "from"), "band_overlap", text(*ends));
    if (*begins > *ends) return refuse(at(i, "from"), "band_gap", text(*ends));
  }
  if (bands.back().to)
    return refuse(at(bands.size() - 1, "to"), "band_gap", text(*bands.back().to));
  return {};
}

Result<ChoiceBand> read_choice_band(const json::object& members, const std::string& pointer,
                                    std::set<std::string>& seen) {
  LP_CHECK(allow_only(members, pointer, {"in", "points"}));
  ChoiceBand band;
  LP_TRY(band.points, bounded_member(members, pointer, "points", 0));
  const json::value* in = members.if_contains("in");
  if (!in || in->is_null()) return band;
  if (!in->is_array()) return malformed(pointer + "/in", "expected_list");
  for (std::size_t i = 0; i < in->as_array().size(); ++i) {
    const json::value& key = in->as_array()[i];
    const std::string here = pointer + "/in/" + std::to_string(i);
    if (!key.is_string()) return malformed(here, "expected_text");
    if (!seen.insert(std::string(key.as_string())).second) {
      return refuse(here, "choice_twice", {{"value", std::string(key.as_string())}});
    }
    band.keys.emplace_back(key.as_string());
  }
  if (band.keys.empty()) return refuse(pointer + "/in", "required");
  return band;
}

Status read_bands(const json::object& members, const std::string& pointer, Criterion& criterion) {
  LP_TRY(const json::array* items, list_member(members, pointer, "bands", max_bands));
  const std::string here = pointer + "/bands";
  const bool chooses = std::any_of(items->begin(), items->end(), [](const json::value& item) {
    return item.as_object().contains("in");
  });
  std::set<std::string> seen;
  for (std::size_t i = 0; i < items->size(); ++i) {
    const json::object& item = (*items)[i].as_object();
    const std::string place = here + "/" + std::to_string(i);
    if (chooses) {
      LP_TRY(ChoiceBand band, read_choice_band(item, place, seen));
      const bool takes_others = band.keys.empty();
      if (takes_others && i + 1 < items->size()) return refuse(place + "/in", "required");
      criterion.choices.push_back(std::move(band));
    } else {
      LP_TRY(const NumberBand band, read_number_band(item, place));
      criterion.numbers.push_back(band);
    }
  }
  if (!chooses) return check_numbers(criterion.numbers, here);
  if (!criterion.choices.back().keys.empty()) return refuse(here, "choices_not_covered");
  return {};
}

Result<MissingRule> read_missing(const json::object& members, const std::string& pointer) {
  LP_TRY(const std::string rule, name_member(members, pointer, "missing"));
  if (rule.empty()) return MissingRule::by_kind;
  if (rule == "zero") return MissingRule::zero;
  if (rule == "leave_out") return MissingRule::leave_out;
  return refuse(pointer + "/missing", "no_such_option", {{"value", rule}});
}

Result<Criterion> read_criterion(const json::object& members, const std::string& pointer) {
  LP_CHECK(allow_only(
      members, pointer,
      {"key", "field", "measure", "months", "half_life_days", "weight", "missing", "bands"}));
  Criterion criterion;
  LP_TRY(criterion.key, name_member(members, pointer, "key"));
  if (criterion.key.empty()) return refuse(pointer + "/key", "required");
  LP_TRY(criterion.field, name_member(members, pointer, "field"));
  LP_TRY(criterion.measure, name_member(members, pointer, "measure"));
  if (criterion.field.empty() == criterion.measure.empty()) {
    return refuse(pointer + "/field", "criterion_source");
  }
  LP_TRY(criterion.months, count_member(members, pointer, "months", max_measure_months));
  LP_TRY(criterion.half_life_days,
         count_member(members, pointer, "half_life_days", max_half_life_days));
  LP_TRY(criterion.weight, bounded_member(members, pointer, "weight", 1));
  LP_TRY(criterion.missing, read_missing(members, pointer));
  LP_CHECK(read_bands(members, pointer, criterion));
  return criterion;
}

Result<std::vector<Threshold>> read_thresholds(const json::object& model) {
  LP_TRY(const json::array* items, list_member(model, "", "thresholds", max_thresholds));
  std::vector<Threshold> thresholds;
  for (std::size_t i = 0; i < items->size(); ++i) {
    const std::string place = "/thresholds/" + std::to_string(i);
    const json::object& members = (*items)[i].as_object();
    LP_CHECK(allow_only(members, place, {"tier", "from"}));
    Threshold threshold;
    LP_TRY(threshold.tier, name_member(members, place, "tier"));
    if (threshold.tier.empty()) return refuse(place + "/tier", "required");
    LP_TRY(threshold.from, bounded_member(members, place, "from", 0));
    for (const Threshold& earlier : thresholds) {
      if (earlier.tier == threshold.tier) return refuse(place + "/tier", "duplicate_value");
    }
    if (!thresholds.empty() && thresholds.back().from <= threshold.from) {
      return refuse(place + "/from", "thresholds_not_descending");
    }
    thresholds.push_back(std::move(threshold));
  }
  if (thresholds.back().from != 0) {
    return refuse("/thresholds/" + std::to_string(items->size() - 1) + "/from",
                  "thresholds_end_above_zero");
  }
  return thresholds;
}

}  // namespace

Result<ScoringModel> read_model(const json::object& body) {
  LP_CHECK(allow_only(body, "", {"criteria", "thresholds", "margin"}));
  ScoringModel model;
  LP_TRY(const json::array* items, list_member(body, "", "criteria", max_criteria));
  std::set<std::string> keys;
  for (std::size_t i = 0; i < items->size(); ++i) {
    const std::string place = "/criteria/" + std::to_string(i);
    LP_TRY(Criterion criterion, read_criterion((*items)[i].as_object(), place));
    if (!keys.insert(criterion.key).second) return refuse(place + "/key", "duplicate_value");
    model.criteria.push_back(std::move(criterion));
  }
  LP_TRY(model.thresholds, read_thresholds(body));
  model.margin = default_margin;
  if (body.contains("margin")) {
    LP_TRY(model.margin, bounded_member(body, "", "margin", 0));
  }
  return model;
}

}  // namespace linchpin::identify
