#include "inbound/api.h"

#include "inbound/access_api.h"
#include "inbound/audit_api.h"
#include "inbound/changes_api.h"
#include "inbound/formulas_api.h"
#include "inbound/identity/identity_api.h"
#include "inbound/identity/second_factor_api.h"
#include "inbound/meta_api.h"
#include "inbound/preview_api.h"
#include "inbound/records_api.h"
#include "inbound/search_api.h"
#include "inbound/system_api.h"

namespace linchpin::inbound {

Api::Api(Parts parts)
    : services_(parts.services),
      identity_(services_.records, services_.clock, parts.ids),
      idempotency_(services_.records.database(), services_.clock, parts.workspace_key),
      web_(parts.web_folder, services_.texts),
      live_(services_, identity_),
      limits_(services_.clock, parts.requests_per_minute),
      handler_({services_, identity_, idempotency_, live_, web_, limits_}) {
  const bool always_secure = parts.public_url.starts_with("https://");
  install_identity_api(handler_, identity_, always_secure);
  install_second_factor_api(handler_, identity_);
  install_oidc_api(handler_, identity_, parts.oidc, always_secure);
  install_workspace_api(handler_, identity_, parts.settings, parts.product);
  install_meta_api(handler_);
  install_records_api(handler_);
  install_access_api(handler_);
  install_preview_api(handler_);
  install_audit_api(handler_);
  install_changes_api(handler_);
  install_formulas_api(handler_);
  install_search_api(handler_);
  install_system_api(handler_, {[this] {
                                  const HttpServer* server = server_;
                                  return server ? server->counters() : HttpCounters();
                                },
                                std::move(parts.openapi)});
}

Api::~Api() = default;

Status Api::ensure_tables(storage::Connection& connection) {
  LP_CHECK(Identity::ensure_tables(connection));
  LP_CHECK(Idempotency::ensure_tables(connection));
  return ensure_setting_table(connection);
}

}  // namespace linchpin::inbound
