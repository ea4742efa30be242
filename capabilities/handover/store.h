#pragma once

// Handovers as records: what is prepared, done, undone; who signed. Nobody else writes them.

#include "handover/carry_out.h"

namespace linchpin::handover {

struct Signature {
  std::string role;  // giver, receiver, supervisor
  RecordId user;
  Instant at = 0;
};

struct StoredHandover {
  RecordId id;
  RecordId owner;
  std::string state;
  Plan plan;
  std::vector<Signature> signatures;

  bool is_party(RecordId user) const;
  bool signed_off() const;  // by who gave, all who received, and one above them
};

Result<std::optional<StoredHandover>> find_handover(records::Records& records,
                                                    storage::Connection& connection, RecordId id);
Result<RecordId> create_handover(records::Records& records, storage::Connection& connection,
                                 const Plan& plan, const Deed& deed);
// Fields in API form.
Status change_handover(records::Records& records, storage::Connection& connection, const Deed& deed,
                       RecordId id, const json::object& fields);
json::array signatures_json(const std::vector<Signature>& signatures);

// Within the write: hands over what is prepared, and says so in its record.
Status execute_handover(records::Records& records, storage::Connection& connection,
                        const StoredHandover& stored, const Deed& deed);

}  // namespace linchpin::handover
