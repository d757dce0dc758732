// Collects what Google Benchmark measures, pairs each figure with its raw limit of the same run, and prints both.
#pragma once

#include <benchmark/benchmark.h>

#include <map>
#include <string>
#include <vector>

namespace passport::bench {

// Which raw limit a benchmark stands beside.
struct Pairing {
  std::string name;
  std::string limit_name;  // "raw_verify", "raw_sign"
};

// How large something is, beside what it may be.
struct Size {
  std::string name;
  std::size_t bytes;
  std::string limit_name;
  std::size_t limit_bytes;
};
std::string TableOf(const std::vector<Size>& sizes);

class Collector final : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  // Keeps the operations per CPU second of every repetition.
  void ReportRuns(const std::vector<Run>& runs) override;

  // Medians over the repetitions.
  double RateOf(const std::string& name) const;
  // A table for people.
  std::string Table(const std::vector<Pairing>& pairings) const;
  // {"benchmarks": [{"name", "value", "unit", "limit_name", "limit_value", "ratio"}]}
  std::string Json(const std::vector<Pairing>& pairings, const std::vector<Size>& sizes) const;

 private:
  std::map<std::string, std::vector<double>> rates_;
};

}  // namespace passport::bench
