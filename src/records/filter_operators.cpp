#include "records/filter_operators.h"

#include <algorithm>
#include <array>

#include "records/personal.h"

namespace linchpin::records {

namespace {

struct OpName {
  std::string_view name;
  FilterOp op;
};

constexpr std::array op_names{
    OpName{"and", FilterOp::all_of},
    OpName{"or", FilterOp::any_of},
    OpName{"not", FilterOp::negation},
    OpName{"eq", FilterOp::eq},
    OpName{"ne", FilterOp::ne},
    OpName{"lt", FilterOp::lt},
    OpName{"lte", FilterOp::lte},
    OpName{"gt", FilterOp::gt},
    OpName{"gte", FilterOp::gte},
    OpName{"in", FilterOp::in},
    OpName{"not_in", FilterOp::not_in},
    OpName{"between", FilterOp::between},
    OpName{"within", FilterOp::between},
    OpName{"contains", FilterOp::contains},
    OpName{"starts", FilterOp::starts},
    OpName{"empty", FilterOp::empty},
    OpName{"not_empty", FilterOp::not_empty},
    OpName{"has_any", FilterOp::has_any},
    OpName{"has_all", FilterOp::has_all},
    OpName{"has_none", FilterOp::has_none},
    OpName{"under", FilterOp::under},
    OpName{"some", FilterOp::some},
    OpName{"none", FilterOp::none},
    OpName{"every", FilterOp::every},
};

bool is_ordered(const Field& field) {
  return field.is_scaled() || field.type == FieldType::integer || field.type == FieldType::rating ||
         field.type == FieldType::date || field.type == FieldType::datetime || field.is_text();
}

bool is_set(const Field& field) {
  return field.many || field.type == FieldType::multi_select;
}

}  // namespace

bool fits(FilterOp op, const Field& field) {
  if (field.sensitivity == Sensitivity::personal) {
    const bool equality = op == FilterOp::eq || op == FilterOp::in;
    return op == FilterOp::empty || op == FilterOp::not_empty ||
           (equality && is_found_by_hash(field));
  }
  switch (op) {
    case FilterOp::empty:
    case FilterOp::not_empty:
      return true;
    case FilterOp::eq:
    case FilterOp::ne:
    case FilterOp::in:
    case FilterOp::not_in:
      return !is_set(field) && field.type != FieldType::json;
    case FilterOp::lt:
    case FilterOp::lte:
    case FilterOp::gt:
    case FilterOp::gte:
    case FilterOp::between:
      return is_ordered(field) && !is_set(field);
    case FilterOp::contains:
    case FilterOp::starts:
      return field.is_text();
    case FilterOp::has_any:
    case FilterOp::has_all:
    case FilterOp::has_none:
      return is_set(field);
    case FilterOp::under:
      return field.is_link() && !field.many;
    default:
      return false;
  }
}

std::optional<FilterOp> operator_named(std::string_view name) {
  const auto found = std::find_if(op_names.begin(), op_names.end(),
                                  [&](const OpName& entry) { return entry.name == name; });
  return found == op_names.end() ? std::nullopt : std::optional(found->op);
}

std::string fitting_operators(const Field& field) {
  std::string names;
  for (const OpName& entry : op_names) {
    if (!fits(entry.op, field)) continue;
    if (!names.empty()) names += ", ";
    names += entry.name;
  }
  return names;
}

}  // namespace linchpin::records
