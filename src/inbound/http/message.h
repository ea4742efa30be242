#pragma once

// Requests and answers as the rest of the server sees them: plain values, no network types.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/locale.h"
#include "base/result.h"

namespace linchpin::inbound {

enum class Method { get, head, post, put, patch, del, options, other };
std::string_view method_name(Method method);

using Headers = std::vector<std::pair<std::string, std::string>>;

struct RequestHead {
  Method method = Method::get;
  std::string path;                                        // decoded, without the query
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order
  Headers headers;                                         // names in lower case
  std::string remote_address;
  std::string request_id;  // made by the server, given back as X-Request-Id
  bool secure = false;     // behind TLS, here or at a trusted proxy

  // Empty when absent.
  std::string_view header(std::string_view lower_case_name) const;
  std::optional<std::string_view> query_value(std::string_view name) const;
  std::string_view cookie(std::string_view name) const;
  Language language() const;
};

// One file of a multipart upload, already on disk. The file is removed with this value unless
// `release` took it.
class UploadedFile {
 public:
  UploadedFile(std::string path, std::string file_name, std::int64_t size);
  ~UploadedFile();
  UploadedFile(UploadedFile&&) noexcept;
  UploadedFile& operator=(UploadedFile&&) noexcept;
  const std::string& path() const { return path_; }
  const std::string& file_name() const { return file_name_; }  // as the client named it
  std::int64_t size() const { return size_; }
  std::string release();

 private:
  std::string path_;
  std::string file_name_;
  std::int64_t size_ = 0;
};

struct Request {
  RequestHead head;
  std::string body;
  std::optional<UploadedFile> upload;
  std::vector<std::pair<std::string, std::string>> fields;  // the text parts beside an upload
  std::vector<std::pair<std::string, std::string>> path_parameters;

  // Empty when absent.
  std::string_view parameter(std::string_view name) const;
  std::string_view field(std::string_view name) const;
};

struct Response {
  int status = 200;
  Headers headers;
  std::string content_type;  // empty with an empty body
  std::string body;
  std::shared_ptr<const std::string>
      shared_body;           // when set, the body: one that many answers share
  std::string file;          // when set, the body is this file, streamed; never loaded whole
  bool file_goes = false;    // it was made for this answer: gone from its folder once it is open
  bool compressible = true;  // text in memory is compressed for clients that accept it

  static Response json(int status, std::string body);
  static Response empty(int status = 204);
  Response& with(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
  }
};

}  // namespace linchpin::inbound
