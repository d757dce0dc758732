// Work on all cores whose results come out in the order of the work.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <ostream>
#include <string>
#include <thread>
#include <vector>

#include "verifier-cli/token/line_reader.h"

namespace passport {

// Some lines of a batch, and the text that answers them.
struct BatchPiece {
  std::size_t first_line;  // counted from 1
  std::vector<Line> lines;
  std::size_t bytes;  // of all lines
  std::string results;
  bool done = false;
};

// Takes pieces from one thread, answers them in several, and writes the answers in order from one more. Memory is
// bounded: Submit() waits while more than kBytesInFlight are underway.
class OrderedWork {
 public:
  static constexpr std::size_t kBytesInFlight = std::size_t{64} << 20;

  // Fills `results` of a piece. Each worker has its own, made by `make_worker` in that worker's thread.
  using Worker = std::function<void(BatchPiece&)>;
  OrderedWork(std::size_t threads, const std::function<Worker()>& make_worker, std::ostream& output);
  // Waits for everything that was submitted.
  ~OrderedWork();

  // False when the output can not be written any more: then nothing more needs to be submitted.
  bool Submit(BatchPiece piece);
  // Waits until all results are written. False when they could not be.
  bool Finish();

 private:
  void Work(const std::function<Worker()>& make_worker);
  void Write();

  std::ostream& output_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<BatchPiece>> waiting_;   // for a worker
  std::deque<std::shared_ptr<BatchPiece>> in_order_;  // for the writer
  std::size_t bytes_in_flight_ = 0;
  bool finishing_ = false;
  bool broken_ = false;
  std::vector<std::jthread> threads_;  // last: they end before what they use
};

}  // namespace passport
