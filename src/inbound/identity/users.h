#pragma once

// People as the sign-in sees them. They are records of the object `user`; this is the only place
// that knows which of their fields mean what.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "records/records.h"

namespace linchpin::inbound {

struct UserAccount {
  RecordId id;
  std::string login;
  std::string name;
  std::string locale;
  bool active = false;
};

// What people hold who are made without saying more: everything but administration.
constexpr std::string_view everyday_role = "operations";

struct NewUser {
  std::string login;
  std::string name;
  bool administrator = false;
  std::string role = std::string(everyday_role);  // of who is no administrator; empty: none
};

class Users {
 public:
  using Also = std::function<Status(storage::Connection&, RecordId user)>;

  explicit Users(records::Records& records) : records_(records) {}

  // Nobody where there is no such user, or he is in the trash.
  Result<std::optional<UserAccount>> with_login(std::string_view login);
  Result<std::optional<UserAccount>> with_id(RecordId id);

  // Errors of a record's creation. `also` runs in the same transaction.
  Result<RecordId> create(const NewUser& user, const Also& also);
  Status make_administrator(RecordId id);

 private:
  records::Records& records_;
};

}  // namespace linchpin::inbound
