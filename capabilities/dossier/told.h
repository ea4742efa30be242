#pragma once

// What there is to tell somebody of: comments that mention him, comments and complaints at accounts
// that are his or that he follows, tasks that others gave him. It is read from the records
// themselves, so that it never tells what he may not see.

#include "dossier/own.h"

namespace linchpin::dossier {

constexpr std::size_t max_told_of_source = 100;

struct Told {
  std::string kind;  // one of inbox_kinds
  std::string object, text;
  Instant at = 0;
  json::object fields;
  std::string record;
  std::string actor;      // the path of who did it, "" = nobody in particular
  bool critical = false;  // it does not wait for the end of quiet hours
  std::string id() const { return object + ":" + record; }
};

struct Telling {
  std::vector<Told> entries;  // newest first
  bool complete = true;       // whether no source held more
};

// What came from `from` on, and before `before` where that is not 0.
Result<Telling> told_to(const Reading& reading, const Own& own, Instant from, Instant before = 0);

}  // namespace linchpin::dossier
