// Listings come in pages, in one order, each row once.
#include <gmock/gmock.h>

#include "tests/service/store/store_fixture.h"

namespace passport::test {
namespace {

template <class Row, class Fetch>
std::vector<Row> Walk(const Fetch& fetch, std::size_t limit) {
  std::vector<Row> rows;
  std::string after;
  do {
    const auto page = fetch(after, limit);
    EXPECT_TRUE(page.ok());
    EXPECT_LE(page->rows.size(), std::max<std::size_t>(limit, 1));
    for (const auto& row : page->rows) rows.push_back(row);
    after = page->next;
  } while (!after.empty());
  return rows;
}

TEST_P(StoreContract, EveryCredentialOfAnOrganisationComesOnce) {
  for (std::uint32_t n = 0; n < 7; ++n) ASSERT_EQ(Apply({AddCredential{Story{trust_, n}.row()}}), kDone);
  // An organisation whose name begins with the other's.
  const OrganisationId longer = Organisation("ods:RC91");
  ASSERT_EQ(Apply({AddCredential{Story{longer, 0}.row()}}), kDone);
  for (const std::size_t limit : {0U, 1U, 2U, 3U, 6U, 7U, 8U, 100U}) {
    const auto rows = Walk<CredentialRow>(
        [&](const std::string& after, std::size_t most) { return store().CredentialsOf(trust_, after, most); }, limit);
    ASSERT_EQ(rows.size(), 7U) << limit;
    for (std::size_t n = 1; n < rows.size(); ++n) EXPECT_LT(rows[n - 1].id, rows[n].id);
  }
  EXPECT_EQ(store().CredentialsOf(trust_, "", 7)->next, "");
  EXPECT_EQ(store().CredentialsOf(council_, "", 7)->rows.size(), 0U);
}

TEST_P(StoreContract, APersonHoldsCredentialsOfEveryIssuer) {
  for (std::uint32_t n = 0; n < 4; ++n) {
    CredentialRow row = Story{n % 2 == 0 ? trust_ : council_, n}.row();
    row.person = Person("anna");
    ASSERT_EQ(Apply({AddCredential{row}}), kDone);
  }
  ASSERT_EQ(Apply({AddCredential{Story{trust_, 9}.row()}}), kDone);
  const auto rows =
      Walk<CredentialRow>([&](const std::string& after,
                              std::size_t most) { return store().CredentialsHeldBy(Person("anna"), after, most); },
                          3);
  EXPECT_EQ(rows.size(), 4U);
  EXPECT_TRUE(store().CredentialsHeldBy(Person("ann"), "", 3)->rows.empty());
}

TEST_P(StoreContract, TheTrailGoesOnAfterASequence) {
  for (int n = 0; n < 5; ++n) {
    ASSERT_EQ(Apply({AppendAudit{SampleAudit("a", std::to_string(n))}, AppendEvent{{kNoon, "t", ""}}}), kDone);
  }
  const auto page = store().AuditRows(1, 3);
  ASSERT_EQ(page->rows.size(), 3U);
  EXPECT_EQ(page->rows[0].sequence, 2U);
  EXPECT_EQ(page->next, "4");
  EXPECT_EQ(store().AuditRows(4, 3)->rows.size(), 1U);
  EXPECT_EQ(store().AuditRows(4, 1)->next, "");
  EXPECT_TRUE(store().AuditRows(5, 3)->rows.empty());
  EXPECT_TRUE(store().AuditRows(UINT64_MAX, 3)->rows.empty());
  EXPECT_EQ(store().EventRows(2, 9)->rows.size(), 3U);
}

TEST_P(StoreContract, ATokenThatIsNoneIsRefused) {
  ASSERT_EQ(Apply({AddCredential{Story{trust_, 0}.row()}, AddCredential{Story{trust_, 1}.row()},
                   AddCredential{Story{council_, 0}.row()}, AddCredential{Story{council_, 1}.row()}}),
            kDone);
  const std::string foreign = store().CredentialsOf(council_, "", 1)->next;
  ASSERT_NE(foreign, "");
  for (const std::string& token : {std::string("not a token!"), foreign}) {
    const auto page = store().CredentialsOf(trust_, token, 5);
    ASSERT_FALSE(page.ok());
    EXPECT_EQ(page.fault().reason, Reason::kFieldInvalid);
  }
}

TEST_P(StoreContract, EverythingElseIsListedWhole) {
  ASSERT_EQ(Apply(Found(trust_)), kDone);
  ASSERT_EQ(Apply(Found(council_)), kDone);
  for (std::uint32_t n = 0; n < 3; ++n) {
    ASSERT_EQ(Apply({AddIntent{Story{trust_, n}.intent()}, RememberAnswer{Story{council_, n}.answer()}}), kDone);
  }
  EXPECT_EQ(store().AllOrganisations()->size(), 2U);
  Store& all = store();
  EXPECT_EQ(Walk<PersonRow>([&](const std::string& a, std::size_t n) { return all.AllPeople(a, n); }, 1).size(), 2U);
  EXPECT_EQ(Walk<IntentRow>([&](const std::string& a, std::size_t n) { return all.Intents(a, n); }, 2).size(), 3U);
  EXPECT_EQ(Walk<AnswerRow>([&](const std::string& a, std::size_t n) { return all.AllAnswers(a, n); }, 2).size(), 3U);
  EXPECT_EQ(
      Walk<EmploymentRow>([&](const std::string& a, std::size_t n) { return all.AllEmployments(a, n); }, 1).size(), 2U);
}

}  // namespace
}  // namespace passport::test
