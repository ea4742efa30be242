#include <array>
#include <cstdio>

#include "backup.h"
#include "command.h"
#include "commands.h"
#include "records/facts.h"
#include "records/link_check.h"
#include "records/recompute.h"
#include "stream/audit_log.h"
#include "subscribers/search/index_check.h"
#include "upgrades.h"

namespace linchpin::server {
namespace {

using storage::Connection;
using storage::Sql;

constexpr std::size_t max_printed_differences = 20;

// What the database itself finds; "ok" when nothing. A PostgreSQL server looks after its own files.
Result<bool> check_file(Command& command) {
  if (command.workspace().database().dialect() == storage::Dialect::postgres) return true;
  LP_TRY(const std::string found, command.workspace().database().read([](Connection& connection) {
    return query_text(connection, Sql("PRAGMA integrity_check(1)"));
  }));
  const bool sound = found == "ok";
  say(command.text(sound ? "check.file_sound" : "check.file_damaged", {{"found", found}}));
  return sound;
}

Result<bool> check_facts_of(Command& command, const records::Schema& schema,
                            const records::Object& object) {
  LP_TRY(const auto differences,
         command.workspace().database().snapshot([&](Connection& connection) {
           return records::check_facts(connection, schema, object);
         }));
  for (std::size_t i = 0; i < differences.size() && i < max_printed_differences; ++i) {
    say("  " + differences[i].table + ": " + differences[i].place);
  }
  const std::string key = differences.empty() ? "check.facts_agree" : "check.facts_differ";
  say(command.text(key,
                   {{"object", object.api_name}, {"count", std::to_string(differences.size())}}));
  return differences.empty();
}

Result<bool> check_links_of(Command& command, const records::Schema& schema,
                            const records::Object& object) {
  LP_TRY(const auto broken, command.workspace().database().snapshot([&](Connection& connection) {
    return records::check_links(connection, schema, object);
  }));
  for (const records::BrokenLinks& links : broken) {
    say(command.text("check.links_broken", {{"object", object.api_name},
                                            {"field", links.field->api_name},
                                            {"count", std::to_string(links.count)}}));
  }
  if (broken.empty()) say(command.text("check.links_sound", {{"object", object.api_name}}));
  return broken.empty();
}

Result<bool> check_computed_of(Command& command, const records::Schema& schema,
                               const records::Object& object) {
  LP_TRY(const auto differences,
         command.workspace().database().snapshot([&](Connection& connection) {
           return records::check_computed(connection, schema, object);
         }));
  for (const auto& difference : differences) {
    say("  " + object.api_name + " " + format_id(difference.record) + ": " + difference.field);
  }
  const std::string key = differences.empty() ? "check.computed_agree" : "check.computed_differ";
  say(command.text(key,
                   {{"object", object.api_name}, {"count", std::to_string(differences.size())}}));
  return differences.empty();
}

Result<bool> check_search_of(Command& command, const records::Object& object) {
  LP_TRY(const auto found, command.workspace().database().snapshot([&](Connection& connection) {
    return search::check_index(connection, object);
  }));
  if (!found) {
    say(command.text("check.search_unmade", {{"object", object.api_name}}));
    return true;
  }
  for (std::size_t i = 0; i < found->size() && i < max_printed_differences; ++i) {
    const search::IndexDifference& difference = (*found)[i];
    const std::string place = difference.record ? format_id(difference.record) : object.api_name;
    say("  " + place + ": " + difference.what);
  }
  const std::string key = found->empty() ? "check.search_agrees" : "check.search_differs";
  say(command.text(key, {{"object", object.api_name}, {"count", std::to_string(found->size())}}));
  return found->empty();
}

Result<bool> check_audit_of(Command& command) {
  Workspace& workspace = command.workspace();
  LP_TRY(const stream::AuditCheck check, workspace.database().snapshot([&](Connection& connection) {
    return stream::check_audit(connection, workspace.key());
  }));
  constexpr std::array keys{"check.audit_changed", "check.audit_missing", "check.audit_end_moved"};
  for (const stream::AuditDamage& damage : check.damages) {
    say(command.text(
        keys[static_cast<std::size_t>(damage.kind)],
        {{"first", std::to_string(damage.first)}, {"last", std::to_string(damage.last)}}));
  }
  if (check.damages.empty()) {
    say(command.text("check.audit_sound", {{"count", std::to_string(check.entries)}}));
  }
  return check.damages.empty();
}

Result<bool> check_all(Command& command, const std::string& database) {
  LP_CHECK(command.open({database, {}, false, true}));
  LP_TRY(bool sound, check_file(command));
  LP_TRY(const bool audited, check_audit_of(command));
  sound = sound && audited;
  const auto schema = command.workspace().records().schema();
  for (const auto& object : schema->objects()) {
    LP_TRY(const bool linked, check_links_of(command, *schema, *object));
    sound = sound && linked;
    if (object->has_feature("search")) {
      LP_TRY(const bool found, check_search_of(command, *object));
      sound = sound && found;
    }
    if (!object->facts.empty()) {
      LP_TRY(const bool agrees, check_facts_of(command, *schema, *object));
      sound = sound && agrees;
    }
    if (records::has_stored_computed(*object)) {
      LP_TRY(const bool agrees, check_computed_of(command, *schema, *object));
      sound = sound && agrees;
    }
  }
  return sound;
}

}  // namespace

int check(const std::string& database) {
  Command command;
  const Result<bool> sound = check_all(command, database);
  if (!sound) return report_failure(command.texts(), sound.error());
  return *sound ? 0 : 1;
}

int migrate(const std::string& database) {
  Command command;
  Status done = command.prepare();
  if (done) done = back_up_first(command, database);
  if (done) done = command.open({database, {}, true});
  if (!done) return report_failure(command.texts(), done.error());
  say(command.text("migrate.done", {{"version", std::to_string(workspace_version())}}));
  return 0;
}

int rotate_key(const std::string& database) {
  Command command;
  Status opened = command.prepare();
  if (opened) opened = command.open({database, {}, false});
  if (!opened) return report_failure(command.texts(), opened.error());
  const Result<std::string> kept = command.workspace().change_key();
  if (!kept) return report_failure(command.texts(), kept.error());
  const std::string key = kept->empty() ? "rotate_key.done" : "rotate_key.done_in_file";
  say(command.text(key, {{"file", *kept}}));
  return 0;
}

int print_openapi() {
  Command command;
  const Status prepared = command.prepare();
  if (!prepared) return report_failure(command.texts(), prepared.error());
  const Result<std::string> document = command.layout().openapi();
  if (!document) return report_failure(command.texts(), document.error());
  std::fwrite(document->data(), 1, document->size(), stdout);
  return 0;
}

}  // namespace linchpin::server
