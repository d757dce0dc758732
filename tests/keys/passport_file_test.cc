#include "keys/passport_file.h"

#include <gtest/gtest.h>

#include <string>

#include "credential/crypto/sha256.h"
#include "credential/encoding/base64url.h"
#include "keys/sealing.h"
#include "keys/system_random.h"

namespace passport {
namespace {

Secret PassportPhrase(std::string_view text) {
  return Secret(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

constexpr std::string_view kContent = R"({"staff_passport_carried":1})";

// A passport that was closed with the words "correct horse".
struct ClosedPassport {
  ClosedPassport() : key(PrivateKey::Generate().value()) {
    const Result<PassportSeal> seal = PassportSeal::Make(PassportPhrase("correct horse"), kLeastCost, random);
    text = *seal->Close(key, kContent, random);
  }
  SystemRandom random;
  PrivateKey key;
  std::string text;
};

std::string WhyNotOpened(std::string_view text, std::string_view passphrase = "correct horse") {
  const Result<OpenPassport> opened = OpenPassport::Read(text, PassportPhrase(passphrase));
  if (opened.ok()) return "opened";
  if (opened.fault().reason == Reason::kFileUnreadable) return opened.fault().detail;
  return std::string(WordOf(opened.fault().reason));
}

TEST(PassportFile, OpensWithItsPassphraseAndGivesKeyAndContent) {
  const ClosedPassport closed;
  const Result<OpenPassport> opened = OpenPassport::Read(closed.text, PassportPhrase("correct horse"));
  ASSERT_TRUE(opened.ok()) << opened.fault().detail;
  EXPECT_EQ(opened->content, kContent);
  EXPECT_TRUE(opened->key.public_key() == closed.key.public_key());
}

TEST(PassportFile, IsWrittenAgainWithWhatOpenedIt) {
  ClosedPassport closed;
  const Result<OpenPassport> opened = OpenPassport::Read(closed.text, PassportPhrase("correct horse"));
  const Result<std::string> again = opened->seal.Close(opened->key, "other", closed.random);
  ASSERT_TRUE(again.ok());
  EXPECT_NE(*again, closed.text);
  EXPECT_EQ(OpenPassport::Read(*again, PassportPhrase("correct horse"))->content, "other");
}

TEST(PassportFile, SaysAWrongPassphraseApart) {
  const ClosedPassport closed;
  EXPECT_EQ(WhyNotOpened(closed.text, "correct horses"), "passphrase");
  EXPECT_EQ(WhyNotOpened(closed.text, ""), "passphrase");
}

TEST(PassportFile, SaysThatItIsCutShortWhereverItEnds) {
  const ClosedPassport closed;
  constexpr std::size_t kBeginning = 30;  // shorter than this it could be anything
  for (std::size_t length = kBeginning; length < closed.text.size(); length += 7) {
    EXPECT_EQ(WhyNotOpened(std::string_view(closed.text).substr(0, length)), kPassportFileCutShort) << length;
  }
  EXPECT_EQ(WhyNotOpened(std::string_view(closed.text).substr(0, closed.text.size() - 1)), kPassportFileCutShort);
}

TEST(PassportFile, SaysThatItWasAlteredWhereverItIs) {
  const ClosedPassport closed;
  const std::size_t header = closed.text.find('\n') + 1;
  for (std::size_t at = header; at < closed.text.size(); at += 5) {
    std::string altered = closed.text;
    altered[at] = altered[at] == 'A' ? 'B' : 'A';
    EXPECT_EQ(WhyNotOpened(altered), kPassportFileAltered) << at;
  }
  EXPECT_EQ(WhyNotOpened(closed.text + "x"), kPassportFileAltered);
  std::string other_salt = closed.text;
  char& first = other_salt[other_salt.find("\"salt\":\"") + 8];
  first = first == 'A' ? 'B' : 'A';
  EXPECT_EQ(WhyNotOpened(other_salt), kPassportFileAltered);
}

TEST(PassportFile, IsNotOpenedWhenItsHeaderWasChangedWithCare) {
  const ClosedPassport closed;
  // Another cost with a last line that fits it: then the seal does not hold.
  std::string altered = closed.text.substr(0, closed.text.size() - 44);
  altered.replace(altered.find("\"p\":1"), 5, "\"p\":2");
  const Digest sum = Sha256(altered);
  AppendBase64Url(sum, altered);
  EXPECT_EQ(WhyNotOpened(altered + "\n"), "passphrase");
}

TEST(PassportFile, SaysThatItIsOfANewerVersion) {
  const ClosedPassport closed;
  std::string newer = closed.text;
  newer.replace(newer.find("\"version\":1"), 11, "\"version\":2");
  EXPECT_EQ(WhyNotOpened(newer), "schema_newer");
  EXPECT_EQ(WhyNotOpened("{\"file\":\"staff passport\",\"version\":7,\"other\":[1]}\nwhatever\n"), "schema_newer");
}

TEST(PassportFile, RefusesWhatIsNone) {
  for (const std::string_view text :
       {"", "\n", "{}", "{}\n", "[]\n", "{\"file\":\"staff-passport key\",\"version\":1}\n",
        "{\"file\":\"staff passport\"}\n", "-----BEGIN PRIVATE KEY-----\n"}) {
    EXPECT_EQ(WhyNotOpened(text), kNoPassportFile) << text;
  }
}

TEST(PassportFile, AsksForNoMoreMemoryThanAllowed) {
  const ClosedPassport closed;
  std::string dear = closed.text.substr(0, closed.text.size() - 44);
  dear.replace(dear.find("\"N\":16384"), 9, "\"N\":1073741824");
  const Digest sum = Sha256(dear);
  AppendBase64Url(sum, dear);
  EXPECT_EQ(WhyNotOpened(dear + "\n"), kPassportFileAltered);
}

TEST(PassportFile, ShowsNothingOfWhatItHolds) {
  ClosedPassport closed;
  const Result<PassportSeal> seal = PassportSeal::Make(PassportPhrase("correct horse"), kLeastCost, closed.random);
  const Result<std::string> text = seal->Close(closed.key, "the words of the content", closed.random);
  EXPECT_EQ(text->find("content"), std::string::npos);
}

}  // namespace
}  // namespace passport
