#include "layout.h"

#include <array>
#include <filesystem>

#include "base/files.h"
#include "inbound/openapi.h"

namespace linchpin::server {
namespace {

namespace filesystem = std::filesystem;

bool is_root(const std::string& folder) {
  std::error_code error;
  return filesystem::is_directory(folder + "/capabilities", error) &&
         filesystem::is_directory(folder + "/src/inbound/openapi", error);
}

}  // namespace

Result<Layout> Layout::find() {
  const std::string program = executable_folder();
  const std::array<std::string, 2> places{program + "/../..", program + "/../share/linchpin"};
  for (const std::string& place : places) {
    std::error_code error;
    const filesystem::path real = filesystem::canonical(place, error);
    if (!error && is_root(real.string())) return Layout(real.string());
  }
  return Error::internal("schemas and texts are neither in " + places[0] + " nor in " + places[1]);
}

Status Layout::load_texts(Texts& texts) const {
  LP_CHECK(texts.load_folder(root_ + "/src"));
  LP_CHECK(texts.load_folder(root_ + "/capabilities"));
  return texts.load_folder(root_ + "/apps/server");
}

Result<std::string> Layout::openapi() const {
  LP_TRY(const json::object document,
         inbound::merge_openapi(inbound::openapi_files(inbound(), capabilities())));
  return inbound::pretty_json(document);
}

}  // namespace linchpin::server
