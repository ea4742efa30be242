// The body of a request: what can be read is written and read again to the same value.

#include "base/json.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "fuzz.h"

namespace linchpin::fuzz {

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  const Result<json::value> value = parse_json(text);
  if (!value) {
    claim_fault_of_caller(value.error());
    return 0;
  }
  claim(is_utf8(text), "JSON is UTF-8");
  const std::string written = json::serialize(*value);
  const Result<json::value> again = parse_json(written);
  claim(again.has_value(), "what was written can be read");
  claim(json::serialize(*again) == written, "and is the same");
  if (value->is_string()) {
    std::string quoted;
    append_json_string(quoted, std::string_view(value->get_string()));
    const Result<json::value> own = parse_json(quoted);
    claim(own && *own == *value, "our own writer says the same");
  }
  return 0;
}

}  // namespace linchpin::fuzz
