#pragma once

// For property tests: filters and sorts that the engine takes, over any object. Everything random
// comes from rapidcheck, so it is called from within rc::check only.

#include <functional>
#include <string>
#include <vector>

#include "records/filter.h"

namespace linchpin::records {

// In [0, count).
std::size_t pick(std::size_t count);

template <class T>
const T& one_of(const std::vector<T>& list) {
  return list[pick(list.size())];
}

bool holds_many(const Field& field);

// A value of the field in API form, one of its list where it holds several; null for a link that
// `link`, asked for a record of its target, has none for.
json::value random_scalar(const Field& field, const std::vector<std::string>& texts,
                          const std::function<json::value(const std::string& target)>& link);

class RandomFilters {
 public:
  using ValueMaker = std::function<json::value(const Field&)>;
  // Records that refer to this one; `where`: a condition for them, or null.
  struct Relation {
    std::string name;
    std::function<json::value(int depth)> where;
  };
  RandomFilters(const FilterFrame& frame, const Object& object, std::vector<std::string> paths,
                std::vector<Relation> relations, ValueMaker value)
      : frame_(frame),
        object_(object),
        paths_(std::move(paths)),
        relations_(std::move(relations)),
        value_(std::move(value)) {}

  json::value filter(int depth) const;
  json::array sort() const;

 private:
  const Field& field_at(const std::string& path) const;
  json::value leaf() const;
  json::value present(const Field& field) const;
  json::value related(int depth) const;

  const FilterFrame frame_;
  const Object& object_;
  const std::vector<std::string> paths_;
  const std::vector<Relation> relations_;
  const ValueMaker value_;
};

}  // namespace linchpin::records
