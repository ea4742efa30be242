#include "inbound/meta_api.h"

#include "base/json_writer.h"
#include "inbound/body.h"
#include "inbound/member_routes.h"
#include "records/field_change.h"
#include "records/metadata.h"

namespace linchpin::inbound {

using records::Metadata;
using records::MetadataAnswer;
using records::MetadataRequest;

namespace {

constexpr std::string_view objects_path = "/api/v1/meta/objects/";

class MetaApi {
 public:
  explicit MetaApi(const Services& services) : services_(services), metadata_(services.records) {}

  Result<Response> show(const Request& request, const Caller& caller) {
    const auto schema = services_.records.schema();
    const records::Object* object = schema->object(request.parameter("object"));
    if (!object || caller.scope.reach(object->api_name) == access::Reach::none) {
      return Error::of(ErrorCode::not_found);
    }
    return Response::json(200, json::serialize(records::describe(*object)));
  }

  Result<Response> deleted(const Request&, const Caller&) {
    LP_TRY(const json::object found, metadata_.deleted());
    return Response::json(200, json::serialize(found));
  }

  Result<Response> create_object(const Request& request, const Caller& caller) {
    LP_TRY(Wish wish, read_wish(request, caller, BodyIs::required));
    LP_TRY(MetadataAnswer answer, metadata_.create_object(wish.request, wish.members));
    return created(wish, std::move(answer), std::string(objects_path));
  }

  Result<Response> change_object(const Request& request, const Caller& caller) {
    LP_TRY(Wish wish, read_wish(request, caller, BodyIs::required));
    LP_TRY(MetadataAnswer answer,
           metadata_.change_object(wish.request, request.parameter("object"), wish.members));
    return changed(wish, std::move(answer));
  }

  Result<Response> remove_object(const Request& request, const Caller& caller) {
    LP_TRY(Wish wish, read_bare_wish(request, caller));
    LP_TRY(MetadataAnswer answer,
           metadata_.remove_object(wish.request, request.parameter("object")));
    return removed(wish, std::move(answer));
  }

  Result<Response> restore_object(const Request& request, const Caller& caller) {
    LP_TRY(Wish wish, read_bare_wish(request, caller));
    LP_TRY(MetadataAnswer answer,
           metadata_.restore_object(wish.request, request.parameter("object")));
    return changed(wish, std::move(answer));
  }

  Result<Response> create_field(const Request& request, const Caller& caller) {
    LP_TRY(Wish wish, read_wish(request, caller, BodyIs::required));
    const std::string object(request.parameter("object"));
    LP_TRY(MetadataAnswer answer, metadata_.create_field(wish.request, object, wish.members));
    return created(wish, std::move(answer), std::string(objects_path) + object + "/fields/");
  }

  Result<Response> change_field(const Request& request, const Caller& caller) {
    LP_TRY(Wish wish, read_wish(request, caller, BodyIs::required));
    LP_TRY(MetadataAnswer answer, metadata_.change_field(wish.request, request.parameter("object"),
                                                         request.parameter("field"), wish.members));
    return changed(wish, std::move(answer));
  }

  Result<Response> remove_field(const Request& request, const Caller& caller) {
    LP_TRY(Wish wish, read_bare_wish(request, caller));
    LP_TRY(MetadataAnswer answer, metadata_.remove_field(wish.request, request.parameter("object"),
                                                         request.parameter("field")));
    return removed(wish, std::move(answer));
  }

  Result<Response> restore_field(const Request& request, const Caller& caller) {
    LP_TRY(Wish wish, read_bare_wish(request, caller));
    LP_TRY(MetadataAnswer answer, metadata_.restore_field(wish.request, request.parameter("object"),
                                                          request.parameter("field")));
    return changed(wish, std::move(answer));
  }

 private:
  struct Wish {
    MetadataRequest request;
    json::object members;
  };

  Result<Wish> read_wish(const Request& request, const Caller& caller, BodyIs presence) {
    LP_TRY(const Members body, read_body(request, presence));
    LP_TRY(const bool dry_run, body.boolean("dry_run"));
    json::object members = body.all();
    members.erase("dry_run");
    const auto enqueue = [this, &caller](storage::Connection& connection,
                                         const json::object& spec) {
      return services_.jobs.enqueue(connection, records::field_change_kind, spec,
                                    caller.scope.user(), jobs::Jobs::Place::queue);
    };
    const auto is_open = [](storage::Connection& connection, RecordId pending) {
      return jobs::Jobs::is_open(connection, records::field_change_kind, format_id(pending));
    };
    return Wish{{caller.scope, caller.origin(), dry_run, enqueue, is_open}, std::move(members)};
  }

  Result<Wish> read_bare_wish(const Request& request, const Caller& caller) {
    LP_TRY(const Members body, read_body(request, BodyIs::optional));
    LP_CHECK(body.allow_only({"dry_run"}));
    return read_wish(request, caller, BodyIs::optional);
  }

  Response answered(int status, MetadataAnswer answer) {
    if (answer.job) {
      answer.body["job"] = format_id(answer.job);
      services_.jobs.wake();
    }
    return Response::json(status, json::serialize(answer.body));
  }

  Result<Response> created(const Wish& wish, MetadataAnswer answer, const std::string& place) {
    if (wish.request.dry_run) return answered(200, std::move(answer));
    const json::value* name = answer.body.if_contains("api_name");
    const std::string location = place + (name ? std::string(name->as_string()) : std::string());
    Response response = answered(201, std::move(answer));
    response.with("Location", location);
    return response;
  }

  // 202: a job goes on with it, and the old definition holds until it is done.
  Result<Response> changed(const Wish&, MetadataAnswer answer) {
    const int status = answer.job ? 202 : 200;
    return answered(status, std::move(answer));
  }

  Result<Response> removed(const Wish& wish, MetadataAnswer answer) {
    if (wish.request.dry_run) return answered(200, std::move(answer));
    return Response::empty();
  }

  const Services& services_;
  Metadata metadata_;
};

}  // namespace

void install_meta_api(Registration& registration) {
  MemberRoutes routes(registration, std::make_shared<MetaApi>(registration.services()));
  constexpr auto only = Audience::administrator;
  const std::string objects = "/meta/objects";
  const std::string object = objects + "/{object}";
  const std::string field = object + "/fields/{field}";
  routes.get("/meta/deleted", &MetaApi::deleted, only);
  routes.get(object, &MetaApi::show);
  routes.write(Method::post, objects, &MetaApi::create_object, only);
  routes.write(Method::patch, object, &MetaApi::change_object, only);
  routes.write(Method::del, object, &MetaApi::remove_object, only);
  routes.write(Method::post, object + "/restore", &MetaApi::restore_object, only);
  routes.write(Method::post, object + "/fields", &MetaApi::create_field, only);
  routes.write(Method::patch, field, &MetaApi::change_field, only);
  routes.write(Method::del, field, &MetaApi::remove_field, only);
  routes.write(Method::post, field + "/restore", &MetaApi::restore_field, only);
}

}  // namespace linchpin::inbound
