#include "identify/finding_parts.h"

#include <algorithm>

#include "records/conditions.h"

namespace linchpin::identify {

namespace {

constexpr std::size_t max_named = 3;

}  // namespace

json::object id_filter(const std::vector<RecordId>& ids) {
  json::array values;
  const std::size_t count = std::min(ids.size(), max_opened_records);
  values.reserve(count);
  for (std::size_t i = 0; i < count; ++i) values.emplace_back(format_id(ids[i]));
  return records::leaf("in", "id", std::move(values));
}

Finding account_finding(const FindingSources& sources, std::string code,
                        const std::vector<RecordId>& ids, ErrorParams params) {
  Finding finding;
  params.emplace_back("count", count_text(static_cast<std::int64_t>(ids.size())));
  finding.text = sources.speech.text("identify.finding." + code, params);
  if (ids.size() > max_opened_records) {
    finding.text +=
        sources.speech.text("identify.finding.opens_first",
                            {{"limit", count_text(static_cast<std::int64_t>(max_opened_records))}});
  }
  finding.code = std::move(code);
  finding.params = std::move(params);
  finding.object = "account";
  finding.where = id_filter(ids);
  finding.count = static_cast<std::int64_t>(ids.size());
  return finding;
}

Result<std::string> first_names(const FindingSources& sources, const std::vector<RecordId>& ids) {
  const std::size_t count = std::min(ids.size(), max_named);
  const auto end = ids.begin() + static_cast<std::ptrdiff_t>(count);
  LP_TRY(const std::vector<std::string> names,
         sources.labels.names_of(std::vector<RecordId>(ids.begin(), end)));
  return names_text(sources.speech, names, ids.size() > count);
}

std::vector<RecordId> first_class(const Ranking& ranking) {
  std::vector<RecordId> accounts;
  for (std::size_t i = 0; i < ranking.positive; ++i) {
    if (ranking.rows[i].class_index == 0) accounts.push_back(ranking.rows[i].account);
  }
  return accounts;
}

}  // namespace linchpin::identify
