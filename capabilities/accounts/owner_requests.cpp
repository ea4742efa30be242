#include "accounts/owner_requests.h"

#include "accounts/ownership.h"
#include "records/bulk.h"
#include "records/conditions.h"
#include "records/row_store.h"
#include "records/scan.h"

namespace linchpin::accounts {

using records::BulkSlice;
using records::integer_of;
using records::Object;

namespace {

constexpr std::string_view request_object = "owner_request";
constexpr std::string_view asked_state = "requested";

struct OwnerRequest {
  RecordId id;
  RecordId account;
  RecordId from;
  RecordId to;
  RecordId asked_by;
  bool open = false;
};

Result<std::vector<OwnerRequest>> find_requests(const Person& person,
                                                const access::AccessScope& scope,
                                                const json::object& where) {
  std::vector<OwnerRequest> found;
  LP_CHECK(records::scan_fields(
      person.records, person.connection, scope, request_object, where,
      {"account", "from", "to", "asked_by", "state"},
      [&](RecordId id, std::span<const storage::Value> values) {
        found.push_back({id, RecordId{integer_of(values[0])}, RecordId{integer_of(values[1])},
                         RecordId{integer_of(values[2])}, RecordId{integer_of(values[3])},
                         records::text_of(values[4]) == asked_state});
      }));
  return found;
}

// One that the person sees and that nobody has settled, with its account locked.
Result<OwnerRequest> open_request(const Person& person, RecordId id) {
  const json::object where = records::where_is("id", format_id(id));
  LP_TRY(const auto seen, find_requests(person, person.scope, where));
  if (seen.empty()) return Error::of(ErrorCode::not_found);
  const auto schema = person.records.schema();
  LP_CHECK(records::lock_row(person.connection, *schema->object("account"), seen[0].account));
  LP_TRY(const auto now, find_requests(person, access::Authority::product(), where));
  if (now.empty()) return Error::of(ErrorCode::not_found);
  return now[0];
}

Status check_request(const OwnerRequest& request, bool allowed) {
  if (!allowed) return Error::of(ErrorCode::forbidden, "owner_request_not_yours");
  if (!request.open) return Error::of(ErrorCode::invalid_state, "owner_request_settled");
  return {};
}

// Somebody who works here and is not the owner yet.
Status check_receiver(const Person& person, RecordId owner, RecordId to) {
  bool works = false;
  LP_CHECK(records::scan_fields(person.records, person.connection, access::Authority::product(),
                                "user", records::where_is("id", format_id(to)), {"active"},
                                [&](RecordId, std::span<const storage::Value> values) {
                                  works = integer_of(values[0]) != 0;
                                }));
  if (works && to != owner) return {};
  return Error::invalid(FieldProblem{"/to", "to", "owner_request_to", {}});
}

Status sees_account(const Person& person, RecordId account) {
  bool seen = false;
  LP_CHECK(person.records.select_ids(person.connection, person.scope, "account",
                                     records::where_is("id", format_id(account)),
                                     [&](RecordId) { seen = true; }));
  if (!seen) return Error::of(ErrorCode::not_found);
  if (person.scope.may(access::Action::update, "account")) return {};
  return Error::of(ErrorCode::forbidden);
}

}  // namespace

Result<RecordId> ask_for_owner(const Person& person, RecordId account, RecordId to,
                               const storage::Value& reason) {
  LP_CHECK(sees_account(person, account));
  const auto schema = person.records.schema();
  const Object& accounts = *schema->object("account");
  LP_CHECK(records::lock_row(person.connection, accounts, account));
  LP_TRY(const RecordId owner, owner_of(person.connection, accounts, account));
  if (!owner) return Error::of(ErrorCode::invalid_state, "owner_request_unowned");
  LP_CHECK(check_receiver(person, owner, to));
  const access::AccessScope asking = access::Authority::administrator(person.scope.user());
  BulkSlice slice(person.records, person.connection, asking, person.origin);
  const Object& requests = *slice.object(request_object);
  LP_TRY(const auto earlier,
         find_requests(person, access::Authority::product(),
                       records::all_of({records::where_is("account", format_id(account)),
                                        records::where_is("state", asked_state)})));
  for (const OwnerRequest& one : earlier) {
    if (one.from == owner) return Error::of(ErrorCode::invalid_state, "owner_request_open");
    LP_CHECK(slice.update(requests, one.id, {{requests.field("state"), std::string("withdrawn")}}));
  }
  records::RowValues row(requests.fields.size());
  const auto set = [&](std::string_view field, storage::Value value) {
    row[requests.field(field)->index] = std::move(value);
  };
  set("account", account.value);
  set("from", owner.value);
  set("to", to.value);
  set("reason", reason);
  set("state", std::string(asked_state));
  set("asked_by", person.scope.user().value);
  LP_TRY(const RecordId id, slice.create(requests, row));
  LP_CHECK(slice.finish());
  return id;
}

Status decide_owner_request(const Person& person, RecordId id, Decision decision,
                            const storage::Value& note, Instant now) {
  LP_TRY(const OwnerRequest request, open_request(person, id));
  const auto schema = person.records.schema();
  LP_TRY(const bool above,
         may_give_away(person.connection, *schema, person.scope, request.from));
  LP_CHECK(check_request(request, above && request.asked_by != person.scope.user()));
  // Who decides may give the account away, be it not his to change otherwise.
  const access::AccessScope deciding = access::Authority::administrator(person.scope.user());
  BulkSlice slice(person.records, person.connection, deciding, person.origin);
  const Object& accounts = *slice.object("account");
  const Object& requests = *slice.object(request_object);
  const bool approved = decision == Decision::approved;
  if (approved) {
    LP_TRY(const RecordId owner, owner_of(person.connection, accounts, request.account));
    if (owner != request.from) return Error::of(ErrorCode::invalid_state, "owner_request_outdated");
    LP_CHECK(check_receiver(person, owner, request.to));
    LP_CHECK(
        slice.update(accounts, request.account, {{accounts.field("owner"), request.to.value}}));
  }
  std::vector<records::FieldInput> inputs{
      {requests.field("state"), std::string(approved ? "approved" : "refused")},
      {requests.field("decided_by"), person.scope.user().value},
      {requests.field("decided_at"), now},
      {requests.field("note"), note}};
  LP_CHECK(slice.update(requests, id, std::move(inputs)));
  return slice.finish();
}

Status withdraw_owner_request(const Person& person, RecordId id) {
  LP_TRY(const OwnerRequest request, open_request(person, id));
  const bool his = request.asked_by == person.scope.user();
  LP_CHECK(check_request(request, his || person.scope.administrator()));
  const access::AccessScope asking = access::Authority::administrator(person.scope.user());
  BulkSlice slice(person.records, person.connection, asking, person.origin);
  const Object& requests = *slice.object(request_object);
  LP_CHECK(slice.update(requests, id, {{requests.field("state"), std::string("withdrawn")}}));
  return slice.finish();
}

}  // namespace linchpin::accounts
