#pragma once

// Which handler answers a path. Patterns are compiled into a tree when they are registered; a
// literal segment goes before a parameter, whatever the order of registration.

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "inbound/metrics.h"
#include "inbound/registration.h"

namespace linchpin::inbound {

struct RouteEntry {
  Route route;
  std::string path;                     // the whole pattern, from the root
  std::vector<std::string> parameters;  // names, in the order of the path
  RouteMetrics metrics;
};

class Router {
 public:
  static constexpr std::size_t max_segments = 12;

  Router();
  ~Router();

  // Two routes that would answer the same requests are a bug (asserted).
  void add(std::string_view base, Route route);

  struct Match {
    RouteEntry* entry = nullptr;  // null: no such path, or `allowed` says with which methods
    std::vector<std::pair<std::string, std::string>> parameters;
    std::vector<Method> allowed;
  };
  // HEAD is answered by GET where there is no HEAD.
  Match find(Method method, std::string_view path) const;

  const std::vector<std::unique_ptr<RouteEntry>>& entries() const { return entries_; }

 private:
  struct Node;
  using Values = std::vector<std::string_view>;

  static RouteEntry* search(const Node& node, const Values& segments, std::size_t next,
                            Method method, Values& values, std::vector<Method>& allowed);

  std::unique_ptr<Node> root_;
  std::vector<std::unique_ptr<RouteEntry>> entries_;
};

}  // namespace linchpin::inbound
