// Forged credentials of one issuer, and the trust that judges them: each test changes one thing of a good one.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "credential/credential/verify_credential.h"
#include "credential/crypto/jwk.h"
#include "credential/encoding/base64url.h"
#include "tests/credential/trust/trust_world.h"

namespace passport {

inline constexpr std::string_view kVct = "urn:staff-passport:mandatory-training:1";

// Trust that a test can bend.
class OpenDirectory final : public IssuerDirectory {
 public:
  const TrustedIssuer* Find(std::string_view issuer) const override {
    const auto found = issuers.find(std::string(issuer));
    return found == issuers.end() ? nullptr : &found->second;
  }
  std::map<std::string, TrustedIssuer> issuers;
};

// Counts how often it is asked: a token that failed must not lead anywhere (TSL-01).
class CountingStatuses final : public StatusSource {
 public:
  Result<StatusReading> Read(const StatusReference&, const TrustedIssuer&, Instant at) override {
    ++asked;
    return StatusReading{.value = value, .as_of = at};
  }
  int asked = 0;
  std::uint8_t value = 0;
};

struct Case {
  std::string header = R"({"alg":"ES256","typ":"dc+sd-jwt","kid":"k1"})";
  // Members of the payload by name, as JSON texts; an empty one is left out.
  std::map<std::string, std::string> members;
  std::string more;                      // further members, with their leading comma
  std::vector<std::string> disclosures;  // base64url
};

class VerifyVc : public ::testing::Test {
 protected:
  VerifyVc() {
    TrustedIssuer issuer;
    issuer.issuer = "https://issuer.example/a";
    issuer.keys.Add("k1", issuer_key.public_key());
    issuer.vcts = {std::string(kVct)};
    issuer.status_uris = {"https://issuer.example/status/1"};
    directory.issuers[issuer.issuer] = issuer;
  }
  // Puts the issuer under what the registry says of it; a test may bend that before and afterwards.
  void List() {
    listed.issue_keys.front().key = issuer_key.public_key();
    directory.issuers.begin()->second.listed = &listed;
  }
  static std::string Confirmation(const P256Point& point) { return R"({"jwk":)" + WriteJwk(point) + "}"; }

  std::string Token(const Case& forged) {
    std::map<std::string, std::string> members = {
        {"iss", R"("https://issuer.example/a")"},
        {"iat", "1795299000"},
        {"exp", "1795400000"},
        {"vct", '"' + std::string(kVct) + '"'},
        {"cnf", Confirmation(holder.public_key().point())},
        {"status", R"({"status_list":{"idx":7,"uri":"https://issuer.example/status/1"}})"},
        {"level", "2"}};
    for (const auto& [name, value] : forged.members) members[name] = value;
    if (!forged.disclosures.empty()) members["_sd"] = DigestsOf(forged.disclosures);
    std::string payload = "{";
    for (const auto& [name, value] : members) {
      if (value.empty()) continue;
      if (payload.size() > 1) payload += ',';
      payload += '"' + name + "\":" + value;
    }
    return ForgeSdJwt(ForgeJws(forged.header, payload + forged.more + "}", issuer_key), forged.disclosures);
  }
  Result<VerifiedCredential> Verify(const std::string& token, json::Tree& tree,
                                    const KnownIssuers* remembered = nullptr) {
    const CredentialExpectation expected{.now = now,
                                         .leeway = {0},
                                         .allowed_algs = Es256Only(),
                                         .key_binding = NoKeyBinding{},
                                         .limits = kSdJwtLimits,
                                         .requested_vcts = requested};
    return VerifyCredential(token, expected, directory, statuses, tree, remembered);
  }
  std::string JudgeToken(const std::string& token, const KnownIssuers* remembered = nullptr) {
    json::Tree tree;
    const Result<VerifiedCredential> verified = Verify(token, tree, remembered);
    if (!verified.ok()) return Words(verified.fault());
    return verified->status.ok() ? "ok" : "status: " + Words(verified->status.fault());
  }
  // Also with what is remembered of the issuer: nothing, the signature, its key's table. That changes no answer.
  std::string Judge(const Case& forged) {
    const std::string token = Token(forged);
    const int asked = statuses.asked;
    for (int i = 0; i < 2; ++i) EXPECT_EQ(JudgeToken(token, &memory), JudgeToken(token)) << i;
    statuses.asked = asked;
    return JudgeToken(token);
  }
  std::string With(std::string_view name, std::string_view value) {
    Case forged;
    forged.members[std::string(name)] = value;
    return Judge(forged);
  }
  std::string WithHeader(std::string_view header) {
    Case forged;
    forged.header = header;
    return Judge(forged);
  }

  PrivateKey issuer_key = NewKey();
  RegistryOrganisation listed = TrustWorld::Get().trust.Entry();
  PrivateKey holder = NewKey();
  Instant now = kNow;
  std::vector<std::string> requested = {std::string(kVct)};
  OpenDirectory directory;
  CountingStatuses statuses;
  Digest registry = Sha256("registry 1");
  IssuerMemory issuer_memory{{.tables = 1, .sightings = 2, .verdicts = 1024}};
  KnownIssuers memory{issuer_memory, registry};
};

}  // namespace passport
