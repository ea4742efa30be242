#pragma once

// One export as its job does it: columns, pages, cells.

#include <memory>
#include <string>
#include <vector>

#include "jobs/exports/exports.h"
#include "jobs/exports/link_texts.h"
#include "jobs/exports/table_file.h"
#include "records/filter.h"

namespace linchpin::exports {

class ExportRun {
 public:
  ExportRun(records::Records& records, const Texts& texts, const access::AccessScope& scope,
            ExportRequest request);

  // What is exported, and how many rows that is. Errors: those of the query, `export_too_large`.
  Status open();
  const std::vector<Heading>& headings() const { return headings_; }
  std::int64_t total() const { return total_; }

  // The next page into the file; false when there is none. Errors also of the file.
  Result<bool> slice(TableFile& file);
  std::int64_t rows() const { return rows_; }

 private:
  Status count();
  Status find_columns();
  Result<json::object> next_page();
  Status add_row(TableFile& file, const json::object& fields);

  records::Records& records_;
  const access::AccessScope& scope_;
  ExportRequest request_;
  const records::WorkspaceFrame frame_;
  const Manner manner_;
  const std::shared_ptr<const records::Schema> schema_;  // the columns point into it
  LinkTexts links_;
  std::vector<records::FieldPath> columns_;
  std::vector<Heading> headings_;
  std::vector<Cell> row_;
  std::int64_t total_ = 0;
  std::int64_t rows_ = 0;
};

}  // namespace linchpin::exports
