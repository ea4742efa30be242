#pragma once

// What the workspace has decided about itself: its name, its days, its money, its defaults. Owns
// the table lp_setting.

#include <memory>
#include <mutex>
#include <string>

#include "base/json_writer.h"
#include "inbound/body.h"
#include "inbound/deed.h"
#include "inbound/working_calendar.h"
#include "records/records.h"
#include "storage/storage.h"

namespace linchpin::inbound {

struct WorkspaceSettings {
  struct Abc {
    double a = 0.55;  // share of class A, and of class B after it
    double b = 0.30;
    std::string convention = "before";  // or "after"
  };

  std::string workspace_name = "Linchpin";
  std::string time_zone = "Asia/Shanghai";
  std::string currency = "CNY";
  int money_scale = 2;  // fixed when the workspace is made
  int fiscal_year_start_month = 1;
  int closing_day = 31;  // of a month; in a shorter one its last day
  Abc abc;
  WorkingCalendar working_calendar;
  std::string unit = "wan";  // in which reports show money: one, wan, yi
  int change_days = 400;     // how long entries of the change log are kept
};

void write_settings(JsonWriter& out, const WorkspaceSettings& settings);

// Takes over what `changes` names. Errors: validation_failed with every problem; unknown_member.
Result<WorkspaceSettings> changed(WorkspaceSettings settings, const Members& changes);

// Error: `unknown_time_zone`.
Result<records::WorkspaceFrame> frame_of(const WorkspaceSettings& settings);

Status ensure_setting_table(storage::Connection& connection);
Result<WorkspaceSettings> load_settings(storage::Connection& connection);
Status store_settings(storage::Connection& connection, const WorkspaceSettings& settings);

// The settings in force. Safe from any thread.
class Settings {
 public:
  explicit Settings(WorkspaceSettings settings)
      : held_(std::make_shared<const WorkspaceSettings>(std::move(settings))) {}

  std::shared_ptr<const WorkspaceSettings> get() const;
  // Stores the change and puts it in force, for the records too.
  Result<std::shared_ptr<const WorkspaceSettings>> change(records::Records& records,
                                                          const Members& changes, const Deed& deed,
                                                          Instant now);

 private:
  std::mutex change_mutex_;  // one change after the other
  mutable std::mutex mutex_;
  std::shared_ptr<const WorkspaceSettings> held_;
};

}  // namespace linchpin::inbound
