#pragma once

// What the reports are asked in the query string: ?from=&to=&measure=&tax=&a=&b=&convention=
// &half_life_days=&compare_from=&compare_to=&lang=. All but from and to may be left out.

#include "identify/ranking_request.h"
#include "inbound/http/message.h"

namespace linchpin::identify {

struct ReportRequest {
  RankingRequest ranking;
  Language language = Language::zh_cn;
};

// `a` and `b` are cumulative: classes A up to a, B up to b, C the rest. `otherwise` is the language
// of a caller who names none. Errors: malformed for an unknown name, validation_failed.
Result<ReportRequest> read_report_request(const inbound::RequestHead& head, Language otherwise);

// The language alone, from ?lang=. Error: validation_failed.
Result<Language> read_language(const inbound::RequestHead& head, Language otherwise);

// The same days a year earlier; 29 February becomes the 28th.
records::Window year_before(records::Window window);

}  // namespace linchpin::identify
