#include "inbound/identity/passwords.h"

#include <set>

#include "base/crypto.h"
#include "base/text.h"
#include "storage/ddl.h"

namespace linchpin::inbound {

using storage::Connection;
using storage::Sql;

Status check_new_password(std::string_view login, std::string_view password, std::string pointer) {
  if (code_points(password) < min_password_length) {
    return Error::invalid(FieldProblem{std::move(pointer),
                                       {},
                                       "password_too_short",
                                       {{"min", std::to_string(min_password_length)}}});
  }
  if (fold(password) == fold(login)) {
    return Error::invalid(FieldProblem{std::move(pointer), {}, "password_is_login", {}});
  }
  const std::set<char> used(password.begin(), password.end());
  if (used.size() < min_password_letters) {
    return Error::invalid(FieldProblem{std::move(pointer),
                                       {},
                                       "password_too_simple",
                                       {{"min", std::to_string(min_password_letters)}}});
  }
  return {};
}

Status ensure_credential_table(Connection& connection) {
  const auto dialect = connection.dialect();
  Sql sql("CREATE TABLE IF NOT EXISTS lp_credential (user_id");
  sql.add(storage::key_column(dialect)).add(", hash TEXT NOT NULL, changed_at BIGINT NOT NULL)");
  LP_CHECK(connection.execute(sql));
  return {};
}

Result<bool> has_credentials(Connection& connection) {
  LP_TRY(const std::int64_t found,
         query_integer(connection, Sql("SELECT 1 FROM lp_credential LIMIT 1"), 0));
  return found == 1;
}

Result<std::optional<std::string>> password_hash_of(Connection& connection, RecordId user) {
  Sql sql("SELECT hash FROM lp_credential WHERE user_id = ");
  sql.value(user);
  LP_TRY(std::string hash, query_text(connection, sql));
  if (hash.empty()) return std::optional<std::string>();
  return std::optional(std::move(hash));
}

Status store_password_hash(Connection& connection, RecordId user, std::string_view hash,
                           Instant now) {
  Sql sql("INSERT INTO lp_credential(user_id, hash, changed_at) VALUES (");
  sql.value(user).add(", ").value(hash).add(", ").value(now);
  sql.add(
      ") ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, "
      "changed_at = excluded.changed_at");
  LP_CHECK(connection.execute(sql));
  return {};
}

// A place among those who may compute; gives itself back.
class PasswordChecker::Permit {
 public:
  static Result<Permit> take(PasswordChecker& checker) {
    std::unique_lock lock(checker.mutex_);
    if (checker.running_ >= max_at_once && checker.waiting_ >= max_waiting) {
      Error error = Error::of(ErrorCode::rate_limited, "sign_in_busy");
      error.retry_after_seconds = retry_seconds;
      return error;
    }
    ++checker.waiting_;
    checker.freed_.wait(lock, [&] { return checker.running_ < max_at_once; });
    --checker.waiting_;
    ++checker.running_;
    return Permit(checker);
  }
  explicit Permit(PasswordChecker& checker) : checker_(&checker) {}
  Permit(Permit&& other) noexcept : checker_(std::exchange(other.checker_, nullptr)) {}
  Permit& operator=(Permit&&) = delete;
  ~Permit() {
    if (checker_ == nullptr) return;
    {
      const std::lock_guard lock(checker_->mutex_);
      --checker_->running_;
    }
    checker_->freed_.notify_one();
  }

 private:
  PasswordChecker* checker_;
};

Result<std::string> PasswordChecker::decoy() {
  {
    const std::lock_guard lock(mutex_);
    if (!decoy_.empty()) return decoy_;
  }
  LP_TRY(std::string made, hash_password(random_bytes(key_bytes)));
  const std::lock_guard lock(mutex_);
  if (decoy_.empty()) decoy_ = std::move(made);
  return decoy_;
}

Result<bool> PasswordChecker::verify(const std::optional<std::string>& hash,
                                     std::string_view password) {
  LP_TRY(const Permit permit, Permit::take(*this));
  // Made for everybody who comes first, so that the time does not tell whether it was needed.
  LP_TRY(const std::string other, decoy());
  const bool matches = verify_password(hash ? *hash : other, password);
  return hash.has_value() && matches;
}

Result<std::string> PasswordChecker::hash(std::string_view password) {
  LP_TRY(const Permit permit, Permit::take(*this));
  return hash_password(password);
}

}  // namespace linchpin::inbound
