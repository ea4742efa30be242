#pragma once

// Registers member functions of one object, which lives as long as its routes.

#include <memory>
#include <string>

#include "inbound/registration.h"

namespace linchpin::inbound {

template <class Api>
class MemberRoutes {
 public:
  using Answer = Result<Response> (Api::*)(const Request&, const Caller&);

  MemberRoutes(Registration& registration, std::shared_ptr<Api> api)
      : registration_(registration), api_(std::move(api)) {}

  void get(std::string pattern, Answer answer, Audience audience = Audience::signed_in) {
    add(Method::get, std::move(pattern), WorkKind::read, RequestPlan::Body::none, answer, audience);
  }
  // A POST that only asks.
  void ask(std::string pattern, Answer answer) {
    add(Method::post, std::move(pattern), WorkKind::read, RequestPlan::Body::memory, answer,
        Audience::signed_in);
  }
  void write(Method method, std::string pattern, Answer answer,
             Audience audience = Audience::signed_in) {
    add(method, std::move(pattern), WorkKind::write, RequestPlan::Body::memory, answer, audience);
  }

 private:
  void add(Method method, std::string pattern, WorkKind work, RequestPlan::Body body, Answer answer,
           Audience audience) {
    Route route;
    route.method = method;
    route.pattern = std::move(pattern);
    route.work = work;
    route.body = body;
    route.audience = audience;
    route.handler = [api = api_, answer](const Request& request, const Caller& caller) {
      return ((*api).*answer)(request, caller);
    };
    registration_.route(std::move(route));
  }

  Registration& registration_;
  std::shared_ptr<Api> api_;
};

}  // namespace linchpin::inbound
