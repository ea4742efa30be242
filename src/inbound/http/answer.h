#pragma once

// From a Response to the bytes on the wire: conditions, ranges, compression and headers.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "inbound/http/compression.h"
#include "inbound/http/file.h"
#include "inbound/http/message.h"

namespace linchpin::inbound {

// What of a request decides the form of its answer; kept because the request itself is given away.
struct AnswerContext {
  Method method = Method::get;
  bool secure = false;
  bool keep_alive = true;
  bool http_1_0 = false;
  std::string request_id;
  std::string accept_encoding;
  std::string accept_language;
  std::string if_none_match;
  std::string if_modified_since;
  std::string range;
  std::string if_range;

  AnswerContext() = default;
  explicit AnswerContext(const RequestHead& head);
  bool reads() const { return method == Method::get || method == Method::head; }
};

struct Answer {
  std::string head;  // status line and headers
  std::string body;
  std::shared_ptr<const std::string> shared_body;
  File file;  // the body when open, from `file_offset`, `file_bytes` long
  std::int64_t file_offset = 0;
  std::int64_t file_bytes = 0;
  bool keep_alive = true;

  std::string_view memory_body() const { return shared_body ? *shared_body : body; }
};

// Error: the file of the response cannot be opened.
Result<Answer> prepare_answer(Response response, const AnswerContext& context,
                              Compressor& compressor);

}  // namespace linchpin::inbound
