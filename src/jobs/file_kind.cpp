#include "jobs/file_kind.h"

#include <algorithm>
#include <array>
#include <fstream>

#include "base/text.h"
#include "jobs/file_name.h"

namespace linchpin::jobs {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t looked_at_bytes = 8 * 1024;

struct Magic {
  std::size_t at;
  std::string_view bytes;
  FileContent content;
  bool binary = false;  // a text may begin like this, too
};
// In this order: what comes first counts.
constexpr std::array magics{
    Magic{0, "%PDF-"sv, FileContent::pdf},
    Magic{0, "\x89PNG\r\n\x1a\n"sv, FileContent::png},
    Magic{0, "\xff\xd8\xff"sv, FileContent::jpeg},
    Magic{0, "GIF87a"sv, FileContent::gif},
    Magic{0, "GIF89a"sv, FileContent::gif},
    Magic{8, "WEBP"sv, FileContent::webp, true},
    Magic{8, "WAVE"sv, FileContent::wav, true},
    Magic{0, "II*\0"sv, FileContent::tiff},
    Magic{0, "MM\0*"sv, FileContent::tiff},
    Magic{0, "PK\x03\x04"sv, FileContent::zip},
    Magic{0, "PK\x05\x06"sv, FileContent::zip},
    Magic{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, FileContent::ole},
    Magic{0, "{\\rtf"sv, FileContent::rtf},
    Magic{0, "7z\xbc\xaf\x27\x1c"sv, FileContent::seven_zip},
    Magic{0, "Rar!\x1a\x07"sv, FileContent::rar},
    Magic{4, "ftyp"sv, FileContent::media, true},
    Magic{0, "ID3"sv, FileContent::mp3, true},
    Magic{0, "\xff\xfb"sv, FileContent::mp3},
    Magic{0, "\xff\xf3"sv, FileContent::mp3},
    Magic{0, "#!AMR"sv, FileContent::amr},
    Magic{0, "AC10"sv, FileContent::dwg, true},
    Magic{0, "MZ"sv, FileContent::program, true},
    Magic{0,
          "\x7f"
          "ELF"sv,
          FileContent::program},
    Magic{0, "#!/"sv, FileContent::program},
    Magic{0, "\xca\xfe\xba\xbe"sv, FileContent::program},
    Magic{0, "\xcf\xfa\xed\xfe"sv, FileContent::program},
    Magic{0, "\xce\xfa\xed\xfe"sv, FileContent::program},
    Magic{0, "L\0\0\0\x01\x14\x02\0"sv, FileContent::program},  // a Windows shortcut
    Magic{0, "BM"sv, FileContent::bmp, true},
};

// With which a text begins that a browser takes for a page.
constexpr std::array marks_of_pages{"<!doctype"sv, "<html"sv, "<head"sv, "<body"sv,  "<script"sv,
                                    "<iframe"sv,   "<svg"sv,  "<?xml"sv, "<table"sv, "<a"sv,
                                    "<div"sv,      "<?php"sv, "<!--"sv};

struct KindOfName {
  FileContent content;
  std::string_view extension;
  FileKind kind;
};
constexpr std::array kinds{
    KindOfName{FileContent::pdf, "pdf", {"application/pdf", true}},
    KindOfName{FileContent::png, "png", {"image/png", true}},
    KindOfName{FileContent::jpeg, "jpg", {"image/jpeg", true}},
    KindOfName{FileContent::jpeg, "jpeg", {"image/jpeg", true}},
    KindOfName{FileContent::gif, "gif", {"image/gif", true}},
    KindOfName{FileContent::webp, "webp", {"image/webp", true}},
    KindOfName{FileContent::bmp, "bmp", {"image/bmp"}},
    KindOfName{FileContent::tiff, "tif", {"image/tiff"}},
    KindOfName{FileContent::tiff, "tiff", {"image/tiff"}},
    KindOfName{FileContent::media, "heic", {"image/heic"}},
    KindOfName{FileContent::media, "heif", {"image/heif"}},
    KindOfName{FileContent::media, "mp4", {"video/mp4"}},
    KindOfName{FileContent::media, "mov", {"video/quicktime"}},
    KindOfName{FileContent::media, "m4a", {"audio/mp4"}},
    KindOfName{FileContent::mp3, "mp3", {"audio/mpeg"}},
    KindOfName{FileContent::wav, "wav", {"audio/wav"}},
    KindOfName{FileContent::amr, "amr", {"audio/amr"}},
    KindOfName{FileContent::zip,
               "docx",
               {"application/vnd.openxmlformats-officedocument.wordprocessingml.document"}},
    KindOfName{FileContent::zip,
               "xlsx",
               {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}},
    KindOfName{FileContent::zip,
               "pptx",
               {"application/vnd.openxmlformats-officedocument.presentationml.presentation"}},
    KindOfName{FileContent::zip, "odt", {"application/vnd.oasis.opendocument.text"}},
    KindOfName{FileContent::zip, "ods", {"application/vnd.oasis.opendocument.spreadsheet"}},
    KindOfName{FileContent::zip, "ofd", {"application/ofd"}},
    KindOfName{FileContent::zip, "zip", {"application/zip"}},
    KindOfName{FileContent::ole, "doc", {"application/msword"}},
    KindOfName{FileContent::ole, "xls", {"application/vnd.ms-excel"}},
    KindOfName{FileContent::ole, "ppt", {"application/vnd.ms-powerpoint"}},
    KindOfName{FileContent::ole, "wps", {"application/vnd.ms-works"}},
    KindOfName{FileContent::ole, "et", {"application/vnd.ms-excel"}},
    KindOfName{FileContent::ole, "msg", {"application/vnd.ms-outlook"}},
    KindOfName{FileContent::rtf, "rtf", {"application/rtf"}},
    KindOfName{FileContent::rtf, "doc", {"application/msword"}},
    KindOfName{FileContent::seven_zip, "7z", {"application/x-7z-compressed"}},
    KindOfName{FileContent::rar, "rar", {"application/vnd.rar"}},
    KindOfName{FileContent::dwg, "dwg", {"image/vnd.dwg"}},
    KindOfName{FileContent::text, "txt", {"text/plain"}},
    KindOfName{FileContent::text, "csv", {"text/csv"}},
    KindOfName{FileContent::text, "md", {"text/markdown"}},
    KindOfName{FileContent::text, "log", {"text/plain"}},
    KindOfName{FileContent::text, "json", {"application/json"}},
    KindOfName{FileContent::text, "ics", {"text/calendar"}},
    KindOfName{FileContent::text, "vcf", {"text/vcard"}},
};

bool is_wide_text(std::string_view head) {
  return head.starts_with("\xff\xfe"sv) || head.starts_with("\xfe\xff"sv);
}

// Without the bytes that no text of any of the encodings has.
bool is_text(std::string_view head) {
  if (is_wide_text(head)) return true;
  return std::none_of(head.begin(), head.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    const bool blank = c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\x1b';
    return byte < ' ' && !blank;
  });
}

bool begins_a_page(std::string_view head) {
  constexpr std::size_t longest_mark = 16;
  std::string narrow;
  for (const char c : head) {
    const bool mark_of_order =
        c == '\xff' || c == '\xfe' || c == '\xef' || c == '\xbb' || c == '\xbf';
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    // Zeros: of text in two bytes a character.
    if (c == '\0' || (narrow.empty() && (blank || mark_of_order))) continue;
    narrow += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (narrow.size() == longest_mark) break;
  }
  return std::any_of(marks_of_pages.begin(), marks_of_pages.end(),
                     [&](std::string_view mark) { return narrow.starts_with(mark); });
}

FileContent content_of_head(std::string_view head) {
  const bool text = is_text(head);
  for (const Magic& magic : magics) {
    if (text && magic.binary) continue;
    if (head.size() > magic.at && head.substr(magic.at).starts_with(magic.bytes)) {
      return magic.content;
    }
  }
  if (head.empty() || !text) return FileContent::unknown;
  return begins_a_page(head) ? FileContent::web_page : FileContent::text;
}

Error refused(std::string detail, ErrorParams params = {}) {
  return Error::of(ErrorCode::validation_failed, std::move(detail), std::move(params));
}

}  // namespace

Result<FileContent> content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return refused("file_unreadable");
  std::string head(looked_at_bytes, '\0');
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(file.gcount()));
  return content_of_head(head);
}

bool may_be_table(FileContent content) {
  switch (content) {
    case FileContent::unknown:
    case FileContent::text:
    case FileContent::zip:
    case FileContent::ole:
      return true;
    default:
      return false;
  }
}

Result<FileKind> kind_of(FileContent content, std::string_view file_name) {
  if (content == FileContent::program) return refused("program_refused");
  if (content == FileContent::web_page) return refused("web_page_refused");
  if (content == FileContent::unknown) return refused("content_unknown");
  const std::string extension = extension_of(file_name);
  if (extension.empty()) return refused("extension_missing");
  const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const KindOfName& known) {
    return known.content == content && known.extension == extension;
  });
  if (found == kinds.end()) return refused("extension_differs", {{"extension", extension}});
  return found->kind;
}

bool is_shown(std::string_view content_type) {
  return std::any_of(kinds.begin(), kinds.end(), [&](const KindOfName& known) {
    return known.kind.shown && known.kind.content_type == content_type;
  });
}

}  // namespace linchpin::jobs
