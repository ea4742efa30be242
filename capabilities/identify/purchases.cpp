#include "identify/purchases.h"

namespace linchpin::identify {

double Buyer::mean_spend() const {
  if (repeats == 0) return 0;
  return static_cast<double>(repeat_spend) / static_cast<double>(repeats);
}

std::vector<Buyer> buyers_of(const std::vector<PurchaseDay>& days, records::Window window) {
  std::vector<Buyer> buyers;
  Day first = 0;
  for (const PurchaseDay& purchase : days) {
    if (purchase.day < window.from || purchase.day >= window.to) continue;
    if (buyers.empty() || buyers.back().account != purchase.account) {
      first = purchase.day;
      Buyer buyer;
      buyer.account = purchase.account;
      buyer.observed = (window.to - 1 - first) / days_per_week;
      buyer.spend = purchase.spend;
      buyers.push_back(buyer);
      continue;
    }
    Buyer& buyer = buyers.back();
    ++buyer.repeats;
    buyer.last = (purchase.day - first) / days_per_week;
    buyer.spend += purchase.spend;
    buyer.repeat_spend += purchase.spend;
  }
  return buyers;
}

}  // namespace linchpin::identify
