#pragma once

// How each part of the demo company stands in its object's fields.

#include <vector>

#include "base/id.h"
#include "demo/demo_company.h"
#include "demo/record_draft.h"

namespace linchpin::demo {

constexpr int rate_digits = 2;

// The records made so far, in the order of the lists of Company.
struct Made {
  std::vector<RecordId> departments, users, categories, products, entities, accounts, contacts,
      contracts, orders, invoices, payments, needs, opportunities, meetings, options;
  RecordId sales_process;

  static RecordId at(const std::vector<RecordId>& list, int place) {
    return place == none ? RecordId() : list[static_cast<std::size_t>(place)];
  }
  static std::vector<RecordId> all(const std::vector<RecordId>& list,
                                   const std::vector<int>& places) {
    std::vector<RecordId> found;
    for (const int place : places) found.push_back(at(list, place));
    return found;
  }
};

void fill(const Department& department, const Made& made, RecordDraft& draft);
void fill(const User& user, const Made& made, RecordDraft& draft);
void fill(const Category& category, const Made& made, RecordDraft& draft);
void fill(const Product& product, const Made& made, RecordDraft& draft);
void fill(const SellingEntity& entity, const Made& made, RecordDraft& draft);
void fill(const Account& account, const Made& made, RecordDraft& draft);
void fill(const AccountCode& code, const Made& made, RecordDraft& draft);
void fill(const AccountMember& member, const Made& made, RecordDraft& draft);
void fill(const Contact& contact, const Made& made, RecordDraft& draft);
void fill(const Contract& contract, const Made& made, RecordDraft& draft);
void fill(const PaymentNode& node, const Made& made, RecordDraft& draft);
void fill(const Order& order, const Made& made, RecordDraft& draft);
void fill(const Line& line, const Made& made, RecordDraft& draft);
void fill(const Delivery& delivery, const Made& made, RecordDraft& draft);
void fill(const Invoice& invoice, const Made& made, RecordDraft& draft);
void fill(const Payment& payment, const Made& made, RecordDraft& draft);
void fill(const Allocation& allocation, const Made& made, RecordDraft& draft);
void fill(const Visit& visit, const Made& made, RecordDraft& draft);
void fill(const Complaint& complaint, const Made& made, RecordDraft& draft);
void fill(const std::vector<StageProbability>& stages, const Made& made, RecordDraft& draft);
void fill(const Opportunity& opportunity, const Made& made, RecordDraft& draft);
void fill(const RegionMarket& market, const Made& made, RecordDraft& draft);
void fill(const PoolRound& round, const Made& made, RecordDraft& draft);
void fill(const PoolEntry& entry, const Made& made, RecordDraft& draft);
void fill(const Financial& figures, const Made& made, RecordDraft& draft);
void fill(const Analysis& analysis, const Made& made, RecordDraft& draft);
void fill(const Influence& influence, const Made& made, RecordDraft& draft);
void fill(const Standing& standing, const Made& made, RecordDraft& draft);
void fill(const Trip& trip, const Made& made, RecordDraft& draft);
void fill(const Promise& promise, const Made& made, RecordDraft& draft);
void fill(const Remark& remark, const Made& made, RecordDraft& draft);
void fill(const Task& task, const Made& made, RecordDraft& draft);
void fill(const Gift& gift, const Made& made, RecordDraft& draft);
void fill(const Relation& relation, const Made& made, RecordDraft& draft);
void fill(const TrainingNeed& need, const Made& made, RecordDraft& draft);
void fill(const Message& message, const Made& made, RecordDraft& draft);
void fill(const BuyingMeeting& meeting, const Made& made, RecordDraft& draft);
void fill(const BuyingOption& option, const Made& made, RecordDraft& draft);
void fill(const BuyingPreference& preference, const Made& made, RecordDraft& draft);

}  // namespace linchpin::demo
