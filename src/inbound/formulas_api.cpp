#include "inbound/formulas_api.h"

#include "records/formula/formula.h"

namespace linchpin::inbound {

void install_formulas_api(Registration& registration) {
  const json::object answer{
      {"functions", formula::describe_functions(registration.services().texts)}};
  Route route;
  route.pattern = "/meta/functions";
  route.handler = [body = json::serialize(answer)](const Request&, const Caller&) {
    return Result<Response>(Response::json(200, body));
  };
  registration.route(std::move(route));
}

}  // namespace linchpin::inbound
