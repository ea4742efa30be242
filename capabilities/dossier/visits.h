#pragma once

// The round of a visit: the dossier is opened before it, the report is written after it, and the
// report plans the next one.

#include "dossier/reading.h"

namespace linchpin::dossier {

struct VisitReport {
  RecordId visit;       // a planned one; without it the account was visited or called unplanned
  RecordId account;     // of an unplanned one
  // Of the visit, as the caller gives them; `files` come to those that a planned one has.
  json::object fields;
};

struct Reported {
  RecordId visit;
  RecordId next;  // planned by the report; none where it names no next date
};

// Both visits in one transaction. Errors: those of a write; not_found.
Result<Reported> report_visit(const Reading& reading, const VisitReport& report,
                              const records::BatchOptions& options);

// Says that the dossier was opened before the visit; once only. Errors: as an update.
Status open_dossier(const Reading& reading, RecordId visit, const stream::Origin& origin);

}  // namespace linchpin::dossier
