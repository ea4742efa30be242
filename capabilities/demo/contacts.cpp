// The customers' people: two to six per account, from the workshop to the director's office.

#include <algorithm>
#include <array>
#include <span>

#include "base/text.h"
#include "demo/draft.h"
#include "demo/names.h"

namespace linchpin::demo {

namespace {

constexpr int most_people = 6;
constexpr int attempts = 8;  // to find a post that nobody holds yet

struct Post {
  std::string_view layer, function, title, department, salutation;
};

constexpr std::array<Post, 4> company_heads{{
    {"deciding", "other", "总经理", "总经办", "总"},
    {"deciding", "other", "副总经理", "总经办", "总"},
    {"deciding", "technical", "总工程师", "总工办", "总工"},
    {"deciding", "finance", "财务总监", "财务中心", "总"},
}};
constexpr std::array<Post, 5> company_managers{{
    {"managing", "user", "设备部部长", "设备部", "部长"},
    {"managing", "purchasing", "采购部经理", "采购部", "经理"},
    {"managing", "technical", "工艺技术部经理", "技术部", "经理"},
    {"managing", "finance", "财务部经理", "财务部", "经理"},
    {"managing", "user", "生产厂长", "生产部", "厂长"},
}};
constexpr std::array<Post, 6> company_workers{{
    {"operating", "user", "设备主管", "设备部", "主管"},
    {"operating", "technical", "仪表工程师", "技术部", "工"},
    {"operating", "purchasing", "采购专员", "采购部", "经理"},
    {"operating", "user", "车间主任", "生产部", "主任"},
    {"operating", "finance", "应付会计", "财务部", "会计"},
    {"operating", "technical", "自控工程师", "技术部", "工"},
}};
constexpr std::array<Post, 2> public_heads{{
    {"deciding", "other", "主任", "办公室", "主任"},
    {"deciding", "other", "副主任", "办公室", "主任"},
}};
constexpr std::array<Post, 3> public_managers{{
    {"managing", "user", "设备处处长", "设备处", "处"},
    {"managing", "purchasing", "采购中心科长", "采购中心", "科长"},
    {"managing", "finance", "财务处处长", "财务处", "处"},
}};
constexpr std::array<Post, 3> public_workers{{
    {"operating", "technical", "工程师", "技术科", "工"},
    {"operating", "user", "运行班长", "运行班", "班长"},
    {"operating", "purchasing", "采购专员", "采购中心", "老师"},
}};

struct PersonalText {
  std::string_view field;
  std::string_view text;
};
constexpr std::array<PersonalText, 18> personal_texts{{
    {"family_hometown", "老家在湖南，女儿今年读初三"},
    {"family_hometown", "本地人，与父母同住"},
    {"university", "毕业于一所工科大学，化工机械专业"},
    {"university", "自动化专业，读过在职硕士"},
    {"sport", "每周三晚打羽毛球"},
    {"sport", "喜欢长跑，参加过半程马拉松"},
    {"food", "不吃辣，喜欢清淡的江浙菜"},
    {"food", "爱吃面食"},
    {"pets", "养了一只柯基"},
    {"reading", "爱读历史和人物传记"},
    {"holidays", "去年国庆去了云南，今年想带家人看海"},
    {"personal_itinerary", "每月上旬在集团开会，中旬在厂里"},
    {"organisation_role", "设备选型的实际把关人，意见很受总经理重视"},
    {"colleague_relations", "与采购部经理是老同事，配合默契"},
    {"goals_this_year", "今年要把非计划停机时间降低两成"},
    {"goals_this_year", "完成二期扩产的设备招标"},
    {"ambitions", "希望三年内负责整个集团的设备管理"},
    {"other_hobbies", "书法，收藏紫砂壶"},
}};

std::span<const Post> posts_of(bool public_body, int height) {
  if (height == 2) return public_body ? std::span<const Post>(public_heads) : company_heads;
  if (height == 1) return public_body ? std::span<const Post>(public_managers) : company_managers;
  return public_body ? std::span<const Post>(public_workers) : company_workers;
}

// The first three people are one of each layer; of six, one decides and two manage.
const Post& draw_post(Random& random, int place, bool public_body,
                      std::vector<const Post*>& taken) {
  constexpr std::array<int, most_people> heights{1, 0, 2, 0, 1, 0};
  const auto posts = posts_of(public_body, heights[static_cast<std::size_t>(place)]);
  const Post* post = &random.pick(posts);
  for (int i = 0; i < attempts && std::find(taken.begin(), taken.end(), post) != taken.end(); ++i) {
    post = &random.pick(posts);
  }
  taken.push_back(post);
  return *post;
}

void add_personal_items(Contact& contact, Day as_of, Random& random) {
  contact.birthday = as_of - random.between(30 * 365, 56 * 365);
  const int items = random.between(2, 5);
  for (int i = 0; i < items; ++i) {
    const PersonalText& item = random.pick(personal_texts);
    const bool known = std::any_of(contact.personal.begin(), contact.personal.end(),
                                   [&](const PersonalItem& p) { return p.field == item.field; });
    if (!known) contact.personal.push_back({item.field, std::string(item.text)});
  }
}

int layer_height(const Contact& contact) {
  return contact.layer == "deciding" ? 2 : contact.layer == "managing" ? 1 : 0;
}

// Those above come first. Everybody reports to the nearest person above, in the same function where
// there is one.
void connect(std::vector<Contact>& contacts, std::size_t first) {
  std::stable_sort(
      contacts.begin() + static_cast<std::ptrdiff_t>(first), contacts.end(),
      [](const Contact& a, const Contact& b) { return layer_height(a) > layer_height(b); });
  for (std::size_t i = first; i < contacts.size(); ++i) {
    int best = none;
    int best_rank = 0;
    for (std::size_t j = first; j < contacts.size(); ++j) {
      const int distance = layer_height(contacts[j]) - layer_height(contacts[i]);
      if (distance <= 0) continue;
      const int rank = 10 - 4 * distance + (contacts[i].function == contacts[j].function ? 3 : 0);
      if (best == none || rank > best_rank) {
        best = static_cast<int>(j);
        best_rank = rank;
      }
    }
    contacts[i].reports_to = best;
  }
}

int people_of(const Profile& profile, Random& random) {
  if (!profile.buys()) return random.between(2, 3);
  if (profile.rank < 40) return random.between(5, most_people);
  return random.between(2, 5);
}

}  // namespace

void add_contacts(Draft& draft) {
  Random random = draft.random("contacts");
  Company& company = draft.company;
  for (std::size_t a = 0; a < company.accounts.size(); ++a) {
    const Account& account = company.accounts[a];
    const Profile& profile = draft.profiles[a];
    const bool public_body = account.sector == "government" || account.sector == "education";
    const std::size_t first = company.contacts.size();
    const int people = people_of(profile, random);
    std::vector<const Post*> taken;
    for (int i = 0; i < people; ++i) {
      const Post& post = draw_post(random, i, public_body, taken);
      const PersonName name = person_name(random);
      Contact contact;
      contact.account = static_cast<int>(a);
      contact.name = name.full();
      contact.salutation = name.surname + std::string(post.salutation);
      contact.title = post.title;
      contact.department_name = post.department;
      contact.layer = post.layer;
      contact.function = post.function;
      contact.phone = mobile_number(random);
      if (random.chance(0.6)) {
        contact.email = latin_person(contact.name) + "@" + latin(account.short_name) + ".example";
      }
      if (random.chance(0.7)) contact.wechat = latin_person(contact.name) + digits(random, 3);
      contact.status = random.chance(0.04) ? "left" : "active";
      if (profile.buys() && profile.rank < 25) add_personal_items(contact, company.as_of, random);
      company.contacts.push_back(std::move(contact));
    }
    connect(company.contacts, first);
  }
}

std::vector<std::vector<int>> people_in_office(const Company& company) {
  std::vector<std::vector<int>> people(company.accounts.size());
  for (std::size_t i = 0; i < company.contacts.size(); ++i) {
    const Contact& contact = company.contacts[i];
    if (contact.status != "active" || contact.account == none) continue;
    people[static_cast<std::size_t>(contact.account)].push_back(static_cast<int>(i));
  }
  return people;
}

}  // namespace linchpin::demo
