// A query with its filter, sort and selection, through the compiler to the database: it is refused
// in words or answered in JSON.

#include "fuzz.h"
#include "workspace.h"

namespace linchpin::fuzz {

namespace {

records::QueryRequest query_of(const json::object& body) {
  records::QueryRequest query;
  if (const json::value* where = body.if_contains("where")) query.where = *where;
  if (const json::value* sort = body.if_contains("sort")) query.sort = *sort;
  const json::value* search = body.if_contains("search");
  if (search != nullptr && search->is_string()) query.search = search->get_string();
  const json::value* select = body.if_contains("select");
  if (select != nullptr && select->is_array()) {
    for (const json::value& path : select->get_array()) {
      if (path.is_string()) query.select.emplace_back(std::string_view(path.get_string()));
    }
  }
  query.page.limit = 2;
  return query;
}

}  // namespace

int LLVMFuzzerInitialize(int*, char***) {
  workspace();
  return 0;
}

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const Result<json::object> body = parse_json_object(text_of(data, size));
  if (!body) return 0;
  records::QueryRequest query = query_of(*body);
  for (int page = 0; page < 2; ++page) {
    JsonWriter out;
    const Status done = workspace().query(administrator(), "account", query, out);
    if (!done) {
      claim_fault_of_caller(done.error());
      return 0;
    }
    const Result<json::object> answer = parse_json_object(out.text());
    claim(answer.has_value(), "the answer is JSON");
    const json::value& next = answer->at("page").at("next");
    if (!next.is_string()) return 0;
    query.page.after = next.get_string();
  }
  return 0;
}

}  // namespace linchpin::fuzz
