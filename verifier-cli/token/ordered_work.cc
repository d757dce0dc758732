#include "verifier-cli/token/ordered_work.h"

#include <utility>

namespace passport {

OrderedWork::OrderedWork(std::size_t threads, const std::function<Worker()>& make_worker, std::ostream& output)
    : output_(output) {
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this, make_worker] { Work(make_worker); });
  threads_.emplace_back([this] { Write(); });
}

OrderedWork::~OrderedWork() { static_cast<void>(Finish()); }

bool OrderedWork::Submit(BatchPiece piece) {
  auto shared = std::make_shared<BatchPiece>(std::move(piece));
  std::unique_lock lock(mutex_);
  changed_.wait(lock,
                [&] { return broken_ || bytes_in_flight_ == 0 || bytes_in_flight_ + shared->bytes <= kBytesInFlight; });
  if (broken_) return false;
  bytes_in_flight_ += shared->bytes;
  waiting_.push_back(shared);
  in_order_.push_back(std::move(shared));
  changed_.notify_all();
  return true;
}

bool OrderedWork::Finish() {
  {
    const std::lock_guard lock(mutex_);
    finishing_ = true;
    changed_.notify_all();
  }
  threads_.clear();  // joins
  return !broken_;
}

void OrderedWork::Work(const std::function<Worker()>& make_worker) {
  const Worker worker = make_worker();
  while (true) {
    std::shared_ptr<BatchPiece> piece;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return broken_ || finishing_ || !waiting_.empty(); });
      if (broken_ || waiting_.empty()) return;
      piece = std::move(waiting_.front());
      waiting_.pop_front();
    }
    worker(*piece);
    const std::lock_guard lock(mutex_);
    piece->done = true;
    changed_.notify_all();
  }
}

void OrderedWork::Write() {
  while (true) {
    std::shared_ptr<BatchPiece> piece;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return in_order_.empty() ? finishing_ : in_order_.front()->done; });
      if (in_order_.empty()) return;
      piece = std::move(in_order_.front());
      in_order_.pop_front();
    }
    output_ << piece->results << std::flush;
    const std::lock_guard lock(mutex_);
    bytes_in_flight_ -= piece->bytes;
    if (!output_) broken_ = true;
    changed_.notify_all();
    if (broken_) return;
  }
}

}  // namespace passport
