#include "identify/scoring/sight.h"

#include <algorithm>

#include "identify/measures.h"
#include "records/rights.h"

namespace linchpin::identify {

namespace {

using access::AccessScope;
using records::Schema;

bool sees_field(const Schema& schema, const AccessScope& scope, std::string_view object,
                std::string_view field) {
  const records::Object* found = schema.object(object);
  const records::Field* read = found ? found->field(field) : nullptr;
  return read && records::right_of(scope, *found, *read) != access::FieldRight::none;
}

// Of the accounts that he reaches, every record of the object with these fields.
bool sees_all_of(const Schema& schema, const AccessScope& scope, std::string_view object,
                 std::initializer_list<std::string_view> fields) {
  const access::Reach reach = scope.reach(object);
  return reach != access::Reach::none && reach >= scope.reach("account") &&
         std::all_of(fields.begin(), fields.end(), [&](std::string_view field) {
           return sees_field(schema, scope, object, field);
         });
}

bool sees_measure(const Schema& schema, const AccessScope& scope, Measure measure) {
  return static_cast<bool>(check_measured(schema, scope, measure));
}

bool sees_every_account(const records::Records& records, const Schema& schema,
                        const AccessScope& scope) {
  const records::Object* account = schema.object("account");
  return account &&
         records::reaches_every_row(records.viewer(scope), access::Action::read, *account);
}

}  // namespace

bool may_see(const records::Records& records, const AccessScope& scope,
             const Criterion& criterion) {
  if (scope.administrator()) return true;
  const auto schema = records.schema();
  const std::string_view measure = criterion.measure;
  if (measure.empty()) return sees_field(*schema, scope, "account", criterion.field);
  if (const auto named = measure_named(measure)) return sees_measure(*schema, scope, *named);
  if (measure == "timeliness") {
    return sees_all_of(*schema, scope, "invoice", {"account", "amount", "due_on"}) &&
           sees_all_of(*schema, scope, "payment", {"paid_on", "state"}) &&
           sees_all_of(*schema, scope, "payment_allocation", {"invoice", "amount"});
  }
  if (measure == "complaints") {
    return sees_all_of(*schema, scope, "complaint", {"account", "raised_at"});
  }
  if (!sees_measure(*schema, scope, Measure::net_sales)) return false;
  if (measure == "margin") return sees_measure(*schema, scope, Measure::gross_profit);
  // The share of somebody tells what all the others buy.
  return measure != "share" || sees_every_account(records, *schema, scope);
}

Status check_sight(const records::Records& records, const AccessScope& scope,
                   const ScoringModel& model) {
  for (const Criterion& criterion : model.criteria) {
    if (!may_see(records, scope, criterion)) return Error::of(ErrorCode::forbidden);
  }
  return {};
}

}  // namespace linchpin::identify
