#include "jobs/tabular/column_guess.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"
#include "base/utf8.h"
#include "jobs/tabular/cell_value.h"

namespace linchpin::tabular {
namespace {

// A name that fits only without its group or its unit fits less well.
constexpr std::size_t partial_penalty = 100;

enum class Content { any, number, date };

// Names as normalised_name() makes them, the most telling first.
struct Vocabulary {
  std::string_view field;
  Content content;
  std::vector<std::string_view> names;
};

const std::vector<Vocabulary> vocabulary{
    {"order", Content::any, {"订单号",     "订单编号",       "销售订单号",   "销售订单编号",
                             "销售订单",   "单据编号",       "单据号",       "单号",
                             "销售单号",   "出库单号",       "发票号",       "发票号码",
                             "发票编号",   "订单",           "orderno",      "ordernumber",
                             "orderid",    "salesorderno",   "salesorderid", "salesordernumber",
                             "salesorder", "sono",           "ordercode",    "order",
                             "invoiceno",  "invoicenumber",  "invoiceid",    "invoice",
                             "documentno", "documentnumber", "billno"}},
    {"product",
     Content::any,
     {"产品编码",   "物料编码",   "商品编码",      "存货编码",   "产品代码",       "商品代码",
      "物料代码",   "产品编号",   "商品编号",      "物料编号",   "物料号",         "产品号",
      "货号",       "料号",       "品号",          "sku",        "skucode",        "productcode",
      "productid",  "productno",  "productnumber", "stockcode",  "itemcode",       "itemno",
      "itemnumber", "itemid",     "materialcode",  "materialno", "materialnumber", "material",
      "partno",     "partnumber", "product",       "item"}},
    {"product.name",
     Content::any,
     {"产品名称",
      "商品名称",
      "物料名称",
      "存货名称",
      "货物名称",
      "品名",
      "物料描述",
      "产品描述",
      "货物或应税劳务名称",
      "产品",
      "商品",
      "物料",
      "货物",
      "productname",
      "itemname",
      "productdescription",
      "itemdescription",
      "materialdescription",
      "stockdescription",
      "description"}},
    {"quantity",
     Content::number,
     {"数量", "销售数量", "出库数量", "实发数量", "发货数量", "订单数量", "开票数量", "销量",
      "件数", "quantity", "qty", "salesquantity", "salesqty", "orderquantity", "orderqty",
      "unitssold", "units"}},
    {"ordered_on",
     Content::date,
     {"下单日期",    "订单日期",     "订货日期",        "单据日期",    "销售日期",
      "业务日期",    "下单时间",     "订单时间",        "成交日期",    "交易日期",
      "开票日期",    "出库日期",     "发货日期",        "日期",        "orderdate",
      "orderedon",   "orderedat",    "orderdatetime",   "salesdate",   "saledate",
      "invoicedate", "documentdate", "transactiondate", "postingdate", "date"}},
    {"unit_price",
     Content::number,
     {"单价", "销售单价", "不含税单价", "无税单价", "含税单价", "成交单价", "售价", "价格",
      "unitprice", "priceperunit", "sellingprice", "saleprice", "salesprice", "netprice", "price"}},
    {"discount",
     Content::number,
     {"折扣", "折扣率", "discount", "discountrate", "discountpercent"}},
    {"amount",
     Content::number,
     {"金额",       "销售额",     "销售金额", "不含税金额", "无税金额",    "订单金额",
      "含税金额",   "价税合计",   "总金额",   "总价",       "金额不含税",  "金额含税",
      "成交金额",   "amount",     "netsales", "netamount",  "salesamount", "lineamount",
      "linetotal",  "sales",      "revenue",  "turnover",   "totalamount", "extendedprice",
      "grosssales", "grossamount"}},
    {"cost",
     Content::number,
     {"成本", "成本金额", "销售成本", "总成本", "cost", "costamount", "totalcost", "cogs",
      "costofgoodssold"}},
    {"tax_rate", Content::number, {"税率", "增值税率", "taxrate", "vatrate", "taxpercent"}},
    {"account",
     Content::any,
     {"客户编码",     "客户代码",     "客户编号",   "客户号",        "客户id",     "购货单位编码",
      "购货单位代码", "往来单位编码", "customerid", "customercode",  "customerno", "customernumber",
      "accountid",    "accountcode",  "accountno",  "accountnumber", "clientid",   "clientcode",
      "clientno",     "soldtoparty",  "soldto",     "customer",      "account",    "client"}},
    {"account.name", Content::any, {"客户名称",     "客户全称",    "购货单位名称", "购货单位",
                                    "购买方名称",   "购方名称",    "往来单位名称", "往来单位",
                                    "客户简称",     "客户",        "购买方",       "买方",
                                    "customername", "accountname", "clientname",   "soldtoname",
                                    "companyname",  "buyername",   "company",      "buyer"}},
    {"account.region",
     Content::any,
     {"客户地区", "客户区域", "地区", "区域", "销售区域", "大区", "销售大区", "省份", "所在地区",
      "所属区域", "省", "国家", "customerregion", "salesregion", "region", "territory",
      "customercountry", "country", "province"}},
};

// Folded; without what stands in brackets and without blanks and punctuation.
std::string normalised_name(std::string_view name) {
  std::string normal;
  int open_brackets = 0;
  const std::string folded = fold(name);
  for (std::size_t i = 0; i < folded.size();) {
    const CodePoint point = code_point_at(folded, i);
    const bool opens = point.value == '(' || point.value == '[' || point.value == U'【';
    const bool closes = point.value == ')' || point.value == ']' || point.value == U'】';
    const bool letter = (point.value >= 'a' && point.value <= 'z') ||
                        (point.value >= '0' && point.value <= '9') ||
                        (point.value >= 0x80 && point.value != 0x3000 && point.value != 0xA0);
    open_brackets += opens ? 1 : 0;
    if (letter && !closes && open_brackets == 0) normal.append(folded, i, point.size);
    if (closes && open_brackets > 0) --open_brackets;
    i += point.size;
  }
  return normal;
}

bool is_chinese(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
}

// The name, and in Chinese also without its unit of money and without the heading of its group.
// English words change the meaning of what follows them: a due date is not the order's date.
std::vector<std::string> forms_of(std::string_view name) {
  std::vector<std::string> forms{normalised_name(name)};
  for (const std::string_view unit : {"百万元", "万元", "千元", "亿元", "元"}) {
    if (!forms[0].ends_with(unit)) continue;
    forms.push_back(forms[0].substr(0, forms[0].size() - unit.size()));
    break;
  }
  for (std::size_t blank = name.find(' '); blank != std::string_view::npos;
       blank = name.find(' ', blank + 1)) {
    const std::string_view rest = name.substr(blank + 1);
    if (is_chinese(rest)) forms.push_back(normalised_name(rest));
  }
  return forms;
}

bool fits(Content content, const std::vector<std::string>& samples) {
  if (content == Content::any || samples.empty()) return true;
  const auto fitting = std::count_if(samples.begin(), samples.end(), [&](const std::string& text) {
    if (content == Content::number) return read_number(text, scale_of_any_number).has_value();
    const auto date = read_date(text);
    if (date || date.error().detail == "no_such_date") return true;
    return read_date(text, "mdy").has_value() || read_date(text, "dmy").has_value();
  });
  return 2 * static_cast<std::size_t>(fitting) >= samples.size();
}

struct Candidate {
  std::size_t penalty = 0;
  std::size_t column = 0;
  std::string_view field;
};

void add_candidates(std::string_view name, const std::vector<std::string>& samples,
                    std::size_t column, std::vector<Candidate>& candidates) {
  const auto forms = forms_of(name);
  for (const Vocabulary& words : vocabulary) {
    for (std::size_t form = 0; form < forms.size(); ++form) {
      const auto found = std::find(words.names.begin(), words.names.end(), forms[form]);
      if (found == words.names.end()) continue;
      const auto rank = static_cast<std::size_t>(found - words.names.begin());
      const std::size_t penalty = rank + (form > 0 ? partial_penalty : 0);
      if (fits(words.content, samples)) candidates.push_back({penalty, column, words.field});
      break;
    }
  }
}

bool by_penalty(const Candidate& a, const Candidate& b) {
  return a.penalty < b.penalty;
}

}  // namespace

std::string guess_field(std::string_view column_name, const std::vector<std::string>& samples) {
  std::vector<Candidate> candidates;
  add_candidates(column_name, samples, 0, candidates);
  const auto best = std::min_element(candidates.begin(), candidates.end(), by_penalty);
  return best == candidates.end() ? std::string() : std::string(best->field);
}

std::vector<std::string> guess_fields(const std::vector<Column>& columns) {
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    add_candidates(columns[i].name, columns[i].samples, i, candidates);
  }
  std::stable_sort(candidates.begin(), candidates.end(), by_penalty);
  std::vector<std::string> fields(columns.size());
  std::set<std::string_view> taken;
  for (const Candidate& candidate : candidates) {
    if (!fields[candidate.column].empty() || taken.contains(candidate.field)) continue;
    taken.insert(candidate.field);
    fields[candidate.column] = candidate.field;
  }
  return fields;
}

}  // namespace linchpin::tabular
