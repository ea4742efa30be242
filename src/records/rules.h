#pragma once

// What a capability adds to the writing of its objects: a rule runs in the writing transaction, on
// every road that leads to a write, before the row is stored. What it keeps right of one object
// when another is written follows in the same transaction.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/working_calendar.h"
#include "records/row.h"
#include "records/row_access.h"

namespace linchpin::records {

// What a rule works within: the transaction and the workspace's days.
struct RuleFrame {
  storage::Connection& connection;
  const Schema& schema;
  const TimeZone& time_zone;
  const WorkingCalendar& calendar;
  Viewer viewer = unlimited();  // who writes
};

class RuleContext {
 public:
  RuleContext(const RuleFrame& frame, const Object& object, const RowValues* before,
              RowValues& after, std::vector<FieldProblem>& problems)
      : frame_(frame), object_(object), before_(before), after_(after), problems_(problems) {}

  const RuleFrame& frame() const { return frame_; }
  const Object& object() const { return object_; }

  bool creating() const { return before_ == nullptr; }
  // True on creation when the field has a value, on update when it differs.
  bool changed(const Field& field) const;
  // As it stands before the write; empty on creation.
  Value before(const Field& field) const { return before_ ? (*before_)[field.index] : Value(); }
  const Value& value(const Field& field) const { return after_[field.index]; }
  void set(const Field& field, Value value) { after_[field.index] = std::move(value); }
  // Refuses the write: `code` is a text key below "problem.".
  void refuse(const Field& field, std::string code, ErrorParams params = {});
  // The same of a place within the field's value: `below` is "" or begins with "/".
  void refuse_within(const Field& field, std::string_view below, std::string code,
                     ErrorParams params = {});

 private:
  const RuleFrame& frame_;
  const Object& object_;
  const RowValues* before_;
  RowValues& after_;
  std::vector<FieldProblem>& problems_;
};

// Errors are failures of storage; what is wrong with the values is said with refuse().
using Rule = std::function<Status(RuleContext&)>;

// Adds the records of an object that are concerned when a record of another is written. A row is
// null where the record did not exist, or lay in the trash, before or after.
using Concern = std::function<Status(const RuleFrame&, const RowValues* before,
                                     const RowValues* after, std::vector<RecordId>& concerned)>;
struct Concerned {
  std::string object;
  Concern find;
};

class Rules {
 public:
  void before_write(std::string object, Rule rule);
  // The fields that the rules of an object work with; where nothing is said, all that the product
  // declares.
  void uses(std::string object, std::vector<std::string> fields);
  const std::vector<Rule>& of(std::string_view object) const;

  // When a record of `written` is written, the rules that keep `concerned` run on what `find` adds.
  // What they set is no edit: the version stays, and the log says that the product did it.
  void concerns(std::string written, std::string concerned, Concern find);
  void keep(std::string object, Rule rule);
  const std::vector<Concerned>& concerned_by(std::string_view written) const;
  const std::vector<Rule>& keeping(std::string_view object) const;
  bool use(const Object& object, const Field& field) const;

 private:
  std::map<std::string, std::vector<Rule>, std::less<>> rules_;
  std::map<std::string, std::vector<Rule>, std::less<>> keeping_;
  std::map<std::string, std::vector<Concerned>, std::less<>> concerned_;
  std::map<std::string, std::vector<std::string>, std::less<>> uses_;
};

}  // namespace linchpin::records
