#pragma once

// One XML part of a workbook, parsed as it is inflated. The parser's memory has a limit, which is
// what nesting, huge tokens and endless names run into; document types, and with them entities, are
// refused.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "jobs/tabular/zip_archive.h"

namespace linchpin::tabular {

// Attributes as the parser gives them: name, value, …, nullptr.
using XmlAttributes = const char**;

// The value of the attribute, whatever its namespace prefix; empty when it is not there.
std::string_view attribute(XmlAttributes attributes, std::string_view local_name);

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  // Names come without their namespace prefix.
  virtual void start(std::string_view name, XmlAttributes attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view text) = 0;
};

class XmlStream {
 public:
  static constexpr std::size_t max_parser_bytes = 4 << 20;
  static constexpr std::size_t block_bytes = 64 * 1024;

  // Reads the part that is current in the archive.
  XmlStream(ZipArchive& archive, XmlHandler& handler);
  ~XmlStream();
  XmlStream(const XmlStream&) = delete;
  XmlStream& operator=(const XmlStream&) = delete;

  // Goes on until a handler calls pause() (true) or to the end (false). Errors of
  // ZipArchive::read, `not_a_workbook` for what is no XML, `unpacks_too_large` for what the parser
  // cannot hold.
  Result<bool> advance();
  // Only from the end() of a handler.
  void pause();

 private:
  struct Callbacks;
  Status check(bool parsed);
  Result<bool> feed();

  ZipArchive& archive_;
  XmlHandler& handler_;
  std::size_t parser_bytes_ = 0;
  void* parser_ = nullptr;
  bool paused_ = false;
  bool ended_ = false;
  bool has_document_type_ = false;
};

// Reads a whole part. False when there is no such part.
Result<bool> read_xml_part(ZipArchive& archive, const std::string& name, XmlHandler& handler);

}  // namespace linchpin::tabular
