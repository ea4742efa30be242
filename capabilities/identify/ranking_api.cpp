#include "identify/ranking_api.h"

#include "base/json_writer.h"
#include "base/wide_decimal.h"
#include "identify/account_labels.h"
#include "identify/pool_share.h"
#include "identify/region_share.h"
#include "inbound/body.h"

namespace linchpin::identify {

namespace {

using inbound::Caller;
using inbound::Request;
using inbound::Response;

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

  // What else the summary tells: null where it was not asked for.
  struct Beside {
    const std::vector<Move>* moves = nullptr;
    const std::optional<PoolShare>* pool = nullptr;
  };

  Result<std::string> write(std::size_t offset, const Beside& beside) {
    out_.begin_object().key("summary");
    write_summary(beside);
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

  void write_summary(const Beside& beside) {
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
    if (beside.moves) write_moves(*beside.moves);
    if (beside.pool) {
      out_.key("pool");
      const int money_scale = measure_scale(*records_.schema(), Measure::net_sales);
      write_pool_share(out_, *beside.pool, money_scale);
    }
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

  Status write_rows(std::size_t offset) {
    const std::size_t begin = std::min(offset, ranking_.rows.size());
    const std::size_t end =
        std::min(begin + static_cast<std::size_t>(request_.page.limit), ranking_.rows.size());
    AccountLabels accounts(records_, scope_);
    LP_TRY(const std::vector<AccountLabel> labels, accounts.of(ranking_, begin, end));
    out_.key("rows").begin_array();
    for (std::size_t i = begin; i < end; ++i) write_row(i, labels[i - begin]);
    out_.end_array().key("page");
    write_page(out_, request_.text(), end, ranking_.rows.size());
    return {};
  }

  void write_row(std::size_t place, const AccountLabel& label) {
    const RankedCustomer& row = ranking_.rows[place];
    out_.begin_object().key("rank").integer(static_cast<std::int64_t>(place) + 1).key("account");
    write_account(out_, row.account, label);
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
  LP_TRY(const std::size_t offset, read_cursor(request.text(), request.page.after));
  LP_TRY(const auto computed, rankings.of(caller.scope, request));
  std::vector<Move> moves;
  if (request.compare) {
    RankingRequest earlier = request;
    earlier.measure.window = *request.compare;
    LP_TRY(const auto before, rankings.of(caller.scope, earlier));
    moves = migration(before->ranking, computed->ranking, request.classes);
  }
  AnswerWriter writer(records, caller.scope, request, *computed);
  std::optional<PoolShare> pool;
  if (request.with_pool) {
    LP_TRY(pool, pool_share(records, rankings, caller.scope, request));
  }
  LP_TRY(std::string text, writer.write(offset, {request.compare ? &moves : nullptr,
                                                 request.with_pool ? &pool : nullptr}));
  return Response::json(200, std::move(text));
}

// ?from=&to=
Result<records::Window> window_asked(const inbound::RequestHead& head) {
  json::object members;
  for (const auto& [name, value] : head.query) members[name] = value;
  LP_CHECK(allow_only(members, "", {"from", "to"}));
  return read_window(members, "");
}

Result<Response> region_answer(records::Records& records, ComputedRankings& rankings,
                               const Request& http, const Caller& caller) {
  LP_TRY(const RecordId account, inbound::id_parameter(http, "id"));
  LP_TRY(const records::Window window, window_asked(http.head));
  LP_TRY(const RegionShare share, region_share(records, rankings, caller.scope, account, window));
  JsonWriter out;
  write_region_share(out, share, measure_scale(*records.schema(), Measure::net_sales));
  return Response::json(200, out.take());
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
  registration.route({inbound::Method::get, "/identify/accounts/{id}/region",
                      [&records, rankings](const Request& request, const Caller& caller) {
                        return region_answer(records, *rankings, request, caller);
                      }});
}

}  // namespace linchpin::identify
