#pragma once

// How a capability joins the server: it registers routes here, and nothing else of inbound is its
// business. A handler gets the caller's AccessScope and works with records and jobs.

#include <functional>
#include <string>
#include <string_view>

#include "access/scope.h"
#include "base/locale.h"
#include "inbound/http/message.h"
#include "inbound/http/outside_web.h"
#include "inbound/http/server.h"
#include "inbound/precondition.h"
#include "jobs/jobs.h"
#include "records/records.h"

namespace linchpin::inbound {

// Who asks, and what for.
struct Caller {
  const access::AccessScope& scope;
  Language language = Language::zh_cn;
  std::string request_id = {};
  std::string client = {};  // "web", or "token:" and the id of the API token
  // Set when the request carries an Idempotency-Key: runs within the write's own transaction with
  // the answer that will be given, so that a repeated request gets it again. A handler that leaves
  // it unused has its answer kept after the write instead.
  std::function<Status(storage::Connection&, const Response& answer)> keep_answer = nullptr;

  // What the change log says about a write of this request.
  stream::Origin origin() const { return {scope.actor(), request_id, client, 0, 0}; }
};

// Somebody who has not signed in: there is no scope to read records with.
struct Visitor {
  Language language = Language::zh_cn;
  std::string request_id;
};

using Handler = std::function<Result<Response>(const Request&, const Caller&)>;
using OpenHandler = std::function<Result<Response>(const Request&, const Visitor&)>;

enum class Audience { signed_in, administrator };

struct Route {
  Method method = Method::get;
  std::string pattern;  // "/identify/ranking", "/records/{object}/{id}"; below /api/v1
  Handler handler;
  WorkKind work = WorkKind::read;  // `write` asks for a token that may write, and for CSRF
  RequestPlan::Body body = RequestPlan::Body::none;
  bool raw_upload = false;        // see RequestPlan
  std::int64_t upload_bytes = 0;  // see RequestPlan
  Audience audience = Audience::signed_in;
  OpenHandler open = nullptr;  // instead of `handler`: everyone may call it
};

// What the parts of the server may use; wired once in apps/server.
struct Services {
  records::Records& records;
  jobs::Jobs& jobs;
  const Clock& clock;
  const Texts& texts;
  OutsideWeb* outside = nullptr;  // what is asked of others; null where nothing is
};

class Registration {
 public:
  virtual ~Registration() = default;
  virtual void route(Route route) = 0;
  virtual const Services& services() const = 0;
};

}  // namespace linchpin::inbound
