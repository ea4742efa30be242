#pragma once

// What a person may call a file that he sends: one line, without a folder, of which nothing is
// hidden from whoever reads it, cut to a length that every file system takes.

#include <string>
#include <string_view>

namespace linchpin::jobs {

constexpr std::size_t max_file_name = 200;  // bytes

// `otherwise` when nothing of the name is left. A cut keeps the extension.
std::string clean_file_name(std::string_view name, std::string_view otherwise);

// "pdf" of "合同.PDF"; empty when the name has none.
std::string extension_of(std::string_view name);

}  // namespace linchpin::jobs
