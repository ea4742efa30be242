#include "inbound/http/multipart.h"

#include <gtest/gtest.h>

namespace linchpin::inbound {
namespace {

// "name|file name|data;" for each part.
class Recorder final : public PartSink {
 public:
  Status begin_part(PartHead head) override {
    seen += head.name + "|" + head.file_name + "|";
    return {};
  }
  Status part_data(std::string_view data) override {
    seen += data;
    return {};
  }
  Status end_part() override {
    seen += ";";
    return {};
  }
  std::string seen;
};

std::string part(std::string_view head, std::string_view data) {
  return "--b\r\n" + std::string(head) + "\r\n\r\n" + std::string(data) + "\r\n";
}

// Fed in pieces of `size` bytes.
std::string parse(std::string_view text, std::size_t size) {
  Recorder recorder;
  MultipartParser parser("b", recorder);
  for (std::size_t at = 0; at < text.size(); at += size) {
    const Status fed = parser.feed(text.substr(at, size));
    if (!fed) return "error " + fed.error().detail;
  }
  const Status finished = parser.finish();
  return finished ? recorder.seen : "error " + finished.error().detail;
}

TEST(Multipart, GivesTheSamePartsHoweverTheBytesArrive) {
  const std::string text =
      "preamble\r\n" +
      part(
          "Content-Disposition: form-data; name=\"file\"; filename=\"a b.csv\"\r\n"
          "Content-Type: text/csv",
          "1,2\r\n--a b\r\n--") +
      part("content-disposition: FORM-DATA; name=note", "") + "--b--\r\nepilogue";
  for (std::size_t size = 1; size <= text.size(); ++size) {
    EXPECT_EQ(parse(text, size), "file|a b.csv|1,2\r\n--a b\r\n--;note||;") << size;
  }
}

TEST(Multipart, EndsAPartAtTheBoundaryOnly) {
  const std::string text =
      part("Content-Disposition: form-data; name=a", "x\r\n-b\r\n-- b\r\n") + "--b--";
  EXPECT_EQ(parse(text, text.size()), "a||x\r\n-b\r\n-- b\r\n;");
}

TEST(Multipart, ReadsFileNamesAsClientsWriteThem) {
  const auto name_of = [](std::string_view parameters) {
    return parse(
        part("Content-Disposition: form-data; name=f; " + std::string(parameters), "") + "--b--",
        1000);
  };
  EXPECT_EQ(name_of("filename=\"销售 2026.xlsx\""), "f|销售 2026.xlsx|;");
  EXPECT_EQ(name_of("filename=\"a%22b.csv\""), "f|a\"b.csv|;");
  EXPECT_EQ(name_of("filename=\"a\\\"b.csv\""), "f|a\"b.csv|;");
  EXPECT_EQ(name_of("filename=\"C:\\x\\y.csv\""), "f|C:\\x\\y.csv|;");
  EXPECT_EQ(name_of("filename=plain.csv"), "f|plain.csv|;");
  EXPECT_EQ(name_of("filename*=UTF-8''%E9%94%80.csv; filename=\"x.csv\""), "f|销.csv|;");
  EXPECT_EQ(name_of("filename=\"\xcf\xfa.csv\""), "f|__.csv|;");
}

TEST(Multipart, RefusesWhatIsBroken) {
  const std::string good = part("Content-Disposition: form-data; name=a", "x");
  for (const std::string& text : {
           std::string(),
           std::string("no boundary at all"),
           good,
           good + "--b-",
           std::string("--b!\r\n"),
           part("Content-Disposition: attachment; name=a", "x") + "--b--",
           part("Content-Disposition: form-data", "x") + "--b--",
           part("Content-Disposition: form-data; name=\"a", "x") + "--b--",
           part("no colon", "x") + "--b--",
           part("X: y", "x") + "--b--",
           part("X: " + std::string(max_part_head_bytes, 'y'), "x") + "--b--",
       }) {
    EXPECT_EQ(parse(text, 1000), "error broken_multipart") << text;
  }
}

TEST(Multipart, LimitsTheNumberOfParts) {
  std::string text;
  for (std::size_t i = 0; i < max_parts; ++i) {
    text += part("Content-Disposition: form-data; name=a", "");
  }
  EXPECT_NE(parse(text + "--b--", 100), "error broken_multipart");
  text += part("Content-Disposition: form-data; name=a", "");
  EXPECT_EQ(parse(text + "--b--", 100), "error broken_multipart");
}

TEST(Multipart, FindsTheBoundaryInTheContentType) {
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=abc"), "abc");
  EXPECT_EQ(multipart_boundary("Multipart/Form-Data; charset=utf-8; Boundary=\"a b\""), "a b");
  EXPECT_FALSE(multipart_boundary("multipart/form-data"));
  EXPECT_FALSE(multipart_boundary("multipart/form-data; boundary="));
  EXPECT_FALSE(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'b')));
  EXPECT_FALSE(multipart_boundary("multipart/mixed; boundary=abc"));
  EXPECT_FALSE(multipart_boundary(""));
}

}  // namespace
}  // namespace linchpin::inbound
