#pragma once

// The plan as it is sent, member by member; what the members mean is the business of plan.cpp.

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace linchpin::imports {

// Collects everything that is wrong with a plan, so that it is told at once.
class PlanProblems {
 public:
  void add(std::string pointer, std::string code, ErrorParams params = {});
  void add_unknown(std::string pointer, std::string code, ErrorParams params = {});
  bool any() const { return !problems_.empty(); }
  Error error();

 private:
  std::vector<FieldProblem> problems_;
  bool unknown_ = false;
};

struct MappingText {
  std::string pointer;
  std::string column;
  std::string field;
  std::optional<std::string> link_by;
  std::optional<std::string> missing;  // JSON null is "null"
  std::optional<std::string> format;
};

struct PlanText {
  std::string object;
  std::string mode = "create";
  std::vector<std::string> match;
  std::vector<MappingText> mapping;
  std::optional<std::string> replace;
  bool repeat = false;
  json::object defaults;  // tax_basis among them
};

PlanText read_plan(const json::object& object, PlanProblems& problems);

}  // namespace linchpin::imports
