#include "jobs/file_kind.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/test_folder.h"
#include "jobs/file_name.h"

namespace linchpin::jobs {
namespace {

using namespace std::string_literals;

FileContent content_of_bytes(const std::string& bytes) {
  const TestFolder folder;
  const std::string path = folder.path() + "/file";
  std::ofstream(path, std::ios::binary) << bytes;
  return content_of(path).value_or(FileContent::unknown);
}

std::string refusal(const std::string& bytes, std::string_view name) {
  const auto kind = kind_of(content_of_bytes(bytes), name);
  return kind ? "" : kind.error().detail;
}

TEST(FileKind, IsWhatTheContentSays) {
  EXPECT_EQ(content_of_bytes("%PDF-1.7\n"), FileContent::pdf);
  EXPECT_EQ(content_of_bytes("\x89PNG\r\n\x1a\n\0\0"s), FileContent::png);
  EXPECT_EQ(content_of_bytes("\xff\xd8\xff\xe0"), FileContent::jpeg);
  EXPECT_EQ(content_of_bytes("\0\0\0\x18"
                             "ftypheic"s),
            FileContent::media);
  EXPECT_EQ(content_of_bytes("MZ\x90\0\x03"s), FileContent::program);
  EXPECT_EQ(content_of_bytes("#!/bin/sh\nexit"), FileContent::program);
  EXPECT_EQ(content_of_bytes("#!AMR\n"), FileContent::amr);
  EXPECT_EQ(content_of_bytes("\0\x01\x02\x03"s), FileContent::unknown);
  EXPECT_EQ(content_of_bytes(""), FileContent::unknown);
}

TEST(FileKind, ATextThatBeginsLikeSomethingElseIsAText) {
  EXPECT_EQ(content_of_bytes("MZ号,BM\n1,2\n"), FileContent::text);
  EXPECT_EQ(content_of_bytes("BM,ID3\n"), FileContent::text);
  EXPECT_EQ(content_of_bytes("abcdftyp,WAVE\n"), FileContent::text);
  EXPECT_EQ(content_of_bytes("\xff\xfe"
                             "a\0,\0"s),
            FileContent::text);
  EXPECT_EQ(content_of_bytes("说明,<table>\n"), FileContent::text);
}

TEST(FileKind, APageIsAPageInEveryCaseAndEncoding) {
  EXPECT_EQ(content_of_bytes("\xef\xbb\xbf \n<HTML>"), FileContent::web_page);
  EXPECT_EQ(content_of_bytes("<svg onload=alert(1)>"), FileContent::web_page);
  EXPECT_EQ(content_of_bytes("\xff\xfe<\0s\0c\0r\0i\0p\0t\0>\0"s), FileContent::web_page);
}

TEST(FileKind, TheNameHasToFitTheContent) {
  EXPECT_EQ(refusal("%PDF-1.7", "合同.PDF"), "");
  EXPECT_EQ(refusal("%PDF-1.7", "合同.docx"), "extension_differs");
  EXPECT_EQ(refusal("%PDF-1.7", "合同"), "extension_missing");
  EXPECT_EQ(refusal("PK\x03\x04", "a.docx"), "");
  EXPECT_EQ(refusal("PK\x03\x04", "a.docm"), "extension_differs");
  EXPECT_EQ(refusal("PK\x03\x04", "a.jar"), "extension_differs");
  EXPECT_EQ(refusal("MZ\x90\0\x03"s, "a.pdf"), "program_refused");
  EXPECT_EQ(refusal("<html>", "a.txt"), "web_page_refused");
  EXPECT_EQ(refusal("\0\x01"s, "a.txt"), "content_unknown");
  EXPECT_EQ(refusal("echo", "a.bat"), "extension_differs");
}

TEST(FileKind, ABrowserShowsPicturesAndPdfAlone) {
  EXPECT_TRUE(kind_of(FileContent::png, "a.png")->shown);
  EXPECT_TRUE(kind_of(FileContent::pdf, "a.pdf")->shown);
  EXPECT_FALSE(kind_of(FileContent::text, "a.txt")->shown);
  EXPECT_FALSE(kind_of(FileContent::zip, "a.docx")->shown);
}

TEST(FileKind, OnlyWhatMayHoldATableIsReadAsOne) {
  EXPECT_TRUE(may_be_table(FileContent::text));
  EXPECT_TRUE(may_be_table(FileContent::zip));
  EXPECT_FALSE(may_be_table(FileContent::pdf));
  EXPECT_FALSE(may_be_table(FileContent::program));
  EXPECT_FALSE(may_be_table(FileContent::web_page));
}

TEST(FileName, LosesFoldersAndWhatHides) {
  EXPECT_EQ(clean_file_name("../../etc/passwd", "x"), "passwd");
  EXPECT_EQ(clean_file_name("C:\\Users\\合同.pdf", "x"), "合同.pdf");
  EXPECT_EQ(clean_file_name("a\r\nb\t\x7f.txt", "x"), "ab.txt");
  EXPECT_EQ(clean_file_name("\u202efdp.exe", "x"), "fdp.exe");
  EXPECT_EQ(clean_file_name("报价\u200b\ufeff.xlsx", "x"), "报价.xlsx");
  EXPECT_EQ(clean_file_name("a<b>\"c\".txt", "x"), "a_b__c_.txt");
  EXPECT_EQ(clean_file_name("..", "x"), "x");
  EXPECT_EQ(clean_file_name("/", "x"), "x");
  EXPECT_EQ(clean_file_name(" .hidden. ", "x"), "hidden");
  EXPECT_EQ(clean_file_name("\xff.txt", "x"), "_.txt");
}

TEST(FileName, IsCutWithoutItsExtension) {
  std::string name;
  for (int i = 0; i < 200; ++i) name += "合";
  const std::string clean = clean_file_name(name + ".pdf", "x");
  EXPECT_LE(clean.size(), max_file_name);
  EXPECT_TRUE(clean.ends_with("合.pdf"));
  EXPECT_EQ(extension_of(clean), "pdf");
  EXPECT_EQ(extension_of("无"), "");
  EXPECT_EQ(extension_of(".txt"), "");
}

}  // namespace
}  // namespace linchpin::jobs
