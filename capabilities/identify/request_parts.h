#pragma once

// Strict reading of what the endpoints of this folder are asked in a JSON body: every member is
// named, and every problem points at its place. And the pages they answer in.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "records/facts.h"

namespace linchpin::identify {

constexpr int max_page_rows = 500;
constexpr int default_page_rows = 50;

// validation_failed and malformed, with one problem.
Error refuse(const std::string& pointer, std::string code, ErrorParams params = {});
Error malformed(const std::string& pointer, std::string code);

Status allow_only(const json::object& object, const std::string& pointer,
                  std::initializer_list<std::string_view> names);
// The member's text; empty when it is absent.
Result<std::string> text_member(const json::object& object, std::string_view name);
Result<std::optional<std::int64_t>> integer_member(const json::object& object,
                                                   std::string_view name, std::int64_t min,
                                                   std::int64_t max);
// `pointer` is where `members` stand. Error: `required` when it is absent.
Result<Day> day_member(const json::object& members, const std::string& pointer,
                       std::string_view name);
// "2026-01-01" and "2026-02-01" as a window. Error: `window_empty`.
Result<records::Window> read_window(const json::object& members, const std::string& pointer);

struct PageAsked {
  int limit = default_page_rows;
  std::string after;
};
Result<PageAsked> read_page(const json::object& body);

// A place in an answer of many rows: how far it is, and a mark of the question it belongs to.
std::string make_cursor(std::string_view question, std::size_t offset);
// 0 for an empty cursor. Error: cursor_mismatch.
Result<std::size_t> read_cursor(std::string_view question, std::string_view cursor);
// {"next","has_more"} behind the rows before `end` of so many.
void write_page(JsonWriter& out, std::string_view question, std::size_t end, std::size_t rows);

}  // namespace linchpin::identify
