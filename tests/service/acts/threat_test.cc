// Attacks on the region, each by somebody who has something: a desk, a key, the publishing folder, the clock of a
// token. docs/threat-model.md says which threat each one is.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <random>
#include <set>

#include "credential/crypto/x5c.h"
#include "credential/evidence/receipt.h"
#include "tests/service/acts/import_world.h"
#include "tests/service/acts/threat_world.h"
#include "tests/support/token_forge.h"

namespace passport {
namespace {

const std::string kTrustIssuer = "https://passport.example/issuers/ods-RC9";
const std::string kTrustList = "https://passport.example/status/ods-RC9/1.jwt";
const std::string kCouncilIssuer = "https://passport.example/issuers/ons-E06000032";
const std::string kCouncilList = "https://passport.example/status/ons-E06000032/1.jwt";

// T3.
TEST(Threat, AClerkAloneSignsNoCriminalRecordCheckWhereTwoMustAgree) {
  ImportWorld world;
  const Caller clerk{OrganisationId::Parse("ods:TWO").value(), "hr"};
  EnrolOrganisation enrol = world.EnrolOrganisations();
  ASSERT_EQ(WordsOf(enrol({world.registrar,
                           Request("two"),
                           clerk.organisation,
                           "Example Hospice",
                           "charity",
                           {"criminal_record_check"},
                           true})),
            "ok");
  EnrolPerson people = world.EnrolPeople();
  ASSERT_TRUE(people({clerk, Request("p"), "1001", {}}).ok());
  const IssueCredentials::Order order{.request = Request("dbs"),
                                      .employee_number = "1001",
                                      .kind = "criminal_record_check",
                                      .fields = {{"certificate_number", "001234567890"},
                                                 {"issued_on", "2026-01-03"},
                                                 {"level", "enhanced"},
                                                 {"workforce", "adult_and_child"},
                                                 {"barred_adults", "true"},
                                                 {"barred_children", "true"},
                                                 {"seen_on", "2026-01-05"},
                                                 {"decision", "cleared"},
                                                 {"update_service", "false"},
                                                 {"achieved_on", "2026-01-03"},
                                                 {"assurance", "employer_verified"},
                                                 {"method", "certificate_seen"},
                                                 {"checker_role", "recruitment_officer"},
                                                 {"checked_on", "2026-01-05"}}};
  EXPECT_EQ(WordsOf(world.Issuing()(clerk, std::span(&order, 1))), "second_person");
  EXPECT_EQ(world.CredentialsOf(clerk), 0U);
  // The facts were right: two people may sign them.
  EXPECT_EQ(WordsOf(world.Issuing()(clerk, std::span(&order, 1), IssueCredentials::Approval::kTwoPeople)->front()),
            "ok");
  EXPECT_EQ(world.CredentialsOf(clerk), 1U);
  EXPECT_GE(world.Audited("credential.issued", "done"), 1U);
}

// T4, T12, TRUST-08: whoever has a key of one role or owner has that and nothing else.
TEST(Threat, AStolenKeySignsWhatItsRoleSignsAndNothingElse) {
  ThreatWorld world;
  for (const LootedKey& looted : world.Loot()) {
    const ThreatWorld::Forgery forgery{.issued_at = world.clock.now};
    EXPECT_EQ(world.Judged(world.Forge(forgery, looted.key)) == "good", looted.what == "issue key of the trust")
        << "credential of the trust by the " << looted.what;
    EXPECT_EQ(world.TakenUp(kTrustList, world.ForgeList(kTrustList, looted.key)) == "ok",
              looted.what == "status key of the trust")
        << "list of the trust by the " << looted.what;
    RegistryContent content = world.Snapshot()->registry().content();
    content.sequence += 1;
    EXPECT_EQ(world.Read(SignRegistry(content, looted.key.reference(), *looted.key.signer).value()) == "ok",
              looted.what == "registry key")
        << "registry by the " << looted.what;
  }
}

// The same, when the header says it is somebody else's: `kid` and certificates are names, never keys (JWT-05).
TEST(Threat, ABorrowedNameIsNotAKey) {
  ThreatWorld world;
  const SigningKey right = world.KeyOf(world.trust.organisation, KeyRole::kIssue);
  for (LootedKey& looted : world.Loot()) {
    if (looted.what == "issue key of the trust") continue;
    looted.key.kid = right.kid;
    looted.key.x5c = right.x5c;
    EXPECT_EQ(world.Judged(world.Forge({.issued_at = world.clock.now}, looted.key)), "sig") << looted.what;
  }
  // And the right key without its certificate, or with a certificate an attacker made for it, is not enough.
  SigningKey bare = right;
  bare.x5c.clear();
  EXPECT_EQ(world.Judged(world.Forge({.issued_at = world.clock.now}, bare)), "key");
  PrivateKey rogue = PrivateKey::Generate().value();
  const std::string rogue_root = MakeRegionRoot("Example authority", world.clock.now, 100, rogue).value();
  const LeafTerms leaf{.use = CertificateUse::kIssue,
                       .key = right.signer->public_key(),
                       .owner = "ods:RC9",
                       .uri = kTrustIssuer,
                       .now = world.clock.now};
  const Certificate rogue_authority = ReadCertificatePem(rogue_root).value();
  bare.x5c = {MakeSigningLeaf(leaf, rogue_authority, rogue).value(), rogue_authority.der};
  EXPECT_EQ(world.Judged(world.Forge({.issued_at = world.clock.now}, bare)), "key");
}

// T4, T14: an organisation that is registered signs in a neighbour's name.
TEST(Threat, ANeighbourSignsNeitherAnothersCredentialsNorItsStatusList) {
  ThreatWorld world;
  const SigningKey issue = world.KeyOf(world.trust.organisation, KeyRole::kIssue);
  const SigningKey status = world.KeyOf(world.trust.organisation, KeyRole::kStatus);
  EXPECT_NE(world.Judged(world.Forge(
                {.issuer = kCouncilIssuer, .status_uri = kCouncilList, .issued_at = world.clock.now}, issue)),
            "good");
  EXPECT_EQ(world.TakenUp(kCouncilList, world.ForgeList(kCouncilList, status)), "status");
  EXPECT_EQ(world.TakenUp(kCouncilList, world.ForgeList(kTrustList, status)), "status") << "its own, in that place";
  // Its own credential that points at a neighbour's list, or at one of its making.
  for (const std::string& uri : {kCouncilList, std::string("https://passport.example/status/ods-RC9x/1.jwt"),
                                 std::string("https://elsewhere.example/status/ods-RC9/1.jwt")}) {
    EXPECT_EQ(world.Judged(world.Forge({.status_uri = uri, .issued_at = world.clock.now}, issue)), "status") << uri;
  }
}

// T21: the time of issue is the service's clock; nobody can hand one in, and a key can not speak of days before it.
TEST(Threat, NothingIsIssuedForYesterday) {
  ThreatWorld world;
  world.Enrol("1001");
  for (const char* field : {"iat", "issued_at", "exp", "nbf"}) {
    IssueCredentials::Order order = TrainingOrder(std::string("back-") + field, "1001");
    order.fields.emplace_back(field, "1700000000");
    EXPECT_EQ(WordsOf(world.Issuing()(world.trust, std::span(&order, 1))->front()), "record_field") << field;
  }
  const CredentialId issued = world.IssueTraining("1001");
  EXPECT_EQ(world.store.FindCredential(world.trust.organisation, issued)->value().issued_at, world.clock.now);
  world.PublishNow();
  const SigningKey key = world.KeyOf(world.trust.organisation, KeyRole::kIssue);
  EXPECT_EQ(world.Judged(world.Forge({.issued_at = world.clock.now}, key)), "good");
  EXPECT_EQ(world.Judged(world.Forge({.issued_at = world.clock.now - Seconds{86400}}, key)), "issuer")
      << "before the organisation and its key were there";
  EXPECT_EQ(world.Judged(world.Forge({.issued_at = world.clock.now + Seconds{86400}}, key)), "time");
}

// T2: a key that leaked is given up; whatever date a token bears, nothing it signed counts, here and at every receiver.
TEST(Threat, OfALeakedKeyNothingCountsWhateverDateItWrites) {
  ThreatWorld world;
  const SigningKey leaked = world.KeyOf(world.trust.organisation, KeyRole::kIssue);
  const Instant before = world.clock.now;
  const std::string forged_before = world.Forge({.issued_at = before}, leaked);
  world.clock.now = world.clock.now + Seconds{3 * 86400};
  ASSERT_TRUE(world.keys->Generate(world.trust.organisation, KeyRole::kIssue, KeyState::kStaged, world.clock.now).ok());
  ASSERT_TRUE(world.keys->ChangeState(leaked.kid, KeyState::kCompromised, world.clock.now).ok());
  world.PublishNow();
  // The store's own signer is dead; the thief has the bytes of what was signed, and of a copy made earlier.
  EXPECT_FALSE(leaked.signer->Sign(Digest{}).ok());
  EXPECT_EQ(world.Judged(forged_before), "compromised");
}

// T29: addresses in tokens are names. A listening canary hears nothing.
class Canary {
 public:
  Canary() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(socket_, 16), 0);
    EXPECT_EQ(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port_ = ntohs(address.sin_port);
  }
  Canary(const Canary&) = delete;
  Canary& operator=(const Canary&) = delete;
  ~Canary() { ::close(socket_); }
  bool Heard() const {
    pollfd wait{.fd = socket_, .events = POLLIN, .revents = 0};
    return ::poll(&wait, 1, 200) > 0;
  }
  std::vector<std::string> Addresses() const {
    const std::string port = std::to_string(port_);
    return {"https://127.0.0.1:" + port,
            "http://127.0.0.1:" + port,
            "https://localhost:" + port,
            "https://[::ffff:127.0.0.1]:" + port,
            "https://2130706433:" + port,
            "https://passport.example@127.0.0.1:" + port,
            "http://169.254.169.254/latest",
            "gopher://127.0.0.1:" + port,
            "file:///etc/passwd"};
  }

 private:
  int socket_;
  int port_ = 0;
};

TEST(Threat, AddressesInTokensAreNeverVisited) {
  ThreatWorld world;
  const Canary canary;
  const SigningKey key = world.KeyOf(world.trust.organisation, KeyRole::kIssue);
  PrivateKey thief = PrivateKey::Generate().value();
  for (const std::string& address : canary.Addresses()) {
    EXPECT_EQ(world.Judged(world.Forge({.issuer = address, .issued_at = world.clock.now}, key)), "issuer") << address;
    const std::string judged = world.Judged(world.Forge({.status_uri = address, .issued_at = world.clock.now}, key));
    EXPECT_NE(judged, "good") << address;
    const std::string header = R"({"alg":"ES256","typ":"dc+sd-jwt","kid":")" + address + R"(","jku":")" + address +
                               R"(","x5u":")" + address + R"("})";
    const std::string payload = R"({"iss":")" + kTrustIssuer + R"(","vct":")" + address + R"(","vct#integrity":"x"})";
    EXPECT_NE(world.Judged(ForgeSdJwt(ForgeJws(header, payload, thief), {})), "good") << address;
    const auto answer = world.Checking()(Asked(world.council, address, address));
    EXPECT_FALSE(answer.ok());
  }
  EXPECT_FALSE(canary.Heard());
}

// Whoever may write the published folder can take files away, and nothing more.
TEST(Threat, ASubvertedPublishingFolderDeceivesNobody) {
  ThreatWorld world;
  world.Enrol("1001");
  const CredentialId credential = world.IssueTraining("1001");
  world.PublishNow();
  const std::map<std::string, std::string> good = world.files.files;
  std::mt19937 chance(7);
  int altered = 0;
  for (const auto& [path, bytes] : good) {
    const bool list = path.starts_with("status/");
    const std::string uri = "https://passport.example/" + path;
    if (!list && path != "registry.jwt") continue;
    for (int round = 0; round < 60; ++round) {
      std::string changed = bytes;
      char& byte = changed[chance() % changed.size()];
      byte = byte == 'A' ? 'B' : 'A';
      if (changed == bytes) continue;
      EXPECT_NE(list ? world.TakenUp(uri, changed) : world.Read(changed), "ok") << path;
      ++altered;
    }
    for (const auto& [other_path, other] : good) {
      if (other_path == path) continue;
      EXPECT_NE(list ? world.TakenUp(uri, other) : world.Read(other), "ok") << other_path << " in place of " << path;
      ++altered;
    }
  }
  for (const RegistryDocument& listed : world.Snapshot()->registry().content().documents) {
    for (const auto& [path, bytes] : good) {
      if (path == listed.path) continue;
      EXPECT_FALSE(ReadDocument(bytes, listed, world.Pinned()).ok()) << path << " in place of " << listed.path;
      ++altered;
    }
  }
  std::cout << altered << " subverted files, none taken\n";
  // The list from before a revocation, put back: receivers that saw the newer one refuse it.
  ASSERT_EQ(WordsOf(world.ChangingStandings()(
                {world.trust, Request("gone"), credential, StandingVerb::kRevoke, "left_organisation"})),
            "ok");
  world.clock.now = world.clock.now + Seconds{60};
  world.PublishNow();
  TrustSnapshot::Builder builder(
      std::make_shared<const TrustRegistry>(
          TrustRegistry::Read(world.files.files["registry.jwt"], world.Pinned(), world.clock.now, Seconds{60}).value()),
      {.status_age_max = {900}, .registry_grace = {3600}});
  builder.StartFrom(*world.Snapshot());
  EXPECT_EQ(WordsOf(builder.AddStatusToken(kTrustList, good.at("status/ods-RC9/1.jwt"), world.clock.now, Seconds{60})),
            "status");
}

// T6: of many rows each is judged by itself (the bug that cost Let's Encrypt three million certificates).
TEST(Threat, EveryOrderOfABatchIsJudgedByItself) {
  ThreatWorld world;
  struct Case {
    IssueCredentials::Order order;
    std::string expected;
  };
  std::vector<Case> cases;
  for (int i = 0; i < 60; ++i) {
    const std::string number = std::to_string(2000 + i);
    if (i % 6 != 5) world.Enrol(number);
    const std::vector<std::pair<std::vector<Record::Field>, std::string>> kinds = {
        {{}, "ok"},
        {{{"level", "9"}}, "record_field"},
        {{{"achieved_on", "2027-01-01"}, {"checked_on", "2027-01-01"}}, "record_field"},
        {{{"subject", "no_such_course"}}, "word_unknown"},
        {{{"provider", "Example College " + number}}, "ok"},
        {{}, "not_found"}};
    const auto& [changes, expected] = kinds[static_cast<std::size_t>(i) % kinds.size()];
    cases.push_back({TrainingOrder("batch-" + number, number, changes), expected});
  }
  std::shuffle(cases.begin(), cases.end(), std::mt19937(11));
  std::vector<IssueCredentials::Order> orders;
  for (const Case& one : cases) orders.push_back(one.order);
  const auto results = world.Issuing()(world.trust, orders);
  ASSERT_TRUE(results.ok());
  for (std::size_t i = 0; i < cases.size(); ++i) {
    EXPECT_EQ(WordsOf((*results)[i]), cases[i].expected) << cases[i].order.employee_number;
  }
}

// T5, T28: rows about a neighbour's people are answered as rows about nobody.
TEST(Threat, ABatchTellsNothingOfANeighboursPeople) {
  ThreatWorld world;
  std::vector<IssueCredentials::Order> orders;
  for (int i = 0; i < 100; ++i) {
    const std::string number = std::to_string(3000 + i);
    if (i % 2 == 0) world.Enrol(number);  // the trust's
    orders.push_back(TrainingOrder("r" + number, number));
  }
  const auto results = world.Issuing()(world.council, orders);
  ASSERT_TRUE(results.ok());
  std::set<std::string> answers;
  for (const auto& result : *results) {
    ASSERT_FALSE(result.ok());
    answers.insert(std::string(WordOf(result.fault().reason)) + " " + result.fault().detail);
  }
  EXPECT_EQ(answers.size(), 1U) << "the same words for all";
  EXPECT_EQ(world.CredentialsOf(world.council), 0U);
}

// T41: no two seals share their initialisation vector.
TEST(Threat, NoTwoSealsShareTheirInitialisationVector) {
  ThreatWorld world;
  constexpr std::size_t kVectorAt = 33;  // after version and key id
  std::set<std::string> seen;
  const std::array<std::uint8_t, 4> text = {1, 2, 3, 4};
  for (int i = 0; i < 20'000; ++i) {
    const std::vector<std::uint8_t> sealed = world.keys->Seal(text, {}).value();
    ASSERT_TRUE(seen.insert(std::string(sealed.begin() + kVectorAt, sealed.begin() + kVectorAt + 12)).second) << i;
  }
}

}  // namespace
}  // namespace passport
