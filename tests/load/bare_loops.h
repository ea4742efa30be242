#pragma once

// The same SQL and the same JSON as the product, again and again on the bare engine.

#include <cstdint>
#include <string>
#include <vector>

#include "bare.h"
#include "records/schema.h"

namespace linchpin::load {

struct BareColumn {
  std::string name;  // in the answer
  std::string sql;
  const records::Field* field;
};

// What everybody may see of an object, under its own names.
std::vector<BareColumn> plain_columns(const records::Object& object);

struct BareList {
  std::string key;  // of the record: "id, version" with what stands before them
  std::vector<BareColumn> columns;
  std::string rest;  // from FROM on
};

class BareLoops {
 public:
  BareLoops(BareEngine& engine, double seconds) : engine_(engine), seconds_(seconds) {}

  // How often a second. `body` takes the last JSON, for comparison with the product's.
  Result<double> record(const BareList& list, const std::vector<std::int64_t>& ids,
                        std::string& body);
  Result<double> page(const BareList& list, std::string& body);
  // `sql` gives two texts, a count and a sum with two decimals a row.
  Result<double> groups(const std::string& sql, std::string& body);
  // Account rows with their change log entries, durable, `group` at a time; they are gone after it.
  Result<double> creates(int group);
  Result<double> updates(const std::vector<std::int64_t>& ids, int group);

 private:
  Result<double> repeat(const std::function<Status(std::int64_t n)>& work);
  Result<double> repeat_in_groups(int group, const std::function<Status(std::int64_t n)>& work);
  Status log_change(std::int64_t record, std::int64_t operation, const std::string& changes);

  BareEngine& engine_;
  double seconds_;
};

}  // namespace linchpin::load
