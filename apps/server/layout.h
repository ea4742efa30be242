#pragma once

// Where the program finds its schemas, texts and pages, whatever the working directory: the source
// tree around build/<preset>/linchpin, or <prefix>/share/linchpin beside <prefix>/bin/linchpin.
// Both hold the same folders.

#include <string>

#include "base/locale.h"
#include "base/result.h"

namespace linchpin::server {

class Layout {
 public:
  // Error: internal with the places that were looked at.
  static Result<Layout> find();
  explicit Layout(std::string root) : root_(std::move(root)) {}

  std::string capabilities() const { return root_ + "/capabilities"; }
  std::string inbound() const { return root_ + "/src/inbound"; }
  std::string web() const { return root_ + "/apps/web/dist"; }

  Status load_texts(Texts& texts) const;
  // The OpenAPI document of everything that is built in, as text.
  Result<std::string> openapi() const;

 private:
  std::string root_;
};

}  // namespace linchpin::server
