#include "demo/demo_loader.h"

#include <algorithm>

#include "demo/demo_company.h"
#include "demo/fill.h"
#include "records/bulk.h"

namespace linchpin::demo {

namespace {

// A slice of this size takes well below the 50 ms that a job may hold the writer.
constexpr std::size_t slice_records = 500;
static_assert(slice_records <= records::max_slice_records);

class Loader {
 public:
  Loader(records::Records& records, const Clock& clock, const Company& company,
         const Progress& progress)
      : records_(records),
        clock_(clock),
        company_(company),
        progress_(progress),
        zone_(records.frame().time_zone),
        scope_(access::Authority::product()) {}

  Status check_absent();
  Status load();

 private:
  // Writes `items` as records of `object`; their ids are appended to `ids`.
  template <class Item>
  Status add(std::string_view object, const std::vector<Item>& items, std::vector<RecordId>& ids);
  template <class Item>
  Status add(std::string_view object, const std::vector<Item>& items) {
    std::vector<RecordId> ids;
    return add(object, items, ids);
  }
  template <class Item>
  Status add_slice(records::BulkSlice& slice, std::string_view object, const Item* first,
                   std::size_t count, std::vector<RecordId>& ids);
  Status set_department_heads();
  Status set_chosen_options();
  stream::Origin origin() const {
    return {.actor = scope_.actor(), .request = {}, .client = "demo"};
  }
  template <class Work>
  Status write(Work work);

  records::Records& records_;
  const Clock& clock_;
  const Company& company_;
  const Progress& progress_;
  const TimeZone zone_;
  const access::AccessScope scope_;
  Made made_;
  std::size_t done_ = 0;
};

template <class Work>
Status Loader::write(Work work) {
  return records_.database().write(
      [&](storage::Connection& connection) -> Status {
        records::BulkSlice slice(records_, connection, scope_, origin());
        LP_CHECK(work(slice));
        return slice.finish();
      },
      storage::WriteKind::job);
}

template <class Item>
Status Loader::add_slice(records::BulkSlice& slice, std::string_view object, const Item* first,
                         std::size_t count, std::vector<RecordId>& ids) {
  const records::Object* target = slice.object(object);
  if (!target) return Error::internal("the demo company needs " + std::string(object));
  for (const Item* item = first; item != first + count; ++item) {
    RecordDraft draft(*target, zone_, clock_.now());
    fill(*item, made_, draft);
    LP_TRY(records::RowValues values, draft.take());
    LP_TRY(const RecordId record, slice.create(*target, values));
    // Links within one list lead to records that come first.
    ids.push_back(record);
  }
  return {};
}

template <class Item>
Status Loader::add(std::string_view object, const std::vector<Item>& items,
                   std::vector<RecordId>& ids) {
  for (std::size_t from = 0; from < items.size(); from += slice_records) {
    const std::size_t count = std::min(slice_records, items.size() - from);
    LP_CHECK(write([&](records::BulkSlice& slice) -> Status {
      ids.resize(from);  // the writer may begin the work anew
      return add_slice(slice, object, items.data() + from, count, ids);
    }));
    done_ += count;
    if (progress_) progress_(done_, company_.records());
  }
  return {};
}

// Departments and people refer to each other, so the heads come last.
Status Loader::set_department_heads() {
  return write([&](records::BulkSlice& slice) -> Status {
    const records::Object* object = slice.object("department");
    const records::Field* head = object->field("head");
    if (!head) return Error::internal("the demo company needs department.head");
    for (std::size_t i = 0; i < company_.departments.size(); ++i) {
      const RecordId user = Made::at(made_.users, company_.departments[i].head);
      std::vector<records::FieldInput> inputs{{head, user.value}};
      LP_CHECK(slice.update(*object, made_.departments[i], std::move(inputs)));
    }
    return {};
  });
}

// Meetings and their options refer to each other too.
Status Loader::set_chosen_options() {
  return write([&](records::BulkSlice& slice) -> Status {
    const records::Object* object = slice.object("buying_meeting");
    const records::Field* chosen = object->field("chosen");
    if (!chosen) return Error::internal("the demo company needs buying_meeting.chosen");
    for (std::size_t i = 0; i < company_.options.size(); ++i) {
      const BuyingOption& option = company_.options[i];
      if (!option.chosen) continue;
      std::vector<records::FieldInput> inputs{{chosen, made_.options[i].value}};
      LP_CHECK(slice.update(*object, Made::at(made_.meetings, option.meeting), std::move(inputs)));
    }
    return {};
  });
}

Status Loader::check_absent() {
  const std::string& code = company_.products.front().code;
  LP_TRY(const RecordId found, records_.database().read([&](storage::Connection& connection) {
    return records_.find(connection, scope_, "product", "code", code);
  }));
  return found ? Status(Error::of(ErrorCode::invalid_state, "demo_loaded")) : Status();
}

Status Loader::load() {
  LP_CHECK(add("department", company_.departments, made_.departments));
  LP_CHECK(add("user", company_.users, made_.users));
  LP_CHECK(set_department_heads());
  LP_CHECK(add("product_category", company_.categories, made_.categories));
  LP_CHECK(add("product", company_.products, made_.products));
  LP_CHECK(add("selling_entity", company_.entities, made_.entities));
  LP_CHECK(add("account", company_.accounts, made_.accounts));
  LP_CHECK(add("account_code", company_.account_codes));
  LP_CHECK(add("account_member", company_.members));
  LP_CHECK(add("contact", company_.contacts, made_.contacts));
  LP_CHECK(add("contract", company_.contracts, made_.contracts));
  LP_CHECK(add("payment_node", company_.nodes));
  LP_CHECK(add("order", company_.orders, made_.orders));
  LP_CHECK(add("order_line", company_.lines));
  LP_CHECK(add("delivery", company_.deliveries));
  LP_CHECK(add("invoice", company_.invoices, made_.invoices));
  LP_CHECK(add("payment", company_.payments, made_.payments));
  LP_CHECK(add("payment_allocation", company_.allocations));
  LP_CHECK(add("training_need", company_.needs, made_.needs));
  LP_CHECK(add("visit", company_.visits));
  LP_CHECK(add("complaint", company_.complaints));
  const std::vector<std::vector<StageProbability>> process_stages{company_.stages};
  std::vector<RecordId> processes;
  LP_CHECK(add("sales_process", process_stages, processes));
  made_.sales_process = processes.front();
  LP_CHECK(add("opportunity", company_.opportunities, made_.opportunities));
  LP_CHECK(add("region_market", company_.markets));
  LP_CHECK(add("pool_round", company_.rounds));
  LP_CHECK(add("pool_entry", company_.pool));
  LP_CHECK(add("account_financial", company_.financials));
  LP_CHECK(add("account_analysis", company_.analyses));
  LP_CHECK(add("contact_influence", company_.influences));
  LP_CHECK(add("contact_standing", company_.standings));
  LP_CHECK(add("itinerary", company_.trips));
  LP_CHECK(add("promise", company_.promises));
  LP_CHECK(add("comment", company_.remarks));
  LP_CHECK(add("task", company_.tasks));
  LP_CHECK(add("gift", company_.gifts));
  LP_CHECK(add("account_relation", company_.relations));
  LP_CHECK(add("contact_message", company_.messages));
  LP_CHECK(add("buying_meeting", company_.meetings, made_.meetings));
  LP_CHECK(add("buying_option", company_.options, made_.options));
  LP_CHECK(add("buying_preference", company_.preferences));
  return set_chosen_options();
}

}  // namespace

Status load_demo(records::Records& records, const Clock& clock, const Progress& progress) {
  const Day today = records.frame().time_zone.local_day(clock.now());
  const Company company = make_company(demo_seed, today);
  Loader loader(records, clock, company, progress);
  LP_CHECK(loader.check_absent());
  return loader.load();
}

}  // namespace linchpin::demo
