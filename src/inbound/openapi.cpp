#include "inbound/openapi.h"

#include <algorithm>
#include <exception>
#include <filesystem>

#include "base/files.h"
#include "base/json_writer.h"

namespace linchpin::inbound {
namespace {

namespace filesystem = std::filesystem;

constexpr std::string_view head_file = "document.json";

Result<json::object> read_fragment(const std::string& file) {
  const Result<std::string> text = read_file(file);
  if (!text) return Error::internal(file + ": cannot be read");
  Result<json::object> object = parse_json_object(*text);
  if (!object) return Error::internal(file + ": " + object.error().detail);
  return object;
}

// Adds the members of `part`; what both have must be objects, down to `depth` levels.
Status add_members(json::object& whole, const json::object& part, int depth,
                   const std::string& file) {
  for (const auto& [key, value] : part) {
    json::value* held = whole.if_contains(key);
    if (held == nullptr) {
      whole[key] = value;
    } else if (depth > 0 && held->is_object() && value.is_object()) {
      LP_CHECK(add_members(held->get_object(), value.get_object(), depth - 1, file));
    } else {
      return Error::internal(file + ": defines \"" + std::string(key) + "\" a second time");
    }
  }
  return {};
}

json::object in_order(const json::object& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object) keys.emplace_back(key);
  std::sort(keys.begin(), keys.end());
  json::object ordered;
  for (const std::string& key : keys) ordered[key] = object.at(key);
  return ordered;
}

std::vector<std::string> json_files(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void write_indented(std::string& out, const json::value& value, std::size_t depth) {
  const std::string blanks(2 * (depth + 1), ' ');
  const std::string closing(2 * depth, ' ');
  const auto is_plain = [](const json::value& item) {
    return !item.is_object() && !item.is_array();
  };
  if (value.is_object() && !value.get_object().empty()) {
    out += "{\n";
    bool first = true;
    for (const auto& [key, member] : value.get_object()) {
      if (!first) out += ",\n";
      first = false;
      out += blanks;
      append_json_string(out, std::string_view(key.data(), key.size()));
      out += ": ";
      write_indented(out, member, depth + 1);
    }
    out += "\n" + closing + "}";
  } else if (value.is_array() && !value.get_array().empty()) {
    const json::array& items = value.get_array();
    const bool on_one_line = std::all_of(items.begin(), items.end(), is_plain);
    out += on_one_line ? "[" : "[\n";
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out += on_one_line ? ", " : ",\n";
      if (!on_one_line) out += blanks;
      write_indented(out, items[i], depth + 1);
    }
    out += on_one_line ? "]" : "\n" + closing + "]";
  } else if (value.is_string()) {
    append_json_string(out, std::string_view(value.get_string()));
  } else {
    out += json::serialize(value);
  }
}

}  // namespace

std::vector<std::string> openapi_files(const std::string& inbound_folder,
                                       const std::string& capabilities_folder) {
  const std::string own = inbound_folder + "/openapi";
  std::vector<std::string> files{own + "/" + std::string(head_file)};
  for (std::string& file : json_files(own)) {
    if (file != files.front()) files.push_back(std::move(file));
  }
  std::vector<std::string> capabilities;
  std::error_code error;
  for (const auto& entry : filesystem::directory_iterator(capabilities_folder, error)) {
    const filesystem::path file = entry.path() / "openapi.json";
    if (filesystem::exists(file, error)) capabilities.push_back(file.string());
  }
  std::sort(capabilities.begin(), capabilities.end());
  files.insert(files.end(), capabilities.begin(), capabilities.end());
  return files;
}

Result<json::object> merge_openapi(const std::vector<std::string>& files) {
  // paths → path → method; components → kind → name.
  constexpr int merged_levels = 2;
  try {
    json::object whole;
    for (const std::string& file : files) {
      LP_TRY(const json::object fragment, read_fragment(file));
      LP_CHECK(add_members(whole, fragment, merged_levels, file));
    }
    for (const std::string_view part : {"paths", "components"}) {
      json::value* held = whole.if_contains(part);
      if (held != nullptr && held->is_object()) *held = in_order(held->get_object());
    }
    return whole;
  } catch (const std::exception& exception) {
    return Error::internal(std::string("openapi: ") + exception.what());
  }
}

std::string pretty_json(const json::value& value) {
  std::string out;
  write_indented(out, value, 0);
  out += '\n';
  return out;
}

}  // namespace linchpin::inbound
