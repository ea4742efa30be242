#pragma once

// For tests: accounts and deals with computed fields of every kind.

#include "records/standard_objects.h"

namespace linchpin::records {

inline constexpr std::string_view computed_objects = R"json({"objects": [
  {"api_name": "user", "label": {"zh-CN": "用户", "en": "User"}, "fields": [
    {"api_name": "name", "type": "text", "label": {"zh-CN": "姓名", "en": "Name"}}]},
  {"api_name": "account", "label": {"zh-CN": "客户", "en": "Account"}, "fields": [
    {"api_name": "name", "type": "text", "label": {"zh-CN": "名称", "en": "Name"}, "name": true},
    {"api_name": "industry", "type": "select", "label": {"zh-CN": "行业", "en": "Industry"},
     "options": [{"key": "power", "label": {"zh-CN": "电力", "en": "Power"}},
                 {"key": "rail", "label": {"zh-CN": "铁路", "en": "Rail"}}]},
    {"api_name": "parent", "type": "link", "target": "account",
     "label": {"zh-CN": "上级", "en": "Parent"}},
    {"api_name": "founded_on", "type": "date", "label": {"zh-CN": "成立", "en": "Founded"}},
    {"api_name": "deals", "type": "rollup", "label": {"zh-CN": "商机数", "en": "Deals"},
     "compute": {"rollup": {"object": "deal", "link": "account", "fn": "count"}}},
    {"api_name": "won", "type": "rollup", "label": {"zh-CN": "赢单额", "en": "Won"},
     "index": true,
     "compute": {"rollup": {"object": "deal", "link": "account", "fn": "sum", "field": "amount",
                            "where": {"op": "eq", "field": "stage", "value": "won"}}}},
    {"api_name": "mean", "type": "rollup", "label": {"zh-CN": "均值", "en": "Mean"},
     "compute": {"rollup": {"object": "deal", "link": "account", "fn": "avg",
                            "field": "amount"}}},
    {"api_name": "first_on", "type": "rollup", "label": {"zh-CN": "首单", "en": "First"},
     "compute": {"rollup": {"object": "deal", "link": "account", "fn": "min",
                            "field": "closed_on"}}},
    {"api_name": "largest", "type": "rollup", "label": {"zh-CN": "最大", "en": "Largest"},
     "compute": {"rollup": {"object": "deal", "link": "account", "fn": "max",
                            "field": "amount"}}},
    {"api_name": "pipeline", "type": "rollup", "label": {"zh-CN": "加权", "en": "Pipeline"},
     "compute": {"rollup": {"object": "deal", "link": "account", "fn": "sum",
                            "field": "weighted"}}},
    {"api_name": "grade", "type": "formula", "label": {"zh-CN": "等级", "en": "Grade"},
     "compute": {"formula": "IF(won >= 1000, \"A\", IF(deals > 0, \"B\", \"C\"))"
}
},
    {"api_name": "caption", "type": "formula", "label": {"zh-CN": "标题", "en": "Caption"},
     "compute": {"formula": "name & \"/\" & grade"}},
    {"api_name": "above", "type": "formula", "label": {"zh-CN": "上级标题", "en": "Above"},
     "compute": {"formula": "parent.caption"}},
    {"api_name": "age", "type": "formula", "result_type": "integer",
     "label": {"zh-CN": "天数", "en": "Days"}, "compute": {"formula": "TODAY() - founded_on"}}]
},
  {"api_name": "deal", "label": {"zh-CN": "商机", "en": "Deal"}, "fields": [
    {"api_name": "name", "type": "text", "label": {"zh-CN": "名称", "en": "Name"}},
    {"api_name": "account", "type": "link", "target": "account", "on_delete": "cascade",
     "label": {"zh-CN": "客户", "en": "Account"}},
    {"api_name": "amount", "type": "money", "label": {"zh-CN": "金额", "en": "Amount"}},
    {"api_name": "probability", "type": "percent", "scale": 1,
     "label": {"zh-CN": "概率", "en": "Probability"}},
    {"api_name": "stage", "type": "select", "label": {"zh-CN": "阶段", "en": "Stage"},
     "options": [{"key": "open", "label": {"zh-CN": "进行", "en": "Open"}},
                 {"key": "won", "label": {"zh-CN": "赢单", "en": "Won"}}]},
    {"api_name": "closed_on", "type": "date", "label": {"zh-CN": "日期", "en": "Closed"}},
    {"api_name": "weighted", "type": "formula", "result_type": "money", "index": true,
     "label": {"zh-CN": "加权", "en": "Weighted"},
     "compute": {"formula": "amount * IFBLANK(probability, 100%)"}},
    {"api_name": "sector", "type": "lookup", "label": {"zh-CN": "行业", "en": "Sector"},
     "compute": {"lookup": {"path": "account.industry"}}},
    {"api_name": "customer_age", "type": "lookup", "label": {"zh-CN": "天数", "en": "Days"},
     "compute": {"lookup": {"path": "account.age"}}},
    {"api_name": "full_name", "type": "formula", "label": {"zh-CN": "全名", "en": "Full name"},
     "compute": {"formula":
                   "account.caption & \": \" & name & IF(sector = \"power\", \"!\", \"\")"}}
  ]}]
})json";

inline Result<StandardObjects> computed_standard(std::string_view more = R"({"objects": []})") {
  StandardObjects standard(2);
  standard.add("test", *parse_json_object(computed_objects));
  standard.add("more", *parse_json_object(more));
  return standard;
}

inline Result<std::shared_ptr<const Schema>> computed_schema(std::string_view more) {
  return computed_standard(more)->build({});
}

}  // namespace linchpin::records
