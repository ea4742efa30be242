#pragma once

// The key that personal data and kept answers are sealed with. It lies beside the database in a
// file that only its owner may read, or comes from LINCHPIN_WORKSPACE_KEY; without it a copy of the
// database tells nothing personal.

#include <optional>
#include <string>
#include <string_view>

#include "base/crypto.h"
#include "base/result.h"

namespace linchpin::server {

enum class KeyIs { expected, new_if_missing };

// Whoever works with a workspace holds its key file; the key is changed only while nobody else
// does.
// A key from the environment has no file and is not held.
class KeyHold {
 public:
  KeyHold() = default;
  ~KeyHold();
  KeyHold(const KeyHold&) = delete;
  KeyHold& operator=(const KeyHold&) = delete;
  // Error: unusable_database / `workspace_key_changing` {file}.
  Status share(const std::string& database_path);
  // Error: unusable_database / `workspace_in_use`.
  Status take_alone() const;

 private:
  int handle_ = -1;
};

// The key that comes next: from LINCHPIN_NEW_WORKSPACE_KEY, else a random one where the present one
// lies in a file. It is written beside that file, and put in its place when the database has taken
// it. Errors: unusable_database / `new_workspace_key_missing`, `workspace_key_unreadable` {file}.
struct NextKey {
  Key key{};
  bool in_file = false;
};
Result<NextKey> next_workspace_key(const std::string& database_path);
// The key that was is kept in a file of its own, which is given: copies made before need it.
Result<std::string> take_next_key_file(const std::string& database_path, std::string_view day);
// The key that a change which was broken off has left; empty where there is none.
Result<std::optional<Key>> left_workspace_key(const std::string& database_path);

// Errors: unusable_database / `workspace_key_missing` {file}, `workspace_key_unreadable` {file}.
Result<Key> workspace_key(const std::string& database_path, KeyIs presence);

}  // namespace linchpin::server
