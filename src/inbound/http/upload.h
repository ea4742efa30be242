#pragma once

// One upload. Of a multipart body the part named `file` goes to a temporary file, the other parts
// are short texts; a raw body is the file itself. An upload that does not end well leaves no file.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "inbound/http/file.h"
#include "inbound/http/message.h"
#include "inbound/http/multipart.h"

namespace linchpin::inbound {

constexpr std::string_view upload_part_name = "file";
constexpr std::size_t max_upload_field_bytes = 64 * 1024;
// What an upload may be larger than its file: heads, boundaries and the other parts.
constexpr std::int64_t upload_overhead_bytes =
    std::int64_t{max_parts} * (max_upload_field_bytes + max_part_head_bytes);

class UploadReceiver final : private PartSink {
 public:
  // Without a boundary the body is raw.
  UploadReceiver(std::string folder, const std::optional<std::string>& boundary,
                 std::int64_t max_file_bytes);

  // Errors: malformed / `broken_multipart`, `several_files`; payload_too_large /
  // `upload_too_large` {limit}, `upload_field_too_large` {name}; storage_full; storage_failed.
  Status receive(std::string_view piece);
  // The body has ended. Sets `upload` and `fields`. Error besides: malformed / `file_part_missing`.
  Status finish(Request& request);

 private:
  Status begin_part(PartHead head) override;
  Status part_data(std::string_view data) override;
  Status end_part() override;

  const std::string folder_;
  const std::int64_t max_file_bytes_;
  std::optional<MultipartParser> parser_;
  std::optional<UploadedFile> upload_;  // removes the file unless finish() gave it away
  std::string file_name_;
  File file_;
  std::int64_t size_ = 0;
  bool in_file_ = false;
  std::vector<std::pair<std::string, std::string>> fields_;
};

}  // namespace linchpin::inbound
