// A program of its own: it counts every taking of memory.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "credential/decision/judgement.h"
#include "tests/credential/decision/random_rules.h"

namespace {
std::atomic<std::size_t> taken{0};

void* Take(std::size_t bytes) {
  ++taken;
  void* const memory = std::malloc(bytes == 0 ? 1 : bytes);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
}  // namespace

void* operator new(std::size_t bytes) { return Take(bytes); }
void* operator new[](std::size_t bytes) { return Take(bytes); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace passport {
namespace {

struct Asked {
  RandomRole role;
  RandomCourses courses;
  PreparedRecords records;
  std::vector<Duty> duties;
};

TEST(Judgement, TakesNoMemoryOnceTheRoomHasSeenItsWork) {
  Dice dice(7);
  Roster roster;
  std::vector<std::string> pool;
  for (int i = 0; i < 120; ++i) pool.push_back(roster.Sign(RandomShown(dice)));
  std::vector<Asked> asked;
  for (int i = 0; i < 60; ++i) {
    std::vector<std::string> texts(pool.begin() + i, pool.begin() + i + 20);
    asked.push_back({MakeRole(dice), MakeCourses(dice), PreparedRecords(roster.Passport(texts)), {}});
    for (int shift = 0; shift < 6; ++shift) asked.back().duties.push_back(RandomDuty(dice));
  }
  std::vector<PreparedProfile> profiles;
  for (const Asked& each : asked)
    profiles.emplace_back(each.role.profile, each.courses.taxonomies, DayOf("2026-06-01"));
  std::vector<PreparedCase> cases;
  for (std::size_t i = 0; i < asked.size(); ++i) cases.emplace_back(profiles[i], asked[i].records);
  DutyJudge judge;
  std::size_t answers = 0;
  std::size_t in_round = 0;
  for (int round = 0; round < 2; ++round) {
    const std::size_t before = taken;
    for (std::size_t i = 0; i < asked.size(); ++i) {
      for (const Duty& duty : asked[i].duties) answers += judge.Of(cases[i], duty).ok() ? 1U : 0U;
    }
    in_round = taken - before;
    EXPECT_TRUE(round == 1 || in_round > 0) << "taking memory is seen";
  }
  EXPECT_EQ(answers, 2U * 60 * 6);
  EXPECT_EQ(in_round, 0U);
}

}  // namespace
}  // namespace passport
