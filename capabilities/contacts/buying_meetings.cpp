#include "contacts/buying_meetings.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "records/bulk.h"
#include "records/conditions.h"
#include "records/scan.h"

namespace linchpin::contacts {

namespace {

using records::integer_of;
using records::is_empty;
using records::text_of;
using records::where_is;
using storage::Connection;
using storage::Value;

struct MeetingFacts {
  bool seen = false, held = false, confirmed = false;
  RecordId account, opportunity, chosen;
  std::string subject;
  Day held_on = 0;
};

struct Preference {
  RecordId contact, option;
  std::string why;
  Value organisational, personal;
};

// What a new standing keeps of the one before.
constexpr std::array kept_fields{"buying_role",   "influence", "attitude", "support",
                                 "reaction_mode", "challenge", "coverage"};

struct Before {
  std::tuple<bool, std::int64_t, std::int64_t> rank;  // about the opportunity, day, id
  std::vector<Value> kept;
  Value organisational, personal;
};

class Confirmation {
 public:
  Confirmation(records::Records& records, Connection& connection, const access::AccessScope& scope,
               const EvidenceSpeech& speech)
      : records_(records), connection_(connection), scope_(scope), speech_(speech) {}

  Status read(RecordId meeting) {
    LP_CHECK(read_meeting(meeting));
    if (!meeting_.seen) return Error::of(ErrorCode::not_found);
    if (!meeting_.held) return Error::of(ErrorCode::invalid_state, "meeting_not_held");
    if (meeting_.confirmed) return Error::of(ErrorCode::invalid_state, "meeting_confirmed");
    const json::value here = where_is("meeting", format_id(meeting));
    LP_CHECK(scan("buying_option", here, {"name"}, [&](RecordId id, const auto& values) {
      options_[id] = std::string(text_of(values[0]));
    }));
    LP_CHECK(scan("buying_preference", here,
                  {"contact", "option", "why", "interest_organisational", "interest_personal"},
                  [&](RecordId, const auto& values) {
                    if (std::all_of(values.begin() + 1, values.end(), is_empty)) return;
                    preferences_.push_back({RecordId{integer_of(values[0])},
                                            RecordId{integer_of(values[1])},
                                            std::string(text_of(values[2])), values[3], values[4]});
                  }));
    return read_standings();
  }

  Result<std::size_t> write(RecordId meeting, const stream::Origin& origin) {
    records::BulkSlice slice(records_, connection_, scope_, origin);
    const records::Object* meetings = slice.object("buying_meeting");
    const records::Object* standings = slice.object("contact_standing");
    if (!meetings || !standings) return Error::internal("contacts: no object contact_standing");
    LP_CHECK(slice.update(*meetings, meeting,
                          {{meetings->field("confirmed_on"), std::int64_t{records_.today()}}}));
    for (const Preference& one : preferences_) {
      records::RowValues row = standing_of(*standings, one);
      LP_CHECK(slice.create(*standings, row));
    }
    LP_CHECK(slice.finish());
    return preferences_.size();
  }

 private:
  using Visit = std::function<void(RecordId, std::span<const Value>)>;
  Status scan(std::string_view object, const json::value& where,
              const std::vector<std::string>& fields, const Visit& visit) const {
    return records::scan_fields(records_, connection_, scope_, object, where, fields, visit);
  }

  Status read_meeting(RecordId meeting) {
    return scan("buying_meeting", where_is("id", format_id(meeting)),
                {"account", "opportunity", "chosen", "subject", "held_on", "state", "confirmed_on"},
                [&](RecordId, std::span<const Value> values) {
                  meeting_.seen = true;
                  meeting_.account = RecordId{integer_of(values[0])};
                  meeting_.opportunity = RecordId{integer_of(values[1])};
                  meeting_.chosen = RecordId{integer_of(values[2])};
                  meeting_.subject = std::string(text_of(values[3]));
                  meeting_.held_on = static_cast<Day>(integer_of(values[4]));
                  meeting_.held = text_of(values[5]) == "held";
                  meeting_.confirmed = !is_empty(values[6]);
                });
  }

  // The opinion about the same opportunity holds before one in general, then the latest.
  Status read_standings() {
    std::vector<std::string> fields{"contact", "opportunity", "as_of", "interest_organisational",
                                    "interest_personal"};
    fields.insert(fields.end(), kept_fields.begin(), kept_fields.end());
    const json::value where = where_is("contact.account", format_id(meeting_.account));
    return scan("contact_standing", where, fields, [&](RecordId id, std::span<const Value> values) {
      const RecordId about{integer_of(values[1])};
      if (about && about != meeting_.opportunity) return;
      Before found{{static_cast<bool>(about), integer_of(values[2]), id.value},
                   {values.begin() + 5, values.end()},
                   values[3],
                   values[4]};
      const auto [at, first] = before_.try_emplace(integer_of(values[0]), found);
      if (!first && at->second.rank < found.rank) at->second = std::move(found);
    });
  }

  std::string say(std::string_view key, const ErrorParams& params) const {
    return speech_.texts.text(speech_.language, key, params);
  }

  std::string option_name(RecordId option) const {
    const auto found = options_.find(option);
    return found == options_.end() ? std::string() : found->second;
  }

  std::string evidence_of(const Preference& one) const {
    std::string text =
        say("contacts.evidence.meeting",
            {{"day", format_date(meeting_.held_on)}, {"subject", meeting_.subject}});
    const std::string wanted = option_name(one.option);
    if (!wanted.empty()) text += say("contacts.evidence.prefers", {{"option", wanted}});
    if (!one.why.empty()) text += say("contacts.evidence.why", {{"why", one.why}});
    const std::string chosen = option_name(meeting_.chosen);
    if (!chosen.empty()) text += say("contacts.evidence.chosen", {{"option", chosen}});
    return text;
  }

  records::RowValues standing_of(const records::Object& standings, const Preference& one) const {
    records::RowValues row(standings.fields.size());
    const auto put = [&](std::string_view name, Value value) {
      row[standings.field(name)->index] = std::move(value);
    };
    Value organisational = one.organisational;
    Value personal = one.personal;
    if (const auto found = before_.find(one.contact.value); found != before_.end()) {
      const Before& before = found->second;
      for (std::size_t at = 0; at < kept_fields.size(); ++at) {
        put(kept_fields.at(at), before.kept[at]);
      }
      if (is_empty(organisational)) organisational = before.organisational;
      if (is_empty(personal)) personal = before.personal;
    }
    put("contact", one.contact.value);
    if (meeting_.opportunity) put("opportunity", meeting_.opportunity.value);
    put("as_of", std::int64_t{meeting_.held_on});
    put("evidence", evidence_of(one));
    put("interest_organisational", std::move(organisational));
    put("interest_personal", std::move(personal));
    return row;
  }

  records::Records& records_;
  Connection& connection_;
  const access::AccessScope& scope_;
  const EvidenceSpeech& speech_;
  MeetingFacts meeting_;
  std::map<RecordId, std::string> options_;
  std::vector<Preference> preferences_;
  std::map<std::int64_t, Before> before_;  // by contact
};

}  // namespace

Result<std::size_t> confirm_meeting(records::Records& records, Connection& connection,
                                    const access::AccessScope& scope, const stream::Origin& origin,
                                    const EvidenceSpeech& speech, RecordId meeting) {
  Confirmation confirmation(records, connection, scope, speech);
  LP_CHECK(confirmation.read(meeting));
  return confirmation.write(meeting, origin);
}

}  // namespace linchpin::contacts
