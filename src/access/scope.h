#pragma once

// Who may do what. Nothing reads or writes records without an AccessScope, and only an Authority
// makes one, so that no path can forget to ask.

#include <string>
#include <string_view>

#include "base/id.h"
#include "stream/change_log.h"

namespace linchpin::access {

enum class Action { create, read, update, remove, restore, import, export_, configure };

enum class FieldRight { none, read, edit };

// The rows of an object that a scope reaches.
enum class Reach { none, all };

class AccessScope {
 public:
  RecordId user() const { return user_; }
  bool administrator() const { return kind_ != Kind::person; }
  const stream::Actor& actor() const { return actor_; }

  bool may(Action action, std::string_view object) const;
  FieldRight field_right(std::string_view object, std::string_view field) const;
  Reach reach(std::string_view object) const;

  // The same rights, acting through an import job: its changes name the job.
  AccessScope for_import(RecordId job) const;

 private:
  friend class Authority;
  enum class Kind { person, administrator, product };
  AccessScope(Kind kind, RecordId user, stream::Actor actor)
      : kind_(kind), user_(user), actor_(actor) {}

  Kind kind_;
  RecordId user_;
  stream::Actor actor_;
};

class Authority {
 public:
  static AccessScope administrator(RecordId user);
  static AccessScope person(RecordId user);
  // The product acting for itself: demo data, upgrades, the command line.
  static AccessScope product();
};

}  // namespace linchpin::access
