#pragma once

// Tables that go out: the whole answer of a query as a CSV or XLSX file, written by a job page by
// page. The pages are read through the record engine with the rights of whoever asked, so a table
// never says more than his lists do. Records that change while it is written may be in it as they
// were or as they are.

#include <chrono>
#include <optional>
#include <string>

#include "access/scope.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/locale.h"
#include "jobs/jobs.h"
#include "records/records.h"
#include "stream/audit_log.h"

namespace linchpin::exports {

enum class Format { csv, xlsx };
std::string_view format_name(Format format);
std::optional<Format> format_named(std::string_view name);

struct ExportRequest {
  std::string object;
  records::QueryRequest query;  // its page and count are not looked at
  Format format = Format::csv;
  Language language = Language::zh_cn;  // of headings and options
  stream::Origin origin = {};           // for the audit log; its actor is who asks
  std::string address = {};
};

// What can be fetched.
struct ExportedFile {
  std::string path;
  std::string file_name;  // as people call it: "客户-2026-11-21.xlsx"
  Format format = Format::csv;
};

class Exports {
 public:
  static constexpr std::int64_t max_rows = 1'000'000;  // what a spreadsheet opens
  static constexpr std::chrono::hours kept_files{24 * 7};

  struct Parts {
    records::Records& records;
    jobs::Jobs& jobs;
    const Clock& clock;
    IdGenerator& ids;
    const Texts& texts;
    std::string folder;  // where files are kept
  };
  // Makes its kind of job known to `jobs`, which it stops when it goes.
  explicit Exports(Parts parts);
  ~Exports();

  // The job's result is {download, file_name, rows, bytes, shortened}; `shortened` counts the cells
  // whose text was cut. Beyond max_rows the job fails with `export_too_large` {count, max}. Errors:
  // forbidden, those of the query, overloaded.
  Result<jobs::Job> create(const access::AccessScope& scope, const ExportRequest& request);

  // Of whoever asked for it, and for administrators. Errors: not_found, with `export_deleted` when
  // it was there; invalid_state / `export_not_done`.
  Result<ExportedFile> file(const access::AccessScope& scope, RecordId id);

  // Files of exports that ended more than kept_files ago.
  void delete_old_files();

 private:
  Result<json::object> perform(jobs::JobContext& context);
  Result<json::object> write(jobs::JobContext& context, const std::string& path);
  Status check_personal(const access::AccessScope& scope, const ExportRequest& request) const;
  stream::AuditNote note_of(const ExportRequest& request, const json::object& spec) const;
  std::string stored_path(RecordId id, Format format) const;
  bool is_old(RecordId id);

  Parts parts_;
};

}  // namespace linchpin::exports
