#include "inbound/http/answer.h"

#include <boost/algorithm/string/predicate.hpp>

#include <array>
#include <charconv>
#include <filesystem>

#include "inbound/http/conditional.h"

namespace linchpin::inbound {
namespace {

constexpr std::int64_t nanoseconds = 1'000'000'000;
constexpr std::size_t usual_head_bytes = 1024;

// Inline styles are what the component library of the web client needs; scripts come from the
// server only, and nobody may frame the pages.
constexpr std::string_view policy_of_pages =
    "Content-Security-Policy: default-src 'self'; script-src 'self'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'\r\n";
constexpr std::string_view security_headers =
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n";
constexpr std::string_view transport_security =
    "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n";

struct Reason {
  int status;
  std::string_view phrase;
};

constexpr std::array<Reason, 31> reasons{{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {207, "Multi-Status"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {422, "Unprocessable Content"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {503, "Service Unavailable"},
}};

std::string_view reason_phrase(int status) {
  for (const Reason& reason : reasons) {
    if (reason.status == status) return reason.phrase;
  }
  return "Status";
}

std::string_view find_header(const Headers& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (boost::algorithm::iequals(key, name)) return value;
  }
  return {};
}

void append_number(std::string& out, std::int64_t number) {
  std::array<char, 24> digits;
  const auto result = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  out.append(digits.data(), result.ptr);
}

// Values may come from data: a line break in one must not begin another header.
void append_clean(std::string& out, std::string_view text) {
  for (const char c : text) out.push_back(static_cast<unsigned char>(c) < ' ' ? ' ' : c);
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
  append_clean(out, name);
  out.append(": ");
  append_clean(out, value);
  out.append("\r\n");
}

// One answer on its way: the response and what is decided about it.
class Preparation {
 public:
  Preparation(Response response, const AnswerContext& context)
      : response_(std::move(response)), context_(context) {}

  Result<Answer> prepare(Compressor& compressor) {
    answer_.keep_alive = context_.keep_alive;
    answer_.body = std::move(response_.body);
    answer_.shared_body = std::move(response_.shared_body);
    if (!response_.file.empty()) LP_CHECK(open_file());
    body_bytes_ =
        answer_.file ? answer_.file_bytes : static_cast<std::int64_t>(answer_.memory_body().size());
    if (is_unchanged()) {
      response_.status = 304;
      drop_body();
    } else if (answer_.file && response_.status == 200 && context_.method == Method::get) {
      choose_range();
    } else {
      compress(compressor);
    }
    write_head();
    if (context_.method == Method::head) drop_body();
    return std::move(answer_);
  }

 private:
  Status open_file() {
    LP_TRY(answer_.file, File::open(response_.file));
    if (response_.file_goes) {
      std::error_code error;  // what is left lies as long as other files of its kind
      std::filesystem::remove(response_.file, error);
    }
    LP_TRY(const File::Facts facts, answer_.file.facts());
    answer_.file_bytes = facts.size;
    if (find_header(response_.headers, "etag").empty()) {
      response_.with("ETag",
                     '"' + std::to_string(facts.modified) + '-' + std::to_string(facts.size) + '"');
    }
    if (find_header(response_.headers, "last-modified").empty()) {
      response_.with("Last-Modified", http_date(facts.modified / nanoseconds));
    }
    response_.with("Accept-Ranges", "bytes");
    return {};
  }

  bool is_unchanged() const {
    if (!context_.reads() || response_.status != 200) return false;
    if (find_header(response_.headers, "cache-control") == "no-store") return false;
    if (!context_.if_none_match.empty()) {
      return etag_matches(context_.if_none_match, find_header(response_.headers, "etag"));
    }
    return !context_.if_modified_since.empty() &&
           context_.if_modified_since == find_header(response_.headers, "last-modified");
  }

  void choose_range() {
    if (context_.range.empty()) return;
    if (!context_.if_range.empty() && context_.if_range != find_header(response_.headers, "etag") &&
        context_.if_range != find_header(response_.headers, "last-modified")) {
      return;
    }
    ByteRange range;
    const RangeKind kind = parse_range(context_.range, body_bytes_, range);
    if (kind == RangeKind::whole) return;
    std::string content_range = "bytes ";
    if (kind == RangeKind::unsatisfiable) {
      content_range += '*';
      response_.status = 416;
    } else {
      append_number(content_range, range.first);
      content_range += '-';
      append_number(content_range, range.first + range.length - 1);
      response_.status = 206;
    }
    content_range += '/';
    append_number(content_range, body_bytes_);
    response_.with("Content-Range", std::move(content_range));
    if (kind == RangeKind::unsatisfiable) {
      drop_body();
      body_bytes_ = 0;
    } else {
      answer_.file_offset = range.first;
      answer_.file_bytes = body_bytes_ = range.length;
    }
  }

  void compress(Compressor& compressor) {
    if (answer_.file || !response_.compressible) return;
    const std::string_view body = answer_.memory_body();
    if (body.size() < min_compressed_bytes || !is_compressible(response_.content_type)) return;
    if (!find_header(response_.headers, "content-encoding").empty()) return;
    if (find_header(response_.headers, "vary").empty()) response_.with("Vary", "Accept-Encoding");
    if (!accepts_encoding(context_.accept_encoding, "gzip")) return;
    std::optional<std::string> smaller = compressor.gzip(body);
    if (!smaller) return;
    answer_.shared_body.reset();
    answer_.body = std::move(*smaller);
    body_bytes_ = static_cast<std::int64_t>(answer_.body.size());
    response_.with("Content-Encoding", "gzip");
  }

  void drop_body() {
    answer_.body.clear();
    answer_.shared_body.reset();
    answer_.file.close();
    answer_.file_offset = answer_.file_bytes = 0;
  }

  void write_head() {
    std::string& out = answer_.head;
    out.reserve(usual_head_bytes);
    out.append("HTTP/1.1 ");
    append_number(out, response_.status);
    out.push_back(' ');
    out.append(reason_phrase(response_.status));
    out.append("\r\nDate: ");
    out.append(http_date_now());
    out.append("\r\nServer: linchpin\r\nX-Request-Id: ");
    out.append(context_.request_id);
    out.append("\r\n");
    if (find_header(response_.headers, "content-security-policy").empty()) {
      out.append(policy_of_pages);
    }
    out.append(security_headers);
    if (context_.secure) out.append(transport_security);
    if (!response_.content_type.empty() && response_.status != 304) {
      append_header(out, "Content-Type", response_.content_type);
    }
    bool has_cache_control = false;
    for (const auto& [name, value] : response_.headers) {
      has_cache_control = has_cache_control || boost::algorithm::iequals(name, "cache-control");
      append_header(out, name, value);
    }
    // What a person may see today, another on the same machine may not see tomorrow.
    if (!has_cache_control) out.append("Cache-Control: private, no-cache\r\n");
    if (response_.status != 204 && response_.status != 304) {
      out.append("Content-Length: ");
      append_number(out, body_bytes_);
      out.append("\r\n");
    }
    if (!context_.keep_alive) {
      out.append("Connection: close\r\n");
    } else if (context_.http_1_0) {
      out.append("Connection: keep-alive\r\n");
    }
    out.append("\r\n");
  }

  Response response_;
  const AnswerContext& context_;
  Answer answer_;
  std::int64_t body_bytes_ = 0;  // of the whole body, then of what is sent
};

}  // namespace

AnswerContext::AnswerContext(const RequestHead& head)
    : method(head.method),
      secure(head.secure),
      request_id(head.request_id),
      accept_encoding(head.header("accept-encoding")),
      accept_language(head.header("accept-language")),
      if_none_match(head.header("if-none-match")),
      if_modified_since(head.header("if-modified-since")),
      range(head.header("range")),
      if_range(head.header("if-range")) {}

Result<Answer> prepare_answer(Response response, const AnswerContext& context,
                              Compressor& compressor) {
  Preparation preparation(std::move(response), context);
  return preparation.prepare(compressor);
}

}  // namespace linchpin::inbound
