#include "jobs/tabular/xml_stream.h"

#include <expat.h>
#include <malloc.h>

#include <cstdlib>
#include <cstring>

#include "jobs/tabular/table_error.h"

namespace linchpin::tabular {
namespace {

// The parser's allocation functions know nothing but sizes, so the stream that is at work says
// here where to count.
thread_local std::size_t* bytes_in_use = nullptr;

class Counting {
 public:
  explicit Counting(std::size_t& bytes) : outer_(bytes_in_use) { bytes_in_use = &bytes; }
  ~Counting() { bytes_in_use = outer_; }
  Counting(const Counting&) = delete;
  Counting& operator=(const Counting&) = delete;

 private:
  std::size_t* outer_;
};

void* allocate(std::size_t size) {
  if (*bytes_in_use + size > XmlStream::max_parser_bytes) return nullptr;
  void* memory = std::malloc(size);
  if (memory) *bytes_in_use += malloc_usable_size(memory);
  return memory;
}

void release(void* memory) {
  if (!memory) return;
  *bytes_in_use -= malloc_usable_size(memory);
  std::free(memory);
}

void* reallocate(void* memory, std::size_t size) {
  const std::size_t before = memory ? malloc_usable_size(memory) : 0;
  if (*bytes_in_use - before + size > XmlStream::max_parser_bytes) return nullptr;
  void* moved = std::realloc(memory, size);
  if (moved) *bytes_in_use += malloc_usable_size(moved) - before;
  return moved;
}

std::string_view local_name(const char* name) {
  const char* colon = std::strchr(name, ':');
  return colon ? colon + 1 : name;
}

XML_Parser as_parser(void* parser) {
  return static_cast<XML_Parser>(parser);
}

}  // namespace

std::string_view attribute(XmlAttributes attributes, std::string_view local) {
  for (; attributes[0]; attributes += 2) {
    if (local_name(attributes[0]) == local) return attributes[1];
  }
  return {};
}

struct XmlStream::Callbacks {
  static void start(void* stream, const char* name, XmlAttributes attributes) {
    static_cast<XmlStream*>(stream)->handler_.start(local_name(name), attributes);
  }
  static void end(void* stream, const char* name) {
    static_cast<XmlStream*>(stream)->handler_.end(local_name(name));
  }
  static void text(void* stream, const char* text, int size) {
    static_cast<XmlStream*>(stream)->handler_.text({text, static_cast<std::size_t>(size)});
  }
  static void document_type(void* stream, const char*, const char*, const char*, int) {
    auto& self = *static_cast<XmlStream*>(stream);
    self.has_document_type_ = true;
    XML_StopParser(as_parser(self.parser_), XML_FALSE);
  }
};

XmlStream::XmlStream(ZipArchive& archive, XmlHandler& handler)
    : archive_(archive), handler_(handler) {
  const Counting counting(parser_bytes_);
  const XML_Memory_Handling_Suite memory{allocate, reallocate, release};
  XML_Parser parser = XML_ParserCreate_MM("UTF-8", &memory, nullptr);
  parser_ = parser;
  if (!parser) return;
  XML_SetUserData(parser, this);
  XML_SetElementHandler(parser, Callbacks::start, Callbacks::end);
  XML_SetCharacterDataHandler(parser, Callbacks::text);
  XML_SetStartDoctypeDeclHandler(parser, Callbacks::document_type);
}

XmlStream::~XmlStream() {
  const Counting counting(parser_bytes_);
  if (parser_) XML_ParserFree(as_parser(parser_));
}

void XmlStream::pause() {
  paused_ = XML_StopParser(as_parser(parser_), XML_TRUE) == XML_STATUS_OK;
}

Status XmlStream::check(bool parsed) {
  if (parsed) return {};
  if (has_document_type_) return not_a_workbook("document type in a part");
  const XML_Error reason = XML_GetErrorCode(as_parser(parser_));
  if (reason != XML_ERROR_NO_MEMORY) return not_a_workbook(XML_ErrorString(reason));
  return file_error("unpacks_too_large", {{"limit", std::to_string(max_parser_bytes >> 20)}});
}

Result<bool> XmlStream::feed() {
  XML_Parser parser = as_parser(parser_);
  void* block = XML_GetBuffer(parser, static_cast<int>(block_bytes));
  LP_CHECK(check(block != nullptr));
  LP_TRY(const std::size_t size, archive_.read(static_cast<char*>(block), block_bytes));
  ended_ = size == 0;
  const XML_Status status = XML_ParseBuffer(parser, static_cast<int>(size), ended_);
  LP_CHECK(check(status != XML_STATUS_ERROR));
  return paused_;
}

Result<bool> XmlStream::advance() {
  const Counting counting(parser_bytes_);
  if (!parser_) return Error::internal("no XML parser");
  if (paused_) {
    paused_ = false;
    LP_CHECK(check(XML_ResumeParser(as_parser(parser_)) != XML_STATUS_ERROR));
    if (paused_) return true;
  }
  while (!ended_) {
    LP_TRY(const bool paused, feed());
    if (paused) return true;
  }
  return false;
}

Result<bool> read_xml_part(ZipArchive& archive, const std::string& name, XmlHandler& handler) {
  LP_TRY(const bool found, archive.open_part(name));
  if (!found) return false;
  XmlStream stream(archive, handler);
  LP_CHECK(stream.advance());
  return true;
}

}  // namespace linchpin::tabular
