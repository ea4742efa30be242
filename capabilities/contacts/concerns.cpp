#include "contacts/concerns.h"

#include <array>
#include <map>

#include "records/scan.h"

namespace linchpin::contacts {

namespace {

struct Word {
  RecordId record;
  std::string text;
};

constexpr std::array<std::string_view, 7> person_classes{
    "deciding", "managing", "operating", "user", "technical", "finance", "purchasing"};

}  // namespace

Status write_concerns(JsonWriter& out, records::Records& records, const Texts& texts,
                      Language language) {
  std::map<std::string, Word, std::less<>> own;
  // Words of the workspace about nobody in particular: whoever signs in may read them.
  LP_CHECK(records.database().read([&](storage::Connection& connection) {
    own.clear();
    return records::scan_fields(records, connection, access::Authority::product(), "person_concern",
                                nullptr, {"person_class", "cares_about"},
                                [&](RecordId id, std::span<const storage::Value> values) {
                                  own[std::string(records::text_of(values[0]))] = {
                                      id, std::string(records::text_of(values[1]))};
                                });
  }));
  out.begin_object().key("concerns").begin_array();
  for (const std::string_view name : person_classes) {
    const auto found = own.find(name);
    const bool ours = found != own.end();
    out.begin_object().key("class").string(name).key("text");
    out.string(ours ? found->second.text
                    : texts.text(language, "contacts.concern." + std::string(name)));
    out.key("id");
    ours ? out.id(found->second.record) : out.null();
    out.end_object();
  }
  out.end_array().end_object();
  return {};
}

}  // namespace linchpin::contacts
