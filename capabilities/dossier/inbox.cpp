#include "dossier/inbox.h"

#include <algorithm>
#include <set>

#include "dossier/own.h"

namespace linchpin::dossier {

namespace {

constexpr std::int64_t milliseconds_of_day = 86'400'000;
constexpr int max_followed = records::PageRequest::max_limit;
constexpr int max_followers = 100;

struct Told {
  std::string kind, object, text;
  Instant at = 0;
  json::object fields;
  std::string record;
  std::string actor;  // the path of who did it, "" = nobody in particular
  bool read = false;
  std::string id() const { return object + ":" + record; }
};

struct Marks {
  RecordId record;  // none: nothing was read yet
  Instant seen_at = 0;
  std::set<std::string, std::less<>> read;
};

Result<Marks> marks_of(const Own& own) {
  Marks marks;
  LP_TRY(const json::array rows,
         own.reading().rows(
             {"inbox_state", {"seen_at", "read"}, leaf("eq", "key", own.user()), "", true, 1}));
  if (rows.empty()) return marks;
  LP_TRY(marks.record, parse_id(text_at(rows[0].as_object(), "id")));
  const json::object& fields = fields_of(rows[0]);
  if (const std::string_view seen = text_at(fields, "seen_at"); !seen.empty()) {
    LP_TRY(marks.seen_at, parse_instant(seen));
  }
  const json::value* read = fields.if_contains("read");
  if (!read || !read->is_array()) return marks;
  for (const json::value& id : read->get_array()) {
    if (id.is_string()) marks.read.emplace(id.get_string());
  }
  return marks;
}

Status store_marks(records::BulkSlice& slice, const Own& own, const Marks& marks,
                   const std::string& read) {
  const records::Object& object = *slice.object("inbox_state");
  const storage::Value seen = marks.seen_at > 0 ? storage::Value(marks.seen_at) : storage::Value();
  if (marks.record) {
    return slice.update(object, marks.record,
                        {{object.field("seen_at"), seen}, {object.field("read"), read}});
  }
  records::RowValues row(object.fields.size());
  row[object.field("key")->index] = format_id(own.user_id());
  row[object.field("owner")->index] = own.user_id().value;
  row[object.field("seen_at")->index] = seen;
  row[object.field("read")->index] = read;
  LP_TRY(const RecordId made, slice.create(object, row));
  return made ? Status() : Status(Error::internal("inbox: a record without an id"));
}

Result<json::array> followed_by(const Own& own) {
  LP_TRY(const json::array rows,
         own.reading().rows(
             {"follow", {"account"}, leaf("eq", "owner", own.user()), "", true, max_followed}));
  json::array accounts;
  for (const json::value& row : rows) {
    accounts.emplace_back(json::string(text_at(fields_of(row), "account")));
  }
  return accounts;
}

class Inbox {
 public:
  Inbox(const Reading& reading, const Own& own) : reading_(reading), own_(own) {
    const Instant now = reading.records().viewer(reading.scope()).now;
    since_ = json::string(format_instant(now - inbox_days * milliseconds_of_day));
  }

  Status gather() {
    LP_TRY(followed_, followed_by(own_));
    LP_CHECK(add_comments());
    LP_CHECK(add_complaints());
    LP_CHECK(add_tasks());
    LP_TRY(const Marks marks, marks_of(own_));
    std::stable_sort(told_.begin(), told_.end(),
                     [](const Told& left, const Told& right) { return left.at > right.at; });
    if (told_.size() > max_inbox_entries) told_.resize(max_inbox_entries);
    for (Told& told : told_) {
      told.read = told.at <= marks.seen_at || marks.read.contains(told.id());
    }
    return {};
  }
  const std::vector<Told>& told() const { return told_; }

 private:
  // At the accounts that are his or that he follows.
  json::array at_my_accounts() const {
    json::array any{leaf("eq", "account.owner", own_.user())};
    if (!followed_.empty()) any.push_back(leaf("in", "account", followed_));
    return any;
  }

  template <class Tell>
  Status add(std::string_view object, std::string_view at, std::vector<std::string> select,
             json::array where, const Tell& tell) {
    where.push_back(leaf("gte", at, since_));
    select.insert(select.end(), {std::string(at), "account", "account.name"});
    LP_TRY(const json::array rows,
           reading_.rows({std::string(object), std::move(select), all_of(std::move(where)),
                          std::string(at), true, max_inbox_entries}));
    for (const json::value& row : rows) {
      Told told;
      told.object = object;
      told.record = text_at(row.as_object(), "id");
      told.fields = fields_of(row);
      LP_TRY(told.at, parse_instant(text_at(told.fields, at)));
      tell(told);
      told_.push_back(std::move(told));
    }
    return {};
  }

  Status add_comments() {
    const json::value mine = json::value(own_.user());
    json::array reasons = at_my_accounts();
    reasons.push_back(leaf("has_any", "mentions", json::array{mine}));
    return add("comment", "written_at", {"body", "author", "author.name", "mentions"},
               {leaf("ne", "author", own_.user()), any_of(std::move(reasons))}, [&](Told& told) {
                 const json::value* mentions = told.fields.if_contains("mentions");
                 const bool mentioned =
                     mentions && mentions->is_array() &&
                     std::find(mentions->get_array().begin(), mentions->get_array().end(), mine) !=
                         mentions->get_array().end();
                 told.kind = mentioned ? "mention" : "comment";
                 told.text = text_at(told.fields, "body");
                 told.actor = "author";
               });
  }

  Status add_complaints() {
    json::array reasons = at_my_accounts();
    reasons.push_back(leaf("eq", "owner", own_.user()));
    return add("complaint", "raised_at", {"number", "content", "created_by"},
               {leaf("ne", "state", "closed"), leaf("ne", "created_by", own_.user()),
                any_of(std::move(reasons))},
               [](Told& told) {
                 told.kind = "complaint";
                 const std::string_view content = text_at(told.fields, "content");
                 told.text = content.empty() ? text_at(told.fields, "number") : content;
               });
  }

  Status add_tasks() {
    return add("task", "created_at", {"title", "kind", "created_by", "created_by.name"},
               {leaf("eq", "owner", own_.user()), leaf("eq", "state", "open"),
                leaf("ne", "created_by", own_.user())},
               [](Told& told) {
                 const bool cause = text_at(told.fields, "kind") == "record_cause";
                 told.kind = cause ? "record_cause" : "task";
                 told.text = text_at(told.fields, "title");
                 told.actor = "created_by";
               });
  }

  const Reading& reading_;
  const Own& own_;
  json::string since_;
  json::array followed_;
  std::vector<Told> told_;
};

void write_named(JsonWriter& out, std::string_view key, const json::object& fields,
                 const std::string& path) {
  out.key(key);
  const std::string_view id = path.empty() ? std::string_view() : text_at(fields, path);
  if (id.empty()) {
    out.null();
    return;
  }
  out.begin_object().key("id").string(id).key("name").string(text_at(fields, path + ".name"));
  out.end_object();
}

}  // namespace

Status write_inbox(JsonWriter& out, const Reading& reading, bool unread_only) {
  const Own own(reading);
  Inbox inbox(reading, own);
  LP_CHECK(
      reading.records().database().snapshot([&](storage::Connection&) { return inbox.gather(); }));
  std::int64_t unread = 0;
  out.begin_object().key("entries").begin_array();
  for (const Told& told : inbox.told()) {
    unread += told.read ? 0 : 1;
    if (unread_only && told.read) continue;
    out.begin_object().key("id").string(told.id()).key("kind").string(told.kind);
    out.key("at").instant(told.at).key("object").string(told.object);
    out.key("record").string(told.record);
    write_named(out, "account", told.fields, "account");
    write_named(out, "actor", told.fields, told.actor);
    out.key("text").string(told.text).key("read").boolean(told.read).end_object();
  }
  out.end_array().key("unread").integer(unread).end_object();
  return {};
}

Status mark_read(const Reading& reading, const std::vector<std::string>& entries,
                 const stream::Origin& origin) {
  const Own own(reading);
  Inbox inbox(reading, own);
  LP_CHECK(
      reading.records().database().snapshot([&](storage::Connection&) { return inbox.gather(); }));
  std::set<std::string, std::less<>> told;
  for (const Told& one : inbox.told()) told.insert(one.id());
  LP_TRY(Marks marks, marks_of(own));
  if (entries.empty()) {
    marks.seen_at = reading.records().viewer(reading.scope()).now;
    marks.read.clear();
  }
  for (const std::string& entry : entries) {
    if (told.contains(entry)) marks.read.insert(entry);
  }
  if (marks.read.size() > max_read_marks) {
    std::erase_if(marks.read, [&](const std::string& id) { return !told.contains(id); });
  }
  json::array read;
  for (const std::string& id : marks.read) read.emplace_back(json::string(id));
  return own.write(origin, [&](records::BulkSlice& slice) {
    return store_marks(slice, own, marks, json::serialize(read));
  });
}

Status follow_account(const Reading& reading, RecordId account, bool follows,
                      const stream::Origin& origin) {
  LP_CHECK(reading.record("account", account));
  const Own own(reading);
  const std::string key = std::string(own.user()) + ":" + format_id(account);
  LP_TRY(const json::array found,
         own.reading().rows(
             {"follow", {"account"}, leaf("eq", "key", json::string(key)), "", true, 1}));
  if (found.empty() != follows) return {};
  return own.write(origin, [&](records::BulkSlice& slice) -> Status {
    const records::Object& object = *slice.object("follow");
    if (!follows) {
      LP_TRY(const RecordId id, parse_id(text_at(found[0].as_object(), "id")));
      return slice.remove(object, id);
    }
    records::RowValues row(object.fields.size());
    row[object.field("key")->index] = key;
    row[object.field("owner")->index] = own.user_id().value;
    row[object.field("account")->index] = account.value;
    LP_TRY(const RecordId made, slice.create(object, row));
    return made ? Status() : Status(Error::internal("follow: a record without an id"));
  });
}

Status write_followers(JsonWriter& out, const Reading& reading, RecordId account) {
  LP_CHECK(reading.record("account", account));
  const Own own(reading);
  LP_TRY(const json::array rows,
         own.reading().rows({"follow",
                             {"owner", "owner.name"},
                             leaf("eq", "account", json::string(format_id(account))),
                             "",
                             true,
                             max_followers}));
  bool following = false;
  for (const json::value& row : rows) {
    following = following || text_at(fields_of(row), "owner") == std::string_view(own.user());
  }
  out.begin_object().key("following").boolean(following).key("followers").begin_array();
  for (const json::value& row : rows) {
    out.begin_object().key("id").string(text_at(fields_of(row), "owner"));
    out.key("name").string(text_at(fields_of(row), "owner.name")).end_object();
  }
  out.end_array().end_object();
  return {};
}

}  // namespace linchpin::dossier
