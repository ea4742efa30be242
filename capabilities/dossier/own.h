#pragma once

// What belongs to the reader himself, whatever his roles say of such records: his marks, what he
// follows, what he took along. It is read and written with the product's rights.

#include "dossier/reading.h"
#include "records/bulk.h"

namespace linchpin::dossier {

class Own {
 public:
  explicit Own(const Reading& reading)
      : scope_(access::Authority::product()),
        reading_(reading.records(), scope_),
        id_(reading.scope().user()),
        user_(format_id(id_)) {}

  const Reading& reading() const { return reading_; }
  RecordId user_id() const { return id_; }
  json::string user() const { return json::string(user_); }

  // What `work` writes with the product's rights, named by the reader.
  template <class Work>
  Status write(const stream::Origin& origin, const Work& work) const {
    return reading_.records().database().write([&](storage::Connection& connection) -> Status {
      records::BulkSlice slice(reading_.records(), connection, scope_, origin);
      LP_CHECK(work(slice));
      return slice.finish();
    });
  }

 private:
  const access::AccessScope scope_;
  const Reading reading_;
  const RecordId id_;
  const std::string user_;
};

using NamedValues = std::vector<std::pair<std::string_view, storage::Value>>;

// Writes these fields of a record, a new one where none exists.
inline Result<RecordId> keep_record(records::BulkSlice& slice, std::string_view name,
                                    RecordId existing, const NamedValues& values) {
  const records::Object& object = *slice.object(name);
  if (existing) {
    std::vector<records::FieldInput> inputs;
    for (const auto& [field, value] : values) inputs.push_back({object.field(field), value});
    LP_CHECK(slice.update(object, existing, std::move(inputs)));
    return existing;
  }
  records::RowValues row(object.fields.size());
  for (const auto& [field, value] : values) row[object.field(field)->index] = value;
  return slice.create(object, row);
}

}  // namespace linchpin::dossier
