#pragma once

// What an outside company registry 工商信息 says of an account: fetched, kept beside the card, and
// applied field by field once a person has looked at it. Nothing that it says changes the card by
// itself. Where a value came from is kept with its time.

#include <atomic>

#include "dossier/enrichment/mapping.h"
#include "dossier/reading.h"
#include "inbound/registration.h"

namespace linchpin::dossier {

// The value of this variable is sent as Authorization; what opens the registry is in no record.
constexpr const char* registry_key_variable = "LINCHPIN_REGISTRY_KEY";
constexpr int max_registry_questions =
    4;  // that wait at once: a slow one must not take all threads

enum class AskedBy { credit_code, name };

class Registry {
 public:
  Registry(records::Records& records, inbound::OutsideWeb* outside)
      : records_(records), outside_(outside) {}

  // Asks and keeps what is understood. Errors: not_found, forbidden for who may not change
  // accounts; invalid_state / `registry_not_configured`, `registry_nothing_to_ask_by`,
  // `registry_knows_nothing`, `registry_other_company` {name}, `registry_unusable`; overloaded /
  // `registry_busy`, those of OutsideWeb.
  Status fetch(const Reading& reading, RecordId account, std::optional<AskedBy> by,
               const stream::Origin& origin);

  // {"configured","source","finding":{"source","fetched_at","asked","differences":[{"field","ours",
  // "theirs"}],"same":[…],"unclear":[{"field","text"}]}|null,"provenance":[{"field","source",
  // "taken_at"}]}. Fields that the reader may not change are left out of the differences. Error:
  // not_found.
  Status write(JsonWriter& out, const Reading& reading, RecordId account) const;

  struct Choice {
    std::string fetched_at;  // of the answer that was looked at
    std::vector<std::string> fields;
    std::optional<json::object> base;  // what the card said then
    std::string reason;
  };
  // The card and where its values came from, in one transaction. Errors: those of an update;
  // invalid_state / `registry_nothing_fetched`, `registry_fetched_anew`; validation_failed /
  // `registry_not_offered` {field}.
  Status apply(const Reading& reading, RecordId account, const Choice& choice,
               const stream::Origin& origin) const;

 private:
  struct Source {
    std::string name;
    std::string address;
    std::vector<MappedField> mapping;
  };

  Result<std::optional<Source>> source() const;
  Result<json::value> ask(const Source& source, const std::string& query);

  records::Records& records_;
  inbound::OutsideWeb* outside_;
  std::atomic<int> waiting_ = 0;
};

}  // namespace linchpin::dossier
