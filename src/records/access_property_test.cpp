// Every path over record data gives exactly what the oracle says: never a row or a value more,
// never one less; what is hidden answers as what is absent.

#include <rapidcheck.h>

#include "records/access_world.h"
#include "records/aggregate.h"
#include "records/row_store.h"

namespace linchpin::records {
namespace {

constexpr std::array checked_objects{"account", "contact", "opportunity"};

std::string outcome_of(const Error& error) {
  return std::string(code_name(error.code)) + " " + error.detail;
}

// What one employee meets.
class Employed {
 public:
  Employed(Company& company, RecordId user, int& cases)
      : company_(company),
        records_(company.workspace().records()),
        oracle_(company.world()),
        user_(user),
        scope_(company.scope(user)),
        cases_(cases) {}

  void check() {
    for (const char* object : checked_objects) {
      if (oracle_.knows(user_, "read", object)) {
        check_pages(object);
        check_figures(object);
        check_ids(object);
        check_shapes(object);
        check_narrow_clauses(object);
      } else {
        JsonWriter out;
        const Status asked = records_.query(scope_, object, {}, out);
        expect(!asked && asked.error().code == ErrorCode::not_found, object);
      }
    }
    for (const Thing& thing : company_.world().things) {
      check_one(thing);
      check_writes(thing);
      check_narrow(thing);
      check_undo(thing);
    }
  }

 private:
  void expect(bool holds, const std::string& what) {
    ++cases_;
    if (!holds) RC_FAIL(format_id(user_) + ": " + what);
  }
  bool sees(const Thing& thing) const { return oracle_.may(user_, "read", thing); }
  std::set<RecordId> expected(const std::string& object) const {
    std::set<RecordId> ids;
    for (const Thing& thing : company_.world().things) {
      if (thing.object == object && sees(thing)) ids.insert(thing.id);
    }
    return ids;
  }
  // The name of the account that a record links to, where it may be known.
  json::value account_name(const Thing& thing) const {
    const Thing* account = company_.world().thing(thing.account);
    if (account == nullptr || !sees(*account)) return {};
    return json::string(account->name);
  }

  void check_pages(const std::string& object) {
    const bool walks = object != "account" && oracle_.knows(user_, "read", "account");
    for (const char* search : {"", "甲"}) {
      QueryRequest request;
      request.select = {"name"};
      if (walks) request.select.emplace_back("account.name");
      request.search = search;
      if (walks && *search == 0) {
        request.sort = json::array{json::object{{"field", "account.name"}, {"dir", "asc"}}};
      }
      request.page.limit = PageRequest::max_limit;
      request.count = CountMode::exact;
      JsonWriter out;
      const Status read = records_.query(scope_, object, request, out);
      if (!read) RC_FAIL(TestWorkspace::first_problem(read.error()));
      std::set<RecordId> found;
      const json::value answer = *parse_json(out.text());
      for (const json::value& record : answer.at("records").as_array()) {
        const RecordId id = *parse_id(std::string_view(record.at("id").as_string()));
        found.insert(id);
        const Thing& thing = *company_.world().thing(id);
        if (walks) {
          expect(record.at("fields").at("account.name") == account_name(thing), "a linked name");
        }
        check_can(thing, record.at("can").as_array());
      }
      expect(found == expected(object), object + " page " + search);
      expect(answer.at("count").to_number<std::size_t>() == found.size(), object + " count");
    }
  }

  void check_can(const Thing& thing, const json::array& can) {
    json::array expected_can;
    if (oracle_.may(user_, "update", thing)) expected_can.emplace_back("update");
    if (oracle_.may(user_, "delete", thing)) expected_can.emplace_back("delete");
    expect(can == expected_can, thing.object + " can " + json::serialize(can));
  }

  void check_figures(const std::string& object) {
    const bool walks = object != "account" && oracle_.knows(user_, "read", "account");
    AggregateRequest request;
    request.measures = json::array{json::object{{"as", "n"}, {"fn", "count"}}};
    request.group = json::array{json::object{{"field", walks ? "account.name" : "name"}}};
    request.page.limit = PageRequest::max_limit;
    JsonWriter out;
    const Status read = records_.aggregate(scope_, object, request, out);
    if (!read) RC_FAIL(TestWorkspace::first_problem(read.error()));
    std::map<std::string, std::int64_t> wanted;
    for (const RecordId id : expected(object)) {
      const Thing& thing = *company_.world().thing(id);
      const json::value key = walks ? account_name(thing) : json::value(json::string(thing.name));
      ++wanted[json::serialize(key)];
    }
    std::map<std::string, std::int64_t> groups;
    const json::value answer = *parse_json(out.text());
    for (const json::value& group : answer.at("groups").as_array()) {
      groups[json::serialize(group.at("key").as_array().front())] =
          group.at("values").at("n").to_number<std::int64_t>();
    }
    expect(groups == wanted, object + " groups");
  }

  void check_ids(const std::string& object) {
    std::set<RecordId> found;
    const auto take = [&](RecordId id) { found.insert(id); };
    const Status read = company_.workspace().database().read([&](storage::Connection& connection) {
      return records_.select_ids(connection, scope_, object, nullptr, take);
    });
    expect(read && found == expected(object), object + " ids");
    if (object != "account" || !oracle_.knows(user_, "read", "contact")) return;
    std::set<RecordId> with_contact;
    for (const RecordId id : expected("contact")) {
      const RecordId account = company_.world().thing(id)->account;
      if (expected(object).contains(account)) with_contact.insert(account);
    }
    found.clear();
    const json::value some{{"op", "some"}, {"rel", "contacts"}};
    const Status related =
        company_.workspace().database().read([&](storage::Connection& connection) {
          return records_.select_ids(connection, scope_, object, some, take);
        });
    expect(related && found == with_contact, "accounts with contacts");
  }

  // The rows asked one by one, the same out of reach of every index, and the rows begun with.
  void check_shapes(const std::string& name) {
    const Schema& schema = company_.workspace().schema();
    const Object& object = *schema.object(name);
    Viewer asks = records_.viewer(scope_);
    Viewer begins = asks;
    begins.few = &object;
    for (const auto& [viewer, hidden] :
         {std::pair(asks, false), std::pair(asks, true), std::pair(begins, false)}) {
      std::set<RecordId> found;
      storage::Sql sql("SELECT t.id FROM ");
      sql.name(object.table).add(" t WHERE t.deleted_at IS NULL");
      const storage::Sql reach =
          reach_sql(viewer, schema, company_.workspace().database().dialect(),
                    access::Action::read, object, "t", hidden);
      if (!reach.empty()) sql.add(" AND ").append(reach);
      const Status read =
          company_.workspace().database().read([&](storage::Connection& connection) -> Status {
            LP_TRY(const auto rows, connection.prepare(sql));
            while (true) {
              LP_TRY(const bool more, rows->step());
              if (!more) return {};
              found.insert(RecordId{rows->integer(0)});
            }
          });
      expect(read && found == expected(name), name + " shapes");
    }
  }

  void check_one(const Thing& thing) {
    const RecordId absent{1};
    const auto get = [&](RecordId id) {
      JsonWriter out;
      const auto read = records_.get(scope_, thing.object, id, {"name"}, out);
      return read ? std::string("seen") : outcome_of(read.error());
    };
    const auto history = [&](RecordId id) {
      JsonWriter out;
      const Status read = records_.history(scope_, thing.object, id, {}, out);
      return read ? std::string("seen") : outcome_of(read.error());
    };
    expect(get(thing.id) == (sees(thing) ? "seen" : get(absent)), thing.object + " get");
    expect(history(thing.id) == (sees(thing) ? "seen" : history(absent)),
           thing.object + " history");
    const Schema& schema = company_.workspace().schema();
    const Object& object = *schema.object(thing.object);
    const Status same =
        company_.workspace().database().read([&](storage::Connection& connection) -> Status {
          LP_TRY(const auto row, read_row(connection, object, thing.id, Presence::live));
          LP_TRY(const bool reached, reaches(connection, schema, records_.viewer(scope_),
                                             access::Action::read, object, *row));
          expect(reached == sees(thing), thing.object + " in memory");
          return {};
        });
    if (!same) RC_FAIL(TestWorkspace::first_problem(same.error()));
  }

  std::string allowed(const Thing& thing, const std::string& action) const {
    if (!oracle_.knows(user_, "read", thing.object)) return "not_found";
    if (!oracle_.knows(user_, action, thing.object)) return "forbidden";
    // What may be written is looked at before the record is.
    const bool edits = oracle_.field(user_, thing.object, "name") == 2;
    if (action == "update" && !edits) return "validation_failed";
    if (!sees(thing)) return "not_found";
    return oracle_.may(user_, action, thing) ? "done" : "forbidden";
  }

  void check_writes(const Thing& thing) {
    WriteOptions options = company_.workspace().options();
    options.dry_run = true;
    const Patch patch{json::object{{"name", "乙"}}, std::nullopt,
                      json::object{{"name", thing.name}}};
    const auto updated = records_.update(scope_, thing.object, thing.id, patch, options);
    const std::string update = updated ? "done" : std::string(code_name(updated.error().code));
    expect(update == allowed(thing, "update"), thing.object + " update " + update);
    const Status removed = records_.remove(scope_, thing.object, thing.id, 0, options);
    std::string remove = removed ? "done" : std::string(code_name(removed.error().code));
    if (remove == "in_use") remove = "done";  // the right was there
    expect(remove == allowed(thing, "delete"), thing.object + " remove " + remove);
  }

  int narrow(const std::string& object) const { return oracle_.narrow(user_, object); }

  // A field that one does not see is unknown in every clause.
  void check_narrow_clauses(const std::string& object) {
    const json::value field{{"op", "not_empty"}, {"field", narrow_field}};
    std::array<QueryRequest, 3> requests;
    requests[0].select = {narrow_field};
    requests[1].where = field;
    requests[2].sort = json::array{json::object{{"field", narrow_field}, {"dir", "asc"}}};
    for (QueryRequest& request : requests) {
      request.page.limit = PageRequest::max_limit;
      JsonWriter out;
      const Status read = records_.query(scope_, object, request, out);
      const bool unknown = !read && read.error().code == ErrorCode::unknown_field;
      expect(unknown == (narrow(object) == 0), object + " clause with a narrow field");
    }
    JsonWriter everything;
    if (!records_.query(scope_, object, {}, everything)) RC_FAIL(object + " without select");
    const bool shown = everything.text().find(narrow_field) != std::string_view::npos;
    const bool any = !expected(object).empty();
    expect(shown == (any && narrow(object) > 0), object + " shows a narrow field");
  }

  void check_narrow(const Thing& thing) {
    if (!sees(thing)) return;
    JsonWriter history;
    if (!records_.history(scope_, thing.object, thing.id, {}, history)) RC_FAIL("no history");
    const bool told = history.text().find("丙") != std::string_view::npos;
    expect(told == (narrow(thing.object) > 0), thing.object + " history of a narrow field");
    if (!oracle_.may(user_, "update", thing)) return;
    WriteOptions options = company_.workspace().options();
    options.dry_run = true;
    const Patch patch{json::object{{narrow_field, "丁"}}, 2, std::nullopt};
    const auto updated = records_.update(scope_, thing.object, thing.id, patch, options);
    const std::string got = updated ? "done" : std::string(code_name(updated.error().code));
    constexpr std::array wanted{"unknown_field", "validation_failed", "done"};
    expect(got == wanted[static_cast<std::size_t>(narrow(thing.object))],
           thing.object + " edit of a narrow field: " + got);
    const bool leaks = updated && updated->answer.find("丁") == std::string::npos;
    expect(!leaks, thing.object + " answer");
  }

  void check_undo(const Thing& thing) {
    WriteOptions options = company_.workspace().options();
    options.dry_run = true;
    const auto undone = records_.undo(scope_, thing.changed_by, options);
    const std::string got = undone ? "done" : std::string(code_name(undone.error().code));
    std::string wanted = "done";
    if (!sees(thing)) {
      wanted = "not_found";
    } else if (!oracle_.may(user_, "update", thing) || narrow(thing.object) < 2) {
      wanted = "forbidden";
    }
    expect(got == wanted, thing.object + " undo " + got);
  }

  Company& company_;
  Records& records_;
  const Oracle oracle_;
  const RecordId user_;
  const access::AccessScope scope_;
  int& cases_;
};

TEST(AccessProperty, NeverARowOrValueMoreNorOneLess) {
  int cases = 0;
  int calls = 0;
  int companies = 0;
  const bool holds = rc::check("paths = oracle", [&] {
    if (!is_companys_turn(calls++, companies_of_check())) return;
    ++companies;
    Company company;
    for (const Employee& user : company.world().users) {
      Employed(company, user.id, cases).check();
    }
  });
  EXPECT_TRUE(holds);
  EXPECT_GE(cases, companies * 500);
}

}  // namespace
}  // namespace linchpin::records
