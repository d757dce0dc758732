#include "tests/credential/decision/shipped.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace passport::suites {

std::string ShippedText(std::string_view id) {
  std::ifstream file("rules/profiles/" + std::string(id) + ".json", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

RoleProfile Shipped(std::string_view id) {
  Result<RoleProfile> profile = RoleProfile::Parse(ShippedText(id));
  EXPECT_TRUE(profile.ok()) << id << ": " << profile.fault().detail;
  return std::move(profile).value();
}

std::vector<std::string> ShippedIds() {
  std::vector<std::string> ids;
  for (const auto& entry : std::filesystem::directory_iterator("rules/profiles"))
    ids.push_back(entry.path().stem().string());
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::string Missed(const passport::Decision& decision) {
  std::set<std::string> missed;
  for (const DecisionLine& line : decision.lines) {
    if (line.outcome != Outcome::kMet)
      missed.insert(line.requirement + " " + std::string(WordOf(line.outcome)) + " " +
                    std::string(WordOf(line.reason)));
  }
  std::string all;
  for (const std::string& each : missed) all += (all.empty() ? "" : ", ") + each;
  return all;
}

}  // namespace passport::suites
