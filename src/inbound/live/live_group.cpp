#include "inbound/live/live_group.h"

#include <algorithm>

#include "access/shares.h"
#include "records/query_plan.h"
#include "records/rights.h"
#include "records/row_rules.h"

namespace linchpin::inbound {

using records::Field;
using records::FieldPath;
using records::Filter;
using records::FilterOp;
using records::LinkedRows;
using records::Object;
using records::RowValues;

namespace {

constexpr const char* where_pointer = "/subscribe/where";

LiveMessage message_of(JsonWriter& out) {
  return std::make_shared<const std::string>(out.take());
}

// The value at the end of a path of links; empty when a link is.
records::Value value_at(const records::Schema& schema, const FieldPath& path, const RowValues& row,
                        LinkedRows& linked) {
  const RowValues* at = &row;
  for (const Field* link : path.links) {
    const RecordId id{records::integer_of((*at)[link->index])};
    at = id ? linked.find(*schema.object(link->target), id) : nullptr;
    if (at == nullptr) return {};
  }
  return (*at)[path.field->index];
}

}  // namespace

std::string LiveGroup::key(const access::AccessScope& scope, const LiveWish& wish) {
  std::string key = scope.administrator() ? "administrator" : scope.fingerprint();
  const std::string where = json::serialize(wish.where);
  if (where.find("\"var\"") != std::string::npos) key += format_id(scope.user());
  key += "\n" + wish.object + "\n" + where;
  for (const std::string& field : wish.select) key += "\n" + field;
  return key;
}

Result<std::unique_ptr<LiveGroup>> LiveGroup::make(records::Records& records,
                                                   const access::AccessScope& scope, LiveWish wish,
                                                   std::string id) {
  std::unique_ptr<LiveGroup> group(new LiveGroup(scope, std::move(wish), std::move(id)));
  LP_CHECK(group->compile(records));
  return group;
}

Status LiveGroup::compile(records::Records& records) {
  schema_ = records.schema();
  today_ = records.today();
  moves_ = json::serialize(wish_.where).find("\"rel\"") != std::string::npos;
  const Object* object = schema_->object(wish_.object);
  if (object == nullptr || scope_.reach(wish_.object) == access::Reach::none) {
    return Error::of(ErrorCode::not_found);
  }
  const records::WorkspaceFrame workspace = records.frame();
  const records::FilterFrame frame{*schema_, scope_, workspace.time_zone, today_};
  LP_TRY(filter_, records::read_filter(frame, *object, wish_.where, where_pointer));
  LP_TRY(select_, records::read_select(frame, *object, wish_.select));
  depends_on_.clear();
  shared_.clear();
  add_dependencies(filter_, *object, false);
  const bool sees_all =
      records::reaches_every_row({scope_, 0, today_}, access::Action::read, *object);
  if (!sees_all) add_ownership(*object, viewer(records));
  for (const auto& [name, dependency] : depends_on_) {
    const Object* other = schema_->object(name);
    const bool whole =
        other && records::reaches_every_row({scope_, 0, today_}, access::Action::read, *other);
    if (!whole) shared_.insert(name);
  }
  moves_ = moves_ || !shared_.empty();
  return records.database().read([&](storage::Connection& connection) {
    return find_end_of_shares(connection, viewer(records).now);
  });
}

Status LiveGroup::find_end_of_shares(storage::Connection& connection, Instant now) {
  share_ends_at_ = access::never_expires;
  if (shared_.empty()) return {};
  for (const access::Holder& holder : scope_.holders()) {
    LP_TRY(const Instant next, access::next_expiry(connection, holder.shared_to, now));
    share_ends_at_ = std::min(share_ends_at_, next);
  }
  return {};
}

// Who sees a record may change with whom it is shared with, with the records that it inherits its
// ownership from, with what rules look at, and with the account's team.
void LiveGroup::add_ownership(const Object& object, const records::Viewer& viewer) {
  std::set<std::string> seen;
  const Object* at = &object;
  while (at != nullptr && seen.insert(at->api_name).second) {
    shared_.insert(at->api_name);
    for (const records::AppliedRule& rule : records::rules_for(viewer, *schema_, *at)) {
      add_dependencies(rule.filter, *at, at != &object);
    }
    if (at != &object) {
      for (const char* field : {"owner", "department"}) {
        if (at->field(field) != nullptr) depends_on_[at->api_name].fields.insert(field);
      }
    }
    const Field* link = at->field(at->ownership.link);
    if (link != nullptr && at != &object) depends_on_[at->api_name].fields.insert(link->api_name);
    at = link ? schema_->object(link->target) : nullptr;
  }
  if (schema_->object("account_member") == nullptr) return;
  Dependency& team = depends_on_["account_member"];
  for (const char* field : {"account", "user", "since", "until"}) team.fields.insert(field);
  team.creations = true;
}

void LiveGroup::add_dependencies(const Filter& filter, const Object& object, bool of_another) {
  if (filter.path.field != nullptr) {
    const Object* holder = &object;
    bool linked = of_another;
    for (const Field* link : filter.path.links) {
      if (linked) depends_on_[holder->api_name].fields.insert(link->api_name);
      holder = schema_->object(link->target);
      linked = true;
    }
    if (linked) depends_on_[holder->api_name].fields.insert(filter.path.field->api_name);
    if (filter.op == FilterOp::under)
      depends_on_[filter.path.field->target].fields.insert("parent");
  }
  const Object* inner = &object;
  if (filter.related != nullptr) {
    inner = filter.related;
    Dependency& related = depends_on_[inner->api_name];
    related.fields.insert(filter.back_link->api_name);
    related.creations = true;
  }
  for (const Filter& arg : filter.args) {
    add_dependencies(arg, *inner, of_another || filter.related != nullptr);
  }
}

Result<std::vector<LiveMessage>> LiveGroup::tell(const records::Records& records,
                                                 ChangeBatch& batch) {
  std::vector<LiveMessage> messages;
  const records::Viewer viewer = this->viewer(records);
  const Object& object = *schema_->object(wish_.object);
  const bool sees_all = records::reaches_every_row(viewer, access::Action::read, object);
  // How many records have changed that one does not see is not said.
  const auto told_rows = [&](const ObjectChanges* of) { return of && sees_all ? of->rows : 0; };
  const auto is_shared = [&](const std::string& name) { return batch.shared(name) != 0; };
  if (std::any_of(shared_.begin(), shared_.end(), is_shared)) {
    LP_CHECK(find_end_of_shares(batch.connection(), viewer.now));
  }
  LP_TRY(const ObjectChanges* changes, batch.of(wish_.object));
  for (const auto& [name, dependency] : depends_on_) {
    if (!batch.touches(name, dependency.fields, dependency.creations)) continue;
    // Who has come in or gone out by this is not worked out: the page reads anew.
    LP_TRY(const ObjectChanges* others, batch.of(name));
    messages.push_back(bulk_message(others->seq, told_rows(changes)));
    return messages;
  }
  for (const std::string& name : shared_) {
    const std::int64_t seq = batch.shared(name);
    if (seq == 0) continue;
    messages.push_back(bulk_message(seq, 0));
    return messages;
  }
  if (changes == nullptr) return messages;
  if (changes->rows > ChangeBatch::max_told_rows) {
    messages.push_back(bulk_message(changes->seq, told_rows(changes)));
    return messages;
  }
  records::StoredRows linked(batch.connection(), *schema_, viewer);
  const auto is_in = [&](const std::optional<RowValues>& row) -> Result<bool> {
    if (!row || !records::matches(*schema_, filter_, *row, linked)) return false;
    return records::reaches(batch.connection(), *schema_, viewer, access::Action::read, object,
                            *row);
  };
  for (const RowChange& change : changes->changes) {
    LP_TRY(const bool before, is_in(change.before));
    LP_TRY(const bool after, is_in(change.after));
    if (before || after) messages.push_back(message(change, before, after, linked));
  }
  LP_CHECK(linked.status());
  return messages;
}

LiveMessage LiveGroup::bulk_message(std::int64_t seq, std::int64_t rows) const {
  JsonWriter out;
  out.begin_object().key("type").string("bulk_changed").key("subscription").string(id_);
  out.key("object").string(wish_.object).key("seq").string(std::to_string(seq));
  out.key("rows").integer(rows).end_object();
  return message_of(out);
}

LiveMessage LiveGroup::message(const RowChange& change, bool was_in, bool is_in,
                               LinkedRows& linked) const {
  JsonWriter out;
  out.begin_object().key("type").string(!is_in ? "leave" : was_in ? "update" : "enter");
  out.key("subscription").string(id_).key("object").string(wish_.object);
  out.key("seq").string(std::to_string(change.seq)).key("record").id(change.record);
  if (is_in) {
    out.key("version").integer(change.version);
    if (was_in) {
      out.key("changed").begin_array();
      for (const Field* field : change.fields) {
        const bool readable = records::right_of(scope_, *schema_->object(wish_.object), *field) !=
                              access::FieldRight::none;
        if (readable) out.string(field->api_name);
      }
      out.end_array();
    }
    out.key("fields");
    write_fields(out, *change.after, linked);
  }
  out.end_object();
  return message_of(out);
}

void LiveGroup::write_fields(JsonWriter& out, const RowValues& row, LinkedRows& linked) const {
  out.begin_object();
  for (const FieldPath& path : select_) {
    out.key(path.text);
    // A personal value is only opened on its own record's page.
    if (path.field->sensitivity == records::Sensitivity::personal) {
      out.null();
    } else {
      records::write_value(out, *path.field, value_at(*schema_, path, row, linked));
    }
  }
  out.end_object();
}

}  // namespace linchpin::inbound
