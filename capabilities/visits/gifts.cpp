#include "visits/gifts.h"

#include <algorithm>

#include "records/bulk.h"
#include "records/conditions.h"
#include "records/rights.h"
#include "records/scan.h"
#include "visits/gift_limit.h"

namespace linchpin::visits {

using records::is_empty;
using records::where_is;
using storage::Connection;

namespace {

struct Person {
  RecordId id;
  std::string name;
  bool in_office = false;
};

Result<std::size_t> count_seen(const records::Records& records, Connection& connection,
                               const access::AccessScope& scope, std::string_view object,
                               const json::value& where) {
  std::size_t count = 0;
  LP_CHECK(records::count_by(records, connection, scope, object, where, {},
                             [&](std::span<const storage::Value>, std::int64_t found) {
                               count += static_cast<std::size_t>(found);
                             }));
  return count;
}

// Whoever may not read what gifts are worth gets no sums of them either.
bool reads_values(const records::Schema& schema, const access::AccessScope& scope) {
  const records::Object* gift = schema.object("gift");
  return gift && scope.may(access::Action::read, "gift") &&
         records::right_of(scope, *gift, *gift->field("value")) != access::FieldRight::none;
}

Result<std::vector<Person>> people_of(const records::Records& records, Connection& connection,
                                      const access::AccessScope& scope, RecordId account) {
  LP_TRY(const std::size_t accounts, count_seen(records, connection, scope, "account",
                                                where_is("id", format_id(account))));
  if (accounts == 0) return Error::of(ErrorCode::not_found);
  std::vector<Person> people;
  LP_CHECK(records::scan_fields(
      records, connection, scope, "contact", where_is("account", format_id(account)),
      {"name", "status"}, [&](RecordId id, std::span<const storage::Value> values) {
        const std::string_view status = records::text_of(values[1]);
        people.push_back(
            {id, std::string(records::text_of(values[0])), status.empty() || status == "active"});
      }));
  return people;
}

void write_people(JsonWriter& out, std::vector<Person> people, const GiftSums& sums, Units limit,
                  int scale) {
  const auto given_to = [&](RecordId id) {
    const auto found = sums.find(id.value);
    return found == sums.end() ? Units{0} : found->second;
  };
  std::erase_if(people, [&](const Person& one) {
    return !one.in_office && given_to(one.id) == 0;
  });
  const auto by_name = [](const Person& left, const Person& right) {
    return std::tie(left.name, left.id) < std::tie(right.name, right.id);
  };
  if (people.size() > max_gift_people) {
    std::sort(people.begin(), people.end(), [&](const Person& left, const Person& right) {
      const bool one = given_to(left.id) != 0;
      const bool other = given_to(right.id) != 0;
      return one != other ? one : by_name(left, right);
    });
    people.resize(max_gift_people);
  }
  std::sort(people.begin(), people.end(), by_name);
  for (const Person& person : people) {
    const Units given = given_to(person.id);
    out.begin_object().key("id").id(person.id).key("name").string(person.name);
    out.key("given").decimal(given, scale);
    out.key("left").decimal(std::max(limit - given, Units{0}), scale).end_object();
  }
}

// Standing above who wrote it down, or being named by the policy.
Result<bool> decides(const records::Records& records, Connection& connection,
                     const access::AccessScope& scope, RecordId asked_by) {
  if (scope.administrator() || scope.leads(asked_by)) return true;
  LP_TRY(const RecordId approver, gift_approver(connection, *records.schema()));
  return approver && approver == scope.user();
}

}  // namespace

Status write_gift_sums(JsonWriter& out, records::Records& records, const access::AccessScope& scope,
                       RecordId account) {
  const auto schema = records.schema();
  const int year = civil_of(records.today()).year;
  const int scale = schema->money_scale();
  if (!reads_values(*schema, scope)) return Error::of(ErrorCode::not_found);
  return records.database().read([&](Connection& connection) -> Status {
    LP_TRY(std::vector<Person> people, people_of(records, connection, scope, account));
    LP_TRY(const Units limit, gift_limit(connection, *schema, account));
    LP_TRY(const GiftSums sums, gifts_in_year(connection, *schema, {year, {}, account, {}}));
    out.begin_object().key("year").integer(year).key("limit").decimal(limit, scale);
    out.key("people").begin_array();
    write_people(out, std::move(people), sums, limit, scale);
    out.end_array().end_object();
    return {};
  });
}

Status decide_gift(records::Records& records, Connection& connection,
                   const access::AccessScope& scope, const stream::Origin& origin,
                   const GiftDecision& decision, Instant now) {
  bool seen = false;
  bool waits = false;
  RecordId asked_by;
  LP_CHECK(records::scan_fields(records, connection, scope, "gift",
                                where_is("id", format_id(decision.gift)),
                                {"state", "decided_by", "created_by"},
                                [&](RecordId, std::span<const storage::Value> values) {
                                  seen = true;
                                  waits = records::text_of(values[0]) == "planned" &&
                                          is_empty(values[1]);
                                  asked_by = RecordId{records::integer_of(values[2])};
                                }));
  if (!seen) return Error::of(ErrorCode::not_found);
  LP_TRY(const bool may, decides(records, connection, scope, asked_by));
  if (!may) return Error::of(ErrorCode::forbidden, "gift_not_above");
  if (!waits) return Error::of(ErrorCode::invalid_state, "gift_settled");
  // Standing above, or being named, is the right to decide: executives read accounts and change
  // none of them.
  const access::AccessScope deciding = access::Authority::administrator(scope.user());
  records::BulkSlice slice(records, connection, deciding, origin);
  const records::Object* object = slice.object("gift");
  if (!object) return Error::internal("visits: no object gift");
  std::vector<records::FieldInput> inputs{
      {object->field("state"), std::string(decision.approve ? "approved" : "refused")},
      {object->field("decided_by"), scope.user().value}};
  if (decision.approve) inputs.push_back({object->field("approved_at"), now});
  if (!decision.note.empty()) inputs.push_back({object->field("decision_note"), decision.note});
  LP_CHECK(slice.update(*object, decision.gift, std::move(inputs)));
  return slice.finish();
}

}  // namespace linchpin::visits
