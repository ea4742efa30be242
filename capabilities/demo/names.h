#pragma once

// Invented names, addresses and numbers that look right and belong to nobody: companies are made of
// rare words, phone numbers of unassigned ranges, web addresses end in .example.

#include <array>
#include <set>
#include <string>
#include <string_view>

#include "base/date.h"
#include "demo/random.h"

namespace linchpin::demo {

struct City {
  std::string_view name, province, region, area_code, division;  // division code GB/T 2260
};

// A city; regions are drawn as often as the company sells there.
const City& random_city(Random& random);
const City& random_city_in(Random& random, std::string_view region);

// A line of business within a sector.
struct Trade {
  std::string_view industry;  // as it stands on the card
  std::string_view part;      // as it stands in the company's name
  std::string_view kind;      // option key of account.kind
};

enum class Sector { manufacturing, utilities, transport, telecom, government, education, finance };
constexpr int sectors = 7;
std::string_view sector_key(Sector sector);
const Trade& random_trade(Random& random, Sector sector);
// A city where the trade is possible: ports and shipyards need water.
const City& random_city_for(Random& random, const Trade& trade);

// Gives every invented word once.
class Words {
 public:
  explicit Words(Random& random) : random_(random) {}
  std::string next();

 private:
  Random& random_;
  std::set<std::string> used_;
};

struct CompanyName {
  std::string full, brief;
};
CompanyName company_name(Random& random, Sector sector, const Trade& trade, const City& city,
                         const std::string& word);

struct PersonName {
  std::string surname, given;
  std::string full() const { return surname + given; }
};
PersonName person_name(Random& random);

std::string mobile_number(Random& random);
std::string landline_number(Random& random, const City& city);
std::string street_address(Random& random, const City& city);
std::string bank_branch(Random& random, const City& city);
std::string digits(Random& random, int count);

// 18 characters with both check digits right (GB 32100, GB 11714).
std::string credit_code(Random& random, std::string_view kind, std::string_view division);

// "沛禾化工" → "peihehuagong", for addresses; people's surnames read as such.
std::string latin(std::string_view name);
std::string latin_person(std::string_view name);

}  // namespace linchpin::demo
