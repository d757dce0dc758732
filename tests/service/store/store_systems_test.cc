// Who may call, on every store.
#include <gmock/gmock.h>

#include "passport-service/check/check_house.h"
#include "tests/service/store/store_fixture.h"

namespace passport::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> NamesOf(const std::vector<SystemRow>& rows) {
  std::vector<std::string> names;
  for (const SystemRow& row : rows) names.push_back(row.organisation.text() + " " + row.name);
  return names;
}

TEST_P(StoreContract, ASystemBelongsToAnOrganisationThatExists) {
  EXPECT_EQ(Apply({AddSystem{SampleSystem(trust_, "hr")}}), Refused(0, Reason::kNotFound));
  EXPECT_EQ(Apply({AddOrganisation{SampleOrganisation(trust_)}, AddSystem{SampleSystem(trust_, "hr")}}), kDone);
  EXPECT_EQ(Apply({AddSystem{SampleSystem(trust_, "hr")}}), Refused(0, Reason::kAlreadyExists));
  EXPECT_EQ(Apply({AddSystem{SampleSystem(council_, "hr")}}), Refused(0, Reason::kNotFound));
  const auto found = store().FindSystem(trust_, "hr")->value();
  EXPECT_EQ(found.roles, (Roles{Role::kIssuerClerk, Role::kVerifier}));
  EXPECT_EQ(found.certificates, SampleSystem(trust_, "hr").certificates);
  EXPECT_FALSE(store().FindSystem(trust_, "h")->has_value());
  EXPECT_FALSE(store().FindSystem(council_, "hr")->has_value());
}

TEST_P(StoreContract, ASystemIsReplacedInTheOrderOfItsRevisions) {
  ASSERT_EQ(Apply({AddOrganisation{SampleOrganisation(trust_)}}), kDone);
  SystemRow row = SampleSystem(trust_, "hr");
  row.revision = 1;
  EXPECT_EQ(Apply({ReplaceSystem{row}}), Refused(0, Reason::kNotFound));
  ASSERT_EQ(Apply({AddSystem{SampleSystem(trust_, "hr")}}), kDone);
  row.state = SystemState::kRevoked;
  row.certificates.front().revoked_at = kNoon;
  EXPECT_EQ(Apply({ReplaceSystem{row}, ReplaceSystem{row}}), Refused(1, Reason::kStateConflict));
  EXPECT_EQ(store().FindSystem(trust_, "hr")->value().state, SystemState::kActive);
  EXPECT_EQ(Apply({ReplaceSystem{row}}), kDone);
  EXPECT_EQ(Apply({ReplaceSystem{row}}), Refused(0, Reason::kStateConflict));
  EXPECT_EQ(store().FindSystem(trust_, "hr")->value().state, SystemState::kRevoked);
  EXPECT_EQ(store().FindSystem(trust_, "hr")->value().certificates, row.certificates);
}

TEST_P(StoreContract, SystemsAreListedByOrganisationAndName) {
  const OrganisationId longer = Organisation("ods:RC91");
  for (const OrganisationId& organisation : {trust_, council_, longer}) {
    ASSERT_EQ(Apply({AddOrganisation{SampleOrganisation(organisation)}}), kDone);
    EXPECT_THAT(*store().SystemsOf(organisation), IsEmpty());
    for (const char* const name : {"rota", "hr", "hr-2"}) {
      ASSERT_EQ(Apply({AddSystem{SampleSystem(organisation, name)}}), kDone);
    }
  }
  EXPECT_THAT(NamesOf(*store().SystemsOf(trust_)), ElementsAre("ods:RC9 hr", "ods:RC9 hr-2", "ods:RC9 rota"));
  const auto page = store().AllSystems("", 4);
  EXPECT_THAT(NamesOf(page->rows), ElementsAre("ods:RC9 hr", "ods:RC9 hr-2", "ods:RC9 rota", "ods:RC91 hr"));
  EXPECT_EQ(store().AllSystems(page->next, 9)->rows.size(), 5U);
  const auto report = CheckHouse(store());
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->systems, 9U);
  EXPECT_THAT(report->violations, IsEmpty());
}

TEST_P(StoreContract, AHouseWhereASystemHasOneCertificateTwiceIsNotWhole) {
  SystemRow row = SampleSystem(trust_, "hr");
  row.certificates.push_back(row.certificates.front());
  SystemRow unnamed = SampleSystem(trust_, "H R");
  ASSERT_EQ(Apply({AddOrganisation{SampleOrganisation(trust_)}, AddSystem{row}, AddSystem{unnamed}}), kDone);
  EXPECT_THAT(CheckHouse(store())->violations, ElementsAre("system H R of ods:RC9 has a name that is none",
                                                           "system hr of ods:RC9 has one certificate twice"));
}

}  // namespace
}  // namespace passport::test
