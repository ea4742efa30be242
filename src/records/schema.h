#pragma once

// Metadata: what objects and fields there are. Standard objects are declared in
// capabilities/*/schema.json in the same form in which a customer's own objects are stored. A
// Schema never changes once made; a change of metadata makes a new one.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/role.h"
#include "base/json.h"
#include "base/locale.h"
#include "base/result.h"
#include "records/compute.h"
#include "storage/sql.h"

namespace linchpin::records {

enum class FieldType {
  id,
  text,
  long_text,
  integer,
  decimal,
  percent,
  money,
  boolean,
  date,
  datetime,
  select,
  multi_select,
  email,
  phone,
  url,
  user,
  department,
  link,
  attachment,
  autonumber,
  rating,
  json,
};
std::string_view type_name(FieldType type);
std::optional<FieldType> type_named(std::string_view name);

struct Option {
  std::string key;
  BothLanguages label;
  std::string color;  // token name, or empty
};

enum class Sensitivity { normal, personal };
enum class OnDelete { clear, restrict, cascade };

struct Field {
  std::string api_name;
  FieldType type = FieldType::text;  // of a computed field: the type of its values
  BothLanguages label;
  BothLanguages help;
  bool required = false;
  bool unique = false;
  bool name = false;       // a name: sorts by pinyin
  bool indexed = false;    // filters and sorts on it are served by an index
  bool read_only = false;  // set by rules, not by callers
  bool system = false;     // id, version, created_at, created_by, updated_at, updated_by
  bool important = false;  // a change needs a reason
  bool many = false;       // link or user: several of them
  bool custom = false;     // the workspace's own
  bool retired = false;    // a standard field that the workspace does without: see right_of()
  Sensitivity sensitivity = Sensitivity::normal;
  int scale = 0;               // digits after the point of decimal, percent, money
  std::size_t max_length = 0;  // of text, in code points
  std::string target;          // of a link (and "user", "department")
  OnDelete on_delete = OnDelete::clear;
  std::vector<Option> options;
  json::value default_value;  // null = none
  // A record that an import creates through this link takes these fields from the row that names
  // it first: {field of the new record, field of this object}.
  std::vector<std::pair<std::string, std::string>> fills;
  std::shared_ptr<const Compute> compute;  // null = the value is given
  bool stored = true;  // has a column; look-ups and what depends on the day are made at read
  // {object, field} that it is computed from: who may not read one of them may not read it.
  std::vector<std::pair<std::string, std::string>> walks;

  std::size_t index = 0;  // place in Object::fields
  storage::Name column{"id"};
  storage::Name key_column{"id"};  // where has_key_column()

  bool is_link() const;         // holds ids
  bool is_text() const;         // text, long_text, email, phone, url, autonumber
  bool is_scaled() const;       // decimal, percent, money
  bool has_key_column() const;  // a folded or pinyin form is stored beside it as <api_name>__key
  const Option* option(std::string_view key) const;
};

class ComputeGraph;

// How rows of an object belong to people.
struct Ownership {
  enum class Kind { none, owner, inherits } kind = Kind::none;
  std::string link;  // of `inherits`: the link that leads to the owning record
};

// A record counts for a fact only when the linked record's field has one of these values, or when
// there is no linked record.
struct FactCondition {
  std::string link;  // empty: the field is of the record itself
  std::string field;
  std::vector<std::string> values;
};

// Sums that are kept per day, month and so on, in the transaction of the records they sum up.
struct Fact {
  std::string name;      // tables fact_<name>_day …
  std::string date;      // date field
  std::string by;        // link field, for example account; no link = "unassigned", kept as 0
  std::string product;   // link field of the product grain, or empty
  std::string document;  // link field whose distinct values are counted, or empty
  std::string positive;  // measure whose sign decides which lines count for a document
  std::vector<std::string> measures;  // numeric fields that are summed
  std::optional<FactCondition> condition;
};

struct Object {
  std::string api_name;
  storage::Name table{"id"};
  BothLanguages label;
  std::string origin = "standard";  // or "custom"
  std::string capability;           // the folder that declares it
  std::string primary_field;
  Ownership ownership;
  std::vector<std::string> features;
  std::vector<Field> fields;
  std::vector<Fact> facts;

  const Field* field(std::string_view api_name) const;
  const Fact* fact(std::string_view name) const;
  bool has_feature(std::string_view feature) const;
};

// A link seen from the record it points at.
struct Referrer {
  const Object* object;
  const Field* field;
};

class Schema {
 public:
  const Object* object(std::string_view api_name) const;
  const std::vector<std::unique_ptr<const Object>>& objects() const { return objects_; }
  const std::vector<Referrer>& referrers(std::string_view target) const;
  int money_scale() const { return money_scale_; }
  // Counts the changes of metadata; 0 = nothing was ever changed.
  std::int64_t generation() const { return generation_; }
  const ComputeGraph& computed() const { return *computed_; }
  const access::Roles& roles() const { return roles_; }

 private:
  friend class SchemaBuilder;
  std::vector<std::unique_ptr<const Object>> objects_;
  std::map<std::string, const Object*, std::less<>> by_name_;
  std::map<std::string, std::vector<Referrer>, std::less<>> referrers_;
  std::shared_ptr<const ComputeGraph> computed_;
  access::Roles roles_;  // `administrator` is always one of them
  int money_scale_ = 2;
  std::int64_t generation_ = 0;
};

Error wrong_schema(std::string place);

class SchemaBuilder {
 public:
  explicit SchemaBuilder(int money_scale) : money_scale_(money_scale) {}
  // One schema.json: {"objects":[…],"roles":{key: rights}}. Errors name the place: malformed /
  // `wrong_schema` {place}. What a workspace adds says also where it is stored ("$table",
  // "$column", "$custom"); "$retired" is a standard field that it does without.
  Status add(std::string_view capability, const json::object& document);
  // Checks that links, facts and primary fields lead somewhere, settles what is computed. Errors:
  // wrong_schema; validation_failed for a computed field, with its place, down to the character.
  Result<std::shared_ptr<const Schema>> finish(std::int64_t generation = 0);

 private:
  int money_scale_;
  std::vector<std::unique_ptr<Object>> objects_;
  access::Roles roles_;
};

// The standard objects alone, from <folder>/*/schema.json.
Result<std::shared_ptr<const Schema>> load_schema(const std::string& folder, int money_scale);

// The form of /meta: labels in both languages.
json::object describe(const Object& object);
json::object describe(const Field& field);

}  // namespace linchpin::records
