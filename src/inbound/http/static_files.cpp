#include "inbound/http/static_files.h"

#include <sys/stat.h>

#include <array>
#include <cstdlib>

#include "base/files.h"
#include "inbound/http/compression.h"
#include "inbound/http/file.h"

namespace linchpin::inbound {
namespace {

constexpr std::string_view index_path = "/index.html";
constexpr std::string_view hashed_folder = "/assets/";

struct ContentType {
  std::string_view extension;
  std::string_view type;
};

constexpr std::array<ContentType, 23> content_types{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".gif", "image/gif"},
    {".webp", "image/webp"},
    {".avif", "image/avif"},
    {".ico", "image/x-icon"},
    {".woff", "font/woff"},
    {".woff2", "font/woff2"},
    {".ttf", "font/ttf"},
    {".txt", "text/plain; charset=utf-8"},
    {".csv", "text/csv; charset=utf-8"},
    {".xml", "application/xml"},
    {".pdf", "application/pdf"},
    {".wasm", "application/wasm"},
}};

struct Encoding {
  std::string_view name;
  std::string_view extension;
};

constexpr std::array<Encoding, 2> encodings{{{"br", ".br"}, {"gzip", ".gz"}}};  // best first

// No empty, hidden or upward part, and nothing that another system would take for a separator.
bool is_plain(std::string_view path) {
  if (!path.starts_with('/') || path.find_first_of(std::string_view("\\\0", 2)) != path.npos) {
    return false;
  }
  for (std::size_t at = path.find('/'); at != path.npos; at = path.find('/', at + 1)) {
    const std::string_view part = path.substr(at + 1);
    if (part.starts_with('.') || part.starts_with('/')) return false;
  }
  return true;
}

bool is_page(std::string_view path) {
  return path.find('.', path.rfind('/')) == path.npos;
}

std::string accepted_encodings(const RequestHead& head) {
  const std::string_view accept = head.header("accept-encoding");
  std::string accepted;
  if (accept.empty()) return accepted;
  for (const Encoding& encoding : encodings) {
    if (accepts_encoding(accept, encoding.name)) accepted.append(encoding.extension);
  }
  return accepted;
}

std::string real_path(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr),
                                                         &std::free);
  return real ? std::string(real.get()) : std::string();
}

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '<') {
      out.append("&lt;");
    } else if (c == '&') {
      out.append("&amp;");
    } else {
      out.push_back(c);
    }
  }
}

}  // namespace

std::string_view content_type_of(std::string_view path) {
  for (const ContentType& known : content_types) {
    if (path.ends_with(known.extension)) return known.type;
  }
  return "application/octet-stream";
}

StaticFiles::StaticFiles(std::string folder, const Texts& texts)
    : folder_(std::move(folder)), texts_(texts) {}

Result<Response> StaticFiles::answer(const RequestHead& head) const {
  if (head.method != Method::get && head.method != Method::head) {
    return Error::of(ErrorCode::method_not_allowed);
  }
  if (!is_plain(head.path)) return Error::of(ErrorCode::not_found);
  const bool page = is_page(head.path);
  const std::string path(page ? index_path : std::string_view(head.path));
  std::optional<Entry> entry = find(path, accepted_encodings(head));
  if (!entry) {
    if (page) return not_built();
    return Error::of(ErrorCode::not_found);
  }
  Response response;
  response.content_type = content_type_of(path);
  if (entry->content) {
    response.shared_body = std::move(entry->content);
  } else {
    response.file = entry->file;
  }
  const bool lasting = path.starts_with(hashed_folder);
  response.with("Cache-Control", lasting ? "public, max-age=31536000, immutable" : "no-cache");
  response.with("ETag",
                '"' + std::to_string(entry->modified) + '-' + std::to_string(entry->size) + '"');
  if (is_compressible(response.content_type)) response.with("Vary", "Accept-Encoding");
  if (!entry->encoding.empty()) response.with("Content-Encoding", entry->encoding);
  return response;
}

std::optional<StaticFiles::Entry> StaticFiles::find(const std::string& path,
                                                    const std::string& accepted) const {
  const std::string key = path + '\n' + accepted;
  const auto now = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(mutex_);
    const auto known = entries_.find(key);
    if (known != entries_.end() && now - known->second.checked < file_recheck_time) {
      return known->second;
    }
  }
  std::optional<Entry> entry = look(path, accepted);
  if (!entry) return std::nullopt;
  entry->checked = now;
  keep(key, *entry);
  return entry;
}

std::optional<StaticFiles::Entry> StaticFiles::look(const std::string& path,
                                                    const std::string& accepted) const {
  std::optional<Entry> plain = look_at(path);
  if (!plain) return std::nullopt;
  for (const Encoding& encoding : encodings) {
    if (accepted.find(encoding.extension) == std::string::npos) continue;
    std::optional<Entry> smaller = look_at(path + std::string(encoding.extension));
    if (!smaller) continue;
    smaller->encoding = encoding.name;
    return smaller;
  }
  return plain;
}

// The real path decides: a link may lead anywhere.
std::optional<StaticFiles::Entry> StaticFiles::look_at(const std::string& path) const {
  const std::string folder = real_path(folder_);
  Entry entry;
  entry.file = real_path(folder_ + path);
  if (folder.empty() || !entry.file.starts_with(folder + '/')) return std::nullopt;
  const Result<File> file = File::open(entry.file);
  if (!file) return std::nullopt;
  const Result<File::Facts> facts = file->facts();
  if (!facts) return std::nullopt;
  entry.modified = facts->modified;
  entry.size = facts->size;
  return entry;
}

// Keeps the entry for the next request, with its content when it is small enough.
void StaticFiles::keep(const std::string& key, Entry& entry) const {
  {
    const std::lock_guard lock(mutex_);
    const auto known = entries_.find(key);
    if (known != entries_.end()) {
      Entry& old = known->second;
      if (old.file == entry.file && old.modified == entry.modified && old.size == entry.size) {
        entry.content = old.content;
        old.checked = entry.checked;
        return;
      }
      if (old.content) cached_bytes_ -= old.content->size();
      entries_.erase(known);
    }
  }
  if (entry.size > static_cast<std::int64_t>(max_cached_file_bytes)) return;
  Result<std::string> content = read_file(entry.file, max_cached_file_bytes);
  if (!content) return;
  const std::lock_guard lock(mutex_);
  if (cached_bytes_ + content->size() > max_cached_bytes || entries_.contains(key)) return;
  cached_bytes_ += content->size();
  entry.content = std::make_shared<const std::string>(std::move(*content));
  entries_.emplace(key, entry);
}

Response StaticFiles::not_built() const {
  std::string page = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>";
  append_escaped(page, texts_.text(Language::zh_cn, "page.not_built.title"));
  page.append("</title><body>");
  for (const Language language : {Language::zh_cn, Language::en}) {
    page.append("<section lang=\"").append(language_tag(language)).append("\"><h1>");
    append_escaped(page, texts_.text(language, "page.not_built.title"));
    page.append("</h1><p>");
    append_escaped(page, texts_.text(language, "page.not_built.hint"));
    page.append("</p></section>");
  }
  page.append("</body></html>\n");
  Response response;
  response.status = 503;
  response.content_type = "text/html; charset=utf-8";
  response.body = std::move(page);
  return response;
}

}  // namespace linchpin::inbound
