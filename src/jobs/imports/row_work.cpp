#include "jobs/imports/row_work.h"

#include <algorithm>

#include "base/text.h"
#include "jobs/tabular/cell_value.h"

namespace linchpin::imports {

using records::Field;
using records::FieldType;
using records::integer_of;
using records::is_empty;
using records::Object;
using records::RowValues;
using records::Value;

namespace {

constexpr std::int64_t to_be_created = -1;  // stands for a link until its record is there
constexpr std::size_t max_keys_in_cell = 100;

std::string_view cell_of(const tabular::Row& row, std::size_t column) {
  return column < row.cells.size() ? row.cells[column] : std::string_view();
}

// What is wrong with the row, in contrast to what ends the import.
bool is_about_row(const Error& error) {
  switch (error.code) {
    case ErrorCode::validation_failed:
    case ErrorCode::unknown_field:
    case ErrorCode::duplicate:
    case ErrorCode::forbidden:
    case ErrorCode::not_found:
    case ErrorCode::in_use:
      return true;
    default:
      return false;
  }
}

}  // namespace

RowWork::RowWork(const Plan& plan, TimeZone zone, RowSink& sink)
    : plan_(plan),
      zone_(std::move(zone)),
      sink_(sink),
      tables_(plan.lookups.size()),
      counts_(plan.links.size()),
      given_(plan.object->fields.size()),
      keys_(plan.links.size()),
      ids_(plan.links.size()),
      moments_(plan.values.size()) {}

void RowWork::add_problem(std::size_t column, std::string code, ErrorParams params) {
  problems_.push_back({column, std::move(code), std::move(params)});
}

std::size_t RowWork::column_of(std::string_view field) const {
  for (const CellPlan& cell : plan_.values) {
    if (cell.field->api_name == field) return cell.column;
  }
  for (const LinkPlan& link : plan_.links) {
    if (link.cell.field->api_name == field) return link.cell.column;
  }
  return no_column;
}

void RowWork::add_problems(const Error& error, std::size_t column) {
  for (const FieldProblem& problem : error.problems) {
    const std::size_t at = column == no_column ? column_of(problem.field) : column;
    add_problem(at, problem.code, problem.params);
  }
  if (!error.problems.empty()) return;
  const std::string code = error.detail.empty() ? std::string(code_name(error.code)) : error.detail;
  add_problem(column, code, error.params);
}

Result<RowOutcome> RowWork::refuse(const Error& error, std::size_t column) {
  if (!is_about_row(error)) return error;
  add_problems(error, column);
  return RowOutcome::failed;
}

void RowWork::forget(const Object& object) {
  for (std::size_t i = 0; i < tables_.size(); ++i) {
    if (plan_.lookups[i].object == &object) tables_[i].clear();
  }
}

void RowWork::read_values(const tabular::Row& row) {
  values_ = plan_.defaults;
  std::fill(given_.begin(), given_.end(), 0);
  for (std::size_t i = 0; i < plan_.values.size(); ++i) {
    const CellPlan& cell = plan_.values[i];
    const std::string_view text = cell_of(row, cell.column);
    if (trim(text).empty()) continue;
    const std::size_t index = cell.field->index;
    const bool is_moment =
        cell.field->type == FieldType::date || cell.field->type == FieldType::datetime;
    LastMoment& last = moments_[i];
    given_[index] = 1;
    if (is_moment && last.text == text) {
      values_[index] = last.value;
      continue;
    }
    auto value = read_cell(cell, text, zone_);
    if (!value) {
      add_problem(cell.column, std::move(value.error().code), std::move(value.error().params));
      continue;
    }
    if (is_moment) last = {std::string(text), *value};
    values_[index] = std::move(*value);
  }
  for (std::size_t i = 0; i < plan_.links.size(); ++i) {
    read_keys(i, cell_of(row, plan_.links[i].cell.column));
  }
}

void RowWork::read_keys(std::size_t link, std::string_view cell) {
  auto& keys = keys_[link];
  keys.clear();
  ids_[link].clear();
  const CellPlan& plan = plan_.links[link].cell;
  if (!plan.field->many) {
    if (const auto key = tabular::read_key(cell); !key.empty()) keys.push_back(key);
    return;
  }
  constexpr std::string_view separators = ";|\n";
  while (!cell.empty()) {
    const std::size_t end = cell.find_first_of(separators);
    const auto key = tabular::read_key(cell.substr(0, end));
    if (!key.empty()) keys.push_back(key);
    cell.remove_prefix(end == cell.npos ? cell.size() : end + 1);
  }
  if (keys.size() > max_keys_in_cell) {
    add_problem(plan.column, "too_many_values", {{"max", std::to_string(max_keys_in_cell)}});
    keys.clear();
  }
}

Result<Linked*> RowWork::look_up(const CellPlan& cell, std::size_t link, std::string_view key) {
  LinkTable& table = tables_[cell.lookup];
  if (Linked* known = table.find(key)) return known;
  LP_TRY(const std::int64_t id, sink_.find(plan_.lookups[cell.lookup], key));
  Linked linked{id, 0, static_cast<std::uint32_t>(link)};
  if (id != 0) {
    LP_TRY(linked.open, sink_.open_fills(plan_.links[link], id, key));
  }
  LinkCount& count = counts_[link];
  if (id != 0) {
    ++count.matched;
  } else if (cell.missing != Missing::create) {
    ++count.unmatched;
  }
  return &table.put(key, linked);
}

Status RowWork::find_links() {
  creates_links_ = false;
  fills_.clear();
  open_.clear();
  for (std::size_t i = 0; i < plan_.links.size(); ++i) {
    const CellPlan& cell = plan_.links[i].cell;
    for (const std::string_view key : keys_[i]) {
      LP_TRY(Linked * linked, look_up(cell, i, key));
      if (linked->id != 0) {
        ids_[i].push_back(linked->id);
        if (linked->open != 0 && linked->link == i) open_.emplace_back(i, linked);
      } else if (cell.missing == Missing::create) {
        ids_[i].push_back(to_be_created);
        creates_links_ = true;
      } else if (cell.missing == Missing::error) {
        add_problem(cell.column, "no_such_link", {{"value", std::string(key)}});
      }
    }
    store_link(i);
  }
  return {};
}

void RowWork::store_link(std::size_t link) {
  const Field& field = *plan_.links[link].cell.field;
  const std::vector<std::int64_t>& ids = ids_[link];
  if (ids.empty()) return;
  given_[field.index] = 1;
  if (!field.many) {
    values_[field.index] = ids.front();
    return;
  }
  std::vector<std::string> texts;
  for (const std::int64_t id : ids) {
    texts.push_back(format_id(RecordId{std::max(id, std::int64_t{0})}));
  }
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  json::array list;
  for (const std::string& text : texts) list.emplace_back(text);
  values_[field.index] = json::serialize(list);
}

// The value that this row gives to a field of a linked record; empty when it has none.
Result<Value> RowWork::fill_value(const tabular::Row& row, const FillPlan& fill) {
  if (fill.from != nullptr) {
    const Value& own = values_[fill.from->index];
    if (is_empty(own) || integer_of(own) == to_be_created) return Value();
    if (fill.from_column && fill.from->type == FieldType::date &&
        fill.field->type == FieldType::datetime) {
      // The cell may know the time of day, which the date has lost.
      for (const CellPlan& cell : plan_.values) {
        if (cell.column != *fill.from_column || cell.field != fill.from) continue;
        const auto moment =
            read_moment(FieldType::datetime, trim(cell_of(row, cell.column)), cell.format, zone_);
        if (moment) return *moment;
      }
    }
    return convert_value(*fill.from, own, *fill.field, zone_);
  }
  if (!fill.cell) return Value();
  const std::string_view text = trim(cell_of(row, fill.cell->column));
  if (text.empty()) return Value();
  if (!fill.cell->field->is_link()) {
    auto value = read_cell(*fill.cell, text, zone_);
    if (value) return std::move(*value);
    add_problem(fill.cell->column, std::move(value.error().code), std::move(value.error().params));
    return Value();
  }
  LP_TRY(const std::int64_t id, find_fill(*fill.cell, tabular::read_key(text)));
  return id != 0 ? Value(id) : Value();
}

// The record that a dotted link names: "order.owner" by login.
Result<std::int64_t> RowWork::find_fill(const CellPlan& cell, std::string_view key) {
  LinkTable& table = tables_[cell.lookup];
  Linked* linked = table.find(key);
  if (linked == nullptr) {
    LP_TRY(const std::int64_t id, sink_.find(plan_.lookups[cell.lookup], key));
    linked = &table.put(key, {id, 0, 0});
  }
  if (linked->id == 0 && cell.missing == Missing::create) {
    LP_TRY(linked->id, create_plain(cell, key));
  } else if (linked->id == 0 && cell.missing == Missing::error) {
    add_problem(cell.column, "no_such_link", {{"value", std::string(key)}});
  }
  return linked->id;
}

// A record of this import that came without some value takes the first one that a later row has.
Status RowWork::take_fills(const tabular::Row& row, std::size_t link, Linked& linked) {
  const LinkPlan& plan = plan_.links[link];
  for (std::size_t i = 0; i < plan.fills.size(); ++i) {
    const std::uint64_t bit = std::uint64_t{1} << i;
    if ((linked.open & bit) == 0) continue;
    LP_TRY(Value value, fill_value(row, plan.fills[i]));
    if (is_empty(value)) continue;
    fills_.push_back({&linked,
                      plan_.lookups[plan.cell.lookup].object,
                      bit,
                      {plan.fills[i].field, std::move(value)}});
  }
  return {};
}

Result<std::int64_t> RowWork::create_plain(const CellPlan& cell, std::string_view key) {
  const Lookup& lookup = plan_.lookups[cell.lookup];
  RowValues row(lookup.object->fields.size());
  row[lookup.key->index] = std::string(key);
  for (const Field& field : lookup.object->fields) {
    const bool is_name = field.name || field.api_name == lookup.object->primary_field;
    if (is_name && field.is_text() && !field.read_only) row[field.index] = std::string(key);
  }
  const auto id = sink_.create(*lookup.object, row);
  if (id) return *id;
  LP_CHECK(refuse(id.error(), cell.column));
  return 0;
}

Status RowWork::create_link(const tabular::Row& row, std::size_t link, std::string_view key) {
  const LinkPlan& plan = plan_.links[link];
  const Lookup& lookup = plan_.lookups[plan.cell.lookup];
  LinkTable& table = tables_[plan.cell.lookup];
  if (lookup.key->max_length > 0 && code_points(key) > lookup.key->max_length) {
    add_problem(plan.cell.column, "too_long", {{"max", std::to_string(lookup.key->max_length)}});
    return {};
  }
  RowValues made(lookup.object->fields.size());
  made[lookup.key->index] = std::string(key);
  std::uint64_t open = 0;
  for (std::size_t i = 0; i < plan.fills.size(); ++i) {
    const FillPlan& fill = plan.fills[i];
    LP_TRY(Value value, fill_value(row, fill));
    if (is_empty(value)) {
      if (fill.cell || fill.from != nullptr) open |= std::uint64_t{1} << i;
      if (fill.is_name) value = std::string(key);
    }
    made[fill.field->index] = std::move(value);
  }
  if (!problems_.empty()) return {};
  const auto id = sink_.create(*lookup.object, made);
  if (!id) {
    LP_CHECK(refuse(id.error(), plan.cell.column));
    return {};
  }
  ++counts_[link].to_create;
  table.put(key, {*id, open, static_cast<std::uint32_t>(link)});
  return {};
}

Status RowWork::create_links(const tabular::Row& row) {
  for (std::size_t i = 0; i < plan_.links.size(); ++i) {
    const CellPlan& cell = plan_.links[i].cell;
    if (cell.missing != Missing::create) continue;
    bool changed = false;
    for (std::size_t k = 0; k < ids_[i].size(); ++k) {
      if (ids_[i][k] != to_be_created) continue;
      Linked* linked = tables_[cell.lookup].find(keys_[i][k]);
      if (linked == nullptr || linked->id == 0) {
        LP_CHECK(create_link(row, i, keys_[i][k]));
        linked = tables_[cell.lookup].find(keys_[i][k]);
      }
      if (!problems_.empty() || linked == nullptr) return {};
      ids_[i][k] = linked->id;
      changed = true;
    }
    // Others take it from the row: an order its account.
    if (changed) store_link(i);
  }
  return {};
}

Result<RowOutcome> RowWork::upsert() {
  for (const Field* field : plan_.match) {
    if (!given_[field->index]) {
      add_problem(column_of(field->api_name), "required");
      return RowOutcome::failed;
    }
  }
  LP_TRY(const std::vector<std::int64_t> found, sink_.match(values_));
  if (found.size() > 1) {
    add_problem(column_of(plan_.match.front()->api_name), "several_match");
    return RowOutcome::failed;
  }
  if (found.empty()) return RowOutcome::created;
  std::vector<NewValue> values;
  for (const Field& field : plan_.object->fields) {
    if (given_[field.index]) values.push_back({&field, values_[field.index]});
  }
  const auto changed = sink_.update(found.front(), std::move(values));
  if (!changed) return refuse(changed.error(), no_column);
  return *changed ? RowOutcome::updated : RowOutcome::unchanged;
}

Result<RowOutcome> RowWork::write() {
  if (plan_.mode == Mode::upsert) {
    LP_TRY(const RowOutcome outcome, upsert());
    if (outcome != RowOutcome::created) return outcome;
  }
  const auto id = sink_.create(*plan_.object, values_);
  if (!id) return refuse(id.error(), no_column);
  return RowOutcome::created;
}

Result<RowOutcome> RowWork::take(const tabular::Row& row) {
  problems_.clear();
  for (LinkTable& table : tables_) {
    if (table.is_full()) table.clear();
  }
  read_values(row);
  LP_CHECK(find_links());
  if (!problems_.empty()) return RowOutcome::failed;
  if (creates_links_) {
    // A row that will be refused shall not leave records that only it names.
    RowValues trial = values_;
    if (plan_.mode == Mode::create) {
      const Status good = sink_.check(*plan_.object, trial);
      if (!good) return refuse(good.error(), no_column);
    }
    LP_CHECK(create_links(row));
  }
  for (const auto& [link, linked] : open_) LP_CHECK(take_fills(row, link, *linked));
  if (!problems_.empty()) return RowOutcome::failed;
  if (plan_.replace != nullptr) {
    const std::int64_t replaced = integer_of(values_[plan_.replace->index]);
    LP_TRY(const bool clear, sink_.make_way(replaced));
    if (!clear) return RowOutcome::unfinished;
  }
  LP_TRY(const RowOutcome outcome, write());
  if (outcome == RowOutcome::failed) return outcome;
  for (PendingFill& fill : fills_) {
    fill.linked->open &= ~fill.bit;
    sink_.fill(*fill.object, fill.linked->id, std::move(fill.value));
  }
  return outcome;
}

}  // namespace linchpin::imports
