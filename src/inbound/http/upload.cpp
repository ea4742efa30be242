#include "inbound/http/upload.h"

#include "base/text.h"

namespace linchpin::inbound {

UploadReceiver::UploadReceiver(std::string folder, const std::optional<std::string>& boundary,
                               std::int64_t max_file_bytes)
    : folder_(std::move(folder)), max_file_bytes_(max_file_bytes) {
  PartSink& sink = *this;
  if (boundary) parser_.emplace(*boundary, sink);
}

Status UploadReceiver::receive(std::string_view piece) {
  if (parser_) return parser_->feed(piece);
  if (piece.empty()) return {};
  if (!upload_) LP_CHECK(begin_part({std::string(upload_part_name), std::string()}));
  return part_data(piece);
}

Status UploadReceiver::finish(Request& request) {
  if (parser_) LP_CHECK(parser_->finish());
  if (!upload_) return Error::of(ErrorCode::malformed, "file_part_missing");
  file_.close();
  const std::string path = upload_->release();
  request.upload.emplace(path, std::move(file_name_), size_);
  request.fields = std::move(fields_);
  return {};
}

Status UploadReceiver::begin_part(PartHead head) {
  in_file_ = head.name == upload_part_name;
  if (!in_file_) {
    fields_.emplace_back(std::move(head.name), std::string());
    return {};
  }
  if (upload_) return Error::of(ErrorCode::malformed, "several_files");
  std::string path;
  LP_TRY(file_, File::create_temporary(folder_, path));
  upload_.emplace(std::move(path), std::string(), 0);
  file_name_ = std::move(head.file_name);
  return {};
}

Status UploadReceiver::part_data(std::string_view data) {
  if (in_file_) {
    size_ += static_cast<std::int64_t>(data.size());
    if (size_ > max_file_bytes_) {
      return Error::of(ErrorCode::payload_too_large, "upload_too_large",
                       {{"limit", std::to_string(max_file_bytes_)}});
    }
    return file_.write(data);
  }
  auto& [name, text] = fields_.back();
  if (text.size() + data.size() > max_upload_field_bytes) {
    return Error::of(ErrorCode::payload_too_large, "upload_field_too_large", {{"name", name}});
  }
  text.append(data);
  return {};
}

Status UploadReceiver::end_part() {
  if (in_file_) {
    file_.close();
  } else if (!is_utf8(fields_.back().second)) {
    return Error::of(ErrorCode::malformed, "broken_multipart");
  }
  return {};
}

}  // namespace linchpin::inbound
