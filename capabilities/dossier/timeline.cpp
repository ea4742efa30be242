#include "dossier/timeline.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace linchpin::dossier {

namespace {

constexpr std::string_view timeline_prefix = "t1.";
constexpr std::string_view change_kind = "change";
constexpr std::size_t max_at_instant = 400;
constexpr int history_page = 100;
constexpr int max_history_pages = 20;

// A kind of entry: where it is read, by which moment, who takes part.
struct Source {
  std::string_view kind, at;
  bool dated = false;  // `at` is a day
  std::string_view contact = {}, user = {};
  bool contacts_are_many = false;
  std::array<std::string_view, 10> fields = {};
};

// Each object is read under its own name.
constexpr std::array sources{
    Source{"visit",
           "done_at",
           false,
           "received_by",
           "our_people",
           true,
           {"subject", "kind", "state", "outcome", "progress", "next_visit_on", "dossier_opened_at",
            "place", "entered_for.name", "entered_by.name"}},
    Source{"complaint",
           "raised_at",
           false,
           "contact",
           "owner",
           false,
           {"number", "severity", "state", "content", "due_at", "owner.name", "entered_for.name",
            "entered_by.name"}},
    Source{"order",
           "ordered_at",
           false,
           "",
           "owner",
           false,
           {"number", "status", "amount", "owner.name"}},
    Source{"payment", "paid_on", true, "", "", false, {"number", "amount", "means", "state"}},
    Source{"contract",
           "signed_on",
           true,
           "",
           "owner",
           false,
           {"number", "name", "amount", "state", "ends_on"}},
    Source{"opportunity",
           "opened_at",
           false,
           "",
           "owner",
           false,
           {"name", "stage", "amount", "expected_on", "owner.name"}},
    Source{"promise",
           "promised_on",
           true,
           "made_to",
           "owner",
           false,
           {"content", "due_on", "state", "owner.name", "entered_for.name", "entered_by.name"}},
    Source{"comment", "written_at", false, "", "author", false, {"body", "author.name"}},
    Source{"task",
           "done_at",
           false,
           "",
           "owner",
           false,
           {"title", "kind", "state", "result", "owner.name"}}};

struct Entry {
  Instant at = 0;
  std::size_t rank = 0;
  std::int64_t seq = 0;  // of a change
  std::string kind, id;
  json::value record;
};

// Everything newer than `at` was told, `told` entries at that instant, and changes down to `seq`.
struct Place {
  bool begun = false;
  Instant at = 0;
  std::size_t told = 0;
  std::int64_t seq = 0;
};

Result<Place> read_place(std::string_view cursor) {
  Place place;
  if (cursor.empty()) return place;
  const Error wrong = Error::of(ErrorCode::cursor_mismatch, "wrong_cursor");
  if (!cursor.starts_with(timeline_prefix)) return wrong;
  const char* at = cursor.data() + timeline_prefix.size();
  const char* end = cursor.data() + cursor.size();
  const auto number = [&](auto& value, char after) {
    const auto [stop, problem] = std::from_chars(at, end, value);
    if (problem != std::errc() || (after != '\0' && (stop == end || *stop != after))) return false;
    at = after == '\0' ? stop : stop + 1;
    return true;
  };
  const bool formed = number(place.at, '.') && number(place.told, '.') && number(place.seq, '\0');
  if (!formed || at != end || place.told > max_at_instant || place.seq < 0) return wrong;
  place.begun = true;
  return place;
}

bool has_user_list(std::string_view kind) {
  return kind == "visit";
}

// Empty where the source knows nothing of the person asked for.
json::array person_conditions(const Source& source, const TimelineRequest& request, bool& fits) {
  json::array conditions;
  if (request.contact) {
    if (source.contact.empty()) fits = false;
    const json::string id(format_id(request.contact));
    conditions.push_back(source.contacts_are_many ? leaf("has_any", source.contact, json::array{id})
                                                  : leaf("eq", source.contact, id));
  }
  if (request.user) {
    if (source.user.empty()) fits = false;
    const json::string id(format_id(request.user));
    conditions.push_back(has_user_list(source.kind) ? leaf("has_any", source.user, json::array{id})
                                                    : leaf("eq", source.user, id));
  }
  return conditions;
}

class Merge {
 public:
  Merge(const Reading& reading, const TimelineRequest& request, Place place)
      : reading_(reading),
        request_(request),
        place_(place),
        zone_(reading.records().frame().time_zone) {}

  Status read() {
    for (std::size_t rank = 0; rank < sources.size(); ++rank) {
      if (wanted(sources[rank].kind)) LP_CHECK(read_source(rank));
    }
    if (wanted(change_kind) && !request_.contact) LP_CHECK(read_changes());
    std::stable_sort(entries_.begin(), entries_.end(), [](const Entry& left, const Entry& right) {
      return left.at != right.at ? left.at > right.at : left.rank < right.rank;
    });
    return {};
  }

  void write(JsonWriter& out) const {
    std::size_t begin = 0;
    if (place_.begun) {
      for (std::size_t told = 0; begin < entries_.size() && told < place_.told; ++begin) {
        if (entries_[begin].at != place_.at || entries_[begin].seq != 0) break;
        ++told;
      }
    }
    const std::size_t end =
        std::min(begin + static_cast<std::size_t>(request_.limit), entries_.size());
    out.begin_object().key("entries").begin_array();
    for (std::size_t i = begin; i < end; ++i) {
      const Entry& entry = entries_[i];
      out.begin_object().key("kind").string(entry.kind).key("at").instant(entry.at);
      out.key("id").string(entry.id).key("record").raw(json::serialize(entry.record));
      out.end_object();
    }
    out.end_array().key("page").begin_object().key("next");
    const bool more = end < entries_.size();
    more ? out.string(cursor_behind(begin, end)) : out.null();
    out.key("has_more").boolean(more).end_object().end_object();
  }

 private:
  bool wanted(std::string_view kind) const {
    return request_.kinds.empty() ||
           std::find(request_.kinds.begin(), request_.kinds.end(), kind) != request_.kinds.end();
  }

  Status read_source(std::size_t rank) {
    const Source& source = sources[rank];
    bool fits = true;
    json::array where = person_conditions(source, request_, fits);
    if (!fits) return {};
    where.push_back(leaf("eq", "account", json::string(format_id(request_.account))));
    const std::string last =
        source.dated ? format_date(zone_.local_day(place_.at)) : format_instant(place_.at);
    where.push_back(place_.begun ? leaf("lte", source.at, json::string(last))
                                 : leaf("not_empty", source.at, nullptr));
    Question question{std::string(source.kind),
                      {std::string(source.at)},
                      all_of(std::move(where)),
                      std::string(source.at),
                      true,
                      request_.limit + static_cast<int>(place_.told) + 1};
    question.limit = std::min(question.limit, records::PageRequest::max_limit);
    for (const std::string_view field : source.fields) {
      if (!field.empty()) question.select.emplace_back(field);
    }
    LP_TRY(const json::array rows, reading_.rows(question));
    for (const json::value& row : rows) {
      const std::string_view moment = text_at(fields_of(row), source.at);
      Entry entry;
      if (source.dated) {
        LP_TRY(const Day day, parse_date(moment));
        entry.at = zone_.start_of_day(day);
      } else {
        LP_TRY(entry.at, parse_instant(moment));
      }
      entry.rank = rank;
      entry.kind = source.kind;
      entry.id = text_at(row.as_object(), "id");
      entry.record = row;
      if (!place_.begun || entry.at <= place_.at) entries_.push_back(std::move(entry));
    }
    return {};
  }

  // Entries that tell nothing are passed over, so several pages of the history may be needed.
  Status read_changes() {
    records::PageRequest page;
    page.limit = history_page;
    if (place_.seq > 0) page.after = std::to_string(place_.seq);
    int found = 0;
    for (int pages = 0; pages < max_history_pages && found <= request_.limit; ++pages) {
      JsonWriter out;
      LP_CHECK(
          reading_.records().history(reading_.scope(), "account", request_.account, page, out));
      LP_TRY(const json::object answer, parse_json_object(out.text()));
      for (const json::value& item : answer.at("entries").as_array()) {
        LP_TRY(const bool told, add_change(item));
        found += told ? 1 : 0;
      }
      page.after = text_at(answer.at("page").as_object(), "next");
      if (page.after.empty()) break;
    }
    return {};
  }

  // Whether it is one that the reader wants to be told of.
  Result<bool> add_change(const json::value& item) {
    const json::object& change = item.as_object();
    const std::string_view seq = text_at(change, "seq");
    if (seq.empty() || text_at(change, "op") != "update" || !is_by_hand(change)) return false;
    const std::string_view actor = text_at(change.at("actor").as_object(), "id");
    if (request_.user && actor != format_id(request_.user)) return false;
    Entry entry;
    LP_TRY(entry.at, parse_instant(text_at(change, "at")));
    entry.rank = sources.size();
    entry.kind = change_kind;
    entry.id = seq;
    std::from_chars(seq.data(), seq.data() + seq.size(), entry.seq);
    entry.record = item;
    entries_.push_back(std::move(entry));
    return true;
  }

  // Not only what the product computes.
  bool is_by_hand(const json::object& change) const {
    const auto schema = reading_.records().schema();
    const records::Object* account = schema->object("account");
    const json::array& changes = change.at("changes").as_array();
    return std::any_of(changes.begin(), changes.end(), [&](const json::value& one) {
      const records::Field* field = account->field(text_at(one.as_object(), "field"));
      return field && !field->read_only && !field->compute;
    });
  }

  std::string cursor_behind(std::size_t begin, std::size_t end) const {
    Place next = place_;
    const Instant last = entries_[end - 1].at;
    std::size_t told = place_.begun && place_.at == last ? place_.told : 0;
    for (std::size_t i = begin; i < end; ++i) {
      if (entries_[i].seq != 0) {
        next.seq = entries_[i].seq;
      } else if (entries_[i].at == last) {
        ++told;
      }
    }
    return std::string(timeline_prefix) + std::to_string(last) + "." + std::to_string(told) + "." +
           std::to_string(next.seq);
  }

  const Reading& reading_;
  const TimelineRequest& request_;
  const Place place_;
  const TimeZone zone_;
  std::vector<Entry> entries_;
};

}  // namespace

std::vector<std::string> timeline_kinds() {
  std::vector<std::string> kinds;
  for (const Source& source : sources) kinds.emplace_back(source.kind);
  kinds.emplace_back(change_kind);
  return kinds;
}

Status write_timeline(JsonWriter& out, const Reading& reading, const TimelineRequest& request) {
  LP_TRY(const Place place, read_place(request.after));
  Merge merge(reading, request, place);
  LP_CHECK(merge.read());
  merge.write(out);
  return {};
}

}  // namespace linchpin::dossier
