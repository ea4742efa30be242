#pragma once

// The built web client, served from a folder. Safe from any thread.

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/locale.h"
#include "inbound/http/message.h"

namespace linchpin::inbound {

constexpr std::size_t max_cached_file_bytes = 1 << 20;  // a larger one is streamed from the disk
constexpr std::size_t max_cached_bytes = 16 << 20;
constexpr std::chrono::milliseconds file_recheck_time{1000};  // a changed file is seen after it

std::string_view content_type_of(std::string_view path);

class StaticFiles {
 public:
  // The folder may be absent: then every page says, in both languages, that it has not been built.
  StaticFiles(std::string folder, const Texts& texts);

  // A file of the folder, or index.html for a path whose last part has no dot: the client routes
  // it. Files named .br and .gz beside a file are its compressed forms. Nothing outside the folder
  // and nothing hidden is served. Errors: not_found, method_not_allowed.
  Result<Response> answer(const RequestHead& head) const;

 private:
  // One form of a file, as found on the disk.
  struct Entry {
    std::string file;  // the real path
    std::string encoding;
    std::int64_t modified = 0;
    std::int64_t size = 0;
    std::shared_ptr<const std::string> content;  // none = streamed
    std::chrono::steady_clock::time_point checked;
  };

  std::optional<Entry> find(const std::string& path, const std::string& encodings) const;
  std::optional<Entry> look(const std::string& path, const std::string& encodings) const;
  std::optional<Entry> look_at(const std::string& path) const;
  void keep(const std::string& key, Entry& entry) const;
  Response not_built() const;

  const std::string folder_;
  const Texts& texts_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, Entry, std::less<>> entries_;  // by path and accepted encodings
  mutable std::size_t cached_bytes_ = 0;
};

}  // namespace linchpin::inbound
