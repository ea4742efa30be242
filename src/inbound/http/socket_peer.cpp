#include "inbound/http/socket_peer.h"

namespace linchpin::inbound {

bool PeerQueue::send(std::shared_ptr<const std::string> text) {
  const std::lock_guard lock(mutex_);
  if (shut_ || close_) return false;
  // One message always fits, however large: else it could never be sent.
  if (bytes_ > 0 && text->size() > max_bytes_ - std::min(max_bytes_, bytes_)) {
    refused_ = true;
    return false;
  }
  bytes_ += text->size();
  messages_.push_back(std::move(text));
  wake();
  return true;
}

void PeerQueue::close(std::uint16_t code, std::string_view reason) {
  const std::lock_guard lock(mutex_);
  if (shut_ || close_) return;
  close_ = CloseRequest{code, std::string(reason.substr(0, max_close_reason_bytes))};
  wake();
}

// Under the lock: shut() is the end of the loop's promise to be there.
void PeerQueue::wake() {
  if (awake_) return;
  awake_ = true;
  loop_.post([weak = pump_] {
    if (const auto pump = weak.lock()) pump->pump();
  });
}

void PeerQueue::attach(std::weak_ptr<SocketPump> pump) {
  const std::lock_guard lock(mutex_);
  pump_ = std::move(pump);
}

std::shared_ptr<const std::string> PeerQueue::next() {
  const std::lock_guard lock(mutex_);
  if (messages_.empty()) {
    awake_ = false;
    return nullptr;
  }
  return messages_.front();
}

bool PeerQueue::taken() {
  const std::lock_guard lock(mutex_);
  if (messages_.empty()) return false;
  bytes_ -= messages_.front()->size();
  messages_.pop_front();
  return messages_.empty() && std::exchange(refused_, false);
}

std::optional<CloseRequest> PeerQueue::close_request() const {
  const std::lock_guard lock(mutex_);
  return messages_.empty() ? close_ : std::nullopt;
}

void PeerQueue::shut() {
  const std::lock_guard lock(mutex_);
  shut_ = true;
  messages_.clear();
  bytes_ = 0;
}

}  // namespace linchpin::inbound
