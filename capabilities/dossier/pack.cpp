#include "dossier/pack.h"

#include <algorithm>

#include "dossier/own.h"
#include "dossier/week.h"

namespace linchpin::dossier {

namespace {

struct Wanted {
  std::string name;
  std::string kind;
  std::vector<RecordId> accounts;  // sorted
};

Result<Wanted> wanted_of(const Reading& reading, const PackRequest& request) {
  if (request.account) {
    LP_TRY(const json::object record, reading.record("account", request.account));
    return Wanted{
        std::string(text_at(record.at("fields").as_object(), "name")), "card", {request.account}};
  }
  Wanted wanted{format_date(request.day), "day", {}};
  LP_TRY(const std::vector<VisitOfDay> visits, visits_of_day(reading, request.day));
  for (const VisitOfDay& one : visits) wanted.accounts.push_back(one.account);
  std::sort(wanted.accounts.begin(), wanted.accounts.end());
  const auto end = std::unique(wanted.accounts.begin(), wanted.accounts.end());
  wanted.accounts.erase(end, wanted.accounts.end());
  if (wanted.accounts.empty()) return Error::of(ErrorCode::invalid_state, "no_visits_that_day");
  if (wanted.accounts.size() > max_pack_accounts) {
    return Error::of(ErrorCode::invalid_state, "too_many_cards",
                     {{"max", std::to_string(max_pack_accounts)}});
  }
  return wanted;
}

json::array texts_of(const std::vector<RecordId>& ids) {
  json::array texts;
  for (const RecordId id : ids) texts.emplace_back(json::string(format_id(id)));
  return texts;
}

// The pack that is out with just these accounts.
Result<RecordId> taken_before(const Own& own, const PackRequest& request, const Wanted& wanted) {
  const json::array accounts = texts_of(wanted.accounts);
  LP_TRY(const json::array rows,
         own.reading().rows({"day_pack",
                             {"accounts"},
                             all_of({leaf("eq", "owner", own.user()), leaf("eq", "state", "out"),
                                     leaf("eq", "kind", json::string(wanted.kind)),
                                     leaf("eq", "day", json::string(format_date(request.day)))}),
                             "",
                             true,
                             records::PageRequest::max_limit}));
  for (const json::value& row : rows) {
    const json::value* taken = fields_of(row).if_contains("accounts");
    if (taken && *taken == json::value(accounts)) return parse_id(text_at(row.as_object(), "id"));
  }
  return RecordId{};
}

Result<json::object> own_pack(const Own& own, RecordId id) {
  LP_TRY(const json::array rows,
         own.reading().rows({"day_pack",
                             {"day", "accounts", "taken_at", "state", "owner.name"},
                             all_of({leaf("eq", "id", json::string(format_id(id))),
                                     leaf("eq", "owner", own.user())}),
                             "",
                             true,
                             1}));
  if (rows.empty()) return Error::of(ErrorCode::not_found);
  return fields_of(rows[0]);
}

}  // namespace

Result<std::vector<VisitOfDay>> visits_of_day(const Reading& reading, Day day) {
  LP_TRY(const json::array rows, reading.rows({"visit",
                                               {"account"},
                                               visits_on(reading, day),
                                               "planned_at",
                                               false,
                                               records::PageRequest::max_limit}));
  std::vector<VisitOfDay> visits;
  for (const json::value& row : rows) {
    VisitOfDay one;
    LP_TRY(one.visit, parse_id(text_at(row.as_object(), "id")));
    LP_TRY(one.account, parse_id(text_at(fields_of(row), "account")));
    visits.push_back(one);
  }
  return visits;
}

Result<RecordId> take_pack(const Reading& reading, const PackRequest& request,
                           const stream::Origin& origin) {
  if (!reading.scope().may(access::Action::export_, "account")) {
    return Error::of(ErrorCode::forbidden);
  }
  LP_TRY(const Wanted wanted, wanted_of(reading, request));
  const Own own(reading);
  LP_TRY(RecordId pack, taken_before(own, request, wanted));
  if (pack) return pack;
  const Instant now = reading.records().viewer(reading.scope()).now;
  LP_CHECK(own.write(origin, [&](records::BulkSlice& slice) -> Status {
    LP_TRY(pack, keep_record(slice, "day_pack", {},
                             {{"name", wanted.name},
                              {"owner", own.user_id().value},
                              {"kind", wanted.kind},
                              {"day", std::int64_t{request.day}},
                              {"accounts", json::serialize(texts_of(wanted.accounts))},
                              {"taken_at", now},
                              {"state", "out"}}));
    return {};
  }));
  return pack;
}

Result<Pack> pack_out(const Reading& reading, RecordId id) {
  const Own own(reading);
  LP_TRY(const json::object fields, own_pack(own, id));
  if (text_at(fields, "state") != "out") {
    return Error::of(ErrorCode::invalid_state, "pack_returned");
  }
  Pack pack;
  pack.id = id;
  pack.owner = text_at(fields, "owner.name");
  LP_TRY(pack.day, parse_date(text_at(fields, "day")));
  LP_TRY(pack.taken_at, parse_instant(text_at(fields, "taken_at")));
  if (const json::value* accounts = fields.if_contains("accounts");
      accounts && accounts->is_array()) {
    for (const json::value& account : accounts->get_array()) {
      LP_TRY(const RecordId one, parse_id(std::string_view(account.as_string())));
      pack.accounts.push_back(one);
    }
  }
  return pack;
}

Result<std::vector<Card>> cards_of(const Reading& reading, const CardSpeech& speech,
                                   const Pack& pack) {
  LP_TRY(const std::vector<VisitOfDay> visits, visits_of_day(reading, pack.day));
  const auto place = [&](RecordId account) {
    return std::find_if(visits.begin(), visits.end(),
                        [&](const VisitOfDay& one) { return one.account == account; });
  };
  std::vector<RecordId> order = pack.accounts;
  std::stable_sort(order.begin(), order.end(),
                   [&](RecordId left, RecordId right) { return place(left) < place(right); });
  std::vector<Card> cards;
  for (const RecordId account : order) {
    std::vector<RecordId> here;
    for (const VisitOfDay& one : visits) {
      if (one.account == account) here.push_back(one.visit);
    }
    Result<Card> card = collect_card(reading, speech, account, here);
    if (!card && card.error().code == ErrorCode::not_found) continue;
    LP_TRY(Card collected, std::move(card));
    cards.push_back(std::move(collected));
  }
  return cards;
}

Status return_pack(const Reading& reading, RecordId id, const stream::Origin& origin) {
  const Own own(reading);
  LP_TRY(const json::object fields, own_pack(own, id));
  if (text_at(fields, "state") != "out") return {};
  const Instant now = reading.records().viewer(reading.scope()).now;
  return own.write(origin, [&](records::BulkSlice& slice) {
    const records::Object& object = *slice.object("day_pack");
    return slice.update(object, id,
                        {{object.field("returned_at"), now}, {object.field("state"), "returned"}});
  });
}

}  // namespace linchpin::dossier
