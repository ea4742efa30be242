#pragma once

// What a file is, by its content and not by what it says of itself, and which kinds may hang on
// records.

#include <string>
#include <string_view>

#include "base/result.h"

namespace linchpin::jobs {

enum class FileContent {
  unknown,
  text,
  web_page,  // HTML, SVG and other XML that a browser would run
  program,
  pdf,
  png,
  jpeg,
  gif,
  webp,
  bmp,
  tiff,
  zip,  // workbooks and documents of today are such archives
  ole,  // those of yesterday
  rtf,
  seven_zip,
  rar,
  media,  // ISO: films, sound and pictures of telephones
  mp3,
  wav,
  amr,
  dwg,
};

// Looks at the beginning alone. Error: validation_failed / `file_unreadable`.
Result<FileContent> content_of(const std::string& path);

// The reader of tables says of these what is wrong with them.
bool may_be_table(FileContent content);

struct FileKind {
  std::string_view content_type;
  bool shown = false;  // a browser may show it
};
// What a file of that content and name may be kept as. Errors: validation_failed /
// `program_refused`, `web_page_refused`, `content_unknown`, `extension_missing`,
// `extension_differs` {extension}.
Result<FileKind> kind_of(FileContent content, std::string_view file_name);

// Of what is kept as this type.
bool is_shown(std::string_view content_type);

}  // namespace linchpin::jobs
