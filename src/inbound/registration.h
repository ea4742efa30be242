#pragma once

// How a capability joins the server: it registers routes here, and nothing else of inbound is its
// business. A handler gets the caller's AccessScope and works with records and jobs.

#include <functional>
#include <string>
#include <string_view>

#include "access/scope.h"
#include "base/locale.h"
#include "inbound/http/message.h"
#include "inbound/http/server.h"
#include "jobs/jobs.h"
#include "records/records.h"

namespace linchpin::inbound {

// Who asks, and what for.
struct Caller {
  const access::AccessScope& scope;
  Language language = Language::zh_cn;
  std::string request_id;
};

using Handler = std::function<Result<Response>(const Request&, const Caller&)>;

enum class Audience { everyone, signed_in, administrator };

struct Route {
  Method method = Method::get;
  std::string pattern;  // "/identify/ranking", "/records/{object}/{id}"; below /api/v1
  Handler handler;
  WorkKind work = WorkKind::read;
  RequestPlan::Body body = RequestPlan::Body::none;
  Audience audience = Audience::signed_in;
};

// What the parts of the server may use; wired once in apps/server.
struct Services {
  records::Records& records;
  jobs::Jobs& jobs;
  const Clock& clock;
  const Texts& texts;
};

class Registration {
 public:
  virtual ~Registration() = default;
  virtual void route(Route route) = 0;
  virtual const Services& services() const = 0;
};

}  // namespace linchpin::inbound
