#pragma once

// What the writer and the read pool need of a dialect: a connection that can hold a transaction.
// Used by one thread at a time.

#include "storage/storage.h"

namespace linchpin::storage {

class Session : public Connection {
 public:
  // Opens the connection anew when a failure has made it unusable; otherwise does nothing.
  virtual Status make_ready() = 0;

  virtual Status begin_read() = 0;
  // Makes itself ready first. Error: overloaded when another process keeps the database locked.
  virtual Status begin_write() = 0;
  virtual Status commit() = 0;
  // Afterwards there is no transaction, or the next make_ready opens the connection anew.
  virtual void rollback() = 0;

  // One level is enough: a savepoint ends before the next one starts.
  virtual Status set_savepoint() = 0;
  virtual Status release_savepoint() = 0;
  virtual Status rollback_to_savepoint() = 0;

  virtual bool in_transaction() const = 0;
  // A statement has failed outside of attempt(), and the database lets only undo the request.
  virtual bool is_spoilt() const { return false; }
  // The failure after which nothing of the running transaction can be kept; null when there is
  // none. Known here even where the code that met it has swallowed it.
  virtual const Error* fatal_error() const = 0;

  // Housekeeping of the writer, after a transaction of this kind; nothing: nobody has written for a
  // while.
  virtual void maintain(std::optional<WriteKind> after) = 0;
};

}  // namespace linchpin::storage
