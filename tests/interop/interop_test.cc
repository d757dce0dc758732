// Tokens that other people's libraries made hold with ours, altered ones do not, and ours hold with one of theirs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "bench/peer/peer.h"
#include "credential/status/status_token.h"
#include "samples/process/process.h"
#include "samples/process/temporary_folder.h"

namespace passport::bench {
namespace {

constexpr std::string_view kOthers = "tests/vectors/peers/interop.json";
constexpr Instant kMadeAt{1'795'300'000};

std::string PublicJwk(const PrivateKey& key, std::string_view more) {
  const std::string jwk = WriteJwk(key.public_key().point());
  return jwk.substr(0, jwk.size() - 1) + std::string(more) + "}";
}

// One issuer with five people and a list, all made here.
PeerCorpus OwnCorpus() {
  PrivateKey key = PrivateKey::Generate().value();
  const std::string uri = "https://passport.rx1.example.nhs.uk/status/1";
  const std::string list =
      SignStatusToken({.uri = uri, .issued_at = kMadeAt, .expires_at = kMadeAt + Seconds{86400}, .ttl = {}},
                      StatusList::Make(1, 1'000'000).value(), "k", key, 6)
          .value();
  PeerCorpus corpus{.now = kMadeAt,
                    .issuer = "https://passport.rx1.example.nhs.uk",
                    .audience = "https://verifier.rx2.example.nhs.uk",
                    .nonce = "a-nonce-of-this-test",
                    .key = std::move(key),
                    .jwks = {},
                    .kid = "k",
                    .items = {},
                    .list_uri = uri,
                    .list_token = list};
  corpus.jwks = "{\"keys\":[" + PublicJwk(corpus.key, R"(,"kid":"k")") + "]}";
  for (int i = 0; i < 5; ++i) {
    PrivateKey holder = PrivateKey::Generate().value();
    const std::string jwk = PublicJwk(holder, "");
    corpus.items.push_back({.holder = std::move(holder),
                            .holder_jwk = jwk,
                            .record = R"({"training_subject":"Fire Safety","level":"Level 1","framework":"CSTF v1.1",)"
                                      R"("issuer_ods_code":"RX1","given_name":"Testina","family_name":"Sample \u00eb",)"
                                      R"("employee_number":"2041000)" +
                                      std::to_string(i) +
                                      R"(","completion_date":"2025-08-20","expiry_date":"2026-08-20",)"
                                      R"("provider":"Example","delivery_method":"classroom",)"
                                      R"("certificate_reference":"ESR-2025-1"})",
                            .credential = {},
                            .presentation = {}});
  }
  return corpus;
}

class Interop : public ::testing::Test {
 protected:
  // Calls `each` for every token of the others: its producer, its kind, the token, and the terms it is judged by.
  template <class Each>
  void EachToken(Each each) {
    json::Tree tree;
    const Result<json::Value*> file = ReadRunnerFile(std::filesystem::path(kOthers), tree);
    ASSERT_TRUE(file.ok()) << file.fault().detail;
    for (const json::Value& producer : *(*file)->Find("producers")) {
      const Result<PeerTerms> terms =
          TermsOf(TextOf(producer, "iss"), *producer.Find("jwks")->Find("keys"), TextOf(producer, "aud"),
                  TextOf(producer, "nonce"), Instant{*producer.Find("verify_at")->integer()});
      ASSERT_TRUE(terms.ok()) << TextOf(producer, "producer");
      for (const json::Value& item : *producer.Find("items")) {
        for (const std::string_view kind : {"credential", "presentation"}) {
          SCOPED_TRACE(std::string(TextOf(producer, "producer")) + ' ' + std::string(kind));
          each(kind, std::string(TextOf(item, kind)), *terms);
        }
      }
    }
  }
  Result<void> Verify(std::string_view kind, const std::string& token, const PeerTerms& terms) {
    return kind == "credential" ? peer_->VerifyCredential(token, terms) : peer_->VerifyPresentation(token, terms);
  }

  const std::unique_ptr<Peer> peer_ = Peer::Make(OwnCorpus(), false).value();
};

TEST_F(Interop, TokensOfTwelveOtherProgramsHold) {
  int tokens = 0;
  EachToken([&](std::string_view kind, const std::string& token, const PeerTerms& terms) {
    const Result<void> verified = Verify(kind, token, terms);
    EXPECT_TRUE(verified.ok()) << verified.fault().check << ' ' << verified.fault().detail;
    ++tokens;
  });
  EXPECT_EQ(tokens, 24);
}

TEST_F(Interop, TokensOfOthersThatWereAlteredDoNot) {
  EachToken([&](std::string_view kind, const std::string& token, const PeerTerms& terms) {
    // In the issuer's payload, in its signature, in the first disclosure, in the last part.
    const std::size_t payload = token.find('.') + 20;
    const std::size_t signature = token.find('~') - 20;
    const std::size_t disclosure = token.find('~') + 20;
    for (const std::size_t at : {payload, signature, disclosure}) {
      std::string altered = token;
      altered[at] = altered[at] == 'A' ? 'B' : 'A';
      EXPECT_FALSE(Verify(kind, altered, terms).ok()) << at;
    }
    PeerTerms others = terms;
    others.nonce = "another-nonce";
    EXPECT_EQ(Verify(kind, token, others).ok(), kind == "credential");
  });
}

TEST_F(Interop, OurTokensHoldInALibraryOfOthers) {
  json::Tree tree;
  json::Value& producer = tree.Object();
  const PeerCorpus& corpus = peer_->corpus();
  producer.Append("iss", tree.String(corpus.issuer));
  producer.Append("aud", tree.String(corpus.audience));
  producer.Append("nonce", tree.String(corpus.nonce));
  producer.Append("verify_at", tree.Integer(corpus.now.seconds));
  producer.Append("jwks", *tree.Parse(corpus.jwks, json::kTokenLimits).value());
  json::Value& items = tree.Array();
  for (std::size_t i = 0; i < corpus.items.size(); ++i) {
    const Result<std::string> credential = peer_->Issue(i);
    ASSERT_TRUE(credential.ok()) << credential.fault().detail;
    const Result<std::string> presentation = peer_->Present(i, *credential);
    ASSERT_TRUE(presentation.ok()) << presentation.fault().detail;
    json::Value& item = tree.Object();
    item.Append("credential", tree.String(*credential));
    item.Append("presentation", tree.String(*presentation));
    item.Append("record", *tree.Parse(corpus.items[i].record, json::kTokenLimits).value());
    items.Append(item);
  }
  producer.Append("items", items);
  const TemporaryFolder folder = TemporaryFolder::Make("interop").value();
  ASSERT_TRUE(WriteWholeFile(folder.At("ours.json"), json::Write(producer)).ok());
  const Result<ProcessEnd> read = RunProcess({.program = "/usr/bin/python3",
                                              .words = {"tests/interop/hold_in_jwcrypto.py", folder.At("ours.json")},
                                              .log = ""},
                                             In(std::chrono::seconds(30)));
  ASSERT_TRUE(read.ok()) << read.fault().detail;
  EXPECT_EQ(read->exit_code, 0) << read->output << read->errors;
  EXPECT_EQ(read->output, "10 hold\n");
}

}  // namespace
}  // namespace passport::bench
