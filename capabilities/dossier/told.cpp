#include "dossier/told.h"

#include <algorithm>
#include <set>

#include "records/filter.h"

namespace linchpin::dossier {

namespace {

constexpr int max_followed = records::PageRequest::max_limit;
constexpr int max_departments_read = 2'000;

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

json::array as_values(const std::vector<RecordId>& ids) {
  json::array values;
  for (const RecordId id : ids) {
    if (values.size() == records::max_filter_values) break;
    values.emplace_back(json::string(format_id(id)));
  }
  return values;
}

// Departments that he heads, and those below them.
Result<json::array> headed_by(const Own& own) {
  LP_TRY(const json::array rows, own.reading().rows({"department",
                                                     {"head", "parent"},
                                                     {},
                                                     "",
                                                     true,
                                                     max_departments_read}));
  std::set<std::string_view> headed;
  for (std::size_t before = rows.size() + 1; before != headed.size();) {
    before = headed.size();
    for (const json::value& row : rows) {
      const json::object& fields = fields_of(row);
      const bool his = text_at(fields, "head") == std::string_view(own.user());
      if (his || headed.contains(text_at(fields, "parent"))) {
        headed.insert(text_at(row.as_object(), "id"));
      }
    }
  }
  json::array departments;
  for (const std::string_view id : headed) {
    if (departments.size() == records::max_filter_values) break;
    departments.emplace_back(json::string(id));
  }
  return departments;
}

// Whose accounts he may give away, as the accounts say it: those who report to him or are in a
// department below him. Never by proxy.
Result<json::array> owners_below(const Reading& reading, const Own& own) {
  json::array any;
  for (const access::Holder& holder : reading.scope().holders()) {
    if (holder.user != reading.scope().user()) continue;
    json::array people = as_values(holder.circle(access::Reach::team).people);
    if (!people.empty()) any.push_back(leaf("in", "from", std::move(people)));
  }
  LP_TRY(json::array departments, headed_by(own));
  if (!departments.empty()) any.push_back(leaf("in", "from.department", std::move(departments)));
  return any;
}

class Sources {
 public:
  Sources(const Reading& reading, const Own& own, Instant from, Instant before)
      : reading_(reading), own_(own), from_(format_instant(from)) {
    if (before > 0) before_ = json::string(format_instant(before));
  }

  Result<Telling> gather() {
    LP_TRY(followed_, followed_by(own_));
    LP_CHECK(add_comments());
    LP_CHECK(add_complaints());
    LP_CHECK(add_tasks());
    LP_CHECK(add_owner_requests());
    LP_CHECK(add_owner_decisions());
    std::stable_sort(told_.entries.begin(), told_.entries.end(),
                     [](const Told& left, const Told& right) { return left.at > right.at; });
    return std::move(told_);
  }

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
    where.push_back(leaf("gte", at, from_));
    if (!before_.empty()) where.push_back(leaf("lt", at, before_));
    select.insert(select.end(), {std::string(at), "account", "account.name"});
    LP_TRY(const json::array rows,
           reading_.rows({std::string(object), std::move(select), all_of(std::move(where)),
                          std::string(at), true, max_told_of_source}));
    told_.complete = told_.complete && rows.size() < max_told_of_source;
    for (const json::value& row : rows) {
      Told told;
      told.object = object;
      told.record = text_at(row.as_object(), "id");
      told.fields = fields_of(row);
      LP_TRY(told.at, parse_instant(text_at(told.fields, at)));
      tell(told);
      told_.entries.push_back(std::move(told));
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
    return add("complaint", "raised_at", {"number", "content", "created_by", "severity"},
               {leaf("ne", "state", "closed"), leaf("ne", "created_by", own_.user()),
                any_of(std::move(reasons))},
               [](Told& told) {
                 told.kind = "complaint";
                 told.critical = text_at(told.fields, "severity") == "critical";
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

  Status add_owner_requests() {
    json::array where{leaf("eq", "state", "requested"), leaf("ne", "asked_by", own_.user())};
    if (!reading_.scope().administrator()) {
      LP_TRY(json::array below, owners_below(reading_, own_));
      if (below.empty()) return {};
      where.push_back(leaf("ne", "from", own_.user()));
      where.push_back(any_of(std::move(below)));
    }
    return add("owner_request", "created_at", {"reason", "asked_by", "asked_by.name"},
               std::move(where), [](Told& told) {
                 told.kind = "owner_request";
                 told.text = text_at(told.fields, "reason");
                 told.actor = "asked_by";
               });
  }

  Status add_owner_decisions() {
    return add("owner_request", "decided_at",
               {"reason", "note", "state", "decided_by", "decided_by.name"},
               {leaf("in", "state", json::array{"approved", "refused"}),
                leaf("eq", "asked_by", own_.user())},
               [](Told& told) {
                 const bool approved = text_at(told.fields, "state") == "approved";
                 told.kind = approved ? "owner_approved" : "owner_refused";
                 const std::string_view note = text_at(told.fields, "note");
                 told.text = note.empty() ? text_at(told.fields, "reason") : note;
                 told.actor = "decided_by";
               });
  }

  const Reading& reading_;
  const Own& own_;
  const json::string from_;
  json::string before_;  // empty: no end
  json::array followed_;
  Telling told_;
};

}  // namespace

Result<Telling> told_to(const Reading& reading, const Own& own, Instant from, Instant before) {
  return Sources(reading, own, from, before).gather();
}

}  // namespace linchpin::dossier
