#include "inbound/http/message.h"

#include <unistd.h>

namespace linchpin::inbound {
namespace {

template <class Pairs>
const std::string* find_value(const Pairs& pairs, std::string_view name) {
  for (const auto& [key, value] : pairs) {
    if (key == name) return &value;
  }
  return nullptr;
}

}  // namespace

std::string_view method_name(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::patch:
      return "PATCH";
    case Method::del:
      return "DELETE";
    case Method::options:
      return "OPTIONS";
    case Method::other:
      break;
  }
  return "OTHER";
}

std::string_view RequestHead::header(std::string_view lower_case_name) const {
  const std::string* value = find_value(headers, lower_case_name);
  return value ? std::string_view(*value) : std::string_view();
}

std::optional<std::string_view> RequestHead::query_value(std::string_view name) const {
  const std::string* value = find_value(query, name);
  if (!value) return std::nullopt;
  return std::string_view(*value);
}

std::string_view RequestHead::cookie(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key != "cookie") continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(';'), rest.size());
      std::string_view pair = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
      if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
        return pair.substr(name.size() + 1);
      }
    }
  }
  return {};
}

Language RequestHead::language() const {
  return preferred_language(header("accept-language"));
}

UploadedFile::UploadedFile(std::string path, std::string file_name, std::int64_t size)
    : path_(std::move(path)), file_name_(std::move(file_name)), size_(size) {}

UploadedFile::~UploadedFile() {
  if (!path_.empty()) ::unlink(path_.c_str());
}

UploadedFile::UploadedFile(UploadedFile&& other) noexcept
    : path_(other.release()), file_name_(std::move(other.file_name_)), size_(other.size_) {}

UploadedFile& UploadedFile::operator=(UploadedFile&& other) noexcept {
  if (this != &other) {
    if (!path_.empty()) ::unlink(path_.c_str());
    path_ = other.release();
    file_name_ = std::move(other.file_name_);
    size_ = other.size_;
  }
  return *this;
}

std::string UploadedFile::release() {
  return std::exchange(path_, std::string());
}

std::string_view Request::parameter(std::string_view name) const {
  const std::string* value = find_value(path_parameters, name);
  return value ? std::string_view(*value) : std::string_view();
}

std::string_view Request::field(std::string_view name) const {
  const std::string* value = find_value(fields, name);
  return value ? std::string_view(*value) : std::string_view();
}

Response Response::json(int status, std::string body) {
  Response response;
  response.status = status;
  response.content_type = "application/json";
  response.body = std::move(body);
  return response;
}

Response Response::empty(int status) {
  Response response;
  response.status = status;
  return response;
}

}  // namespace linchpin::inbound
