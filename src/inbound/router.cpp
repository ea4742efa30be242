#include "inbound/router.h"

#include <algorithm>
#include <cassert>

namespace linchpin::inbound {

struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> parameter;
  std::map<Method, RouteEntry*> routes;
};

namespace {

// "/a/b" → a, b. Empty segments are kept: "/a/" is another path than "/a".
std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> segments;
  while (path.starts_with('/')) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    segments.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return segments;
}

bool is_parameter(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

}  // namespace

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;

void Router::add(std::string_view base, Route route) {
  assert(static_cast<bool>(route.handler) != static_cast<bool>(route.open));
  auto entry = std::make_unique<RouteEntry>();
  entry->path = std::string(base) + route.pattern;
  const std::vector<std::string_view> segments = split(entry->path);
  assert(!segments.empty() && segments.size() <= max_segments);
  Node* node = root_.get();
  for (const std::string_view segment : segments) {
    std::unique_ptr<Node>* child = nullptr;
    if (is_parameter(segment)) {
      entry->parameters.emplace_back(segment.substr(1, segment.size() - 2));
      child = &node->parameter;
    } else {
      child = &node->literals[std::string(segment)];
    }
    if (!*child) *child = std::make_unique<Node>();
    node = child->get();
  }
  entry->route = std::move(route);
  [[maybe_unused]] const bool is_new =
      node->routes.emplace(entry->route.method, entry.get()).second;
  assert(is_new && "two routes answer the same requests");
  entries_.push_back(std::move(entry));
}

RouteEntry* Router::search(const Node& node, const Values& segments, std::size_t next,
                           Method method, Values& values, std::vector<Method>& allowed) {
  if (next == segments.size()) {
    const auto exact = node.routes.find(method);
    if (exact != node.routes.end()) return exact->second;
    if (method == Method::head) {
      const auto get = node.routes.find(Method::get);
      if (get != node.routes.end()) return get->second;
    }
    for (const auto& [possible, entry] : node.routes) allowed.push_back(possible);
    return nullptr;
  }
  const auto literal = node.literals.find(segments[next]);
  if (literal != node.literals.end()) {
    RouteEntry* entry = search(*literal->second, segments, next + 1, method, values, allowed);
    if (entry != nullptr) return entry;
  }
  if (!node.parameter || segments[next].empty()) return nullptr;
  values.push_back(segments[next]);
  RouteEntry* entry = search(*node.parameter, segments, next + 1, method, values, allowed);
  if (entry == nullptr) values.pop_back();
  return entry;
}

Router::Match Router::find(Method method, std::string_view path) const {
  Match match;
  const Values segments = split(path);
  if (segments.empty() || segments.size() > max_segments) return match;
  Values values;
  match.entry = search(*root_, segments, 0, method, values, match.allowed);
  if (match.entry == nullptr) {
    std::sort(match.allowed.begin(), match.allowed.end());
    match.allowed.erase(std::unique(match.allowed.begin(), match.allowed.end()),
                        match.allowed.end());
    return match;
  }
  match.allowed.clear();
  for (std::size_t i = 0; i < values.size(); ++i) {
    match.parameters.emplace_back(match.entry->parameters[i], values[i]);
  }
  return match;
}

}  // namespace linchpin::inbound
