#include "credential/sdjwt/sd_jwt.h"

#include <gtest/gtest.h>

#include <string>

namespace passport {
namespace {

TEST(SdJwt, SDJWT01_TakesATextApartAtTheTildes) {
  const std::string token = "aaaa.bbbb.cccc~ZDE~ZDI~";
  const auto text = SplitSdJwt(token, kSdJwtLimits);
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(text->issuer_jwt, "aaaa.bbbb.cccc");
  ASSERT_EQ(text->disclosures.size(), 2U);
  EXPECT_EQ(text->disclosures[0], "ZDE");
  EXPECT_EQ(text->disclosures[1], "ZDI");
  EXPECT_EQ(text->key_binding_jwt, "");
  EXPECT_EQ(text->bound, token);
}

TEST(SdJwt, SDJWT01_AllowsNoDisclosures) {
  const auto text = SplitSdJwt("a.b.c~", kSdJwtLimits);
  ASSERT_TRUE(text.ok());
  EXPECT_TRUE(text->disclosures.empty());
}

TEST(SdJwt, SDJWT02_TellsAProofByItsThreeParts) {
  const auto text = SplitSdJwt("a.b.c~ZDE~d.e.f", kSdJwtLimits);
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(text->key_binding_jwt, "d.e.f");
  EXPECT_EQ(text->bound, "a.b.c~ZDE~");
}

struct NearMiss {
  std::string name;
  std::string token;
  Reason reason;
  std::string check;
};

TEST(SdJwt, SDJWT01_RefusesNearMisses) {
  const NearMiss rows[] = {
      {"nothing", "", Reason::kMalformed, "SDJWT-01"},
      {"bare JWT", "a.b.c", Reason::kMalformed, "SDJWT-01"},
      {"only ~", "~", Reason::kMalformed, "SDJWT-01"},
      {"leading ~", "~a.b.c~", Reason::kMalformed, "SDJWT-01"},
      {"~~ in the middle", "a.b.c~~ZDE~", Reason::kMalformed, "SDJWT-01"},
      {"~~ at the end", "a.b.c~~", Reason::kMalformed, "SDJWT-01"},
      {"~~~ at the end", "a.b.c~ZDE~~~", Reason::kMalformed, "SDJWT-01"},
      {"padding", "a.b.c~ZDE=~", Reason::kMalformed, "SDJWT-01"},
      {"other alphabet", "a.b.c~Z+E/~", Reason::kMalformed, "SDJWT-01"},
      {"white space", "a.b.c~ZDE ~", Reason::kMalformed, "SDJWT-01"},
      {"new line at the end", "a.b.c~ZDE~\n", Reason::kMalformed, "SDJWT-02"},
      {"NUL", std::string("a.b.c~Z\0E~", 10), Reason::kMalformed, "SDJWT-01"},
      {"length 1 mod 4", "a.b.c~ZDEyM~", Reason::kMalformed, "SDJWT-01"},
      {"unused bits, two characters", "a.b.c~ZB~", Reason::kMalformed, "SDJWT-01"},
      {"unused bits, three characters", "a.b.c~ZDF~", Reason::kMalformed, "SDJWT-01"},
      {"proof before another ~", "a.b.c~d.e.f~", Reason::kMalformed, "SDJWT-01"},
      {"two proofs", "a.b.c~d.e.f~g.h.i", Reason::kMalformed, "SDJWT-01"},
      {"disclosure without its ~", "a.b.c~ZDE", Reason::kMalformed, "SDJWT-02"},
      {"two parts at the end", "a.b.c~d.e", Reason::kMalformed, "SDJWT-02"},
      {"five parts at the end", "a.b.c~d.e.f.g.h", Reason::kMalformed, "SDJWT-02"},
      {"JSON serialization", R"({"payload":"e30~"})", Reason::kMalformed, "SDVC-16"},
  };
  for (const NearMiss& row : rows) {
    const auto text = SplitSdJwt(row.token, kSdJwtLimits);
    ASSERT_FALSE(text.ok()) << row.name;
    EXPECT_EQ(WordOf(text.fault().reason), WordOf(row.reason)) << row.name;
    EXPECT_EQ(text.fault().check, row.check) << row.name;
  }
}

TEST(SdJwt, JWT01_RefusesOneByteTooMuchBeforeLookingAtIt) {
  SdJwtLimits limits = kSdJwtLimits;
  limits.presentation_bytes = 10;
  EXPECT_TRUE(SplitSdJwt("a.b.c~ZDE~", limits).ok());
  const auto text = SplitSdJwt("a.b.c~ZDE~~", limits);
  ASSERT_FALSE(text.ok());
  EXPECT_EQ(text.fault().reason, Reason::kLimit);
  EXPECT_EQ(text.fault().check, "JWT-01");
}

TEST(SdJwt, JWT01_RefusesOneDisclosureTooMany) {
  std::string token = "a.b.c~";
  for (std::size_t i = 0; i < kSdJwtLimits.disclosures; ++i) token += "ZDE~";
  EXPECT_TRUE(SplitSdJwt(token, kSdJwtLimits).ok());
  const auto text = SplitSdJwt(token + "ZDE~", kSdJwtLimits);
  ASSERT_FALSE(text.ok());
  EXPECT_EQ(text.fault().reason, Reason::kLimit);
}

}  // namespace
}  // namespace passport
