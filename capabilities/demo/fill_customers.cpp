#include "demo/fill.h"

namespace linchpin::demo {

namespace {

constexpr int checking_time = 10 * 60;

// What the card asks banks and operators for, in proportion to their size.
void fill_sector(const Account& account, RecordDraft& draft) {
  if (account.sector == "finance") {
    draft.text("purchasing_level", "province").number("bank_branches", account.employees / 14 + 1);
    draft.amount("total_assets", account.annual_revenue * 36, money_digits)
        .amount("deposits", account.annual_revenue * 27, money_digits);
  } else if (account.sector == "telecom") {
    draft.text("purchasing_level", "group")
        .number("subscribers", std::int64_t{1'200} * account.employees)
        .options("network_types", {"4g", "5g", "broadband"});
  }
}

}  // namespace

// The head is set when there are users.
void fill(const Department& department, const Made& made, RecordDraft& draft) {
  draft.text("code", department.code)
      .text("name", department.name)
      .link("parent", Made::at(made.departments, department.parent));
}

void fill(const User& user, const Made& made, RecordDraft& draft) {
  draft.text("login", user.login)
      .text("name", user.name)
      .text("email", user.email)
      .text("phone", user.phone)
      .text("title", user.title)
      .link("department", Made::at(made.departments, user.department))
      .link("manager", Made::at(made.users, user.manager))
      .links("assists", Made::all(made.users, user.assists))
      .options("roles", user.roles)
      .flag("active", true)
      .text("locale", "zh-CN");
}

void fill(const Category& category, const Made&, RecordDraft& draft) {
  draft.text("code", category.code).text("name", category.name);
}

void fill(const Product& product, const Made& made, RecordDraft& draft) {
  draft.text("code", product.code)
      .text("name", product.name)
      .text("specification", product.specification)
      .text("unit", product.unit)
      .link("category", Made::at(made.categories, product.category))
      .amount("list_price", product.list_price, line_digits)
      .amount("standard_cost", product.cost, line_digits)
      .day("launched_on", product.launched_on)
      .flag("active", true);
}

void fill(const SellingEntity& entity, const Made&, RecordDraft& draft) {
  draft.text("code", entity.code)
      .text("name", entity.name)
      .text("short_name", entity.short_name)
      .text("credit_code", entity.credit_code);
}

void fill(const Account& account, const Made& made, RecordDraft& draft) {
  draft.text("code", account.code)
      .text("name", account.name)
      .text("short_name", account.short_name)
      .text("kind", account.kind)
      .link("parent", Made::at(made.accounts, account.parent))
      .text("industry", account.industry)
      .text("sector", account.sector)
      .text("region", account.region)
      .text("province", account.province)
      .text("city", account.city)
      .text("address", account.address)
      .text("phone", account.phone)
      .text("website", account.website)
      .text("credit_code", account.credit_code)
      .text("legal_representative", account.legal_representative)
      .day("founded_on", account.founded_on)
      .text("ownership_type", account.ownership_type)
      .number("employees", account.employees)
      .text("management_structure", account.management_structure)
      .text("bank", account.bank)
      .text("bank_account", account.bank_account)
      .text("credit_grade", account.credit_grade)
      .text("payment_terms_start", account.terms_start)
      .number("payment_terms_days", account.terms_days)
      .amount("purchase_potential", account.purchase_potential, money_digits)
      .text("tier", account.tier)
      .text("lifecycle", account.lifecycle)
      .text("pool_state", account.pool_state)
      .link("owner", Made::at(made.users, account.owner))
      .link("department", Made::at(made.departments, account.department))
      .past("card_checked_at", account.card_checked_on, checking_time);
  if (account.registered_capital > 0) {
    draft.amount("registered_capital", account.registered_capital, money_digits)
        .amount("annual_revenue", account.annual_revenue, money_digits);
  }
  if (account.credit_limit > 0) draft.amount("credit_limit", account.credit_limit, money_digits);
  if (account.pay_day > 0) draft.number("pay_day", account.pay_day);
  if (account.industry_rank > 0) draft.number("industry_rank", account.industry_rank);
  fill_sector(account, draft);
}

void fill(const AccountCode& code, const Made& made, RecordDraft& draft) {
  draft.link("account", Made::at(made.accounts, code.account))
      .link("selling_entity", Made::at(made.entities, code.entity))
      .text("code", code.code);
}

void fill(const AccountMember& member, const Made& made, RecordDraft& draft) {
  draft.link("account", Made::at(made.accounts, member.account))
      .link("user", Made::at(made.users, member.user))
      .text("role", member.role);
}

void fill(const Contact& contact, const Made& made, RecordDraft& draft) {
  draft.link("account", Made::at(made.accounts, contact.account))
      .text("name", contact.name)
      .text("salutation", contact.salutation)
      .text("title", contact.title)
      .text("department_name", contact.department_name)
      .text("layer", contact.layer)
      .text("function", contact.function)
      .link("reports_to", Made::at(made.contacts, contact.reports_to))
      .text("phone", contact.phone)
      .text("email", contact.email)
      .text("wechat", contact.wechat)
      .text("status", contact.status)
      .day("birthday", contact.birthday);
  for (const PersonalItem& item : contact.personal) draft.text(item.field, item.text);
  if (!contact.personal.empty()) draft.text("consent_purpose", "客户关系维护");
}

void fill(const Contract& contract, const Made& made, RecordDraft& draft) {
  draft.text("number", contract.number)
      .text("name", contract.name)
      .link("account", Made::at(made.accounts, contract.account))
      .link("selling_entity", Made::at(made.entities, contract.entity))
      .text("kind", contract.kind)
      .day("signed_on", contract.signed_on)
      .day("starts_on", contract.starts_on)
      .day("ends_on", contract.ends_on)
      .amount("amount", contract.amount, money_digits)
      .amount("tax_rate", contract.tax_rate, rate_digits)
      .text("tax_basis", "inclusive")
      .amount("net_amount", contract.net_amount, money_digits)
      .amount("gross_amount", contract.amount, money_digits)
      .text("state", contract.state)
      .link("owner", Made::at(made.users, contract.owner));
}

void fill(const PaymentNode& node, const Made& made, RecordDraft& draft) {
  draft.link("contract", Made::at(made.contracts, node.contract))
      .text("kind", node.kind)
      .amount("share", node.share, rate_digits)
      .amount("amount", node.amount, money_digits)
      .text("trigger", node.trigger)
      .day("due_on", node.due_on)
      .text("state", node.state)
      .link("owner", Made::at(made.users, node.owner));
}

}  // namespace linchpin::demo
