#include "identify/account_labels.h"

#include "identify/answer_parts.h"

namespace linchpin::identify {

void write_account(JsonWriter& out, RecordId id, const AccountLabel& label) {
  out.begin_object().key("id").id(id);
  write_text(out, "code", label.code);
  out.key("name").string(label.name).end_object();
}

Result<std::vector<AccountLabel>> AccountLabels::of(const std::vector<RecordId>& ids) {
  std::vector<AccountLabel> labels;
  labels.reserve(ids.size());
  const auto take = [&](RecordId, const std::vector<std::string_view>& texts) {
    labels.push_back({std::string(texts[0]), std::string(texts[1])});
  };
  LP_CHECK(records_.database().read([&](storage::Connection& connection) {
    return records_.read_texts(connection, scope_, "account", ids, {"code", "name"}, take);
  }));
  return labels;
}

Result<std::vector<AccountLabel>> AccountLabels::of(const Ranking& ranking, std::size_t begin,
                                                    std::size_t end) {
  std::vector<RecordId> ids;
  ids.reserve(end - begin);
  for (std::size_t i = begin; i < end; ++i) ids.push_back(ranking.rows[i].account);
  return of(ids);
}

Result<std::vector<std::string>> AccountLabels::names_of(const std::vector<RecordId>& ids) {
  LP_TRY(std::vector<AccountLabel> labels, of(ids));
  std::vector<std::string> names;
  names.reserve(labels.size());
  for (AccountLabel& label : labels) names.push_back(std::move(label.name));
  return names;
}

}  // namespace linchpin::identify
