#pragma once

// The objects of /meta. What is the same for everybody is written once per schema; what the caller
// may do is added for each.

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "access/scope.h"
#include "base/json_writer.h"
#include "records/schema.h"

namespace linchpin::inbound {

class MetaText {
 public:
  // An array of the objects and fields that the scope may read, each with the caller's rights.
  void write_objects(JsonWriter& out, const std::shared_ptr<const records::Schema>& schema,
                     const access::AccessScope& scope);

 private:
  // JSON objects without their closing bracket.
  struct ObjectText {
    const records::Object* object;
    std::string head;
    std::vector<std::string> fields;  // by Field::index
  };
  struct SchemaText {
    std::shared_ptr<const records::Schema> schema;
    std::vector<ObjectText> objects;
  };

  std::shared_ptr<const SchemaText> text_of(const std::shared_ptr<const records::Schema>& schema);

  std::mutex mutex_;
  std::shared_ptr<const SchemaText> held_;
};

}  // namespace linchpin::inbound
