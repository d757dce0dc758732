// The examples of what a person carries: a passport file that opens, and a badge that its key has signed.
#include <gtest/gtest.h>

#include "credential/badge/badge.h"
#include "credential/crypto/jwk.h"
#include "credential/passport/carried_passport.h"
#include "keys/passport_file.h"
#include "keys/secret_text.h"
#include "tests/docs/page_blocks.h"

namespace passport {
namespace {

TEST(Docs, TheExampleOfAPassportFileOpensAndHoldsWhatThePageSays) {
  const std::vector<std::string> blocks = BlocksOf("docs/formats/passport-file.md");
  ASSERT_EQ(blocks.size(), 2U);
  const Result<OpenPassport> opened = OpenPassport::Read(blocks[0] + "\n", SecretOf("an example: do not use"));
  ASSERT_TRUE(opened.ok()) << opened.fault().detail;
  EXPECT_EQ(CarriedPassport::Parse(opened->content)->held_as, HeldAs::kFile);
  const Result<CarriedPassport> shown = CarriedPassport::Parse(blocks[1]);
  ASSERT_TRUE(shown.ok()) << shown.fault().detail;
  EXPECT_EQ(shown->Text(), blocks[1]);
  EXPECT_EQ(shown->Text(), opened->content);
}

TEST(Docs, TheExampleOfABadgeIsSignedByItsKeyAndSaysWhatIsShown) {
  const std::vector<std::string> blocks = BlocksOf("docs/formats/badge.md");
  ASSERT_EQ(blocks.size(), 4U);
  const std::string badge = Joined(blocks[0]);
  EXPECT_LE(badge.size(), kBadgeBytesMax);
  json::Tree tree;
  const Result<json::Value*> jwk = tree.Parse(blocks[3], json::kTokenLimits);
  ASSERT_TRUE(jwk.ok());
  const Result<UnverifiedJws> token = UnverifiedJws::Read(badge,
                                                          {.typ = kBadgeTyp,
                                                           .allowed_algs = Es256Only(),
                                                           .token_bytes = kBadgeBytesMax,
                                                           .header_bytes = kHeaderBytesMax,
                                                           .payload = json::kTokenLimits},
                                                          tree);
  ASSERT_TRUE(token.ok()) << token.fault().detail;
  const Result<VerifiedJws> verified = token->Verify(*ReadJwk(**jwk));
  ASSERT_TRUE(verified.ok());
  const Result<json::Value*> header = tree.Parse(blocks[1], json::kTokenLimits);
  const Result<json::Value*> payload = tree.Parse(blocks[2], json::kTokenLimits);
  ASSERT_TRUE(header.ok() && payload.ok());
  EXPECT_TRUE(json::Equal(**header, *verified->header));
  EXPECT_TRUE(json::Equal(**payload, *verified->payload));
}

}  // namespace
}  // namespace passport
