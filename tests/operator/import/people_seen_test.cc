#include "operator-cli/import/people_seen.h"

#include <string>

#include "tests/operator/import/import_cases.h"

namespace passport {
namespace {

using Seen = PeopleSeen::Seen;

TEST_F(Import, RemembersTheFirstDateOfBirthOfEachPerson) {
  const CivilDay day = CivilDay::Of(1980, 2, 29).value();
  PeopleSeen people(3);
  EXPECT_EQ(people.Compare("a", day, 2).seen, Seen::kAgrees);
  EXPECT_EQ(people.Compare("a", day, 3).seen, Seen::kAgrees);
  EXPECT_EQ(people.Compare("b", day.PlusDays(1), 4).seen, Seen::kAgrees);
  const auto answer = people.Compare("a", day.PlusDays(1), 5);
  EXPECT_EQ(answer.seen, Seen::kDisagrees);
  EXPECT_EQ(answer.line, 2U);
  EXPECT_EQ(people.Compare("a", day, 6).seen, Seen::kAgrees) << "the first stays";
  EXPECT_EQ(people.people(), 2U);
  Case();
}

TEST_F(Import, SaysWhenThereAreTooManyPeopleToCompare) {
  const CivilDay day = CivilDay::Of(1980, 2, 29).value();
  PeopleSeen people(3, 2000);
  for (int i = 0; i < 2000; ++i) ASSERT_EQ(people.Compare(std::to_string(i), day, 1).seen, Seen::kAgrees);
  EXPECT_EQ(people.Compare("2000", day, 1).seen, Seen::kNotCompared);
  EXPECT_EQ(people.Compare("1999", day, 1).seen, Seen::kAgrees) << "nobody is forgotten";
  EXPECT_EQ(people.Compare("1999", day.PlusDays(1), 1).seen, Seen::kDisagrees);
  EXPECT_EQ(people.people(), 2000U);
  Case();
}

TEST_F(Import, HoldsAMillionPeopleInThirtyTwoMegabytes) {
  const CivilDay day = CivilDay::Of(1980, 2, 29).value();
  PeopleSeen people(3);
  for (std::size_t i = 0; i < kPeopleMax; ++i) people.Compare(std::to_string(i), day, i);
  EXPECT_EQ(people.people(), kPeopleMax);
  EXPECT_LE(people.buffered_bytes(), std::size_t{32} << 20U);
  EXPECT_EQ(people.Compare("777777", day.PlusDays(1), 5).line, 777777U);
  EXPECT_EQ(people.Compare("one more", day, 5).seen, Seen::kNotCompared);
  Case();
}

}  // namespace
}  // namespace passport
