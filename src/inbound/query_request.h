#pragma once

// Lists as callers ask for them: the body of POST …/query, and the query string of GET …, which
// is sugar for the same.

#include "inbound/body.h"
#include "records/aggregate.h"
#include "records/records.h"

namespace linchpin::inbound {

constexpr std::size_t max_purpose_characters = 200;

// Why somebody asks for personal values, as it will stand in the audit log. Error: `too_long`.
Result<std::string> read_purpose(std::optional<std::string_view> text);

// {select, purpose, where, search, sort, page: {limit, after, offset}, count}
Result<records::QueryRequest> read_query(const Members& body);

// {where, search, group, measures, sort, page: {limit, after, offset}, totals}
Result<records::AggregateRequest> read_aggregate(const Members& body);

// ?stage=won&stage=lost&owner=me&code=&sort=-amount,name&limit=50&after=…&offset=…&select=a,b
// &search=…&count=…: a name that is none of these is a field or path that must have the value;
// given twice, one of the values; without a value, none at all.
Result<records::QueryRequest> read_list_query(const RequestHead& head,
                                              const records::Schema& schema,
                                              const records::Object& object);

}  // namespace linchpin::inbound
