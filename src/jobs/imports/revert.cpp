#include "jobs/imports/revert.h"

#include <algorithm>

#include "jobs/imports/import_store.h"
#include "records/row_store.h"
#include "records/usage.h"

namespace linchpin::imports {

using records::Field;
using records::integer_of;
using records::Object;
using records::Presence;
using storage::Connection;
using stream::Operation;

namespace {

bool links_to(const Object& object, const Object& target) {
  return std::any_of(object.fields.begin(), object.fields.end(), [&](const Field& field) {
    return field.is_link() && !field.system && field.target == target.api_name;
  });
}

// Whether a step was taken; false: it is left as somebody has made it meanwhile, or out of the
// reach of who takes the import back. Other errors end the revert.
Result<bool> went(const Status& done) {
  if (done) return true;
  switch (done.error().code) {
    case ErrorCode::duplicate:
    case ErrorCode::validation_failed:
    case ErrorCode::forbidden:
    case ErrorCode::not_found:
      return false;
    default:
      return done.error();
  }
}

}  // namespace

RevertCounters RevertCounters::of(const json::object& object) {
  return {integer_at(object, "removed"), integer_at(object, "restored"),
          integer_at(object, "set_back"), integer_at(object, "kept")};
}

json::object RevertCounters::object() const {
  return {{"removed", removed}, {"restored", restored}, {"set_back", set_back}, {"kept", kept}};
}

Revert::Revert(records::Records& records, const Import& import, const access::AccessScope& scope,
               jobs::JobContext& context)
    : records_(records),
      import_(import),
      scope_(scope),
      context_(context),
      schema_(records.schema()),
      at_(static_cast<std::size_t>(integer_at(context.job().checkpoint, "step"))),
      counters_(RevertCounters::of(import.revert)) {}

Status Revert::open() {
  LP_CHECK(records_.database().read([this](Connection& connection) {
    return stream::read_of_actor(connection, import_.actor(),
                                 [this](const stream::Entry& entry) { return note(entry); });
  }));
  order_steps();
  return {};
}

Status Revert::note(const stream::Entry& entry) {
  const Object* object = schema_->object(entry.object);
  if (object == nullptr) return {};
  if (entry.operation == Operation::update) {
    auto& version = versions_[{object, entry.record.value}];
    version = std::max(version, entry.version);
    changes_.push_back({object, entry.record, entry.version, entry.changes_json});
    return {};
  }
  auto& groups = entry.operation == Operation::create ? created_ : removed_;
  auto group = std::find_if(groups.begin(), groups.end(),
                            [&](const Ids& one) { return one.object == object; });
  if (group == groups.end()) group = groups.insert(groups.end(), {object, {}});
  for (const RecordId id : entry.records) group->ids.push_back(id.value);
  return {};
}

void Revert::order_steps() {
  for (Ids& group : created_) std::sort(group.ids.begin(), group.ids.end());
  // What links to others goes before them, as far as links do not run in circles.
  std::vector<Ids> ordered;
  while (!created_.empty()) {
    auto next = std::find_if(created_.begin(), created_.end(), [&](const Ids& one) {
      return std::none_of(created_.begin(), created_.end(), [&](const Ids& other) {
        return other.object != one.object && links_to(*other.object, *one.object);
      });
    });
    if (next == created_.end()) next = created_.begin();
    ordered.push_back(std::move(*next));
    created_.erase(next);
  }
  created_ = std::move(ordered);
  // A record that the import created goes as a whole.
  std::erase_if(changes_, [&](const Change& change) {
    return std::any_of(created_.begin(), created_.end(), [&](const Ids& group) {
      return group.object == change.object &&
             std::binary_search(group.ids.begin(), group.ids.end(), change.record.value);
    });
  });
  steps_ = changes_.size();
  for (const Ids& group : created_) steps_ += group.ids.size();
  for (const Ids& group : removed_) steps_ += group.ids.size();
}

Result<bool> Revert::slice() {
  LP_CHECK(records_.database().write(
      [this](Connection& connection) { return write_slice(connection); }, storage::WriteKind::job));
  return at_ < steps_;
}

Status Revert::write_slice(Connection& connection) {
  const auto start = std::chrono::steady_clock::now();
  records::BulkSlice slice(records_, connection, scope_, {scope_.actor(), {}, {}, 0, 0});
  slice_ = &slice;
  while (at_ < steps_ && slice.written() < slice_records &&
         std::chrono::steady_clock::now() - start < slice_time) {
    LP_CHECK(step(connection, at_));
    ++at_;
  }
  LP_CHECK(slice.finish());
  LP_TRY(auto import, read_import(connection, import_.id));
  if (!import) return Error::of(ErrorCode::not_found);
  import->revert = counters_.object();
  LP_CHECK(update_import(connection, *import));
  const auto done = static_cast<std::int64_t>(at_);
  return context_.save(connection, done, static_cast<std::int64_t>(steps_), {{"step", done}});
}

Status Revert::step(Connection& connection, std::size_t place) {
  if (place < changes_.size()) return set_back(connection, changes_[place]);
  place -= changes_.size();
  for (const Ids& group : created_) {
    if (place < group.ids.size()) {
      return remove(connection, *group.object, RecordId{group.ids[place]});
    }
    place -= group.ids.size();
  }
  for (const Ids& group : removed_) {
    if (place < group.ids.size()) return restore(*group.object, RecordId{group.ids[place]});
    place -= group.ids.size();
  }
  return {};
}

Status Revert::set_back(Connection& connection, const Change& change) {
  LP_TRY(const auto row,
         records::read_row(connection, *change.object, change.record, Presence::live));
  const auto changes = parse_json(change.changes);
  if (!row || !changes || !changes->is_array()) {
    ++counters_.kept;
    return {};
  }
  std::vector<records::FieldInput> inputs;
  bool all = true;
  for (const json::value& item : changes->get_array()) {
    const json::object& one = item.get_object();
    const Field* field = change.object->field(std::string_view(one.at("field").get_string()));
    if (field == nullptr || field->read_only) continue;  // rules follow the others
    auto from = records::read_value(*field, one.at("from"));
    const auto to = records::read_value(*field, one.at("to"));
    if (from && to && (*row)[field->index] == *to) {
      inputs.push_back({field, std::move(*from)});
    } else {
      all = false;
    }
  }
  if (inputs.empty()) {
    ++counters_.kept;
    return {};
  }
  LP_TRY(const bool done, went(slice_->update(*change.object, change.record, std::move(inputs))));
  ++(done && all ? counters_.set_back : counters_.kept);
  return {};
}

Status Revert::remove(Connection& connection, const Object& object, RecordId record) {
  LP_TRY(const auto row, records::read_row(connection, object, record, Presence::live));
  if (!row) return {};  // somebody removed it already
  const auto version = versions_.find({&object, record.value});
  const std::int64_t left_with = version == versions_.end() ? 1 : version->second;
  bool keep = integer_of((*row)[1]) != left_with;
  if (!keep) {
    LP_TRY(keep, records::is_linked_to(connection, *schema_, object, record));
  }
  if (keep) {
    ++counters_.kept;
    return {};
  }
  LP_TRY(const bool done, went(slice_->remove(object, record)));
  ++(done ? counters_.removed : counters_.kept);
  return {};
}

Status Revert::restore(const Object& object, RecordId record) {
  const std::size_t before = slice_->written();
  LP_TRY(const bool done, went(slice_->restore(object, record)));
  if (!done) {
    ++counters_.kept;
  } else if (slice_->written() != before) {
    ++counters_.restored;
  }
  return {};
}

}  // namespace linchpin::imports
