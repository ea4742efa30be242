#include "jobs/tabular/workbook.h"

#include "jobs/tabular/table_error.h"
#include "jobs/tabular/xml_stream.h"

namespace linchpin::tabular {
namespace {

constexpr std::size_t max_relations = 10'000;
constexpr std::size_t max_sheets = 1'000;
constexpr std::size_t max_name_bytes = 1024;

struct Relation {
  std::string id;
  std::string type;  // the last word of the type's address
  std::string target;
};

std::string kept(std::string_view text) {
  return std::string(text.substr(0, max_name_bytes));
}

class RelationsHandler final : public XmlHandler {
 public:
  void start(std::string_view name, XmlAttributes attributes) override {
    if (name != "Relationship" || relations.size() == max_relations) return;
    if (attribute(attributes, "TargetMode") == "External") return;
    const std::string_view type = attribute(attributes, "Type");
    relations.push_back({kept(attribute(attributes, "Id")), kept(type.substr(type.rfind('/') + 1)),
                         kept(attribute(attributes, "Target"))});
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

  std::vector<Relation> relations;
};

class WorkbookHandler final : public XmlHandler {
 public:
  struct NamedSheet {
    std::string name;
    std::string relation;
  };

  void start(std::string_view name, XmlAttributes attributes) override {
    if (name == "workbook") is_workbook = true;
    if (name == "workbookPr") {
      const std::string_view flag = attribute(attributes, "date1904");
      since_1904 = flag == "1" || flag == "true" || flag == "on";
    }
    if (name != "sheet" || sheets.size() == max_sheets) return;
    const std::string_view state = attribute(attributes, "state");
    if (state == "hidden" || state == "veryHidden") return;
    sheets.push_back({kept(attribute(attributes, "name")), kept(attribute(attributes, "id"))});
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

  bool is_workbook = false;
  bool since_1904 = false;
  std::vector<NamedSheet> sheets;
};

// "xl/workbook.xml" → "xl/_rels/workbook.xml.rels".
std::string relations_part(const std::string& part) {
  const std::size_t folder = part.rfind('/') + 1;
  return part.substr(0, folder) + "_rels/" + part.substr(folder) + ".rels";
}

Result<std::vector<Relation>> read_relations(ZipArchive& archive, const std::string& of_part) {
  RelationsHandler handler;
  LP_CHECK(read_xml_part(archive, relations_part(of_part), handler));
  return std::move(handler.relations);
}

const Relation* find_type(const std::vector<Relation>& relations, std::string_view type) {
  for (const Relation& relation : relations) {
    if (relation.type == type) return &relation;
  }
  return nullptr;
}

// Charts and macro sheets have sheet entries as well, but their parts are of other types.
const Relation* find_worksheet(const std::vector<Relation>& relations, const std::string& id) {
  for (const Relation& relation : relations) {
    if (relation.id == id && relation.type == "worksheet") return &relation;
  }
  return nullptr;
}

}  // namespace

std::string resolve_part(const std::string& from_part, std::string_view target) {
  std::string path;
  if (target.starts_with('/')) {
    target.remove_prefix(1);
  } else {
    path = from_part.substr(0, from_part.rfind('/') + 1);
  }
  while (!target.empty()) {
    const std::size_t size = target.find('/');
    const std::string_view step = target.substr(0, size);
    target = size == std::string_view::npos ? std::string_view() : target.substr(size + 1);
    if (step == ".") continue;
    if (step == "..") {
      path.resize(path.empty() ? 0 : path.size() - 1);
      path.resize(path.rfind('/') + 1);
      continue;
    }
    path += step;
    if (!target.empty()) path += '/';
  }
  return path;
}

Result<Workbook> read_workbook(ZipArchive& archive) {
  LP_TRY(const auto package, read_relations(archive, ""));
  const Relation* document = find_type(package, "officeDocument");
  if (!document) return not_a_workbook();
  const std::string part = resolve_part("", document->target);
  WorkbookHandler handler;
  LP_TRY(const bool found, read_xml_part(archive, part, handler));
  if (!found || !handler.is_workbook) return not_a_workbook();

  LP_TRY(const auto relations, read_relations(archive, part));
  Workbook workbook;
  workbook.since_1904 = handler.since_1904;
  for (const auto& sheet : handler.sheets) {
    const Relation* relation = find_worksheet(relations, sheet.relation);
    if (relation) workbook.sheets.push_back({sheet.name, resolve_part(part, relation->target)});
  }
  if (const Relation* strings = find_type(relations, "sharedStrings")) {
    workbook.shared_strings_part = resolve_part(part, strings->target);
  }
  if (const Relation* styles = find_type(relations, "styles")) {
    workbook.styles_part = resolve_part(part, styles->target);
  }
  return workbook;
}

}  // namespace linchpin::tabular
