#include "dossier/card.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "dossier/figures.h"
#include "jobs/exports/link_texts.h"
#include "records/rights.h"

namespace linchpin::dossier {

namespace {

using records::Field;
using records::FieldType;
using records::Object;

constexpr std::size_t minutes_of_moment = 16;  // "2026-11-21 16:00"
constexpr int hundredths = 2;

// "1234567.00" → "1,234,567.00"
std::string grouped(std::string text) {
  const auto first = static_cast<std::ptrdiff_t>(text.starts_with('-') ? 1 : 0);
  auto at = static_cast<std::ptrdiff_t>(std::min(text.find('.'), text.size())) - 3;
  for (; at > first; at -= 3) text.insert(static_cast<std::size_t>(at), 1, ',');
  return text;
}

// A sum with the two digits that people read; a count as it is.
std::string amount(std::string_view text) {
  if (text.find('.') == text.npos) return grouped(std::string(text));
  const auto rounded = parse_decimal_rounded(text, 2);
  return grouped(rounded ? format_decimal(*rounded, 2) : std::string(text));
}

std::string cut(std::string text) {
  std::size_t points = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
    if (begins && ++points > max_card_text) return text.substr(0, at) + "…";
  }
  return text;
}

bool is_printed(const access::AccessScope& scope, const Object& object, const Field& field) {
  return field.sensitivity == records::Sensitivity::normal &&
         records::right_of(scope, object, field) != access::FieldRight::none;
}

// Fields of the card that are said elsewhere on it, or that say nothing on paper.
bool is_apart(const Field& field) {
  constexpr std::array apart{"name", "code", "tier", "completeness", "score"};
  const bool said = std::find(apart.begin(), apart.end(), field.api_name) != apart.end();
  return said || field.system || field.type == FieldType::attachment ||
         field.type == FieldType::json || field.type == FieldType::id;
}

// Lines of a part that is made of records of one object.
struct RecordPart {
  std::string_view object;
  std::string_view heading;        // key of its text; empty: the object's label
  std::vector<std::string> label;  // fields whose values stand before the others
  std::vector<std::string> value;
  json::value where;  // beside the account
  std::string sort;
  bool descending = false;
  int most = max_card_rows;
};

class CardWriter {
 public:
  CardWriter(const Reading& reading, const CardSpeech& speech, RecordId account)
      : reading_(reading),
        speech_(speech),
        account_(account),
        zone_(reading.records().frame().time_zone),
        manner_{speech.texts, speech.language, zone_},
        schema_(reading.records().schema()) {
    card_.account = account;
  }

  Result<Card> collect(const std::vector<RecordId>& visits) {
    LP_TRY(const json::object record, reading_.record("account", account_));
    LP_CHECK(name(record.at("fields").as_object()));
    for (const RecordId visit : visits) LP_CHECK(add_visit(visit));
    LP_CHECK(add_figures());
    LP_CHECK(add_fields(record));
    for (const RecordPart& part : parts()) LP_CHECK(add_records(part));
    return std::move(card_);
  }

 private:
  json::value here() const { return leaf("eq", "account", json::string(format_id(account_))); }

  std::string shown(const Field& field, const json::value& value) const {
    if (field.is_link()) return cut(names_->cell(field, value).text);
    exports::Cell cell = exports::make_cell(manner_, field, value);
    switch (cell.kind) {
      case exports::Cell::Kind::datetime:
        cell.text.resize(minutes_of_moment);
        return cell.text;
      case exports::Cell::Kind::percent:
        if (cell.scale < hundredths) return cell.text;
        return format_decimal(cell.value, cell.scale - hundredths) + "%";
      case exports::Cell::Kind::number:
        return field.type == FieldType::money ? grouped(cell.text) : cell.text;
      default:
        return cut(std::move(cell.text));
    }
  }

  static json::array alone(const json::object& record) {
    json::array rows;
    rows.emplace_back(record);
    return rows;
  }

  // What the links among the values of the rows are called.
  Status read_names(const Object& object, const json::array& rows) {
    names_.emplace(reading_.records(), reading_.scope(), manner_);
    for (const json::value& row : rows) {
      for (const auto& [name, value] : fields_of(row)) {
        const Field* field = object.field(std::string_view(name));
        if (field && field->is_link()) names_->want(*field, value);
      }
    }
    return names_->load();
  }

  std::vector<std::string> printed(const Object& object,
                                   const std::vector<std::string>& wanted) const {
    std::vector<std::string> names;
    for (const std::string& name : wanted) {
      const Field* field = object.field(name);
      if (field && is_printed(reading_.scope(), object, *field)) names.push_back(name);
    }
    return names;
  }

  std::string joined(const Object& object, const json::object& fields,
                     const std::vector<std::string>& names) const {
    std::string text;
    for (const std::string& name : names) {
      const json::value* value = fields.if_contains(name);
      const std::string one = value ? shown(*object.field(name), *value) : std::string();
      if (one.empty()) continue;
      if (!text.empty()) text += " · ";
      text += one;
    }
    return text;
  }

  Status name(const json::object& fields) {
    const Object& object = *schema_->object("account");
    LP_CHECK(read_names(object, {}));
    card_.name = text_at(fields, "name");
    card_.note = joined(object, fields, printed(object, {"code", "tier", "industry", "city"}));
    return {};
  }

  Status add_visit(RecordId visit) {
    const Object* object = schema_->object("visit");
    if (!object) return {};
    LP_TRY(const json::object record, reading_.record("visit", visit));
    LP_CHECK(read_names(*object, alone(record)));
    CardPart part{speech_.text("dossier.pack.this_visit"), false, {}};
    const std::vector<std::string> names{"planned_at", "subject",     "kind",
                                         "place",      "received_by", "our_people"};
    add_lines(part, *object, record.at("fields").as_object(), printed(*object, names));
    return add(std::move(part));
  }

  void add_lines(CardPart& part, const Object& object, const json::object& fields,
                 const std::vector<std::string>& names) const {
    for (const std::string& name : names) {
      const Field& field = *object.field(name);
      const json::value* value = fields.if_contains(name);
      std::string text = value ? shown(field, *value) : std::string();
      if (text.empty()) continue;
      part.lines.push_back({field.label.in(speech_.language), std::move(text)});
    }
  }

  Status add(CardPart part) {
    if (!part.lines.empty()) card_.parts.push_back(std::move(part));
    return {};
  }

  Status add_figures() {
    JsonWriter out;
    LP_CHECK(write_figures(out, reading_, account_));
    LP_TRY(const json::value figures, parse_json(out.text()));
    CardPart part{speech_.text("dossier.pack.figures"), true, {}};
    for (const json::value& one : figures.as_array()) {
      const json::object& figure = one.as_object();
      const std::string key = "dossier.pack.figure." + std::string(text_at(figure, "key"));
      const std::string_view value = text_at(figure, "value");
      if (value.empty()) continue;
      std::string text = amount(value);
      if (const std::string_view late = text_at(figure, "note"); !late.empty()) {
        text += " " + speech_.text("dossier.pack.overdue", {{"amount", amount(late)}});
      }
      part.lines.push_back({speech_.text(key), std::move(text)});
    }
    return add(std::move(part));
  }

  // Short values beside each other, long ones below them.
  Status add_fields(const json::object& record) {
    const json::object& fields = record.at("fields").as_object();
    const Object& object = *schema_->object("account");
    LP_CHECK(read_names(object, alone(record)));
    std::vector<std::string> brief;
    std::vector<std::string> lengthy;
    for (const Field& field : object.fields) {
      if (is_apart(field) || !is_printed(reading_.scope(), object, field)) continue;
      (field.type == FieldType::long_text ? lengthy : brief).push_back(field.api_name);
    }
    CardPart part{speech_.text("dossier.pack.card"), true, {}};
    add_lines(part, object, fields, brief);
    LP_CHECK(add(std::move(part)));
    CardPart more{speech_.text("dossier.pack.remarks"), false, {}};
    add_lines(more, object, fields, lengthy);
    return add(std::move(more));
  }

  static std::vector<RecordPart> parts() {
    const auto open = [](std::string_view state) {
      return json::value(leaf("eq", "state", json::string(state)));
    };
    return {
        {"contact",
         "dossier.pack.people",
         {"name", "salutation"},
         {"title", "department_name", "layer", "function", "phone"},
         any_of({leaf("empty", "status", nullptr), leaf("eq", "status", "active")}),
         "layer",
         true},
        {"visit",
         "dossier.pack.last_visits",
         {"done_at"},
         {"subject", "content", "progress", "outcome"},
         leaf("not_empty", "done_at", nullptr),
         "done_at",
         true,
         max_card_visits},
        {"promise",
         "dossier.pack.promises",
         {"due_on"},
         {"content", "owner"},
         open("open"),
         "due_on",
         false},
        {"complaint",
         "dossier.pack.complaints",
         {"raised_at"},
         {"number", "severity", "state", "content"},
         leaf("not_in", "state", json::array{"closed", "confirmed"}),
         "due_at",
         false},
        {"task",
         "dossier.pack.tasks",
         {"due_on"},
         {"title", "owner"},
         open("open"),
         "due_on",
         false},
        {"invoice",
         "dossier.pack.invoices",
         {"due_on"},
         {"number", "amount", "open_amount"},
         leaf("gt", "open_amount", "0"),
         "due_on",
         false},
        {"opportunity",
         "dossier.pack.deals",
         {"expected_on"},
         {"name", "stage", "amount"},
         leaf("not_in", "stage", json::array{"won", "lost", "abandoned"}),
         "expected_on",
         false},
    };
  }

  Status add_records(const RecordPart& told) {
    const Object* object = schema_->object(told.object);
    if (!object || !reading_.scope().may(access::Action::read, told.object)) return {};
    const std::vector<std::string> label = printed(*object, told.label);
    const std::vector<std::string> value = printed(*object, told.value);
    std::vector<std::string> select = label;
    select.insert(select.end(), value.begin(), value.end());
    LP_TRY(const json::array rows,
           reading_.rows({std::string(told.object), select, all_of({here(), told.where}), told.sort,
                          told.descending, told.most}));
    LP_CHECK(read_names(*object, rows));
    CardPart part{speech_.text(told.heading), false, {}};
    for (const json::value& row : rows) {
      const json::object& fields = fields_of(row);
      CardLine line{joined(*object, fields, label), joined(*object, fields, value)};
      if (!line.label.empty() || !line.value.empty()) part.lines.push_back(std::move(line));
    }
    return add(std::move(part));
  }

  const Reading& reading_;
  const CardSpeech& speech_;
  const RecordId account_;
  const TimeZone zone_;
  const exports::Manner manner_;
  const std::shared_ptr<const records::Schema> schema_;
  std::optional<exports::LinkTexts> names_;  // of the records that are told at the moment
  Card card_;
};

}  // namespace

Result<Card> collect_card(const Reading& reading, const CardSpeech& speech, RecordId account,
                          const std::vector<RecordId>& visits) {
  return CardWriter(reading, speech, account).collect(visits);
}

}  // namespace linchpin::dossier
