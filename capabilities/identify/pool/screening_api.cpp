#include "identify/pool/screening_api.h"

#include <algorithm>

#include "base/utf8.h"
#include "identify/pool/pool_reading.h"
#include "identify/pool/screening.h"
#include "identify/request_parts.h"
#include "inbound/body.h"
#include "inbound/member_routes.h"
#include "records/bulk.h"

namespace linchpin::identify {

namespace {

using inbound::Caller;
using inbound::id_parameter;
using inbound::Request;
using inbound::Response;
using inbound::Services;
using storage::Connection;

struct Template {
  RecordId id;  // none: shipped
  std::string name = "PASA";
  ScreeningLetters letters;
};

// The one made first; the product's where there is none.
Result<Template> template_in_force(const PoolSource& product) {
  LP_TRY(const std::vector<PoolRow> rows,
         find_rows(product, "screening_template", {}, {"name", "letters"}));
  Template found;
  found.letters = shipped_screening();
  if (rows.empty()) return found;
  LP_TRY(const json::value letters, parse_json(records::text_of(rows.front().values[1])));
  LP_TRY(found.letters, read_screening(letters, "/letters"));
  found.id = rows.front().id;
  found.name = rows.front().text(0);
  return found;
}

std::string first_sign(std::string_view text) {
  return std::string(text.substr(0, code_point_at(text, 0).size));
}

std::string text_in_language(const json::object& texts, std::string_view language) {
  const json::value* text = texts.if_contains(language);
  return text && text->is_string() ? std::string(text->get_string()) : std::string();
}

// Texts of the shipped questions in the reader's language, the others as they were given: in his
// language, or in another one.
struct ScreeningTexts {
  const Texts& texts;
  Language language;

  std::string said(const json::value& given, const std::string& key) const {
    if (given.is_string()) return std::string(given.get_string());
    if (const json::object* both = given.if_object()) {
      std::string said = text_in_language(*both, language_tag(language));
      for (const auto& [other, text] : *both) {
        if (said.empty() && text.is_string()) said = text.get_string();
      }
      return said.empty() ? key : said;
    }
    return texts.text(language, "identify.screening." + key);
  }
};

void write_letters(JsonWriter& out, const ScreeningLetters& letters, const ScreeningTexts& texts) {
  out.key("letters").begin_array();
  for (const ScreeningLetter& letter : letters) {
    out.begin_object().key("letter").string(first_sign(letter.letter));
    out.key("key").string(letter.letter);
    out.key("meaning").string(texts.said(letter.meaning, letter.letter));
    out.key("cut_off").decimal(letter.cut_off, screening_scale).key("questions").begin_array();
    for (const ScreeningQuestion& question : letter.questions) {
      out.begin_object().key("key").string(question.key);
      out.key("text").string(texts.said(question.text, question.key));
      out.key("weight").integer(question.weight).end_object();
    }
    out.end_array().end_object();
  }
  out.end_array();
}

// The members of an object.
void write_template(JsonWriter& out, const Template& in_force, const ScreeningTexts& texts) {
  out.key("template").string(in_force.name).key("id").id(in_force.id);
  out.key("proposal").boolean(!in_force.id).key("best_answer").integer(best_answer);
  write_letters(out, in_force.letters, texts);
}

void write_results(JsonWriter& out, const std::vector<PoolRow>& rows) {
  out.key("results").begin_array();
  for (const PoolRow& row : rows) {
    out.begin_object().key("id").id(row.id).key("template").string(row.text(0));
    out.key("answers").raw(row.empty(1) ? "null" : row.text(1));
    out.key("letters").raw(row.empty(2) ? "null" : row.text(2));
    out.key("result").string(row.text(3)).key("at").instant(row.integer(4));
    out.key("by").id(row.link(5)).end_object();
  }
  out.end_array();
}

Result<std::string> screening_answer(const PoolSource& source, RecordId account,
                                     const ScreeningTexts& texts) {
  LP_TRY(const auto seen, find_row(source, "account", account, {"name"}));
  if (!seen) return Error::of(ErrorCode::not_found);
  const access::AccessScope product = access::Authority::product();
  LP_TRY(const Template now, template_in_force({source.records, source.connection, product}));
  LP_TRY(std::vector<PoolRow> rows,
         find_rows(source, "account_screening", where_is("account", format_id(account)),
                   {"template", "answers", "letters", "result", "at", "created_by"}));
  std::reverse(rows.begin(), rows.end());
  JsonWriter out;
  out.begin_object();
  write_template(out, now, texts);
  write_results(out, rows);
  out.end_object();
  return out.take();
}

Result<std::map<std::string, std::int64_t>> read_answers(const json::object& body,
                                                         const ScreeningLetters& letters) {
  LP_CHECK(allow_only(body, "", {"answers"}));
  const json::value* given = body.if_contains("answers");
  if (!given || !given->is_object()) return refuse("/answers", "required");
  std::map<std::string, std::int64_t> answers;
  for (const auto& member : given->get_object()) {
    const std::string key(member.key());
    const bool asked = std::any_of(letters.begin(), letters.end(), [&](const auto& letter) {
      return std::any_of(letter.questions.begin(), letter.questions.end(),
                         [&](const auto& question) { return question.key == key; });
    });
    if (!asked) return refuse("/answers/" + key, "no_such_question");
    const bool fits = member.value().is_int64() && member.value().get_int64() >= 0 &&
                      member.value().get_int64() <= best_answer;
    if (!fits) {
      return refuse("/answers/" + key, "out_of_range",
                    {{"min", "0"}, {"max", std::to_string(best_answer)}});
    }
    answers[key] = member.value().get_int64();
  }
  return answers;
}

std::string results_json(const std::vector<LetterResult>& results) {
  JsonWriter out;
  out.begin_array();
  for (const LetterResult& one : results) {
    out.begin_object().key("key").string(one.letter);
    out.key("score").decimal(one.score, screening_scale);
    out.key("passed").boolean(one.passed).end_object();
  }
  out.end_array();
  return out.take();
}

Status keep_screening(const PoolSource& source, const Caller& caller, RecordId account,
                      const json::object& body, Instant now) {
  LP_TRY(const auto seen,
         find_row({source.records, source.connection, caller.scope}, "account", account, {"name"}));
  if (!seen) return Error::of(ErrorCode::not_found);
  LP_TRY(const Template in_force, template_in_force(source));
  LP_TRY(const auto answers, read_answers(body, in_force.letters));
  const std::vector<LetterResult> results = screen(in_force.letters, answers);
  const bool passed = std::all_of(results.begin(), results.end(),
                                  [](const LetterResult& one) { return one.passed; });
  records::BulkSlice slice(source.records, source.connection, caller.scope, caller.origin());
  const records::Object* object = slice.object("account_screening");
  if (!object) return Error::internal("screening: no object account_screening");
  records::RowValues row(object->fields.size());
  const auto set = [&](std::string_view name, storage::Value value) {
    row[object->field(name)->index] = std::move(value);
  };
  set("account", account.value);
  set("template", in_force.name);
  set("answers", json::serialize(body.at("answers")));
  set("letters", results_json(results));
  set("result", std::string(passed ? "passed" : "failed"));
  set("at", now);
  LP_TRY(const RecordId made, slice.create(*object, row));
  if (!made) return Error::internal("screening: nothing was kept");
  return slice.finish();
}

class ScreeningApi {
 public:
  explicit ScreeningApi(const Services& services)
      : services_(services), records_(services.records) {}

  // What accounts are screened by.
  Result<Response> in_force(const Request&, const Caller& caller) {
    if (!caller.scope.may(access::Action::read, "screening_template")) {
      return Error::of(ErrorCode::not_found);
    }
    const access::AccessScope product = access::Authority::product();
    LP_TRY(const Template now, records_.database().read([&](Connection& connection) {
      return template_in_force({records_, connection, product});
    }));
    JsonWriter out;
    out.begin_object();
    write_template(out, now, {services_.texts, caller.language});
    out.end_object();
    return Response::json(200, out.take());
  }

  Result<Response> show(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId account, id_parameter(request, "id"));
    return shown(account, caller);
  }

  Result<Response> keep(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId account, id_parameter(request, "id"));
    LP_TRY(const json::object body, parse_json_object(request.body));
    const access::AccessScope product = access::Authority::product();
    LP_CHECK(records_.database().write([&](Connection& connection) {
      return keep_screening({records_, connection, product}, caller, account, body,
                            services_.clock.now());
    }));
    return shown(account, caller);
  }

 private:
  Result<Response> shown(RecordId account, const Caller& caller) {
    LP_TRY(std::string text, records_.database().snapshot([&](Connection& connection) {
      return screening_answer({records_, connection, caller.scope}, account,
                              {services_.texts, caller.language});
    }));
    return Response::json(200, std::move(text));
  }

  const Services& services_;
  records::Records& records_;
};

}  // namespace

void install_screening(inbound::Registration& registration) {
  inbound::MemberRoutes routes(registration,
                               std::make_shared<ScreeningApi>(registration.services()));
  routes.get("/identify/screening", &ScreeningApi::in_force);
  routes.get("/identify/accounts/{id}/screening", &ScreeningApi::show);
  routes.write(inbound::Method::post, "/identify/accounts/{id}/screening", &ScreeningApi::keep);
}

}  // namespace linchpin::identify
