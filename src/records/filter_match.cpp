#include "records/filter_match.h"

#include <set>

#include "base/text.h"
#include "records/personal.h"
#include "records/row_store.h"

namespace linchpin::records {

using storage::Connection;
using storage::Sql;

namespace {

constexpr std::int64_t slice_of_referring_rows = 500;

class Matcher {
 public:
  Matcher(const Schema& schema, LinkedRows& linked) : schema_(schema), linked_(linked) {}

  // What is unknown is not true; a negation then finds "all the others", as in SQL.
  bool matches(const Filter& filter, const RowValues& row) {
    switch (filter.op) {
      case FilterOp::all_of:
        return std::all_of(filter.args.begin(), filter.args.end(),
                           [&](const Filter& arg) { return matches(arg, row); });
      case FilterOp::any_of:
        return std::any_of(filter.args.begin(), filter.args.end(),
                           [&](const Filter& arg) { return matches(arg, row); });
      case FilterOp::negation:
        return !matches(filter.args.front(), row);
      case FilterOp::some:
      case FilterOp::none:
      case FilterOp::every:
        return related(filter, row);
      default:
        return leaf(filter, value_at(filter.path, row));
    }
  }

 private:
  // Empty where a link on the way is empty or leads nowhere.
  const Value& value_at(const FieldPath& path, const RowValues& row) {
    static const Value empty;
    const RowValues* at = &row;
    for (const Field* link : path.links) {
      const Value& id = (*at)[link->index];
      if (is_empty(id)) return empty;
      at = linked_.find(*schema_.object(link->target), RecordId{integer_of(id)});
      if (at == nullptr) return empty;
    }
    return (*at)[path.field->index];
  }

  bool leaf(const Filter& filter, const Value& value) {
    switch (filter.op) {
      case FilterOp::empty:
        return is_empty(value);
      case FilterOp::not_empty:
        return !is_empty(value);
      case FilterOp::ne:
        return is_empty(value) || !equals(filter, value, filter.values.front());
      case FilterOp::in:
        return is_member(filter, value);
      case FilterOp::not_in:
        return is_empty(value) || !is_member(filter, value);
      case FilterOp::has_any:
      case FilterOp::has_all:
      case FilterOp::has_none:
        return compare_sets(filter, value);
      default:
        return !is_empty(value) && compare(filter, value);
    }
  }

  // Of a value that is there.
  bool compare(const Filter& filter, const Value& value) {
    switch (filter.op) {
      case FilterOp::eq:
        return equals(filter, value, filter.values.front());
      case FilterOp::lt:
        return ordered(filter, value, 0) < 0;
      case FilterOp::lte:
        return ordered(filter, value, 0) <= 0;
      case FilterOp::gt:
        return ordered(filter, value, 0) > 0;
      case FilterOp::gte:
        return ordered(filter, value, 0) >= 0;
      case FilterOp::between: {
        if (is_empty(filter.values[0]) || is_empty(filter.values[1])) return false;
        const int upper = ordered(filter, value, 1);
        return ordered(filter, value, 0) >= 0 && (filter.upper_excluded ? upper < 0 : upper <= 0);
      }
      case FilterOp::contains:
        return position_in(filter, value) != std::string::npos;
      case FilterOp::starts:
        return position_in(filter, value) == 0;
      case FilterOp::under:
        return is_under(filter, RecordId{integer_of(value)});
      default:
        return false;
    }
  }

  static bool equals(const Filter& filter, const Value& value, const Value& wanted) {
    if (is_empty(value) || is_empty(wanted)) return false;
    if (const auto* stored = std::get_if<storage::Blob>(&value)) {
      const auto* hash = std::get_if<storage::Blob>(&wanted);
      return hash && hash_of(stored->bytes) == hash->bytes;
    }
    if (!compares_folded(*filter.path.field)) return value == wanted;
    return fold(text_of(value)) == fold(text_of(wanted));
  }

  static bool is_member(const Filter& filter, const Value& value) {
    return std::any_of(filter.values.begin(), filter.values.end(), [&](const Value& wanted) {
      return is_empty(wanted) ? is_empty(value) : equals(filter, value, wanted);
    });
  }

  static int ordered(const Filter& filter, const Value& value, std::size_t wanted) {
    const Field& field = *filter.path.field;
    const Value& other = filter.values[wanted];
    if (field.is_text()) {
      return key_form(field, text_of(value)).compare(key_form(field, text_of(other)));
    }
    const std::int64_t left = integer_of(value);
    const std::int64_t right = integer_of(other);
    return left < right ? -1 : (left > right ? 1 : 0);
  }

  static std::size_t position_in(const Filter& filter, const Value& value) {
    return fold(text_of(value)).find(fold(text_of(filter.values.front())));
  }

  static bool compare_sets(const Filter& filter, const Value& value) {
    const auto holds = [&](const Value& member) {
      return !is_empty(value) &&
             text_of(value).find(member_text(*filter.path.field, member)) != std::string_view::npos;
    };
    const auto begin = filter.values.begin();
    const auto end = filter.values.end();
    if (filter.op == FilterOp::has_all) return std::all_of(begin, end, holds);
    return std::any_of(begin, end, holds) == (filter.op == FilterOp::has_any);
  }

  // The record itself or one above it; what is in the trash belongs to nothing.
  bool is_under(const Filter& filter, RecordId id) {
    const RecordId wanted{integer_of(filter.values.front())};
    const Object& object = *schema_.object(filter.path.field->target);
    const Field* parent = hierarchy_link(object);
    std::set<RecordId> seen;
    while (id && id != wanted) {
      if (parent == nullptr || !seen.insert(id).second) return false;
      const RowValues* row = linked_.find(object, id);
      if (row == nullptr) return false;
      id = RecordId{integer_of((*row)[parent->index])};
    }
    return id == wanted;
  }

  bool related(const Filter& filter, const RowValues& row) {
    const bool wants_match = filter.op != FilterOp::every;
    bool found = false;
    linked_.each_referring(*filter.related, *filter.back_link, RecordId{integer_of(row[0])},
                           [&](const RowValues& other) {
                             const bool match =
                                 filter.args.empty() || matches(filter.args.front(), other);
                             found = match == wants_match;
                             return !found;
                           });
    return found == (filter.op == FilterOp::some);
  }

  const Schema& schema_;
  LinkedRows& linked_;
};

}  // namespace

bool matches(const Schema& schema, const Filter& filter, const RowValues& row, LinkedRows& linked) {
  return Matcher(schema, linked).matches(filter, row);
}

const RowValues* StoredRows::find(const Object& object, RecordId id) {
  auto [place, added] = found_.try_emplace({&object, id});
  if (added) {
    auto row = read_row(connection_, object, id, Presence::live);
    if (row) {
      if (*row && is_seen(object, **row)) place->second = std::move(*row);
    } else {
      status_ = std::move(row).error();
    }
  }
  return place->second ? &*place->second : nullptr;
}

void StoredRows::each_referring(const Object& object, const Field& link, RecordId id,
                                const RowVisitor& visit) {
  RecordId after;
  std::vector<RowValues> rows;
  do {
    rows.clear();
    if (Status read = read_slice(object, link, id, after, rows); !read) {
      status_ = std::move(read);
      return;
    }
    for (const RowValues& row : rows) {
      if (is_seen(object, row) && !visit(row)) return;
      after = RecordId{integer_of(row[0])};
    }
  } while (std::ssize(rows) == slice_of_referring_rows);
}

bool StoredRows::is_seen(const Object& object, const RowValues& row) {
  auto seen = reaches(connection_, schema_, viewer_, access::Action::read, object, row);
  if (seen) return *seen;
  status_ = std::move(seen).error();
  return false;
}

Status StoredRows::read_slice(const Object& object, const Field& link, RecordId id, RecordId after,
                              std::vector<RowValues>& rows) {
  Sql sql("SELECT ");
  sql.append(field_columns(object)).add(" FROM ").name(object.table).add(" t WHERE t.");
  sql.name(link.column).add(" = ").value(id).add(" AND t.deleted_at IS NULL AND t.id > ");
  sql.value(after).add(" ORDER BY t.id LIMIT ").value(slice_of_referring_rows);
  LP_TRY(const auto found, connection_.prepare(sql));
  while (true) {
    LP_TRY(const bool any, found->step());
    if (!any) return {};
    rows.push_back(take_row(object, *found, 0));
  }
}

}  // namespace linchpin::records
