// The questions that the runner of the peers puts to each of them, a line of JSON each: hello, load (a corpus),
// selftest, run (an operation for so long), emit (tokens of ours), check (the tokens of others), quit.
//
// Belongs to one thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "bench/peer/peer.h"

namespace passport::bench {

class Answers {
 public:
  // `tables` as Peer has it.
  explicit Answers(bool tables) : tables_(tables) {}
  // The answer to one question; what failed is told in a member "error".
  std::string To(const std::string& line);
  // After quit.
  bool over() const { return over_; }

 private:
  Result<json::Value*> Of(const json::Value& question, json::Tree& tree);
  json::Value& Hello(json::Tree& tree) const;
  Result<json::Value*> Load(const json::Value& question, json::Tree& tree);
  Result<json::Value*> SelfTest(json::Tree& tree);
  Result<json::Value*> Run(const json::Value& question, json::Tree& tree);
  Result<json::Value*> Emit(const json::Value& question, json::Tree& tree);
  Result<json::Value*> Check(const json::Value& question, json::Tree& tree);
  Result<void> CheckProducer(const json::Value& producer, json::Tree& tree, json::Value& results);
  std::string_view name() const;

  const bool tables_;
  bool over_ = false;
  std::unique_ptr<Peer> peer_;
};

}  // namespace passport::bench
