#pragma once

// One import: a file that was handed over, what it is to become, and how far that has come.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/id.h"
#include "base/json.h"
#include "jobs/requester.h"
#include "stream/change_log.h"

namespace linchpin::imports {

enum class State { uploaded, planning, planned, running, done, failed, cancelled, reverted };
std::string_view state_name(State state);

// The job that takes an import back.
constexpr std::string_view revert_kind = "import.revert";

struct FileColumn {
  std::string name;
  std::vector<std::string> samples;
  double multiplier = 1;        // 10000 for a heading in 万元
  std::string suggested_field;  // empty = none
};

// Where the table stands in the file.
struct FileLayout {
  std::vector<FileColumn> columns;
  std::int64_t first_data_row = 1;
  std::int64_t rows = 0;
  std::int64_t total_rows = 0;  // 小计 and 合计, left out
};

// What a run has written; rows of the object itself, except for `records`.
struct Counters {
  std::int64_t created = 0;
  std::int64_t updated = 0;
  std::int64_t failed = 0;
  std::int64_t skipped = 0;
  std::map<std::string, std::int64_t, std::less<>> records;  // created, by object
};

struct Import {
  RecordId id;
  State state = State::uploaded;
  std::string file_name;  // as the person called it
  std::string path;       // where it lies; empty when it was deleted
  std::int64_t size = 0;
  std::string fingerprint;  // SHA-256 of the content
  FileLayout layout;
  std::string object;  // from its plan
  json::object plan;
  json::object report;  // of the dry run
  Counters counters;
  json::object revert;    // {removed, restored, set_back, kept}
  bool began = false;     // a run has begun to write
  RecordId job;           // the one that works on it, or did last
  std::int64_t done = 0;  // its progress
  std::int64_t total = 0;
  Error problem;  // of a failed one; code internal and no detail = none
  bool has_problem = false;
  jobs::Requester importer;
  Instant created_at = 0;
  Instant updated_at = 0;

  bool working() const { return state == State::planning || state == State::running; }
  // Nothing will read its file any more.
  bool ended() const { return state >= State::done; }
  // As the change log names what it writes.
  stream::Actor actor() const { return {stream::Actor::Kind::import, id}; }
};

json::object counters_json(const Counters& counters);

}  // namespace linchpin::imports
