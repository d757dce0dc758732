// The real case of 31 March 2026, with real processes: an organisation is acquired, and the registrar is replaced, on
// one day.
#include <gmock/gmock.h>

#include <algorithm>
#include <utility>

#include "samples/demo/operator_desk.h"
#include "tests/story/story_house.h"

namespace passport {
namespace {

using testing::HasSubstr;

const std::string kRegistrar{kStoryRegistrar};
const std::string kTrust{kStoryTrust};
const std::string kSuccessor = "ods:X0B";
const std::string kNextRegistrar = "ods:X0R0B";

class Succession : public StoryHouse {
 protected:
  // The trust, whoever takes it over, and the next registrar, all with systems that may call.
  void StartRegion() {
    ASSERT_NO_FATAL_FAILURE(StartWithPeople());
    const std::vector<std::string> others = {kSuccessor, kNextRegistrar};
    ASSERT_TRUE(service().MakeCertificates(others).ok());
    Result<ServiceClient> registrar = service().Connect(kRegistrar);
    ASSERT_TRUE(registrar.ok()) << registrar.fault().detail;
    const auto enrol = [&](const std::string& id, std::string name, std::string type, std::vector<std::string> kinds) {
      return registrar->EnrolOrganisation(
          "enrol-" + id.substr(4),
          {.id = id, .legal_name = std::move(name), .type = std::move(type), .record_kinds = std::move(kinds)});
    };
    ASSERT_TRUE(enrol(kSuccessor, "Another trust (fictional)", "nhs_trust", {"mandatory_training"}).ok());
    ASSERT_TRUE(enrol(kNextRegistrar, "The next board (fictional)", "icb", {}).ok());
    const std::span<const std::string> both = others;
    ASSERT_TRUE(service().RegisterSystems(both.first(1), DeskRoles()).ok());
    ASSERT_TRUE(service().RegisterSystems(both.last(1), RegistrarRoles()).ok());
  }

  // Proposed and signed by one registrar; the fault, or nothing when it is in force.
  std::string Change(const std::string& registrar, std::vector<std::string> words) {
    const auto changed = ChangeRegistry(service(), registrar, registrar, std::move(words));
    return changed.ok() ? "" : changed.fault().detail;
  }

  ServiceClient As(const std::string& organisation) {
    Result<ServiceClient> client = service().Connect(organisation);
    EXPECT_TRUE(client.ok()) << (client.ok() ? "" : client.fault().detail);
    return std::move(client).value();
  }

  // The record as the successor sees it, shown by the person.
  Result<PresentedAnswer> Seen(const std::string& credential) {
    ServiceClient receiver = As(kSuccessor);
    TRY_ASSIGN(const ChallengeAnswer challenge, receiver.CreateChallenge());
    TRY_ASSIGN(const std::string presentation,
               receiver.Present(passport_code(), {.audience = challenge.audience,
                                                  .nonce = challenge.nonce,
                                                  .purpose = "shift",
                                                  .show = {{credential, {"achieved_on"}}},
                                                  .profile = "",
                                                  .day = ""}));
    TRY_ASSIGN(const VerifiedAnswer answer, receiver.VerifyPresentation(challenge.nonce, presentation, "", ""));
    if (answer.verification.records.empty()) return Fault{Reason::kNotFound, "", "no record holds"};
    return answer.verification.records.front();
  }
};

TEST_F(Succession, OfThe31stOfMarchTakesATrustOverAndReplacesTheRegistrarOnOneDay) {
  ASSERT_NO_FATAL_FAILURE(StartRegion());
  const ImportOrder order = TrainingOrder(1);
  const auto issued = Trust().IssueCredential("issue-1", order.employee_number, order.record);
  ASSERT_TRUE(issued.ok()) << issued.fault().detail;

  ASSERT_EQ(Change(kRegistrar, {"succession", "--organisation", kTrust, "--how", "acquired", "--successor", kSuccessor,
                                "--reason", "acquired"}),
            "");
  ASSERT_EQ(Change(kRegistrar,
                   {"registrar", "--organisation", kRegistrar, "--successor", kNextRegistrar, "--reason", "replaced"}),
            "");
  EXPECT_EQ(Type(kRegistrar, {"registry", "publish"}).exit_code, 1) << "the office has moved on";
  ASSERT_EQ(Type(kNextRegistrar, {"registry", "publish"}).exit_code, 0);

  ASSERT_TRUE(As(kSuccessor).EnrolPerson("enrol-1", "S-1", passport_code()).ok()) << "they work for the successor now";
  const auto old = Seen(issued->credential_id);
  ASSERT_TRUE(old.ok()) << old.fault().detail;
  EXPECT_EQ(old->issuer, kTrust);
  EXPECT_THAT(old->responsible, HasSubstr(kSuccessor));
  EXPECT_EQ(old->standing, "good") << "authorised when issued";

  const ImportOrder late = TrainingOrder(2);
  EXPECT_FALSE(Trust().IssueCredential("issue-2", late.employee_number, late.record).ok()) << "under the old code";
  EXPECT_FALSE(Trust().RevokeCredential("revoke-1", issued->credential_id, "left_organisation").ok());
  EXPECT_FALSE(As(kNextRegistrar).RevokeCredential("revoke-2", issued->credential_id, "left_organisation").ok());
  const auto revoked = As(kSuccessor).RevokeCredential("revoke-3", issued->credential_id, "left_organisation");
  ASSERT_TRUE(revoked.ok()) << revoked.fault().detail;
  ASSERT_EQ(Type(kNextRegistrar, {"registry", "publish"}).exit_code, 0);
  EXPECT_EQ(Seen(issued->credential_id)->standing, "revoked");

  EXPECT_EQ(LinesWith(Type(kNextRegistrar, {"registry", "list"}), ""), 5U) << "with three enrolments";
  ASSERT_TRUE(service().Stop().ok());
  ExpectCleanHouse();
}

// The service is killed as soon as it has told of the first page that is signed again.
TEST_F(Succession, OfALostKeyIsSignedAgainThoughTheServiceIsKilledMeanwhile) {
  constexpr std::size_t kRecords = 1200;
  ASSERT_NO_FATAL_FAILURE(StartWithPeople());
  const auto imported = ImportAll("people", TrainingOrders(0, kRecords));
  ASSERT_TRUE(imported.ok()) << imported.fault().detail;
  ServiceClient registrar = As(kRegistrar);
  const auto keys = registrar.ListKeys(kTrust);
  ASSERT_TRUE(keys.ok()) << keys.fault().detail;
  const auto lost = std::find_if(keys->begin(), keys->end(),
                                 [](const KeyAnswer& key) { return key.role == "issue" && key.state == "active"; });
  ASSERT_NE(lost, keys->end());
  const auto given_up = registrar.CompromiseKey("lost", {.kid = lost->kid, .since = lost->created_at, .why = "stolen"});
  ASSERT_TRUE(given_up.ok()) << given_up.fault().detail;
  EXPECT_THAT(Type(kRegistrar, {"registry", "affected"}).output, HasSubstr("\"credentials\":1200"));

  bool killed = false;
  const auto cut = Trust().ReissueCredentials("reissue-1", [&](const ReissueAnswer&) {
    if (std::exchange(killed, true)) return;
    EXPECT_TRUE(service().Kill().ok());
  });
  EXPECT_FALSE(cut.ok());
  ASSERT_TRUE(service().Start().ok());
  const ToolAnswer again = Type(kTrust, {"reissue"});
  EXPECT_EQ(again.exit_code, 0) << again.output;

  std::size_t current = 0;
  const std::vector<CredentialAnswer> all = AllCredentials();
  for (const CredentialAnswer& credential : all) current += credential.state == "current" ? 1U : 0U;
  EXPECT_EQ(current, kRecords);
  EXPECT_EQ(all.size(), 2 * kRecords) << "each was signed again once, and the old one is dead";
  ASSERT_TRUE(service().Stop().ok());
  ExpectCleanHouse();
}

}  // namespace
}  // namespace passport
