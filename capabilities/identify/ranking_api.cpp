#include "identify/ranking_api.h"

#include <charconv>

#include "base/crypto.h"
#include "base/json_writer.h"
#include "base/wide_decimal.h"

namespace linchpin::identify {

namespace {

using inbound::Caller;
using inbound::Request;
using inbound::Response;

constexpr std::string_view cursor_prefix = "r1.";
constexpr std::size_t fingerprint_size = 16;

// A place in a ranking: how far it is, and a mark of the question it belongs to.
std::string make_cursor(const RankingRequest& request, std::size_t offset) {
  const std::string mark = to_hex(sha256(request.text())).substr(0, fingerprint_size);
  return std::string(cursor_prefix) + mark + "." + std::to_string(offset);
}

Result<std::size_t> read_cursor(const RankingRequest& request) {
  const std::string_view cursor = request.page_after;
  if (cursor.empty()) return std::size_t{0};
  const std::size_t digits = cursor_prefix.size() + fingerprint_size + 1;
  std::size_t offset = 0;
  const bool formed = cursor.starts_with(cursor_prefix) && cursor.size() > digits;
  const char* end = cursor.data() + cursor.size();
  if (!formed || std::from_chars(cursor.data() + digits, end, offset).ptr != end) {
    return Error::of(ErrorCode::cursor_mismatch, "wrong_cursor");
  }
  if (make_cursor(request, offset) != cursor) return Error::of(ErrorCode::cursor_mismatch);
  return offset;
}

struct Label {
  std::string code;
  std::string name;
};

class AnswerWriter {
 public:
  AnswerWriter(records::Records& records, const access::AccessScope& scope,
               const RankingRequest& request, const ComputedRanking& computed)
      : records_(records),
        scope_(scope),
        request_(request),
        computed_(computed),
        ranking_(computed.ranking),
        scale_(measure_scale(*records.schema(), request.measure.measure)) {}

  Result<std::string> write(std::size_t offset, const std::vector<Move>* moves) {
    out_.begin_object().key("summary");
    write_summary(moves);
    out_.key("tax").begin_object().key("basis");
    const Tax tax = settled_tax(request_.measure.measure, request_.measure.tax);
    out_.string(tax == Tax::inclusive ? "inclusive" : "exclusive").end_object();
    LP_CHECK(write_rows(offset));
    out_.end_object();
    return out_.take();
  }

 private:
  void share(std::string_view name, double value) {
    out_.key(name);
    if (ranking_.positive > 0) {
      out_.number(value);
    } else {
      out_.null();
    }
  }

  void write_summary(const std::vector<Move>* moves) {
    const std::size_t others = ranking_.rows.size() - ranking_.positive;
    out_.begin_object().key("customers").integer(static_cast<std::int64_t>(ranking_.positive));
    out_.key("non_positive").begin_object().key("customers");
    out_.integer(static_cast<std::int64_t>(others)).key("value");
    out_.string(format_wide_decimal(ranking_.non_positive_value, scale_)).end_object();
    out_.key("unassigned").decimal(computed_.unassigned, scale_);
    out_.key("total").string(format_wide_decimal(ranking_.total, scale_));
    share("top20_share", ranking_.top20_share);
    share("top1_share", ranking_.top1_share);
    share("gini", ranking_.gini);
    share("hhi", ranking_.hhi);
    out_.key("classes").begin_array();
    for (std::size_t i = 0; i < request_.classes.size(); ++i) {
      const ClassSummary& summary = ranking_.classes[i];
      out_.begin_object().key("name").string(request_.classes[i].name);
      out_.key("customers").integer(summary.customers);
      out_.key("value").string(format_wide_decimal(summary.value, scale_));
      share("share", summary.share);
      out_.end_object();
    }
    out_.end_array();
    if (moves) write_moves(*moves);
    out_.end_object();
  }

  void write_moves(const std::vector<Move>& moves) {
    out_.key("migration").begin_array();
    for (const Move& move : moves) {
      out_.begin_object().key("from").string(move.from).key("to").string(move.to);
      out_.key("customers").integer(move.customers).end_object();
    }
    out_.end_array();
  }

  Result<std::vector<Label>> read_labels(std::size_t begin, std::size_t end) {
    std::vector<RecordId> ids;
    for (std::size_t i = begin; i < end; ++i) ids.push_back(ranking_.rows[i].account);
    std::vector<Label> labels;
    LP_CHECK(records_.database().read([&](storage::Connection& connection) {
      return records_.read_texts(connection, scope_, "account", ids, {"code", "name"},
                                 [&](RecordId, const std::vector<std::string_view>& texts) {
                                   labels.push_back({std::string(texts[0]), std::string(texts[1])});
                                 });
    }));
    return labels;
  }

  Status write_rows(std::size_t offset) {
    const std::size_t begin = std::min(offset, ranking_.rows.size());
    const std::size_t end =
        std::min(begin + static_cast<std::size_t>(request_.page_limit), ranking_.rows.size());
    LP_TRY(const std::vector<Label> labels, read_labels(begin, end));
    out_.key("rows").begin_array();
    for (std::size_t i = begin; i < end; ++i) write_row(i, labels[i - begin]);
    out_.end_array().key("page").begin_object().key("next");
    const bool more = end < ranking_.rows.size();
    if (more) {
      out_.string(make_cursor(request_, end));
    } else {
      out_.null();
    }
    out_.key("has_more").boolean(more).end_object();
    return {};
  }

  void write_row(std::size_t place, const Label& label) {
    const RankedCustomer& row = ranking_.rows[place];
    out_.begin_object().key("rank").integer(static_cast<std::int64_t>(place) + 1);
    out_.key("account").begin_object().key("id").id(row.account).key("code");
    if (label.code.empty()) {
      out_.null();
    } else {
      out_.string(label.code);
    }
    out_.key("name").string(label.name).end_object();
    out_.key("value").decimal(row.value, scale_);
    const bool positive = place < ranking_.positive;
    out_.key("share");
    positive ? out_.number(row.share) : out_.null();
    out_.key("cum_share");
    positive ? out_.number(row.cumulative_share) : out_.null();
    out_.key("class").string(request_.classes[row.class_index].name).end_object();
  }

  records::Records& records_;
  const access::AccessScope& scope_;
  const RankingRequest& request_;
  const ComputedRanking& computed_;
  const Ranking& ranking_;
  int scale_;
  JsonWriter out_;
};

Result<Response> answer(records::Records& records, ComputedRankings& rankings, const Request& http,
                        const Caller& caller) {
  LP_TRY(const json::object body, parse_json_object(http.body));
  LP_TRY(const RankingRequest request, read_ranking_request(body));
  LP_TRY(const std::size_t offset, read_cursor(request));
  LP_TRY(const auto computed, rankings.of(caller.scope, request));
  std::vector<Move> moves;
  if (request.compare) {
    RankingRequest earlier = request;
    earlier.measure.window = *request.compare;
    LP_TRY(const auto before, rankings.of(caller.scope, earlier));
    moves = migration(before->ranking, computed->ranking, request.classes);
  }
  AnswerWriter writer(records, caller.scope, request, *computed);
  LP_TRY(std::string text, writer.write(offset, request.compare ? &moves : nullptr));
  return Response::json(200, std::move(text));
}

}  // namespace

void install_ranking(inbound::Registration& registration,
                     std::shared_ptr<ComputedRankings> rankings) {
  records::Records& records = registration.services().records;
  inbound::Route route;
  route.method = inbound::Method::post;
  route.pattern = "/identify/ranking";
  route.body = inbound::RequestPlan::Body::memory;
  route.handler = [&records, rankings](const Request& request, const Caller& caller) {
    return answer(records, *rankings, request, caller);
  };
  registration.route(std::move(route));
}

}  // namespace linchpin::identify
