#pragma once

// The rows of lp_import.

#include <optional>
#include <vector>

#include "jobs/imports/import.h"
#include "storage/storage.h"

namespace linchpin::imports {

Status ensure_import_table(storage::Connection& connection);
Status insert_import(storage::Connection& connection, const Import& import);
Result<std::optional<Import>> read_import(storage::Connection& connection, RecordId id);
// Everything that changes after the upload.
Status update_import(storage::Connection& connection, const Import& import);
// Within a slice.
Status update_counters(storage::Connection& connection, RecordId id, const Counters& counters);

// Newest first, below `before` (0 = from the newest); of one person, or of everyone.
struct ImportPage {
  std::optional<RecordId> created_by;
  RecordId before;
  int limit = 50;
};
Result<std::vector<Import>> list_imports(storage::Connection& connection, const ImportPage& page);

// Another import of the same content into the same object that stands: done, or about to be.
Result<RecordId> find_twin(storage::Connection& connection, const Import& import);

// Files of imports that came before `before` and are not being worked on.
Result<std::vector<Import>> imports_with_old_files(storage::Connection& connection, Instant before);

}  // namespace linchpin::imports
