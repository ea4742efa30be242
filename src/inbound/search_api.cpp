#include "inbound/search_api.h"

#include "base/json_writer.h"
#include "inbound/body.h"
#include "inbound/member_routes.h"
#include "subscribers/search/search.h"

namespace linchpin::inbound {

namespace {

class SearchApi {
 public:
  explicit SearchApi(records::Records& records) : records_(records) {}

  Result<Response> find(const Request& request, const Caller& caller) {
    search::SearchRequest wanted;
    wanted.text = request.head.query_value("q").value_or("");
    LP_TRY(wanted.objects,
           listed_names(request.head.query_value("objects").value_or(""), "objects"));
    LP_TRY(const std::int64_t limit,
           integer_query(request.head, "limit", search::default_hits, 1, search::max_hits));
    wanted.limit = static_cast<int>(limit);
    JsonWriter out;
    LP_CHECK(search::find(records_, caller.scope, wanted, out));
    return Response::json(200, out.take());
  }

 private:
  records::Records& records_;
};

}  // namespace

void install_search_api(Registration& registration) {
  MemberRoutes routes(registration, std::make_shared<SearchApi>(registration.services().records));
  routes.get("/search", &SearchApi::find);
}

}  // namespace linchpin::inbound
