#include "inbound/identity/principal_cache.h"

namespace linchpin::inbound {

void PrincipalCache::insert(EntryPointer entry) {
  if (young_.size() >= max_entries / 2) {
    old_ = std::move(young_);
    young_.clear();
  }
  young_.insert_or_assign(entry->principal->credential, std::move(entry));
}

PrincipalCache::EntryPointer PrincipalCache::find(std::string_view digest) {
  const std::lock_guard lock(mutex_);
  if (const auto found = young_.find(digest); found != young_.end()) return found->second;
  const auto found = old_.find(digest);
  if (found == old_.end()) return nullptr;
  EntryPointer entry = std::move(found->second);
  old_.erase(found);
  insert(entry);
  return entry;
}

void PrincipalCache::put(EntryPointer entry, std::uint64_t epoch) {
  const std::lock_guard lock(mutex_);
  if (epoch == epoch_.load()) insert(std::move(entry));
}

void PrincipalCache::forget(std::string_view digest) {
  const std::lock_guard lock(mutex_);
  ++epoch_;
  if (const auto found = young_.find(digest); found != young_.end()) young_.erase(found);
  if (const auto found = old_.find(digest); found != old_.end()) old_.erase(found);
}

void PrincipalCache::forget_user(RecordId user) {
  const auto belongs = [&](const auto& item) { return item.second->principal->user == user; };
  const std::lock_guard lock(mutex_);
  ++epoch_;
  std::erase_if(young_, belongs);
  std::erase_if(old_, belongs);
}

void PrincipalCache::forget_all() {
  const std::lock_guard lock(mutex_);
  ++epoch_;
  young_.clear();
  old_.clear();
}

}  // namespace linchpin::inbound
