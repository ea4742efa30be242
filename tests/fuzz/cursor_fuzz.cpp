// A cursor as it comes back: strange ones are refused, and so is everything behind a right
// signature that is no place in a list.

#include "base/crypto.h"
#include "fuzz.h"
#include "records/cursor.h"
#include "workspace.h"

namespace linchpin::fuzz {

namespace {

constexpr std::string_view query_text = "account\nnull\n\nnull";
constexpr std::size_t mark_bytes = 16;

// What a server would have signed, were it to make such cursors.
std::string signed_cursor(const Key& key, std::string_view place) {
  const std::string payload = sha256(query_text).substr(0, mark_bytes) + std::string(place);
  return "c1." + to_base64url(hmac_sha256(key, payload).substr(0, mark_bytes) + payload);
}

void look_at(const Key& key, std::string_view cursor) {
  const auto position = records::read_cursor(key, query_text, cursor);
  if (!position) {
    claim_fault_of_caller(position.error());
    return;
  }
  const std::string again = records::make_cursor(key, query_text, *position);
  const auto same = records::read_cursor(key, query_text, again);
  claim(same && same->id == position->id && same->keys == position->keys,
        "a place is the same after a turn");
}

}  // namespace

int LLVMFuzzerInitialize(int*, char***) {
  workspace();
  return 0;
}

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const Key key{};
  const std::string_view text = text_of(data, size);
  look_at(key, text);
  look_at(key, signed_cursor(key, text));
  records::QueryRequest query;
  query.page.after = text;
  JsonWriter out;
  if (text.empty()) return 0;
  const Status done = workspace().query(administrator(), "account", query, out);
  if (!done) claim_fault_of_caller(done.error());
  return 0;
}

}  // namespace linchpin::fuzz
