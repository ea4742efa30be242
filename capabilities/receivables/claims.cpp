#include "receivables/claims.h"

#include <algorithm>
#include <array>

#include "records/bulk.h"
#include "records/conditions.h"
#include "records/row_store.h"
#include "records/scan.h"

namespace linchpin::receivables {

using access::Action;
using records::BulkSlice;
using records::FieldInput;
using records::integer_of;
using records::Object;
using records::where_is;
using storage::Connection;

namespace {

struct Paid {
  RecordId account;
  bool claimed = false;  // by a person, here
};

// A payment as somebody works with it: what he does not see is not there.
class Desk {
 public:
  Desk(records::Records& records, Connection& connection, const access::AccessScope& scope,
       RecordId payment)
      : records_(records), connection_(connection), scope_(scope), payment_(payment) {}

  // Others who claim it wait from here on.
  Result<Paid> take() {
    const auto schema = records_.schema();
    const Object* object = schema->object("payment");
    if (!object) return Error::of(ErrorCode::not_found);
    LP_CHECK(records::lock_row(connection_, *object, payment_));
    std::optional<Paid> found;
    LP_CHECK(records::scan_fields(
        records_, connection_, scope_, "payment", where_is("id", format_id(payment_)),
        {"account", "claimed_by"}, [&](RecordId, std::span<const storage::Value> values) {
          found = Paid{RecordId{integer_of(values[0])}, !records::is_empty(values[1])};
        }));
    if (!found) return Error::of(ErrorCode::not_found);
    const bool may =
        scope_.may(Action::update, "payment") && scope_.may(Action::create, "payment_allocation");
    if (!may) return Error::of(ErrorCode::forbidden);
    return *found;
  }

  // Whose a record is, by the field that says so; none: out of sight.
  Result<RecordId> account_of(std::string_view object, RecordId id, const std::string& link) const {
    RecordId account;
    LP_CHECK(records::scan_fields(records_, connection_, scope_, object,
                                  where_is("id", format_id(id)), {link},
                                  [&](RecordId, std::span<const storage::Value> values) {
                                    account = RecordId{integer_of(values[0])};
                                  }));
    return account;
  }

  Result<bool> sees_account(RecordId account) const {
    bool seen = false;
    LP_CHECK(records::scan_fields(records_, connection_, scope_, "account",
                                  where_is("id", format_id(account)), {"name"},
                                  [&](RecordId, std::span<const storage::Value>) { seen = true; }));
    return seen;
  }

 private:
  records::Records& records_;
  Connection& connection_;
  const access::AccessScope& scope_;
  const RecordId payment_;
};

Error refused(std::string pointer, const char* code) {
  return Error::invalid(FieldProblem{std::move(pointer), {}, code, {}});
}

std::string pointer_to_part(std::size_t at, std::string_view member) {
  return "/parts/" + std::to_string(at) + "/" + std::string(member);
}

// Every part is something that the account owes, within sight.
Status check_parts(const Desk& desk, const Claim& claim, RecordId account) {
  for (std::size_t i = 0; i < claim.parts.size(); ++i) {
    const ClaimPart& part = claim.parts[i];
    struct Target {
      std::string_view object;
      RecordId id;
      std::string link;
    };
    const std::array targets{Target{"invoice", part.invoice, "account"},
                             Target{"contract", part.contract, "account"},
                             Target{"payment_node", part.payment_node, "contract.account"}};
    for (const auto& [object, id, link] : targets) {
      if (!id) continue;
      LP_TRY(const RecordId owes, desk.account_of(object, id, link));
      if (!owes) return refused(pointer_to_part(i, object), "link_not_found");
      if (owes != account) return refused(pointer_to_part(i, object), "claim_other_account");
    }
  }
  return {};
}

Status set_account(BulkSlice& slice, const access::AccessScope& scope, RecordId payment,
                   RecordId account, std::optional<Instant> now) {
  const Object& object = *slice.object("payment");
  using storage::Value;
  std::vector<FieldInput> inputs{
      {object.field("account"), account ? Value(account.value) : Value()},
      {object.field("claimed_by"), now && scope.user() ? Value(scope.user().value) : Value()},
      {object.field("claimed_at"), now ? Value(*now) : Value()}};
  return slice.update(object, payment, std::move(inputs));
}

// What the rules say of the amount is said of the part.
Error of_part(Error error, std::size_t at) {
  for (FieldProblem& problem : error.problems) problem.pointer = pointer_to_part(at, "amount");
  return error;
}

Result<RecordId> allocate(BulkSlice& slice, RecordId payment, const ClaimPart& part) {
  const Object& object = *slice.object("payment_allocation");
  records::RowValues row(object.fields.size());
  const auto set = [&](std::string_view name, std::int64_t value) {
    if (value != 0) row[object.field(name)->index] = value;
  };
  set("payment", payment.value);
  set("invoice", part.invoice.value);
  set("contract", part.contract.value);
  set("payment_node", part.payment_node.value);
  set("amount", part.amount);
  return slice.create(object, row);
}

// By invoice, so that two who settle the same ones wait for each other and never in a circle.
std::vector<std::size_t> locking_order(const Claim& claim) {
  std::vector<std::size_t> order(claim.parts.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    return claim.parts[left].invoice < claim.parts[right].invoice;
  });
  return order;
}

Result<std::vector<RecordId>> allocations_of(const records::Records& records,
                                             Connection& connection, RecordId payment) {
  std::vector<RecordId> found;
  LP_CHECK(records::scan_fields(
      records, connection, access::Authority::product(), "payment_allocation",
      where_is("payment", format_id(payment)), {"amount"},
      [&](RecordId id, std::span<const storage::Value>) { found.push_back(id); }));
  return found;
}

}  // namespace

Result<Claimed> claim_payment(records::Records& records, Connection& connection,
                              const access::AccessScope& scope, const stream::Origin& origin,
                              const Claim& claim, Instant now) {
  Desk desk(records, connection, scope, claim.payment);
  LP_TRY(const Paid paid, desk.take());
  Claimed claimed;
  claimed.account = claim.account ? claim.account : paid.account;
  claimed.account_set = !paid.account;
  if (!claimed.account) return refused("/account", "claim_needs_account");
  if (paid.account && paid.account != claimed.account) {
    return Error::of(ErrorCode::invalid_state, "payment_claimed");
  }
  LP_TRY(const bool seen, desk.sees_account(claimed.account));
  if (!seen) return refused("/account", "link_not_found");
  LP_CHECK(check_parts(desk, claim, claimed.account));
  BulkSlice slice(records, connection, scope, origin);
  if (claimed.account_set) {
    LP_CHECK(set_account(slice, scope, claim.payment, claimed.account, now));
  }
  const Object& invoices = *slice.object("invoice");
  for (const std::size_t at : locking_order(claim)) {
    const ClaimPart& part = claim.parts[at];
    if (part.invoice) LP_CHECK(records::lock_row(connection, invoices, part.invoice));
    auto made = allocate(slice, claim.payment, part);
    if (!made) return of_part(std::move(made).error(), at);
    claimed.allocations.push_back(*made);
  }
  LP_CHECK(slice.finish());
  return claimed;
}

Status unclaim_payment(records::Records& records, Connection& connection,
                       const access::AccessScope& scope, const stream::Origin& origin,
                       const Unclaim& unclaim) {
  Desk desk(records, connection, scope, unclaim.payment);
  LP_TRY(const Paid paid, desk.take());
  LP_TRY(const std::vector<RecordId> all, allocations_of(records, connection, unclaim.payment));
  const std::vector<RecordId>& gone = unclaim.allocations ? *unclaim.allocations : all;
  for (const RecordId id : gone) {
    if (std::find(all.begin(), all.end(), id) == all.end()) return Error::of(ErrorCode::not_found);
  }
  // To take a claim back is part of the right to claim; finance deletes nothing else.
  const access::AccessScope taking_back = access::Authority::administrator(scope.user());
  BulkSlice removing(records, connection, taking_back, origin);
  const Object& allocation = *removing.object("payment_allocation");
  for (const RecordId id : gone) LP_CHECK(removing.remove(allocation, id));
  LP_CHECK(removing.finish());
  if (!paid.account || !unclaim.account.value_or(paid.claimed)) return {};
  BulkSlice slice(records, connection, scope, origin);
  LP_CHECK(set_account(slice, scope, unclaim.payment, RecordId(), std::nullopt));
  return slice.finish();
}

}  // namespace linchpin::receivables
