#include "inbound/oidc/pending_sign_in.h"

#include "base/json_writer.h"

namespace linchpin::inbound {
namespace {

constexpr std::string_view pending_context = "oidc sign-in";
constexpr std::size_t max_pending_bytes = 4096;

bool is_own_path(std::string_view next) {
  if (!next.starts_with('/') || next.size() > max_next_bytes) return false;
  if (next.size() > 1 && (next[1] == '/' || next[1] == '\\')) return false;
  for (const char c : next) {
    if (c <= ' ' || c > '~') return false;
  }
  return true;
}

Error expired() {
  return Error::of(ErrorCode::unauthenticated, "sign_in_expired");
}

}  // namespace

PendingSignIn new_pending_sign_in(std::string_view next, Instant now) {
  PendingSignIn pending;
  for (std::string* secret :
       {&pending.secrets.state, &pending.secrets.nonce, &pending.secrets.verifier}) {
    *secret = to_base64url(random_bytes(key_bytes));
  }
  pending.next = is_own_path(next) ? std::string(next) : "/";
  pending.ends_at = now + pending_sign_in_time;
  return pending;
}

std::string sealed_text(const Key& workspace_key, const PendingSignIn& pending) {
  JsonWriter out;
  out.begin_object();
  out.key("state").string(pending.secrets.state);
  out.key("nonce").string(pending.secrets.nonce);
  out.key("verifier").string(pending.secrets.verifier);
  out.key("next").string(pending.next);
  out.key("ends_at").integer(pending.ends_at);
  out.end_object();
  return to_base64url(seal(workspace_key, out.text(), pending_context));
}

Result<PendingSignIn> opened_sign_in(const Key& workspace_key, std::string_view text, Instant now) {
  if (text.empty() || text.size() > max_pending_bytes) return expired();
  const Result<std::string> sealed = from_base64url(text);
  if (!sealed) return expired();
  const Result<std::string> plain = open_sealed(workspace_key, *sealed, pending_context);
  if (!plain) return expired();
  LP_TRY(const json::object object, parse_json_object(*plain));
  PendingSignIn pending;
  pending.secrets.state = text_member(object, "state");
  pending.secrets.nonce = text_member(object, "nonce");
  pending.secrets.verifier = text_member(object, "verifier");
  pending.next = text_member(object, "next");
  pending.ends_at = integer_at(object, "ends_at");
  if (now >= pending.ends_at) return expired();
  return pending;
}

}  // namespace linchpin::inbound
