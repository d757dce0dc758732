#include "bench/report.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace passport::bench {
namespace {

template <class... Values>
std::string Format(const char* format, Values... values) {
  std::array<char, 256> line{};
  const int length = std::snprintf(line.data(), line.size(), format, values...);
  return {line.data(), static_cast<std::size_t>(length)};
}

}  // namespace

void Collector::ReportRuns(const std::vector<Run>& runs) {
  for (const Run& run : runs) {
    if (run.error_occurred || run.run_type != Run::RT_Iteration || run.cpu_accumulated_time <= 0) continue;
    rates_[run.run_name.function_name].push_back(static_cast<double>(run.iterations) / run.cpu_accumulated_time);
  }
}

double Collector::RateOf(const std::string& name) const {
  const auto found = rates_.find(name);
  if (found == rates_.end()) return 0;
  std::vector<double> sorted = found->second;
  std::sort(sorted.begin(), sorted.end());
  return sorted[sorted.size() / 2];
}

std::string Collector::Table(const std::vector<Pairing>& pairings) const {
  std::string text =
      Format("%-34s %14s   %-11s %14s   %s\n", "name", "per cpu second", "limit", "per cpu second", "ratio");
  for (const Pairing& pairing : pairings) {
    const double limit = RateOf(pairing.limit_name);
    const double rate = RateOf(pairing.name);
    if (rate == 0) continue;
    text += Format("%-34s %14.0f   %-11s %14.0f   %.3f\n", pairing.name.c_str(), rate, pairing.limit_name.c_str(),
                   limit, limit > 0 ? rate / limit : 0);
  }
  return text;
}

std::string TableOf(const std::vector<Size>& sizes) {
  std::string text;
  for (const Size& size : sizes) {
    text += Format("%-34s %9.0f bytes   %-11s %9.0f bytes   %.3f\n", size.name.c_str(), static_cast<double>(size.bytes),
                   size.limit_name.c_str(), static_cast<double>(size.limit_bytes),
                   static_cast<double>(size.bytes) / static_cast<double>(size.limit_bytes));
  }
  return text;
}

std::string Collector::Json(const std::vector<Pairing>& pairings, const std::vector<Size>& sizes) const {
  std::string text = "{\"benchmarks\": [";
  for (const Pairing& pairing : pairings) {
    const double limit = RateOf(pairing.limit_name);
    const double rate = RateOf(pairing.name);
    if (&pairing != &pairings.front()) text += ", ";
    text += Format("{\"name\": \"%s\", \"value\": %.1f, \"unit\": \"1/s per core\", \"limit_name\": \"%s\", ",
                   pairing.name.c_str(), rate, pairing.limit_name.c_str());
    text += Format("\"limit_value\": %.1f, \"ratio\": %.4f}", limit, limit > 0 ? rate / limit : 0);
  }
  for (const Size& size : sizes) {
    text += Format(", {\"name\": \"%s\", \"value\": %.0f, \"unit\": \"bytes\", \"limit_name\": \"%s\", ",
                   size.name.c_str(), static_cast<double>(size.bytes), size.limit_name.c_str());
    text += Format("\"limit_value\": %.0f, \"ratio\": %.4f}", static_cast<double>(size.limit_bytes),
                   static_cast<double>(size.bytes) / static_cast<double>(size.limit_bytes));
  }
  return text + "]}\n";
}

}  // namespace passport::bench
