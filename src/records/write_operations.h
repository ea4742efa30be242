#pragma once

// Whole writes of one record within a transaction: what a single write does, and what a batch does
// many times. Rights to the object are the caller's question; each gives the row as it is stored.

#include "records/write_steps.h"

namespace linchpin::records {

Result<RowValues> create_record(const WriteFrame& frame, const Object& object,
                                const std::vector<FieldInput>& inputs);

// A patch with neither version nor base applies to the current record.
// Errors: not_found, version_conflict, validation_failed.
Result<RowValues> patch_record(const WriteFrame& frame, const Object& object, RecordId id,
                               const Patch& patch, const std::vector<FieldInput>& inputs,
                               std::string_view reason);

// Validates the new row, which differs from the stored one in more than its stamps or not at all,
// and stores it with the next version.
Status store_changes(const WriteFrame& frame, const Object& object, const RowValues& stored,
                     RowValues& row, std::string_view reason);

// `version` 0 = whatever is current. Errors: not_found, version_conflict, in_use.
Result<RowValues> remove_record(const WriteFrame& frame, const Object& object, RecordId id,
                                std::int64_t version, std::string_view reason);

Result<RowValues> bring_back_record(const WriteFrame& frame, const Object& object, RecordId id,
                                    std::int64_t version, std::string_view reason);

// What the entry says has been done is taken back; no row where the record is gone afterwards.
// Errors: forbidden; not_found; version_conflict with the fields that have changed since;
// invalid_state / `bulk_change`, `share_change`.
Result<std::optional<RowValues>> undo_change(const WriteFrame& frame, const Object& object,
                                             const stream::Entry& entry, std::string_view reason);

// A personal value stays masked.
std::string shown_in_conflict(const Field& field, const std::string& current_json);
Error conflict_error(std::vector<FieldConflict> conflicts, std::int64_t version);

}  // namespace linchpin::records
