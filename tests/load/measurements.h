#pragma once

// What script/bench measures: a server that runs, and the bare engine on the same database.

#include <cstdint>
#include <string>
#include <vector>

#include "bare_loops.h"
#include "base/json.h"
#include "report.h"
#include "server_process.h"
#include "setting.h"

namespace linchpin::load {

class Measurements {
 public:
  Measurements(const Setting& setting, const records::Schema& schema, Report& report)
      : setting_(setting), schema_(schema), report_(report) {}

  Status run();

 private:
  // What the product reached and the bare engine still has to: it writes when no server runs.
  struct Written {
    LoadResult creates;
    LoadResult updates;
  };

  Status measure_start();
  Result<Written> measure_server(BareLoops& bare);
  Status measure_reads(BareLoops& bare);
  Status get(BareLoops& bare);
  Status page(BareLoops& bare);
  Status page_with_lookups(BareLoops& bare);
  Status search(BareLoops& bare);
  Status groups(BareLoops& bare);
  Status deep_walk(BareLoops& bare);
  Status ranking();
  Status reach();
  Status account_view();
  // Models of its own, whose scores stay in the database.
  Status scoring();
  Status live(const ServerProcess& server);
  Result<LoadResult> creates();
  Result<LoadResult> updates();
  Status bare_writes(BareLoops& bare, const Written& written);

  Status score_all_accounts();
  Status keep_scores();
  Status rescore_one_account(const std::string& line, const std::string& account);
  Result<double> change_one_order(const std::string& line, const std::string& account,
                                  const char* price);
  Result<std::int64_t> wait_for_job(const std::string& id);
  Result<json::object> scoring_answer(const std::string& request);

  Status sample_ids();
  Result<std::string> deep_cursor(const std::string& query);
  Result<std::vector<std::string>> listeners();
  // A list of `request` on the product beside `list` on the bare engine: the same records.
  Status compare_lists(const std::string& name, const std::string& object,
                       const std::string& request, const BareList& list, BareLoops& bare);
  Result<std::string> token_of(const std::string& login);
  Result<std::string> answer_of(const std::string& request);
  Result<LoadResult> load(int connections, const std::vector<std::string>& requests);

  const Setting& setting_;
  const records::Schema& schema_;
  Report& report_;
  std::string token_;
  std::vector<std::string> ids_;
  std::vector<std::int64_t> numbers_;  // the same
  int port_ = 0;
};

}  // namespace linchpin::load
