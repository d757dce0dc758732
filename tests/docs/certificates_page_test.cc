// The certificates of docs/formats/certificates.md are a chain, and the table of uses is the code's.
#include <gtest/gtest.h>

#include "credential/crypto/certificate.h"
#include "tests/docs/page_blocks.h"

namespace passport {
namespace {

constexpr Instant kPageTime{1795300000};

TEST(Docs, TheCertificatesOfTheirPageAreAChain) {
  const std::vector<std::string> blocks = BlocksOf("docs/formats/certificates.md");
  ASSERT_EQ(blocks.size(), 3U);
  std::vector<Certificate> read;
  for (const std::string& block : blocks) {
    const Result<Certificate> certificate = ReadCertificatePem(block + "\n");
    ASSERT_TRUE(certificate.ok()) << certificate.fault().detail;
    read.push_back(*certificate);
  }
  const std::vector<std::string> chain = {read[0].der, read[1].der};
  const CertificateExpectation expected{
      .use = CertificateUse::kIssue, .uri = "https://passport.example/issuers/ods-RC9", .at = kPageTime};
  const Result<Certificate> leaf = VerifyChain(chain, read[2], expected);
  EXPECT_TRUE(leaf.ok()) << leaf.fault().detail;
  const std::string page = ReadPage("docs/formats/certificates.md");
  for (const CertificateUse use :
       {CertificateUse::kIssue, CertificateUse::kStatus, CertificateUse::kRegistry, CertificateUse::kReceipt}) {
    EXPECT_NE(page.find("| " + std::string(OidOf(use)) + " |"), std::string::npos) << WordOf(use);
  }
}

}  // namespace
}  // namespace passport
